import { DockerfileParser, type Instruction, type PropertyInstruction } from "dockerfile-ast";
import type { Location } from "../location.ts";
import { defineFact, missing } from "./define.ts";

/** The Dockerfile that is deployed, instruction by instruction, for questions about the image itself. */
export interface ImageFile {
  readonly path: string;
  readonly stages: readonly ImageStage[];
}

export interface ImageStage {
  /** As written behind FROM: "python:3.13-slim", or the name of another stage. */
  readonly from: string;
  readonly at: Location;
  /** `ENV` and `ARG`, in order. `value` is undefined where whoever builds the image gives it. */
  readonly variables: readonly ImageVariable[];
  /** What `COPY` and `ADD` take out of the project; not what comes from another stage. */
  readonly copies: readonly { readonly sources: readonly string[]; readonly at: Location }[];
  /** What `RUN` runs, as written. */
  readonly runs: readonly string[];
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
    const path = deployment?.image?.path;
    const text = path === undefined ? undefined : files.text(path);
    if (path === undefined || text === undefined) return missing("no Dockerfile makes what is deployed");
    return { path, stages: readImageStages(path, text) };
  },
});

/** Larger ones are not written by hand. */
const largest = 64_000;

/** The stages of a Dockerfile. https://docs.docker.com/reference/dockerfile/ */
export function readImageStages(path: string, text: string): readonly ImageStage[] {
  if (text.length > largest) return [];
  const stages: {
    from: string;
    at: Location;
    variables: ImageVariable[];
    copies: { sources: string[]; at: Location }[];
    runs: string[];
  }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const at = placeOf(path, instruction);
    const words = instruction.getArguments().map((argument) => argument.getValue());
    const stage = stages.at(-1);
    switch (instruction.getKeyword()) {
      case "FROM":
        stages.push({
          from: words.find((word) => !word.startsWith("--")) ?? "",
          at,
          variables: [],
          copies: [],
          runs: [],
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
        if (!/--from=/.test(instruction.getRawArgumentsContent() ?? ""))
          stage?.copies.push({ sources: words.filter((word) => !word.startsWith("--")).slice(0, -1), at });
        break;
      case "RUN":
        stage?.runs.push(instruction.getArgumentsContent() ?? "");
        break;
      default:
        break;
    }
  }
  return stages;
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
