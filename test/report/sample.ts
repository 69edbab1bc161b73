import { Chalk } from "chalk";
import { type Area, type Check, defineCheck } from "../../src/check.ts";
import type { Settings, SettingsView } from "../../src/facts/django/settings.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { Answer, Finding, Severity } from "../../src/finding.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";
import type { Paint, Report } from "../../src/report/report.ts";
import type { CheckResult, RunResult } from "../../src/run.ts";

/** Hand-made results, so that a report can be tested without a project. */
export function check(id: string, details: Partial<Omit<Check, "id" | "run">> = {}): Check {
  return {
    ...defineCheck({
      id,
      title: `${id} is as it should be`,
      area: "settings",
      severity: "error",
      needs: [],
      docs: { why: "It matters.", fix: "Do the other thing.", bad: {}, good: {} },
      *run(): Generator<Answer> {},
    }),
    ...details,
  };
}

export function result(
  id: string,
  details: Partial<Omit<CheckResult, "check">> & {
    area?: Area;
    django?: readonly string[];
    title?: string;
    level?: Severity;
  } = {},
): CheckResult {
  const { area = "settings", django, title, level = "error", ...rest } = details;
  return {
    check: check(id, { area, severity: level, ...(django && { django }), ...(title && { title }) }),
    status: "passed",
    severity: level,
    platform: undefined,
    reason: undefined,
    evidence: [],
    findings: [],
    ignored: [],
    fault: undefined,
    ...rest,
  };
}

export function report(results: readonly CheckResult[], details: Partial<Report> = {}): Report {
  return {
    version: "0.1.0",
    root: "shop",
    files: memoryFiles({}),
    platforms: [{ platform: procfileHost, because: undefined, targeted: true }],
    result: { results, facts: djangoFacts() },
    ignoreNotes: [],
    gate: { level: "error", strict: false, maxWarnings: undefined },
    exitCode: 0,
    prefix: "",
    browse: "",
    conceal: (text) => text,
    everyCheck: true,
    ...details,
  };
}

/** The facts that the head of a report tells of. */
export function djangoFacts(details: Partial<Settings> = {}): RunResult["facts"] {
  const judged = settings(details);
  const { module, evidence } = judged;
  return {
    project: djangoProject,
    settingsModule: {
      module,
      evidence,
      djangoVersion: judged.djangoVersion,
      reads: judged.reads,
      given: judged.given,
      defaults: { entry: module, manage: module },
      loaded: { kind: "settings", settings: judged },
    },
    settings: judged,
  };
}

export const djangoProject = {
  framework: "django",
  folder: "",
  recognisedBy: "manage.py",
  managePy: "manage.py",
  path: [""],
} as const;

function settings(details: Partial<Settings> = {}): Settings {
  const view: SettingsView = {
    outcome: { kind: "completed" },
    refused: undefined,
    names: [],
    variants: [],
    variable: () => undefined,
    get: (name) => ({
      name,
      explicit: false,
      value: { kind: "none", at: undefined, env: [] },
      at: undefined,
      assignedAt: undefined,
      env: [],
      otherwise: [],
    }),
  };
  return {
    ...view,
    module: "shop.settings",
    file: "shop/settings.py",
    evidence: "manage.py defaults to it",
    production: "the repository as it stands",
    developmentImports: [],
    djangoVersion: undefined,
    declared: view,
    assumed: new Map(),
    debugHeld: false,
    required: [],
    reads: [],
    imports: [],
    path: [""],
    given: new Map(),
    under: () => view,
    declaredUnder: () => view,
    ...details,
  };
}

export const plain: Paint = { chalk: new Chalk({ level: 0 }), width: 80, verbose: false, quiet: false };

/** A check whose only finding `--ignore` has set aside. */
export function ignoredResult(
  id: string,
  finding: Finding,
  details: Parameters<typeof result>[1] = {},
): CheckResult {
  const ignore = { by: "option", reason: "--ignore names it" } as const;
  return result(id, { status: "ignored", reason: ignore.reason, ignored: [{ finding, ignore }], ...details });
}
