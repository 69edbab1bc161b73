import { type IgnoredBy, type Severity, severities } from "../finding.ts";
import type { CheckResult, Status } from "../run.ts";
import type { Report } from "./report.ts";

export interface Summary {
  readonly failed: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly passed: number;
  readonly skipped: number;
  readonly ignored: number;
}

export function summarise(results: readonly CheckResult[]): Summary {
  const having = (status: Status) => results.filter((result) => result.status === status);
  const failed = (severity: Severity) =>
    having("failed").filter((result) => result.severity === severity).length;
  return {
    failed: { error: failed("error"), warning: failed("warning"), info: failed("info") },
    unknown: having("unknown").length,
    passed: having("passed").length,
    skipped: having("skipped").length,
    ignored: having("ignored").length,
  };
}

/** How many checks ran and how they ended: "27 checks: 2 failed (1 error, 1 warning), 1 unknown, 20 passed, 4 skipped". */
export function countsSentence(results: readonly CheckResult[]): string {
  const { failed, unknown, passed, skipped, ignored } = summarise(results);
  const levels = severities
    .filter((level) => failed[level] > 0)
    .map((level) => counted(failed[level], levelNames[level]));
  const failures = failed.error + failed.warning + failed.info;
  const parts = [
    failures > 0 ? `${failures} failed (${levels.join(", ")})` : "0 failed",
    `${unknown} unknown`,
    `${passed} passed`,
    `${skipped} skipped`,
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ];
  const checks = new Set(results.map(({ check }) => check.id)).size;
  // A check that depends on the platform has an answer for each of them.
  const answers = checks === results.length ? "" : `, ${counted(results.length, "answer")}`;
  return `${counted(checks, "check")}${answers}: ${parts.join(", ")}`;
}

/** What each level is called in prose. */
export const levelNames: Record<Severity, string> = { error: "error", warning: "warning", info: "advice" };

export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 || noun === "advice" ? noun : `${noun}s`}`;
}

export interface Verdict {
  readonly kind: "ready" | "not-ready" | "open";
  readonly sentence: string;
}

/** What it all comes to. It is only "ready" if nothing important is left open. */
export function verdict({ result, everyCheck }: Pick<Report, "result" | "everyCheck">): Verdict {
  const { results, facts } = result;
  const { failed } = summarise(results);
  const important = (status: Status) =>
    results.filter((each) => each.status === status && each.severity === "error").length;
  const open = important("unknown");
  const { ignored, inBaseline } = errorsSetAside(results);
  const faults = results.filter(({ fault }) => fault !== undefined).length;

  if (failed.error > 0)
    return { kind: "not-ready", sentence: `Not ready to deploy: ${counted(failed.error, "error")}` };
  const doubts = [
    ...(open > 0 ? [`${counted(open, "important question")} could not be answered`] : []),
    ...(faults > 0 ? [`${counted(faults, "check")} crashed`] : []),
    ...(inBaseline > 0 ? [`${counted(inBaseline, "error")} ${areOr(inBaseline)} in the baseline`] : []),
    ...(ignored > 0 ? [`${counted(ignored, "error")} ${areOr(ignored)} ignored`] : []),
    ...(facts.project?.framework === "django" && !facts.settings ? ["the settings were not judged"] : []),
    ...(everyCheck ? [] : ["only some checks were asked"]),
    ...(results.length === 0 ? ["nothing was checked"] : []),
  ];
  if (doubts.length > 0) return { kind: "open", sentence: `No error found, but ${inWords(doubts)}` };
  const warnings = failed.warning > 0 ? `, with ${counted(failed.warning, "warning")}` : "";
  return { kind: "ready", sentence: `Ready to deploy, as far as the files tell${warnings}` };
}

function areOr(count: number): string {
  return count === 1 ? "is" : "are";
}

/** How many results have an error that is set aside: by the baseline alone, or by somebody's word. */
function errorsSetAside(results: readonly CheckResult[]): {
  readonly ignored: number;
  readonly inBaseline: number;
} {
  const by = results.flatMap(({ check, ignored }) => {
    const errors = ignored.filter(({ finding }) => (finding.severity ?? check.severity) === "error");
    return errors.length > 0 ? [errors.every(({ ignore }) => ignore.by === "baseline")] : [];
  });
  return { ignored: by.filter((only) => !only).length, inBaseline: by.filter((only) => only).length };
}

/** Who has set how many findings aside: "34 findings are set aside: 30 in the baseline, 4 in comments". */
export function setAsideSentence(results: readonly CheckResult[]): string | undefined {
  const all = results.flatMap(({ ignored }) => ignored);
  if (all.length === 0) return undefined;
  const parts = Object.entries(setters).flatMap(([by, name]) => {
    const count = all.filter(({ ignore }) => ignore.by === by).length;
    return count > 0 ? [`${count} ${name}`] : [];
  });
  return `${counted(all.length, "finding")} ${areOr(all.length)} set aside: ${parts.join(", ")}`;
}

/** Who sets findings aside, in prose. */
const setters: Readonly<Record<IgnoredBy, string>> = {
  option: "by options",
  comment: "in comments",
  configuration: "in the configuration",
  baseline: "in the baseline",
  "silenced-system-checks": "in SILENCED_SYSTEM_CHECKS",
};

/** "a, b and c" */
export function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
