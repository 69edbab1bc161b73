import { areas, type Check } from "../check.ts";
import { explain } from "../explain.ts";
import type { Severity } from "../finding.ts";
import { messageOf } from "./sarif-text.ts";
import { securitySeverity } from "./security.ts";

/** What SARIF calls each severity. */
export const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<
  Severity,
  string
>;

/** What GitHub calls them where no `security-severity` is given. */
const problems: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "recommendation",
};

/** GitHub's limit for either description. */
const longest = 1_024;

/** A check as code scanning shows it: what it wants, why, and its page. */
export function ruleOf(check: Check) {
  const { id, aliases = [], title, area, severity, django = [], docs } = check;
  const security = securitySeverity(check);
  const [helpUri] = docs.links ?? [];
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    ...(aliases.length > 0 && { deprecatedIds: aliases }),
    shortDescription: messageOf(clip(`${title}.`)),
    fullDescription: messageOf(clip(docs.why)),
    help: {
      ...messageOf(`${docs.why}\n\n${docs.fix}`),
      // Its code is there to be pasted: braces stay single, as in what CodeQL writes and GitHub shows.
      markdown: explain(check),
    },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [...(security === undefined ? [] : ["security"]), area, ...django],
      area: areas[area],
      // Checks answer only what the files settle, and say where they do not.
      precision: "high",
      "problem.severity": problems[severity],
      ...(security !== undefined && { "security-severity": security }),
    },
  };
}

function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
