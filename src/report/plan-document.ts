import type { Location } from "../location.ts";
import type { Plan, PlannedCommand } from "../plan/plan.ts";
import { maskCommand } from "./secret-text.ts";

/** Grows when a field is removed or changes its meaning, not when one is added (docs/plan-json.md). */
const schemaVersion = 1;

/** What `deploy-check plan --format json` prints: a contract, described in docs/plan-json.md. */
export interface PlanDocument {
  readonly schemaVersion: number;
  /** One for each platform. */
  readonly plans: readonly PlatformPlan[];
}

/** What a platform will do with the project, as far as its files tell. */
export interface PlatformPlan {
  readonly platform: string;
  /** Whether the project's own files target it. */
  readonly targeted: boolean;
  readonly because: string | null;
  readonly python: {
    readonly version: string | null;
    readonly source: string;
    readonly at: PlanPlace | null;
    readonly unless: string | null;
  };
  readonly install: PlanCommand | null;
  readonly build: readonly PlanCommand[];
  readonly release: readonly PlanCommand[];
  readonly processes: readonly (PlanCommand & { readonly name: string })[];
  readonly port: {
    readonly variable: string | null;
    readonly number: number | null;
    readonly source: string;
    readonly at: PlanPlace | null;
    readonly server: string | null;
  };
  readonly database: {
    readonly engine: string | null;
    readonly variable: string | null;
    readonly service: string | null;
    readonly at: PlanPlace | null;
  };
  readonly static: {
    readonly root: string | null;
    readonly collectedBy: string | null;
    readonly servedBy: string | null;
    readonly at: PlanPlace | null;
  };
  /** Names only: a value may be a secret. */
  readonly environment: {
    readonly injected: readonly string[];
    readonly declared: readonly PlanVariable[];
    readonly missing: readonly PlanVariable[];
  };
  /** Ids of the checks that fail there, at error or warning level. */
  readonly problems: readonly string[];
}

/** A command, and what says that it is run. */
export interface PlanCommand {
  readonly command: string;
  readonly source: string;
  readonly at: PlanPlace | null;
}

export interface PlanVariable {
  readonly name: string;
  readonly at: PlanPlace | null;
}

export interface PlanPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Plans for machines. */
export function planDocument(plans: readonly Plan[]): PlanDocument {
  return { schemaVersion, plans: plans.map(planOf) };
}

function planOf(plan: Plan): PlatformPlan {
  const { python, port, database, environment } = plan;
  const variable = ({ name, at }: { readonly name: string; readonly at: Location | undefined }) => ({
    name,
    at: placeOf(at),
  });
  return {
    platform: plan.platform.id,
    targeted: plan.targeted,
    because: plan.because ?? null,
    python: {
      version: python.version ?? null,
      source: python.source,
      at: placeOf(python.at),
      unless: python.unless ?? null,
    },
    install: plan.install ? commandOf(plan.install) : null,
    build: plan.build.map(commandOf),
    release: plan.release.map(commandOf),
    processes: plan.processes.map((process) => ({ name: process.name, ...commandOf(process) })),
    port: {
      variable: port.variable ?? null,
      number: port.number ?? null,
      source: port.source,
      at: placeOf(port.at),
      server: port.server ?? null,
    },
    database: {
      engine: database.engine ?? null,
      variable: database.variable ?? null,
      service: database.service ?? null,
      at: placeOf(database.at),
    },
    static: {
      root: plan.static.root ?? null,
      collectedBy: plan.static.collectedBy ?? null,
      servedBy: plan.static.servedBy ?? null,
      at: placeOf(plan.static.at),
    },
    environment: {
      injected: environment.injected,
      declared: environment.declared.map(variable),
      missing: environment.missing.map(variable),
    },
    problems: plan.problems,
  };
}

function commandOf({ command, source, at }: PlannedCommand): PlanCommand {
  return { command: maskCommand(command), source, at: placeOf(at) };
}

function placeOf(at: Location | undefined): PlanPlace | null {
  if (!at) return null;
  const { file, line, column, endLine = line, endColumn = column } = at;
  return { file, line, column, endLine, endColumn };
}
