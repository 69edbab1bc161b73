import type { ProjectFiles } from "../files/project-files.ts";
import type { IgnoreNote } from "../ignores/rules.ts";
import type { Location } from "../location.ts";
import type { ChosenPlatform } from "../platforms/index.ts";
import type { RunResult } from "../run.ts";
import type { Gate } from "./gate.ts";

/** Everything a report tells of. */
export interface Report {
  /** Of deploy-check. */
  readonly version: string;
  /** The name of the project's root folder; where that is on the disk is nobody's business (design.md §5). */
  readonly root: string;
  /** For the source lines that findings point to. */
  readonly files: ProjectFiles;
  /** What was judged, in the order of the results. */
  readonly platforms: readonly ChosenPlatform[];
  readonly result: RunResult;
  /** What is the matter with what sets findings aside. */
  readonly ignoreNotes: readonly IgnoreNote[];
  /** What makes the command fail. */
  readonly gate: Gate;
  /** What the command exits with. */
  readonly exitCode: number;
  /** From the top of the repository to the folder that was judged: "backend/", or "" for the top itself. */
  readonly prefix: string;
  /**
   * The address under which the repository's files can be looked at, such as
   * "https://github.com/owner/name/blob/main/"; "" where none is known, and links are relative.
   */
  readonly browse: string;
  /**
   * A text without the secrets that the user has given (`--env-file`). Whatever is printed is searched for
   * them anyhow; a format that changes the text, to escape it, asks before it does.
   */
  conceal(text: string): string;
  /** Whether every check was asked, or only those that `--select` names. */
  readonly everyCheck: boolean;
}

/** Chalk, or whatever else has these; not chalk's own type, which whoever uses ours may not have. */
export type Colours = Readonly<
  Record<"bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan", (text: string) => string>
>;

/** How a report is to look. Formats for machines have no use for it. */
export interface Paint {
  readonly chalk: Colours;
  /** Columns there are. */
  readonly width: number;
  /** Passed, skipped and ignored checks too, with their evidence and reasons. */
  readonly verbose: boolean;
  /** Nothing but what fails the command, and the summary. */
  readonly quiet: boolean;
  /** Where it is shown, texts can be links. */
  readonly links?: Links | undefined;
}

/** Makes links of texts, which look as they did. */
export interface Links {
  /** To a file of the project. */
  place(text: string, at: Location): string;
  /** To the page of a check. */
  check(text: string, id: string): string;
}

/** An output format: results in, text out, which ends with a line break where there is any. */
export interface Reporter {
  readonly name: string;
  render(report: Report, paint: Paint): string;
  /**
   * Whether the text is commands for whatever runs the pipeline. In all other text, what reads as such a
   * command is from a project, and is made harmless (pipeline-commands.ts).
   */
  readonly commands?: boolean;
  /** What it has to say in a second place. */
  readonly appendix?: Appendix;
}

/** A text that is added to a file of the pipeline's, beside what goes where the user wants it. */
export interface Appendix {
  /** The environment variable that names the file; where it is not set there is no such text. */
  readonly variable: string;
  render(report: Report): string;
}
