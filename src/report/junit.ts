import { areas } from "../check.ts";
import type { Evidence } from "../finding.ts";
import type { CheckResult } from "../run.ts";
import { type Entry, entriesOf } from "./entry.ts";
import { isHeld } from "./gate.ts";
import type { Report, Reporter } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { levelNames, summarise } from "./summary.ts";
import { element } from "./xml.ts";

/**
 * A checklist as tests, in the XML that Jenkins' xUnit plugin and GitLab read: a suite for each area, a case
 * for each check and platform. What fails the command is a failure, and nothing else is.
 */
export const junit: Reporter = {
  name: "junit",
  render(report) {
    const suites = suitesOf(report);
    const counts = { tests: 0, failures: 0, errors: 0 };
    for (const { cases } of suites) {
      counts.tests += cases.length;
      counts.failures += numberOf(cases, "failure");
      counts.errors += numberOf(cases, "error");
    }
    const body = element("testsuites", { name: "deploy-check", ...counts }, suites.map(suite));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`;
  },
};

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Case {
  readonly outcome: Outcome;
  readonly xml: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

function suitesOf(report: Report): readonly Suite[] {
  const { results } = report.result;
  const entries = entriesOf(report).filter(({ ignore }) => ignore === undefined);
  return Object.entries(areas).flatMap(([area, name]) => {
    const inArea = results.filter(({ check }) => check.area === area);
    const cases = inArea.map((result) =>
      caseOf(
        result,
        entries.filter((entry) => entry.result === result),
        report,
      ),
    );
    return cases.length === 0 ? [] : [{ name, cases }];
  });
}

function suite({ name, cases }: Suite): string {
  const counts = {
    tests: cases.length,
    failures: numberOf(cases, "failure"),
    errors: numberOf(cases, "error"),
    skipped: numberOf(cases, "skipped"),
  };
  return element(
    "testsuite",
    { name, ...counts },
    cases.map(({ xml }) => xml),
  );
}

function numberOf(cases: readonly Case[], outcome: Outcome): number {
  return cases.filter((one) => one.outcome === outcome).length;
}

function caseOf(result: CheckResult, entries: readonly Entry[], report: Report): Case {
  const { check, platform } = result;
  const on = platform ? ` (${platform.name})` : "";
  const { outcome, content } = told(result, entries, report);
  const attributes = { classname: `deploy-check.${check.area}`, name: `${check.id}: ${check.title}${on}` };
  return { outcome, xml: element("testcase", attributes, content === undefined ? [] : [content]) };
}

function told(
  result: CheckResult,
  entries: readonly Entry[],
  report: Report,
): { readonly outcome: Outcome; readonly content: string | undefined } {
  const { status, severity, evidence, ignored, fault } = result;
  const clean = (text: string) => report.conceal(maskKnownSecrets(text));
  const reason = clean(result.reason ?? "");
  if (fault !== undefined)
    return { outcome: "error", content: element("error", { type: "fault", message: reason }) };
  switch (status) {
    case "passed": {
      const text = evidence.map((one) => evidenceText(one, report)).join("\n");
      return { outcome: "passed", content: text === "" ? undefined : element("system-out", {}, text) };
    }
    case "skipped":
      return { outcome: "skipped", content: element("skipped", { type: status, message: reason }) };
    case "ignored": {
      const why = ignored[0]?.ignore.justification;
      const message = why === undefined ? reason : `${reason}: ${clean(why)}`;
      return { outcome: "skipped", content: element("skipped", { type: status, message }) };
    }
    case "failed":
    case "unknown": {
      const type = status === "unknown" ? "unknown" : severity;
      const [first, ...more] = entries;
      const others = more.length > 0 ? ` (and ${more.length} more)` : "";
      const label = status === "unknown" ? "cannot be told" : levelNames[severity];
      const message = `${label}: ${first?.sentence ?? reason}${others}`;
      const outcome = fails(result, report) ? "failure" : "skipped";
      const text = entries.map(details).join("\n\n");
      return { outcome, content: element(outcome, { type, message }, text) };
    }
  }
}

/** Whether it makes the command fail; warnings do together when there are more than `--max-warnings`. */
function fails(result: CheckResult, { gate, result: { results } }: Report): boolean {
  if (isHeld(gate, result)) return true;
  const { maxWarnings } = gate;
  const isWarning = result.status === "failed" && result.severity === "warning";
  return isWarning && maxWarnings !== undefined && summarise(results).failed.warning > maxWarnings;
}

function details({ result, finding, sentence, place }: Entry): string {
  const fix = finding.fix ?? (finding.certainty === "unknown" ? undefined : result.check.docs.fix);
  const where = place.instead ? place.file : `${place.file}:${place.line}:${place.column}`;
  return [sentence, where, ...(fix === undefined ? [] : ["Fix:", fix.trimEnd()])].join("\n");
}

function evidenceText({ text, at }: Evidence, { prefix, conceal }: Report): string {
  return conceal(maskKnownSecrets(at ? `${text}, ${prefix}${at.file}:${at.line}` : text));
}
