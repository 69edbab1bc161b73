import type { Platform } from "../platforms/platform.ts";
import type { CheckResult } from "../run.ts";

/** One answer, and the platforms that share it. */
export interface SharedResult extends CheckResult {
  /** None where the answer does not depend on the platform. */
  readonly on: readonly Platform[];
}

/** Answers of a check that are the same on several platforms become one; the order stays. */
export function shareResults(results: readonly CheckResult[]): readonly SharedResult[] {
  const groups = new Map<string, { readonly result: CheckResult; readonly on: Platform[] }>();
  for (const result of results) {
    const { check, status, reason, findings, platform } = result;
    // Where nothing is wrong, what speaks for it need not be the same.
    const told = status === "failed" || status === "unknown" ? findings : [];
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
