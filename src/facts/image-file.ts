import {
  DockerfileParser,
  type Instruction,
  type ModifiableInstruction,
  type PropertyInstruction,
} from "dockerfile-ast";
import { type DockerIgnore, parseDockerIgnore } from "../files/dockerignore.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { deployedStage } from "../platforms/manifests/dockerfile.ts";
import type { Stage } from "../platforms/manifests/dockerfile-stages.ts";
import { resolvePath } from "../platforms/paths.ts";
import type { DeployedImage } from "../platforms/platform.ts";
import { defineFact, missing } from "./define.ts";
import { type FinalImage, finalImage } from "./image/final-image.ts";

/** The Dockerfile that is deployed, instruction by instruction, for questions about the image itself. */
export interface ImageFile {
  readonly path: string;
  readonly stages: readonly ImageStage[];
  /** What they come to. Undefined where the file has no stage. */
  readonly final: FinalImage | undefined;
  /** The images from elsewhere that it is made from, and those of the stages that it takes something from. */
  readonly bases: readonly { readonly image: string; readonly at: Location }[];
  /** The folder that is sent to the builder; "" is the root. */
  readonly context: string;
  /** The file that keeps others out of it. */
  readonly ignoreFile: IgnoreFile;
}

export interface IgnoreFile {
  /** Where it is, or where it would be. */
  readonly path: string;
  readonly state: "there" | "absent" | "malformed";
  /** Whether a file of the project, by its path from the root, is kept out of the image. */
  keepsOut(path: string): boolean;
}

export interface ImageStage {
  /** As written behind FROM: "python:3.13-slim", or the name of another stage. */
  readonly from: string;
  /** `FROM … AS name`. */
  readonly name: string | undefined;
  readonly at: Location;
  /** `ENV` and `ARG`, in order. `value` is undefined where whoever builds the image gives it. */
  readonly variables: readonly ImageVariable[];
  /** What `COPY` and `ADD` take out of the project; not what comes from another stage. */
  readonly copies: readonly { readonly sources: readonly string[]; readonly at: Location }[];
  /** What `RUN` runs, as written. */
  readonly runs: readonly string[];
  /** Its `RUN` instructions that are given a secret: `--mount=type=secret`. */
  readonly secretRuns: readonly Location[];
}

export interface ImageVariable {
  readonly keyword: "ENV" | "ARG";
  readonly name: string;
  readonly value: string | undefined;
  readonly at: Location;
}

export const imageFile = defineFact<"imageFile", "deployment">({
  wants: ["deployment"],
  read({ files }, { deployment }) {
    const image = deployment?.image;
    const text = image && files.text(image.path);
    if (!image || text === undefined) return missing("no Dockerfile makes what is deployed");
    const { path, context, target } = image;
    const stage = deployedStage(path, text, { context, target, isFolder: (one) => files.isFolder(one) });
    return {
      path,
      stages: readImageStages(path, text),
      final: stage && finalImage(stage, image),
      bases: stage ? basesOf(stage) : [],
      context,
      ignoreFile: ignoreFileOf(files, image),
    };
  },
});

function basesOf(stage: Stage, seen: Set<Stage> = new Set()): ImageFile["bases"] {
  if (seen.has(stage)) return [];
  seen.add(stage);
  const others = stage.takes.flatMap(({ from }) => (typeof from === "string" ? [] : basesOf(from, seen)));
  const all = [{ image: stage.image.name, at: stage.image.at }, ...others];
  return [...new Map(all.map((base) => [base.at.line, base])).values()];
}

/** `Dockerfile.dockerignore` beside the Dockerfile stands over the one in the root of the context. */
function ignoreFileOf(files: ProjectFiles, { path, context }: DeployedImage): IgnoreFile {
  const usual = resolvePath(context, ".dockerignore") ?? ".dockerignore";
  const found = [`${path}.dockerignore`, usual].find((one) => files.isFile(one));
  const ignores: DockerIgnore | undefined =
    found === undefined ? () => false : parseDockerIgnore(files.text(found) ?? "");
  const start = context === "" ? 0 : context.length + 1;
  return {
    path: found ?? usual,
    state: found === undefined ? "absent" : ignores ? "there" : "malformed",
    keepsOut: (one) => ignores?.(one.slice(start)) ?? false,
  };
}

/** Larger ones are not written by hand. */
const largest = 64_000;

/** The stages of a Dockerfile. https://docs.docker.com/reference/dockerfile/ */
export function readImageStages(path: string, text: string): readonly ImageStage[] {
  if (text.length > largest) return [];
  const stages: {
    from: string;
    name: string | undefined;
    at: Location;
    variables: ImageVariable[];
    copies: { sources: string[]; at: Location }[];
    runs: string[];
    secretRuns: Location[];
  }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const at = placeOf(path, instruction);
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const stage = stages.at(-1);
    switch (instruction.getKeyword()) {
      case "FROM":
        stages.push({
          from: words.find((word) => !word.startsWith("--")) ?? "",
          name: words[words.findIndex((word) => /^as$/i.test(word)) + 1 || words.length],
          at,
          variables: [],
          copies: [],
          runs: [],
          secretRuns: [],
        });
        break;
      case "ENV":
        for (const property of (instruction as PropertyInstruction).getProperties())
          stage?.variables.push({
            keyword: "ENV",
            name: property.getName(),
            value: property.getValue() ?? "",
            at,
          });
        break;
      case "ARG":
        for (const word of words) {
          const [name = "", ...value] = word.split("=");
          const given = value.length > 0 ? value.join("=").replace(/^(["'])(.*)\1$/, "$2") : undefined;
          stage?.variables.push({ keyword: "ARG", name, value: given, at });
        }
        break;
      case "COPY":
      case "ADD":
        if (!flagsOf(instruction).some(({ name }) => name === "from"))
          stage?.copies.push({ sources: words.filter((word) => !word.startsWith("--")).slice(0, -1), at });
        break;
      case "RUN":
        stage?.runs.push(instruction.getArgumentsContent() ?? "");
        if (flagsOf(instruction).some(({ name, value }) => name === "mount" && /\btype=secret\b/.test(value)))
          stage?.secretRuns.push(at);
        break;
      default:
        break;
    }
  }
  return stages;
}

/** `--mount=type=secret,id=key`, which stands in front of the arguments and is none of them. */
function flagsOf(instruction: Instruction): readonly { readonly name: string; readonly value: string }[] {
  return (instruction as ModifiableInstruction)
    .getFlags()
    .map((flag) => ({ name: flag.getName(), value: flag.getValue() ?? "" }));
}

function placeOf(file: string, instruction: Instruction): Location {
  const { start, end } = instruction.getRange();
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/**
 * The variables that a `RUN` of this line sees: those of its stage, and of the stages that it is made from.
 * `undefined` is set to what the files do not tell.
 */
export function variablesAt(
  { stages }: Pick<ImageFile, "stages">,
  line: number,
): ReadonlyMap<string, string | undefined> {
  const seen = new Map<string, string | undefined>();
  let stage = stages.findLast(({ at }) => at.line <= line);
  for (let left = stages.length; stage && left > 0; left--) {
    const before: ImageStage = stage;
    for (const { name, value, at } of [...before.variables].reverse())
      if (at.line < line && !seen.has(name)) seen.set(name, value?.includes("$") ? undefined : value);
    stage = stages.find(({ name }) => name !== undefined && name.toLowerCase() === before.from.toLowerCase());
  }
  return seen;
}
