import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { Mount } from "../manifest.ts";
import type { Argument } from "../shell/expand.ts";

/** A command that a runner takes from a file of the project. */
export interface Recipe {
  readonly command: string;
  /** The folder of the project that it runs in; undefined if it cannot be told. */
  readonly folder: string | undefined;
  readonly at: Location;
  /** It is this file that is run, with the command's name as its own. */
  readonly file?: string;
  /** Variables that the runner sets for it. */
  readonly env?: ReadonlyMap<string, Argument>;
  /** False where the runner starts it without a shell. */
  readonly shell?: false;
}

/** The commands, or why they cannot be told, as a sentence. */
export type Recipes = readonly Recipe[] | string;

export interface RunnerQuestion {
  readonly files: ProjectFiles;
  readonly folder: string;
  /** As the command writes it: "/init". */
  readonly program: string;
  readonly args: readonly Argument[];
  readonly at: Location;
  readonly mounts: readonly Mount[];
  /** A path as the command writes it, as a path in the project. */
  locate(path: string): string | undefined;
}

/** What a runner runs; undefined if this is no call of it, but a program of its own. */
export type Runner = (question: RunnerQuestion) => Recipes | undefined;

/** The value of an option, also as `--option=value`. */
export function optionValue(args: readonly Argument[], ...names: readonly string[]): string | undefined {
  for (const [index, { text }] of args.entries()) {
    if (names.includes(text)) return args[index + 1]?.text;
    const equals = text.indexOf("=");
    if (equals > 0 && names.includes(text.slice(0, equals))) return text.slice(equals + 1);
  }
  return undefined;
}

/** The first of several files that is there. */
export function firstFile(
  { files, locate }: Pick<RunnerQuestion, "files" | "locate">,
  names: readonly string[],
): string | undefined {
  return names.map((name) => locate(name)).find((path) => path !== undefined && files.isFile(path));
}
