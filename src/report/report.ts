import type { ProjectFiles } from "../files/project-files.ts";
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
  /** What makes the command fail. */
  readonly gate: Gate;
  /** From the top of the repository to the folder that was judged: "backend/", or "" for the top itself. */
  readonly prefix: string;
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
}

/** An output format: results in, text out, which ends with a line break. */
export interface Reporter {
  readonly name: string;
  render(report: Report, paint: Paint): string;
}
