import { type Entry, entriesOf } from "./entry.ts";
import { printableJson } from "./printable.ts";
import type { Reporter } from "./report.ts";

/** GitLab's Code Quality: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>. */
export const gitlab: Reporter = {
  name: "gitlab",
  render(report) {
    // What is set aside is left out: the format has no word for it.
    const entries = entriesOf(report).filter(({ ignore }) => ignore === undefined);
    return `${printableJson(JSON.stringify(entries.map(issue), undefined, 2))}\n`;
  },
};

function issue({ result, sentence, severity, place, fingerprint }: Entry) {
  return {
    description: sentence,
    check_name: result.check.id,
    fingerprint,
    severity: severities[severity],
    location: { path: place.file, lines: { begin: place.line, end: place.endLine } },
  };
}

/** GitLab's "blocker" is left for what people put there. An open question is told of, and weighs nothing. */
const severities = { error: "critical", warning: "major", info: "minor", unknown: "info" } as const;
