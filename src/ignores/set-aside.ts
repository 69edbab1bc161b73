import type { Finding, Ignore } from "../finding.ts";
import { type CheckResult, weighed } from "../run.ts";

/** Says whether a finding of a result is set aside. */
export type Ignorer = (finding: Finding, result: CheckResult) => Ignore | undefined;

/**
 * The results without the findings that somebody sets aside; the first of `ignorers` that does is the one
 * that is told of. A check all of whose findings are set aside is "ignored". One that crashed has no
 * findings, and stays what it is.
 */
export function setAside(
  results: readonly CheckResult[],
  ignorers: readonly Ignorer[],
): readonly CheckResult[] {
  if (ignorers.length === 0) return results;
  return results.map((result) => {
    const ignored = result.findings.flatMap((finding) => {
      for (const ignorer of ignorers) {
        const ignore = ignorer(finding, result);
        if (ignore) return [{ finding, ignore }];
      }
      return [];
    });
    if (ignored.length === 0) return result;
    const findings = result.findings.filter((finding) => !ignored.some((one) => one.finding === finding));
    if (findings.length > 0) return { ...result, ...weighed(result.check, findings), ignored };
    return { ...result, status: "ignored", reason: ignored[0]?.ignore.reason, findings, ignored };
  });
}
