import type { Check } from "../check.ts";
import type { Outcome } from "../commands/outcome.ts";
import type { ProjectFiles } from "../files/project-files.ts";

/** Measures where a run spends its time, from outside: what is measured knows nothing of it. */
export interface Stopwatch {
  /** The project's files are known by now: all before was the walk through its folders. */
  walked(): void;
  files(files: ProjectFiles): ProjectFiles;
  checks(checks: readonly Check[]): readonly Check[];
  /** The outcome, with the times on stderr. */
  outcome(outcome: Outcome): Outcome;
}

/**
 * A stopwatch that runs from now on. `walk` includes the configuration, `facts` all that is made of the files
 * before checks ask: parsing, evaluating; `report` all that comes behind the last check.
 *
 * @param now milliseconds since some time
 */
export function stopwatch(now: () => number): Stopwatch {
  const start = now();
  let afterWalk = start;
  let afterChecks = start;
  const spent = { read: 0, checks: 0 };
  let inside: keyof typeof spent | undefined;
  /** What is read on behalf of a check counts as read, and only there. */
  const measured = <Result>(what: keyof typeof spent, work: () => Result): Result => {
    const outer = inside;
    const began = now();
    inside = what;
    try {
      return work();
    } finally {
      inside = outer;
      const time = now() - began;
      spent[what] += time;
      if (outer !== undefined) spent[outer] -= time;
    }
  };
  return {
    walked() {
      afterWalk = now();
      afterChecks = afterWalk;
    },
    files: (files) =>
      Object.assign(Object.create(files), {
        read: (path: string) => measured("read", () => files.read(path)),
        text: (path: string) => measured("read", () => files.text(path)),
      }),
    checks: (checks) =>
      checks.map((check) => ({
        ...check,
        run(facts) {
          // Its answers are made one by one, when they are asked for.
          const answers = measured("checks", () => [...check.run(facts)]);
          afterChecks = now();
          return answers;
        },
      })),
    outcome(outcome) {
      const end = now();
      const times = {
        walk: afterWalk - start,
        read: spent.read,
        facts: Math.max(0, afterChecks - afterWalk - spent.read - spent.checks),
        checks: spent.checks,
        report: end - afterChecks,
      };
      const parts = Object.entries(times).map(([name, time]) => `${name} ${Math.round(time)}`);
      const line = `deploy-check: ${Math.round(end - start)} ms: ${parts.join(", ")}\n`;
      return { ...outcome, stderr: outcome.stderr + line };
    },
  };
}
