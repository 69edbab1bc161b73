import type { IgnoreNote } from "../ignores/rules.ts";
import type { CheckResult } from "../run.ts";
import { redactFinding } from "./redact.ts";
import type { Report } from "./report.ts";

/** Every finding of a result that is set aside, as a sentence: what it is, who says so, why, and where. */
export function setAsideTexts({ check, ignored }: CheckResult, { files }: Report): readonly string[] {
  return ignored.map(({ finding, ignore }) => {
    const { message, at } = redactFinding(finding, files, check.area === "secrets");
    const place = at ? `, ${at.file}:${at.line}` : "";
    const why = ignore.justification === undefined ? "" : `: ${ignore.justification}`;
    const where = ignore.at ? ` (${ignore.at.file}:${ignore.at.line})` : "";
    return `${message}${place}; ${ignore.reason}${why}${where}`;
  });
}

/** What is the matter with an ignore, as a sentence with its place. */
export function noteText({ message, at }: IgnoreNote): string {
  return at ? `${at.file}:${at.line} ${message}` : message;
}
