import type { Location } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";
import { text as anyText, departures, listOf, map, number, type Shape } from "./shape.ts";
import { readJson } from "./tree-json.ts";

/**
 * captain-definition: how CapRover gets an image. caprover/caprover @c352c97 (2026-08-20), src/user/ImageMaker.ts:
 * exactly one of the four ways has to be there, and `schemaVersion` has to be 2.
 */
export interface CaptainDefinition {
  readonly problems: readonly ManifestProblem[];
  readonly source:
    | { readonly kind: "dockerfile"; readonly path: string; readonly at: Location }
    | { readonly kind: "lines"; readonly lines: readonly { readonly text: string; readonly at: Location }[] }
    | { readonly kind: "template"; readonly id: string; readonly at: Location }
    | { readonly kind: "image"; readonly name: string; readonly at: Location }
    | undefined;
}

const shape: Shape = map({
  schemaVersion: number,
  templateId: anyText,
  imageName: anyText,
  dockerfilePath: anyText,
  dockerfileLines: listOf(anyText),
});

const ways = ["templateId", "imageName", "dockerfilePath", "dockerfileLines"];

export function readCaptainDefinition(path: string, text: string): CaptainDefinition {
  const { root, problems } = readJson(path, text);
  if (problems.length > 0) return { problems, source: undefined };
  const version = root.get("schemaVersion");
  const present = ways.filter((key) => root.get(key).text !== undefined || root.get(key).items.length > 0);
  const refused: ManifestProblem[] = [];
  const refuse = (message: string, at: Location, fix: string) =>
    refused.push({ kind: "invalid", message, at, fix });
  if (version.kind !== "number" || version.text !== "2") {
    const found = version.exists ? `${version.text}` : "missing";
    refuse(`schemaVersion is ${found}, and CapRover builds 2 only`, version.at, '"schemaVersion": 2');
  }
  if (present.length !== 1) {
    const found = present.length === 0 ? "none of them" : present.join(" and ");
    refuse(
      `CapRover takes exactly one of ${ways.join(", ")}, and ${path} has ${found}`,
      root.at,
      '"dockerfilePath": "./Dockerfile"',
    );
  }
  const dockerfile = root.get("dockerfilePath");
  if (dockerfile.text?.startsWith("..")) {
    refuse(
      `dockerfilePath is "${dockerfile.text}", and CapRover refuses a file outside the folder of ${path}`,
      dockerfile.at,
      '"dockerfilePath": "./Dockerfile"',
    );
  }
  return { problems: [...refused, ...departures(root, shape, "CapRover")], source: sourceOf(root) };
}

function sourceOf(root: ReturnType<typeof readJson>["root"]): CaptainDefinition["source"] {
  const [template, image, file] = ["templateId", "imageName", "dockerfilePath"].map((key) => root.get(key));
  if (file?.text) return { kind: "dockerfile", path: file.text, at: file.at };
  if (template?.text) return { kind: "template", id: template.text, at: template.at };
  if (image?.text) return { kind: "image", name: image.text, at: image.at };
  const lines = root.get("dockerfileLines").items.map(({ text = "", at }) => ({ text, at }));
  return lines.length > 0 ? { kind: "lines", lines } : undefined;
}
