import type { Location } from "../../location.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import type { Dict, Value } from "../../python/value.ts";
import { exampleUrl } from "./engines.ts";
import type { Settings, SettingsView } from "./settings.ts";

/** An entry of DATABASES, as far as it is known. */
export interface Connection {
  readonly alias: string;
  readonly entry: Dict;
  /** "django.db.backends.postgresql"; undefined where a variable names it. */
  readonly engine: string | undefined;
  readonly sqlite: boolean;
  readonly at: Location | undefined;
}

/** Every database that a scenario configures by a dictionary. */
export function connectionsIn(view: SettingsView): readonly Connection[] {
  const { value, at } = view.get("DATABASES");
  if (value.kind !== "dict") return [];
  return [...value.entries.values()].flatMap(({ key, value: entry }) => {
    if (entry.kind !== "dict") return [];
    const engine = textOf(entryOf(entry, "ENGINE"));
    const sqlite = engine !== undefined && /sqlite|spatialite/.test(engine);
    return [{ alias: textOf(key) ?? "default", entry, engine, sqlite, at: entry.at ?? at }];
  });
}

/** The databases of production, with the one that the platform's variable names, where the settings read it. */
export function connectionsOf(settings: Settings, { platform }: Deployment): readonly Connection[] {
  const { variable } = platform.database;
  const own = connectionsIn(settings);
  const isRead = settings.reads.some(({ name }) => name === variable);
  if (variable === undefined || !isRead || !own.some(isFallback)) return own;
  return settings.given.has(variable) ? own : connectionsIn(settings.under({ [variable]: exampleUrl }));
}

/** What is left where the variable that names the database is unset: SQLite, or an empty entry. */
function isFallback({ sqlite, entry }: Connection): boolean {
  return sqlite || entry.entries.size === 0;
}

/** For how long a connection is kept: "600 seconds"; undefined where it ends with its request, or nobody knows. */
export function keptFor({
  entry,
}: Connection): { readonly text: string; readonly at: Location | undefined } | undefined {
  const age = entryOf(entry, "CONN_MAX_AGE");
  if (age?.kind === "none") return { text: "None", at: age.at };
  const seconds = age?.kind === "int" ? Number(age.value) : age?.kind === "float" ? age.value : 0;
  return age && seconds > 0 ? { text: String(seconds), at: age.at } : undefined;
}

/** What stands in OPTIONS under a name. */
export function optionOf({ entry }: Connection, name: string): Value | undefined {
  return entryOf(entryOf(entry, "OPTIONS"), name);
}

/** libpq's words for SSL that stand in OPTIONS, none of which `sqlite3.connect` takes. */
export function sslWordOf(connection: Connection): string | undefined {
  const words = ["sslmode", "sslrootcert", "sslcert", "sslkey"];
  return words.find((name) => optionOf(connection, name) !== undefined);
}

/** A pooler that gives a connection away with each transaction. */
export interface Pooler {
  /** "port 6543" */
  readonly hint: string;
  readonly at: Location | undefined;
  /** In words, what else it may be set to. */
  readonly onlyIf: string | undefined;
}

/**
 * Poolers that a host, a port or a start command shows. Neon: https://neon.com/docs/connect/connection-pooling;
 * Supabase: https://supabase.com/docs/guides/database/connecting-to-postgres (port 5432 of its pooler pools
 * sessions); DigitalOcean: https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/;
 * https://github.com/heroku/heroku-buildpack-pgbouncer. RDS Proxy, which the catalogue names too, keeps a connection
 * that has a cursor: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html (2026-11-20).
 */
export function poolerOf(connection: Connection, deployment: Deployment): Pooler | undefined {
  const { engine, entry } = connection;
  if (engine !== undefined && !/postg|psycopg|psqlextra/.test(engine)) return undefined;
  const mode = deployment.env.find(({ name }) => /^(?:PGBOUNCER_)?POOL_MODE$/.test(name));
  if (mode?.value === "session") return undefined;
  const wrapped = deployment.processes.find(({ command }) =>
    /\bstart-pgbouncer(?:-stunnel)?\b/.test(command),
  );
  if (wrapped) return { hint: "start-pgbouncer", at: wrapped.at, onlyIf: undefined };
  const host = entryOf(entry, "HOST");
  const name = textOf(host) ?? "";
  const port = entryOf(entry, "PORT");
  const number = port?.kind === "int" ? String(port.value) : textOf(port);
  const byPort = { hint: `port ${number}`, at: port?.at ?? connection.at };
  const byHost = { hint: name, at: host?.at ?? connection.at };
  if (/^[\w-]+-pooler\./.test(name)) return { ...byHost, onlyIf: undefined };
  if (/\.pooler\.supabase\.com$/.test(name))
    return number === "6543" ? { ...byPort, onlyIf: undefined } : undefined;
  if (number === "6543" || number === "25061")
    return { ...byPort, onlyIf: "it pools transactions, not sessions" };
  if (/pgbouncer/i.test(name)) return { ...byHost, onlyIf: "it pools transactions, not sessions" };
  return number === "6432" ? { ...byPort, onlyIf: "it pools transactions, not sessions" } : undefined;
}
