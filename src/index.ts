/**
 * The public interface: what the command does, as functions that give typed data, print nothing and leave the
 * process alone. docs/api.md shows them in use.
 *
 * @packageDocumentation
 */

export { type Checked, type CheckOptions, check } from "./api/check.ts";
export { type PlanOptions, plan } from "./api/plan.ts";
export { NothingRecognised, type ProjectOptions } from "./api/project.ts";
export { evaluateSettings, type SettingsOptions } from "./api/settings.ts";
export type { Area, Check, CheckDocs, Example } from "./check.ts";
export { areas } from "./check.ts";
export { checks } from "./checks/index.ts";
export { WrongUsage } from "./commands/outcome.ts";
export { explain } from "./explain.ts";
export { memoryFiles } from "./files/memory.ts";
export type { ProjectFiles } from "./files/project-files.ts";
export { Unreadable } from "./files/project-files.ts";
export type { Certainty, IgnoredBy, Severity } from "./finding.ts";
export { platforms } from "./platforms/index.ts";
export type { Platform } from "./platforms/platform.ts";
export type {
  PlanCommand,
  PlanDocument,
  PlanPlace,
  PlanVariable,
  PlatformPlan,
} from "./report/plan-document.ts";
export type {
  ReportDocument,
  ReportedFinding,
  ReportedPlace,
  ReportedPlatform,
  ReportedResult,
} from "./report/report-document.ts";
export type { SettingShown, SettingsDocument, VariableShown } from "./report/settings-document.ts";
export type { Summary } from "./report/summary.ts";
export type { Status } from "./run.ts";
export { version } from "./version.ts";
