import type { Outcome } from "../commands/outcome.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Told } from "./progress.ts";

/** What the command knows of the world it was started in. */
export interface World extends Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Milliseconds since some time. What is reported never depends on it. */
  readonly clock?: (() => number) | undefined;
  /** Whether stderr is a terminal, on which a long run may say what it does. */
  readonly watched?: boolean;
  /** The same on a larger stack, where there is one. */
  deeper?(surroundings: Surroundings): Promise<Outcome | undefined>;
}

/** The part of it that is data. */
export interface Surroundings {
  /** What follows the command's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether stdout is a terminal, and how wide. */
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** What git tells a hook on its standard input. */
  readonly stdin?: string | undefined;
  /** The day, such as 2026-11-20: what is written down gets its date from here, and no report has one. */
  readonly today?: string | undefined;
}

/** One start of the command, as a command's file in this folder sees it. */
export interface Invocation {
  readonly world: Surroundings;
  /** Says what the command comes to. */
  end(outcome: Outcome): void;
  /** Milliseconds since some time. */
  readonly clock?: (() => number) | undefined;
  /** Hears what is being done. */
  readonly told?: Told | undefined;
  /** What is judged, where it is not what is on the disk. */
  readonly tree?: Tree;
}

/** A commit, or what is staged. */
export interface Tree {
  /** The text of a file, by its path from the top of the repository. */
  text(path: string): string | undefined;
  /** The project in a folder, absolute, which need not be on the disk. */
  open(folder: string): Promise<ProjectFiles>;
}

/** The day on which the command was started, by whoever started it. */
export function today(world: Surroundings): string {
  if (world.today === undefined) throw new Error("nobody said what day it is");
  return world.today;
}
