import type { Location } from "../../location.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import type { Opaque } from "../../python/value.ts";
import type { Settings, SettingsView } from "./settings.ts";

/** The engine of one entry of DATABASES. */
export interface DatabaseEngine {
  readonly alias: string;
  /** "django.db.backends.postgresql", or why it is not known. */
  readonly engine: string | Opaque;
  readonly at: Location | undefined;
}

/** What a variable may hold that names a database: the same text everywhere, so that its scenario is run once. */
export const exampleUrl = "postgres://user:password@db.example.com/name";

/** Every database that a scenario configures; one opaque entry if DATABASES itself cannot be read. */
export function databaseEngines(view: SettingsView): readonly DatabaseEngine[] {
  const { value, at } = view.get("DATABASES");
  if (value.kind === "opaque") return [{ alias: "default", engine: value, at: value.at ?? at }];
  if (value.kind !== "dict") return [];
  const open = value.open ? [{ alias: "default", engine: value.open, at: value.open.at ?? at }] : [];
  const named = [...value.entries.values()].flatMap(({ key, value: database }): readonly DatabaseEngine[] => {
    const alias = textOf(key) ?? "default";
    if (database.kind === "opaque") return [{ alias, engine: database, at: database.at ?? at }];
    const engine = entryOf(database, "ENGINE") ?? (database.kind === "dict" ? database.open : undefined);
    const place = engine?.at ?? database.at ?? at;
    if (engine?.kind === "opaque") return [{ alias, engine, at: place }];
    const text = textOf(engine);
    return text === undefined || text === "" ? [] : [{ alias, engine: text, at: place }];
  });
  return [...named, ...open];
}

/** An engine that production will use. */
export interface ExpectedEngine {
  readonly engine: string;
  readonly at: Location | undefined;
  /** What it depends on, in words. */
  readonly when: readonly string[] | undefined;
  /** The settings or the repository insist on the variable that it depends on. */
  readonly likely: boolean;
}

/**
 * The engines of production: those of the scenario, and, where nothing says what the platform's variable
 * holds, the one that it names by convention. `unclear` is an engine that cannot be read.
 */
export function expectedEngines(
  settings: Settings,
  variable: string | undefined,
): {
  readonly named: readonly ExpectedEngine[];
  readonly unclear: { readonly value: Opaque; readonly at: Location | undefined } | undefined;
} {
  const declared = databaseEngines(settings);
  const named = declared.flatMap(({ engine, at }) =>
    typeof engine === "string" ? [{ engine, at, when: undefined, likely: true }] : [],
  );
  const unclear = declared.flatMap(({ engine, at }) =>
    typeof engine === "string" ? [] : [{ value: engine, at }],
  )[0];
  const given = variable !== undefined && settings.given.has(variable);
  const read = settings.reads.some(({ name }) => name === variable);
  if (variable === undefined || !read || (given && !unclear)) return { named, unclear };

  const likely = given || settings.required.some(({ name }) => name === variable);
  const attached = databaseEngines(settings.under({ [variable]: exampleUrl }));
  const byVariable = attached.flatMap(({ engine, at }) =>
    typeof engine !== "string" || named.some((each) => each.engine === engine)
      ? []
      : [{ engine, at, when: [`$${variable} names a PostgreSQL database`], likely }],
  );
  return { named: [...named, ...byVariable], unclear };
}

/** A database server, and the distributions of which Django needs any one to talk to it. */
export interface Driver {
  /** "PostgreSQL" */
  readonly server: string;
  readonly anyOf: readonly string[];
  /** What to install, as a requirement. */
  readonly advised: string;
  /** The engine comes from a package that may bring a driver along. */
  readonly mayBring: boolean;
}

const postgres = {
  server: "PostgreSQL",
  anyOf: ["psycopg", "psycopg2", "psycopg2-binary", "psycopg2cffi"],
  advised: "psycopg[binary]",
};
const mysql = { server: "MySQL", anyOf: ["mysqlclient", "pymysql"], advised: "mysqlclient" };
const oracle = { server: "Oracle", anyOf: ["oracledb", "cx-oracle"], advised: "oracledb" };

/** https://docs.djangoproject.com/en/stable/ref/databases/ and the engines that wrap Django's own. As of 2026-11-20. */
const drivers: Readonly<Record<string, Omit<Driver, "mayBring">>> = {
  "dj_db_conn_pool.backends.postgresql": postgres,
  "django.contrib.gis.db.backends.mysql": mysql,
  "django.contrib.gis.db.backends.oracle": oracle,
  "django.contrib.gis.db.backends.postgis": postgres,
  "django.db.backends.mysql": mysql,
  "django.db.backends.oracle": oracle,
  "django.db.backends.postgresql": postgres,
  "django.db.backends.postgresql_psycopg2": postgres,
  "django_db_geventpool.backends.postgresql_psycopg2": postgres,
  "django_prometheus.db.backends.mysql": mysql,
  "django_prometheus.db.backends.postgresql": postgres,
  "django_tenants.postgresql_backend": postgres,
  "psqlextra.backend": postgres,
};

/** What an engine needs; undefined for SQLite and for engines that we do not know. */
export function driverOf(engine: string): Driver | undefined {
  const driver = Object.hasOwn(drivers, engine) ? drivers[engine] : undefined;
  return driver && { ...driver, mayBring: !engine.startsWith("django.") };
}
