import type { Check } from "../check.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { printable } from "../report/printable.ts";
import type { Surroundings } from "./world.ts";

/** Says what is being done, again and again; whoever hears of it decides whether to show it. */
export type Told = (what: string) => void;

export interface ProgressLine {
  readonly told: Told;
  /** Takes the line away, if it is there. */
  end(): void;
}

/** A run that takes no longer than this, in milliseconds, needs no line. */
const patience = 500;
/** The line does not change more often than this. */
const pace = 100;

/** A line on a terminal that says what takes so long. `now` counts milliseconds. */
export function progressLine({
  now,
  write,
  columns = 80,
}: {
  readonly now: () => number;
  readonly write: (text: string) => unknown;
  readonly columns: number | undefined;
}): ProgressLine {
  const start = now();
  let shown: number | undefined;
  return {
    told(what) {
      const time = now();
      if (time - start < patience || (shown !== undefined && time - shown < pace)) return;
      // A line that the terminal would break could not be taken away.
      const text = [...printable(`deploy-check: ${what} …`)].slice(0, Math.max(columns, 20) / 2);
      write(`\r${text.join("")}\x1b[K`);
      shown = time;
    },
    end() {
      if (shown !== undefined) write("\r\x1b[K");
      shown = undefined;
    },
  };
}

/** Whether a line that comes and goes is of use: on a terminal that can take it away, and that somebody looks at. */
export function wantsProgress(env: Surroundings["env"]): boolean {
  const inPipeline = env.CI !== undefined && env.CI !== "" && env.CI !== "false";
  return env.TERM !== "dumb" && !inPipeline;
}

/** The same files, which say what is read of them. */
export function toldFiles(files: ProjectFiles, told: Told): ProjectFiles {
  const reading = (path: string) => told(`reading ${path}`);
  return Object.assign(Object.create(files), {
    read(path: string) {
      reading(path);
      return files.read(path);
    },
    text(path: string) {
      reading(path);
      return files.text(path);
    },
  });
}

/** The same checks, which say that they are asked. */
export function toldChecks(checks: readonly Check[], told: Told): readonly Check[] {
  return checks.map((check) => ({
    ...check,
    run(facts) {
      told(`asking ${check.id}`);
      return check.run(facts);
    },
  }));
}
