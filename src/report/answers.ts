import type { Severity } from "../finding.ts";
import type { Status } from "../run.ts";
import type { Colours } from "./report.ts";

/** How a check is answered, for showing it: what failed is told apart by how bad it is. */
export type Answered = Severity | Exclude<Status, "failed">;

/** The colour of each answer, the same wherever one is shown. */
export function colourOf(chalk: Colours, answered: Answered): (text: string) => string {
  const colours: Readonly<Record<Answered, (text: string) => string>> = {
    error: chalk.red,
    warning: chalk.yellow,
    info: chalk.blue,
    unknown: chalk.magenta,
    passed: chalk.green,
    skipped: chalk.dim,
    ignored: chalk.dim,
  };
  return colours[answered];
}
