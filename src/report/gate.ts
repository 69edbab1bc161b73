import { atLeast, type Severity } from "../finding.ts";
import type { IgnoreNote } from "../ignores/rules.ts";
import type { CheckResult } from "../run.ts";
import { counted, summarise } from "./summary.ts";

/** What makes the command fail. */
export interface Gate {
  /** A failed check that is at least this bad. */
  readonly level: Severity;
  /** `--strict`: a question that cannot be answered, too; `level` is at least "warning" then. */
  readonly strict: boolean;
  /** More warnings than this. */
  readonly maxWarnings: number | undefined;
}

/** The gate that options come to. */
export function gateOf({ level, strict, maxWarnings }: Gate): Gate {
  return { level: strict && level === "error" ? "warning" : level, strict, maxWarnings };
}

/** Whether a check by itself fails the command. */
export function isHeld({ level, strict }: Gate, { status, severity }: CheckResult): boolean {
  return status === "failed" ? atLeast(severity, level) : status === "unknown" && strict;
}

/** What the user set that makes the command fail; undefined if it does not. */
export function failsBecause(
  results: readonly CheckResult[],
  gate: Gate,
  notes: readonly IgnoreNote[] = [],
): string | undefined {
  const { failed, unknown } = summarise(results);
  const held = results.filter((result) => isHeld(gate, result));
  if (held.some(({ status }) => status === "failed"))
    return gate.strict ? "--strict fails on warnings" : `--fail-level ${gate.level} is reached`;
  if (held.length > 0) return `--strict fails on ${counted(unknown, "unanswered question")}`;
  if (gate.strict && notes.length > 0)
    return `--strict fails on ${counted(notes.length, "ignore")} to look at`;
  const { maxWarnings } = gate;
  if (maxWarnings !== undefined && failed.warning > maxWarnings)
    return `${counted(failed.warning, "warning")} ${failed.warning === 1 ? "is" : "are"} more than --max-warnings ${maxWarnings}`;
  return undefined;
}
