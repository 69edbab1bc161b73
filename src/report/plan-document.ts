import type { Location } from "../location.ts";
import type { Plan, PlannedCommand } from "../plan/plan.ts";
import { maskCommand } from "./secret-text.ts";

/** Grows when a field is removed or changes its meaning, not when one is added (docs/plan-json.md). */
const schemaVersion = 1;

/** Plans for machines: a contract, documented in docs/plan-json.md and docs/plan-json.schema.json. */
export function planDocument(plans: readonly Plan[]) {
  return { schemaVersion, plans: plans.map(planOf) };
}

function planOf(plan: Plan) {
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

function commandOf({ command, source, at }: PlannedCommand) {
  return { command: maskCommand(command), source, at: placeOf(at) };
}

function placeOf(at: Location | undefined) {
  if (!at) return null;
  const { file, line, column, endLine = line, endColumn = column } = at;
  return { file, line, column, endLine, endColumn };
}
