import { startOf } from "../../location.ts";
import { absent, type ManifestTree } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** A JSON file with places: JSON is YAML, but for what only JSON forbids. Comments and trailing commas are refused. */
export function readJson(path: string, text: string): ManifestTree {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    JSON.parse(plain);
  } catch {
    const at = startOf(path);
    return { root: absent(at), problems: [{ kind: "invalid", message: `${path} is not valid JSON`, at }] };
  }
  // YAML's own complaints, such as about tabs, do not count.
  return { root: readYaml(path, plain.replaceAll("\t", " ")).root, problems: [] };
}

/** JSON with comments and trailing commas, as some platforms take it. They become blanks, so places stay. */
export function readLooseJson(path: string, text: string): ManifestTree {
  const blank = (part: string) => part.replace(/[^\r\n]/g, " ");
  const withoutComments = text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : blank(part),
  );
  const withoutCommas = withoutComments.replace(/"(?:\\.|[^"\\])*"|,(?=\s*[}\]])/g, (part) =>
    part === "," ? " " : part,
  );
  return readJson(path, withoutCommas);
}
