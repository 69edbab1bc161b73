import { createHash } from "node:crypto";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Finding } from "../finding.ts";
import type { CheckResult } from "../run.ts";
import { sourceOf } from "./mask.ts";
import { redactFinding } from "./redact.ts";

/**
 * What a finding is known by from one run to the next: 32 hexadecimal digits that stay the same when the
 * lines around it move, or its own is indented anew. They are made from the check, the platform, the file
 * and the text of the line, with its secrets masked, so that a fingerprint can be published; where there is
 * no line, from the message. Findings that are alike in all of it are told apart by their order.
 */
export function fingerprints(
  results: readonly CheckResult[],
  files: ProjectFiles,
): ReadonlyMap<Finding, string> {
  const seen = new Map<string, number>();
  const prints = new Map<Finding, string>();
  for (const result of results) {
    const all = [...result.findings, ...result.ignored.map(({ finding }) => finding)];
    for (const finding of all.sort(inOrder)) {
      const key = JSON.stringify(identity(finding, result, files));
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      prints.set(finding, createHash("sha256").update(`${key}${count}`).digest("hex").slice(0, 32));
    }
  }
  return prints;
}

/** Whatever is set aside, the first on a page is the first. */
function inOrder({ at: one }: Finding, { at: other }: Finding): number {
  return (one?.line ?? 0) - (other?.line ?? 0) || (one?.column ?? 0) - (other?.column ?? 0);
}

function identity(
  finding: Finding,
  { check, platform }: CheckResult,
  files: ProjectFiles,
): readonly string[] {
  const sensitive = check.area === "secrets";
  const { at } = finding;
  const line = at && sourceOf(files, at.file)?.masked(at.line, sensitive)?.trim().replace(/\s+/g, " ");
  const text = line || redactFinding(finding, files, sensitive).message;
  return [check.id, platform?.id ?? "", at?.file ?? "", text];
}
