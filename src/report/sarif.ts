import type { Finding } from "../finding.ts";
import type { CheckResult } from "../run.ts";
import { type Entry, entriesOf } from "./entry.ts";
import { failsBecause } from "./gate.ts";
import type { Place } from "./place.ts";
import { printable, printableJson, printableLines } from "./printable.ts";
import type { Report, Reporter } from "./report.ts";
import { levels, ruleOf } from "./sarif-rules.ts";
import { type Message, messageOf } from "./sarif-text.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { counted } from "./summary.ts";

/**
 * SARIF 2.1.0, for code scanning: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>, and what GitHub makes of
 * it: <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.
 */
export const sarif: Reporter = {
  name: "sarif",
  render: (report) => `${printableJson(JSON.stringify(log(report), undefined, 2))}\n`,
};

/** What GitHub takes: it shows the first 5,000 results of a run, and takes 10 MB of compressed text. */
export const limits = { results: 5_000, bytes: 8_000_000 } as const;

/** How the top of the repository is called, which is in no report. */
const top = "%SRCROOT%";

function log(report: Report) {
  const checks = [...new Map(report.result.results.map(({ check }) => [check.id, check])).values()];
  const indexes = new Map(checks.map(({ id }, at) => [id, at]));
  const entries = entriesOf(report);
  const alerts = entries.filter((entry) => isResult(entry, report));
  const results = alerts.map((entry) => ({
    entry,
    json: resultOf(entry, indexes.get(entry.result.check.id) ?? 0, report),
  }));
  const kept = worst(results);
  const left = results.length - kept.length;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "deploy-check",
            version: report.version,
            semanticVersion: report.version,
            rules: checks.map(ruleOf),
          },
        },
        language: "en-US",
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [top]: { description: { text: "The top of the repository." } } },
        invocations: [invocation(report, entries, left, indexes)],
        results: kept.map(({ json }) => json),
      },
    ],
  };
}

/** An open question is no result, unless `--strict` makes it one: it is among the notifications. */
function isResult({ severity }: Entry, { gate }: Report): boolean {
  return severity !== "unknown" || gate.strict;
}

type Weighed = { readonly entry: Entry; readonly json: ReturnType<typeof resultOf> };

/** As many as GitHub takes, in their order: what does not count goes first, then what is least bad. */
function worst(results: readonly Weighed[]): readonly Weighed[] {
  const order = ["error", "warning", "unknown", "info"];
  const weight = ({ entry }: Weighed) => order.indexOf(entry.severity) + (entry.ignore ? order.length : 0);
  const kept = new Set<Weighed>();
  let bytes = 0;
  for (const result of [...results].sort((a, b) => weight(a) - weight(b))) {
    bytes += Buffer.byteLength(printableJson(JSON.stringify(result.json)));
    if (kept.size === limits.results || bytes > limits.bytes) break;
    kept.add(result);
  }
  return results.filter((result) => kept.has(result));
}

function resultOf(entry: Entry, ruleIndex: number, { conceal }: Report) {
  const { result, finding, severity, fingerprint } = entry;
  return {
    ruleId: result.check.id,
    ruleIndex,
    level: severity === "unknown" ? "warning" : levels[severity],
    message: told(entry),
    locations: [location(entry.place)],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    suppressions: suppressions(entry, conceal),
    properties: {
      certainty: finding.certainty,
      ...(finding.when?.length && { when: finding.when.map(printable) }),
      ...(finding.fix !== undefined && { fix: fixOf(finding) }),
      ...(result.platform && { platform: result.platform.id }),
    },
  };
}

/** The first sentence is the title of the alert. */
function told({ sentence, finding, place }: Entry): Message {
  const fix = fixOf(finding);
  const lines = [
    `${sentence}.`,
    ...(!place.instead
      ? []
      : [`It is about something that is not there, so it is shown at ${printable(place.file)}.`]),
    // Braces would be doubled, and text to paste has to be exact.
    ...(fix === undefined || /[{}]/.test(fix) ? [] : ["", "To fix it:", fix]),
  ];
  return messageOf(lines.join("\n"));
}

function fixOf({ fix }: Finding): string | undefined {
  return fix === undefined ? undefined : printableLines(fix.trimEnd()).join("\n");
}

function location({ file, line, column, endLine, endColumn }: Place) {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: top },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** Half of a surrogate pair has no UTF-8, and so no URI. */
function relativeUri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}

/** Where one result may be suppressed, all have to say whether they are (SARIF §3.27.23). */
function suppressions({ ignore }: Entry, conceal: Report["conceal"]) {
  if (!ignore) return [];
  const { by, reason, justification } = ignore;
  const why = justification === undefined ? reason : `${justification} (${reason})`;
  const inSource = by === "comment" || by === "silenced-system-checks";
  return [
    {
      kind: inSource ? "inSource" : "external",
      status: "accepted",
      justification: printable(conceal(maskKnownSecrets(why))),
    },
  ];
}

function invocation(
  report: Report,
  entries: readonly Entry[],
  left: number,
  indexes: ReadonlyMap<string, number>,
) {
  const { results } = report.result;
  const because = failsBecause(results, report.gate, report.ignoreNotes);
  const faults = results.filter(({ fault }) => fault !== undefined);
  return {
    executionSuccessful: faults.length === 0,
    exitCode: report.exitCode,
    ...(report.exitCode === 1 && because !== undefined && { exitCodeDescription: because }),
    toolExecutionNotifications: [
      ...faults.map((result) => notification("error", printable(result.reason ?? ""), result, indexes)),
      ...(left > 0
        ? [
            {
              level: "warning",
              message: messageOf(
                `${counted(left, "finding")} more are left out: GitHub takes no more. The worst are here.`,
              ),
            },
          ]
        : []),
      ...entries
        .filter((entry) => entry.ignore === undefined && !isResult(entry, report))
        .slice(0, limits.results)
        .map((entry) => unanswered(entry, indexes)),
    ],
  };
}

function unanswered({ result, sentence, place }: Entry, indexes: ReadonlyMap<string, number>) {
  return {
    ...notification("note", sentence, result, indexes),
    ...(!place.instead && { locations: [location(place)] }),
  };
}

function notification(
  level: "error" | "note",
  text: string,
  { check, platform }: CheckResult,
  indexes: ReadonlyMap<string, number>,
) {
  return {
    level,
    message: messageOf(text),
    associatedRule: { id: check.id, index: indexes.get(check.id) ?? 0 },
    ...(platform && { properties: { platform: platform.id } }),
  };
}
