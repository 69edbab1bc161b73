import { defaultEngine } from "../facts/django/databases.ts";
import type { SettingsView } from "../facts/django/settings.ts";
import type { Location } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import type { PlanFacts } from "./plan.ts";

export interface PlannedDatabase {
  /** The engine of DATABASES["default"], as Django names it; undefined if it cannot be told, or there is none. */
  readonly engine: string | undefined;
  readonly at: Location | undefined;
  /** The variable that names the database here, if the settings read it. */
  readonly variable: string | undefined;
  /** What the manifest asks for: "heroku-postgresql in app.json". */
  readonly service: string | undefined;
}

/** What the settings connect to once the platform's variable is set, as it is when a database is attached. */
export function plannedDatabase({ settings, deployment }: PlanFacts, platform: Platform): PlannedDatabase {
  const service = deployment?.services?.find(({ kind }) => kind === "postgres" || kind === "mysql");
  const told = service && `${service.name} in ${service.at.file}`;
  if (!settings) return { engine: undefined, at: undefined, variable: undefined, service: told };
  const read = new Set(settings.reads.map(({ name }) => name));
  const variable = [platform.database.variable, ...platform.database.others].find(
    (name) => name !== undefined && read.has(name),
  );
  const isFixed = deployment?.env.some(({ name, value }) => name === variable && value !== undefined);
  const view = isFixed ? settings : attached(settings, variable, platform.database.scheme);
  const engine = defaultEngine(view);
  return {
    engine: engine.kind === "named" ? engine.name : undefined,
    at: engine.kind === "named" ? engine.at : settings.get("DATABASES").at,
    variable,
    service: told,
  };
}

function attached(
  settings: NonNullable<PlanFacts["settings"]>,
  variable: string | undefined,
  scheme = "postgres",
): SettingsView {
  if (variable === undefined) return settings;
  const value = /URL|URI/.test(variable) ? `${scheme}://user:password@db.example.com:5432/app` : "db";
  return settings.under({ [variable]: value });
}
