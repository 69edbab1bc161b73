import type { Finding } from "../finding.ts";
import type { CheckResult } from "../run.ts";
import type { Ignoring } from "./rules.ts";

/** Findings that a project lives with for now: those that it had on some day. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly check: string;
  /** The platform's id, where the finding is of one. */
  readonly platform: string | null;
  /** From the folder that was judged; null where the finding has no place. */
  readonly file: string | null;
  readonly message: string;
  readonly fingerprint: string;
  /** From the baseline's own folder to the one that was judged; "" where they are the same. */
  readonly root: string;
  readonly reason: string | null;
  /** The day on which it came in: 2026-11-20. */
  readonly added: string;
}

/** A baseline where it is, and what it is called. */
export interface PlacedBaseline {
  readonly baseline: Baseline;
  /** "deploy-check-baseline.json" */
  readonly called: string;
  /** From the baseline's folder to the one that is judged. */
  readonly root: string;
}

/** Grows when a field is removed or changes its meaning (docs/baseline.schema.json). */
const schemaVersion = 1;

/** Sets aside what a baseline knows, and says what it knows that is no longer there. */
export function byBaseline(
  placed: PlacedBaseline,
  results: readonly CheckResult[],
  prints: ReadonlyMap<Finding, string>,
): Ignoring {
  const { baseline, called, root } = placed;
  const known = new Map(
    baseline.entries.filter((entry) => entry.root === root).map((entry) => [keyOf(entry), entry]),
  );
  const gone = vanished(placed, results, prints);
  const [them, they] = gone.length === 1 ? ["finding", "is"] : ["findings", "are"];
  return {
    ignorer: (finding, { check }) => {
      const entry = known.get(keyOf({ check: check.id, fingerprint: prints.get(finding) ?? "" }));
      if (!entry) return undefined;
      const reason = `it is in ${called} since ${entry.added}`;
      return { by: "baseline", reason, justification: entry.reason ?? undefined };
    },
    notes:
      gone.length === 0
        ? []
        : [
            {
              kind: "gone",
              by: "baseline",
              at: undefined,
              message: `${gone.length} ${them} of ${called} ${they} gone; deploy-check baseline --prune takes ${gone.length === 1 ? "it" : "them"} out`,
            },
          ],
  };
}

/** Entries of what is judged now whose finding is not there any more. */
export function vanished(
  { baseline, root }: PlacedBaseline,
  results: readonly CheckResult[],
  prints: ReadonlyMap<Finding, string>,
): readonly BaselineEntry[] {
  const crashed = new Set(results.filter(({ fault }) => fault !== undefined).map(({ check }) => check.id));
  const asked = new Set(results.map(({ check }) => check.id));
  const platforms = new Set(results.flatMap(({ platform }) => platform?.id ?? []));
  const there = new Set(
    results.flatMap(({ check, findings }) =>
      findings.map((finding) => keyOf({ check: check.id, fingerprint: prints.get(finding) ?? "" })),
    ),
  );
  return baseline.entries.filter(
    (entry) =>
      entry.root === root &&
      asked.has(entry.check) &&
      !crashed.has(entry.check) &&
      (entry.platform === null || platforms.has(entry.platform)) &&
      !there.has(keyOf(entry)),
  );
}

function keyOf({ check, fingerprint }: Pick<BaselineEntry, "check" | "fingerprint">): string {
  return `${check} ${fingerprint}`;
}

/** What a baseline would hold of results, besides what it holds already. */
export function additions(
  { baseline, root }: PlacedBaseline,
  results: readonly CheckResult[],
  prints: ReadonlyMap<Finding, string>,
  of: {
    readonly reason: string | undefined;
    readonly added: string;
    message(finding: Finding, result: CheckResult): string;
  },
): readonly BaselineEntry[] {
  const known = new Set(baseline.entries.filter((entry) => entry.root === root).map(keyOf));
  return results.flatMap((result) =>
    result.findings.flatMap((finding): readonly BaselineEntry[] => {
      const entry: BaselineEntry = {
        check: result.check.id,
        platform: result.platform?.id ?? null,
        file: finding.at?.file ?? null,
        message: of.message(finding, result),
        fingerprint: prints.get(finding) ?? "",
        root,
        reason: of.reason ?? null,
        added: of.added,
      };
      return known.has(keyOf(entry)) ? [] : [entry];
    }),
  );
}

/** The file of a baseline: sorted, so that what is added later changes few lines of it. */
export function writeBaseline({ entries }: Baseline): string {
  const order = ({ root, check, file, platform, fingerprint }: BaselineEntry) =>
    [root, check, file ?? "", platform ?? "", fingerprint].join("\0");
  const sorted = [...entries].sort((one, other) => (order(one) < order(other) ? -1 : 1));
  const findings = sorted.map(({ check, platform, file, message, fingerprint, root, reason, added }) => ({
    check,
    ...(platform !== null && { platform }),
    ...(root !== "" && { root }),
    ...(file !== null && { file }),
    message,
    fingerprint,
    ...(reason !== null && { reason }),
    added,
  }));
  return `${JSON.stringify({ schemaVersion, findings }, undefined, 2)}\n`;
}

/** The text of a baseline's file as what it says, or what is wrong with it: the end of "is no baseline: …". */
export function readBaseline(text: string): Baseline | { readonly wrong: string } {
  let said: unknown;
  try {
    // Editors on Windows put a mark in front.
    said = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { wrong: "it is not valid JSON" };
  }
  if (!isRecord(said)) return { wrong: "it holds no object" };
  if (said.schemaVersion !== schemaVersion)
    return {
      wrong: `its schemaVersion is not ${schemaVersion}, the one that this version of deploy-check reads`,
    };
  if (!Array.isArray(said.findings)) return { wrong: "its findings are no list" };
  const entries: BaselineEntry[] = [];
  for (const [index, one] of said.findings.entries()) {
    const entry = entryOf(one);
    if (typeof entry === "string") return { wrong: `its finding number ${index + 1} has no ${entry}` };
    entries.push(entry);
  }
  return { entries };
}

/** An entry, or the name of what it lacks. */
function entryOf(said: unknown): BaselineEntry | string {
  if (!isRecord(said)) return "fields";
  const text = (name: string) => {
    const value = said[name];
    return typeof value === "string" ? value : undefined;
  };
  const [check, fingerprint, added, message] = ["check", "fingerprint", "added", "message"].map(text);
  if (!check) return "check";
  if (!fingerprint || !/^[0-9a-f]{32}$/.test(fingerprint)) return "fingerprint of 32 hexadecimal digits";
  if (!added || !/^\d{4}-\d\d-\d\d$/.test(added)) return "day on which it was added, such as 2026-11-20";
  return {
    check,
    fingerprint,
    added,
    message: message ?? "",
    platform: text("platform") ?? null,
    file: text("file") ?? null,
    root: text("root") ?? "",
    reason: text("reason") ?? null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
