import type { Location } from "../../location.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import type { Opaque } from "../../python/value.ts";
import type { SettingsView } from "./settings.ts";

/** The engine of one entry of DATABASES. */
export interface DatabaseEngine {
  readonly alias: string;
  /** "django.db.backends.postgresql", or why it is not known. */
  readonly engine: string | Opaque;
  readonly at: Location | undefined;
}

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
  const driver = drivers[engine];
  return driver && { ...driver, mayBring: !engine.startsWith("django.") };
}
