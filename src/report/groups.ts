import { areas } from "../check.ts";
import { severities } from "../finding.ts";
import type { Platform } from "../platforms/platform.ts";
import type { CheckResult } from "../run.ts";
import { counted, levelNames, summarise } from "./summary.ts";

/** One answer, and the platforms that share it. */
export interface SharedResult extends CheckResult {
  /** None where the answer does not depend on the platform. */
  readonly on: readonly Platform[];
}

/** Answers of a check that are the same on several platforms become one; the order stays. */
export function shareResults(results: readonly CheckResult[]): readonly SharedResult[] {
  const groups = new Map<string, { readonly result: CheckResult; readonly on: Platform[] }>();
  for (const result of results) {
    const { check, status, reason, findings, ignored, platform } = result;
    // Where nothing is wrong, what speaks for it need not be the same.
    const told = status === "failed" || status === "unknown" ? findings : status === "ignored" ? ignored : [];
    const key = JSON.stringify([check.id, status, status === "passed" ? "" : reason, told]);
    const group = groups.get(key) ?? { result, on: [] };
    if (platform) group.on.push(platform);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ result, on }) => ({ ...result, on }));
}

/** "Heroku, Render and Fly.io" */
export function platformNames(platforms: readonly Platform[]): string {
  const names = platforms.map(({ name }) => name);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Results that failed, of one area. */
export interface AreaResults {
  /** "Settings" */
  readonly name: string;
  readonly results: readonly SharedResult[];
}

/** The areas that results are of: those with an error first, then those with a warning; so are the results in each. */
export function byArea(results: readonly SharedResult[]): readonly AreaResults[] {
  return Object.entries(areas)
    .map(([area, name]) => ({
      name,
      results: results.filter(({ check }) => check.area === area).sort((a, b) => rank([a]) - rank([b])),
    }))
    .filter((group) => group.results.length > 0)
    .sort((a, b) => rank(a.results) - rank(b.results));
}

/** How bad the worst of them is; areas that are equally bad stand in their own order, which never changes. */
function rank(results: readonly SharedResult[]): number {
  return Math.min(...results.map(({ severity }) => severities.indexOf(severity)));
}

/** "2 errors, 1 warning" */
export function levelsOf(results: readonly SharedResult[]): string {
  const { failed: counts } = summarise(results);
  return severities
    .filter((level) => counts[level] > 0)
    .map((level) => counted(counts[level], levelNames[level]))
    .join(", ");
}
