import type { ManifestTree } from "./tree.ts";
import { readJson } from "./tree-json.ts";
import { readToml } from "./tree-toml.ts";
import { readYaml } from "./tree-yaml.ts";

/** A manifest that may be written in several formats, by the end of its name. */
export function readByName(path: string, text: string): ManifestTree {
  if (path.endsWith(".json")) return readJson(path, text);
  return /\.ya?ml$/.test(path) ? readYaml(path, text) : readToml(path, text);
}
