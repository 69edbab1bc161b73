import type { Finding, Ignore, Severity } from "../finding.ts";
import type { CheckResult } from "../run.ts";
import { fingerprints } from "./fingerprint.ts";
import { type Place, placeOf } from "./place.ts";
import { printable } from "./printable.ts";
import { redactFinding } from "./redact.ts";
import type { Report } from "./report.ts";

/** A finding as whoever keeps a list of them wants it: with a place, and a name that lasts. */
export interface Entry {
  readonly result: CheckResult;
  /** Without secrets; what cannot be seen is in it still. */
  readonly finding: Finding;
  /** A line of its own, fit to be shown: what is wrong, when, and on which of several platforms. */
  readonly sentence: string;
  /** Of a question that is open, nobody knows. */
  readonly severity: Severity | "unknown";
  readonly place: Place;
  readonly fingerprint: string;
  /** Set for a finding that does not count. */
  readonly ignore: Ignore | undefined;
}

/** Every finding of a report in its order, each once for each platform. Of a check, those that count come first. */
export function entriesOf(report: Report): readonly Entry[] {
  const { results } = report.result;
  const prints = fingerprints(results, report.files);
  return results.flatMap((result) => {
    const told = [
      ...result.findings.map((finding) => ({ finding, ignore: undefined })),
      ...result.ignored,
    ] satisfies readonly { readonly finding: Finding; readonly ignore: Ignore | undefined }[];
    return told.map(({ finding, ignore }) => {
      const shown = concealed(
        redactFinding(finding, report.files, result.check.area === "secrets"),
        report.conceal,
      );
      return {
        result,
        finding: shown,
        sentence: sentenceOf(shown, result, report),
        severity: finding.certainty === "unknown" ? "unknown" : (finding.severity ?? result.check.severity),
        place: placeOf(finding, result, report),
        fingerprint: prints.get(finding) ?? "",
        ignore,
      };
    });
  });
}

/** Before an encoding makes something of a given secret in which nobody would find it. */
function concealed(finding: Finding, conceal: Report["conceal"]): Finding {
  return {
    ...finding,
    message: conceal(finding.message),
    ...(finding.when && { when: finding.when.map(conceal) }),
    ...(finding.fix !== undefined && { fix: conceal(finding.fix) }),
  };
}

function sentenceOf({ message, when = [] }: Finding, { platform }: CheckResult, report: Report): string {
  const limits = [
    ...(platform && report.platforms.length > 1 ? [`on ${platform.name}`] : []),
    ...(when.length > 0 ? [`when ${when.join(", and ")}`] : []),
  ];
  return printable(limits.length > 0 ? `${message} (${limits.join(", ")})` : message);
}
