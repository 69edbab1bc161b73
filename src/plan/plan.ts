import type { Check } from "../check.ts";
import { startedProcesses } from "../facts/deploy-steps.ts";
import type { FactName, ProjectFacts } from "../facts/facts.ts";
import type { Facts } from "../facts/gather.ts";
import { type Judgement, type JudgeRequest, judge } from "../judge.ts";
import { inFile, type Location } from "../location.ts";
import type { Command } from "../platforms/manifest.ts";
import type { Platform } from "../platforms/platform.ts";
import type { CheckResult } from "../run.ts";
import { type PlannedDatabase, plannedDatabase } from "./database.ts";
import { type PlannedEnvironment, plannedEnvironment } from "./environment.ts";
import { type PlannedPort, plannedPort } from "./port.ts";
import { type PlannedPython, plannedPython } from "./python.ts";
import { type PlannedStatic, plannedStatic } from "./static.ts";
import { buildSteps, installStep } from "./steps.ts";

/** Something that happens, and what says so. */
export interface Planned {
  /** "Procfile", "Heroku's Python buildpack". */
  readonly source: string;
  readonly at: Location | undefined;
}

export interface PlannedCommand extends Planned {
  readonly command: string;
}

export interface PlannedProcess extends PlannedCommand {
  readonly name: string;
}

/** What will happen on a platform, in order, as far as the files tell. */
export interface Plan {
  readonly platform: Platform;
  /** Whether the project targets it by its own files. */
  readonly targeted: boolean;
  /** Why, as a sentence. */
  readonly because: string | undefined;
  readonly python: PlannedPython;
  readonly install: PlannedCommand | undefined;
  readonly build: readonly PlannedCommand[];
  readonly release: readonly PlannedCommand[];
  readonly processes: readonly PlannedProcess[];
  readonly port: PlannedPort;
  readonly database: PlannedDatabase;
  readonly static: PlannedStatic;
  readonly environment: PlannedEnvironment;
  /** Ids of the checks that fail at error or warning level there. */
  readonly problems: readonly string[];
}

/** The facts that a plan is made from; what the project lacks is undefined. */
export type PlanFacts = Partial<
  Pick<
    ProjectFacts,
    | "project"
    | "deployment"
    | "deploySteps"
    | "webServer"
    | "settings"
    | "settingsModule"
    | "packages"
    | "packageFiles"
    | "pythonVersions"
    | "staticServing"
  >
> & {
  /** `--env` and `--env-file`. */
  readonly given: ReadonlyMap<string, string>;
};

const wanted: readonly Exclude<keyof PlanFacts, "given">[] = [
  "project",
  "deployment",
  "deploySteps",
  "webServer",
  "settings",
  "settingsModule",
  "packages",
  "packageFiles",
  "pythonVersions",
  "staticServing",
];

export type Planning =
  | { readonly kind: "planned"; readonly plans: readonly Plan[] }
  | Exclude<Judgement, { kind: "judged" }>;

/** The plan for each platform: what the checks are asked about, told in order instead. */
export async function planAll(request: JudgeRequest): Promise<Planning> {
  const judgement = await judge(request);
  if (judgement.kind !== "judged") return judgement;
  const { platforms, result } = judgement;
  const plans = await Promise.all(
    platforms.map(async ({ platform, because, targeted }): Promise<Plan> => {
      const given = request.options?.env ?? new Map();
      const facts = { ...(await factsFor(result.factsOn(platform))), given };
      const results = result.results.filter((one) => one.platform === undefined || one.platform === platform);
      return {
        ...planFrom(facts, platform),
        targeted,
        because,
        problems: problemsOf(results),
      };
    }),
  );
  return { kind: "planned", plans };
}

function planFrom(facts: PlanFacts, platform: Platform): Omit<Plan, "targeted" | "because" | "problems"> {
  const { deployment } = facts;
  const rules = deployment?.platform ?? platform;
  const release = (deployment?.steps ?? []).filter(({ phase }) => phase === "release");
  return {
    platform: rules,
    python: plannedPython(facts, rules),
    install: installStep(facts, rules),
    build: buildSteps(facts, rules),
    release: release.map(planned),
    processes: deployment
      ? startedProcesses(deployment).map((process) => ({ name: process.name, ...planned(process) }))
      : [],
    port: plannedPort(facts, rules),
    database: plannedDatabase(facts, rules),
    static: plannedStatic(facts, rules),
    environment: plannedEnvironment(facts, rules),
  };
}

export function planned({ command, source, at }: Command): PlannedCommand {
  return { command, source: source ?? at.file, at: inFile(at) };
}

/** Each once, in the order of the checks. */
function problemsOf(results: readonly CheckResult[]): readonly string[] {
  const failed = results.filter(({ status, severity }) => status === "failed" && severity !== "info");
  return [...new Set(failed.map(({ check }: { readonly check: Check }) => check.id))];
}

async function factsFor(facts: Facts): Promise<Omit<PlanFacts, "given">> {
  const given: Partial<Record<FactName, unknown>> = {};
  for (const name of wanted) {
    const result = await facts.get(name);
    if (result.kind === "present") given[name] = result.value;
  }
  return given as Omit<PlanFacts, "given">;
}
