import type { Location } from "../../location.ts";
import type { EnvDeclaration } from "../../platforms/manifest.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { type Connection, connectionsIn } from "./connections.ts";
import type { Settings } from "./settings.ts";

/** A database that a manifest hands to the app, and that the settings have nothing to do with. */
export interface IgnoredDatabase {
  /** The variable that holds it. */
  readonly variable: EnvDeclaration;
  /** What the settings take instead. */
  readonly instead: Connection;
  /** The variables that DATABASES depends on, none of which a manifest declares. */
  readonly reads: readonly string[];
  readonly at: Location | undefined;
}

const namesDatabase = /DATABASE|POSTGRES|MYSQL|MARIADB|(?:^|_)(?:DB|SQL|PG(?:HOST|URL)?)(?:_|$)/i;
const namesAnother = /REDIS|CACHE|MONGO|ELASTIC|QUEUE|BROKER|SESSION|TEST|ENGINE|NAME$/i;

/** Variables by which a manifest hands over a database: of one that the platform makes, or written as a URL. */
function handedOver({ name, from, value }: EnvDeclaration): boolean {
  if (!namesDatabase.test(name) || namesAnother.test(name)) return false;
  return from === "service" || /^(?:postgres|postgresql|postgis|mysql|mysql2):\/\//.test(value ?? "");
}

/** Undefined where nothing hands over a database, where the settings use it, and where DATABASES cannot be read. */
export function ignoredDatabase(settings: Settings, deployment: Deployment): IgnoredDatabase | undefined {
  const handed = deployment.env.filter(handedOver);
  const [variable] = handed;
  if (!variable) return undefined;
  const read = new Set(settings.reads.map(({ name }) => name));
  if (handed.some(({ name }) => read.has(name))) return undefined;
  const databases = settings.get("DATABASES");
  const declared = new Set(deployment.env.map(({ name }) => name));
  // What chooses the settings or a branch of them is declared for its own sake.
  const reads = databases.env.filter((name) => namesDatabase.test(name) || /HOST|URL|URI|DSN/.test(name));
  if (reads.some((name) => declared.has(name) || settings.given.has(name))) return undefined;
  const instead = connectionsIn(settings).find(({ alias }) => alias === "default");
  if (instead?.engine === undefined) return undefined;
  return { variable, instead, reads, at: instead.at ?? databases.at };
}

/** The host that an entry names; "" where it names none. */
export function hostOf({ entry }: Connection): string | undefined {
  const host = entryOf(entry, "HOST");
  return host === undefined || host.kind === "none" ? "" : textOf(host);
}
