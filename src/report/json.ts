import type { Evidence, Finding, Ignore } from "../finding.ts";
import type { Location } from "../location.ts";
import type { CheckResult } from "../run.ts";
import { byHandFor } from "./by-hand.ts";
import { fingerprints } from "./fingerprint.ts";
import { printableJson } from "./printable.ts";
import { redactFinding } from "./redact.ts";
import type { Report, Reporter } from "./report.ts";
import type { ReportDocument } from "./report-document.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { summarise } from "./summary.ts";

/** Grows when a field is removed or changes its meaning, not when one is added (docs/json.md). */
const schemaVersion = 1;

/** For machines: a contract, documented in docs/json.md and docs/json.schema.json. */
export const json: Reporter = {
  name: "json",
  render: (report) => `${printableJson(JSON.stringify(document(report), undefined, 2))}\n`,
};

function document(report: Report): ReportDocument {
  const { project, settingsModule, settings } = report.result.facts;
  const prints = fingerprints(report.result.results, report.files);
  return {
    schemaVersion,
    tool: { name: "deploy-check", version: report.version },
    project: {
      root: report.root,
      folder: project?.folder ?? "",
      framework: project?.framework ?? null,
      settings: settingsModule
        ? { module: settingsModule.module, evidence: maskKnownSecrets(settingsModule.evidence) }
        : null,
      production: settings ? maskKnownSecrets(settings.production) : null,
    },
    platforms: report.platforms.map(({ platform, because, targeted }) => ({
      id: platform.id,
      name: platform.name,
      because: because ?? null,
      targeted,
    })),
    results: report.result.results.map((result) => resultOf(result, report, prints)),
    summary: summarise(report.result.results),
    ignores: report.ignoreNotes.map(({ kind, by, message, at }) => ({
      kind,
      by,
      message: maskKnownSecrets(message),
      at: at ? placeOf(at) : null,
    })),
    manual: byHandFor(report).map(({ id, title, advice }) => ({ id, title, advice })),
  };
}

function resultOf(
  { check, status, severity, platform, reason, evidence, findings, ignored }: CheckResult,
  report: Report,
  prints: ReadonlyMap<Finding, string>,
) {
  const told = (finding: Finding, ignore: Ignore | undefined) =>
    findingOf(
      redactFinding(finding, report.files, check.area === "secrets"),
      check.docs.fix,
      prints.get(finding) ?? "",
      ignore,
    );
  return {
    id: check.id,
    django: check.django ?? [],
    title: check.title,
    area: check.area,
    severity,
    status,
    platform: platform?.id ?? null,
    reason: reason === undefined ? null : maskKnownSecrets(reason),
    evidence: evidence.length > 0 ? evidence.map(evidenceText).join("; ") : null,
    findings: [
      ...findings.map((finding) => told(finding, undefined)),
      ...ignored.map(({ finding, ignore }) => told(finding, ignore)),
    ],
  };
}

function evidenceText({ text, at }: Evidence): string {
  return maskKnownSecrets(at ? `${text}, ${at.file}:${at.line}` : text);
}

function findingOf(
  { certainty, message, at, when, fix }: Finding,
  advice: string,
  fingerprint: string,
  ignore: Ignore | undefined,
) {
  return {
    certainty,
    message,
    at: at ? placeOf(at) : null,
    when: when ?? [],
    fix: fix ?? (certainty === "unknown" ? null : advice),
    fingerprint,
    ignored: ignore
      ? {
          by: ignore.by,
          reason: maskKnownSecrets(ignore.reason),
          justification: ignore.justification === undefined ? null : maskKnownSecrets(ignore.justification),
          at: ignore.at ? placeOf(ignore.at) : null,
        }
      : null,
  };
}

function placeOf({ file, line, column, endLine = line, endColumn = column }: Location) {
  return { file, line, column, endLine, endColumn };
}
