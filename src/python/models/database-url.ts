import type { Plain } from "./make.ts";
import { hostParts, parseQuery, portOf, splitUrl, UrlError, unquote } from "./urls.ts";

/** Database URLs as dj-database-url 3.1 reads them (https://github.com/jazzband/dj-database-url). */

const engines: Readonly<Record<string, string>> = {
  spatialite: "django.contrib.gis.db.backends.spatialite",
  "mysql-connector": "mysql.connector.django",
  mysqlgis: "django.contrib.gis.db.backends.mysql",
  oraclegis: "django.contrib.gis.db.backends.oracle",
  cockroach: "django_cockroachdb",
  sqlite: "django.db.backends.sqlite3",
  oracle: "django.db.backends.oracle",
  mssqlms: "mssql",
  mssql: "sql_server.pyodbc",
  mysql: "django.db.backends.mysql",
  mysql2: "django.db.backends.mysql",
  postgres: "django.db.backends.postgresql",
  postgresql: "django.db.backends.postgresql",
  pgsql: "django.db.backends.postgresql",
  postgis: "django.contrib.gis.db.backends.postgis",
  redshift: "django_redshift_backend",
  timescale: "timescale.db.backends.postgresql",
  timescalegis: "timescale.db.backends.postgis",
};

export const schemes: ReadonlyMap<string, string> = new Map(Object.entries(engines));

const portAsText = new Set(["oracle", "mssqlms", "mssql"]);
const sslCa = new Set(["mysql", "mysql2"]);
const searchPath = new Set([
  "postgres",
  "postgresql",
  "pgsql",
  "postgis",
  "redshift",
  "timescale",
  "timescalegis",
]);

export interface DatabaseUrlError {
  readonly error: "ParseError" | "UnknownSchemeError";
  readonly message: string;
}

const malformed =
  "This string is not a valid url, possibly because some of its parts is not properly urllib.parse.quote()'ed.";

/** What a URL says by itself, before the arguments of `parse` are added; OPTIONS is always there. */
export function parseDatabaseUrl(
  url: string,
  registered: ReadonlyMap<string, string> = schemes,
): Map<string, Plain> | DatabaseUrlError {
  try {
    const { scheme, netloc, path, query } = splitUrl(url);
    const engine = registered.get(scheme);
    if (engine === undefined)
      return { error: "UnknownSchemeError", message: unknownScheme(scheme, registered) };
    const host = hostParts(netloc);
    const options = new Map<string, Plain>();
    for (const [name, values] of parseQuery(query)) {
      const read = values.map(optionValue);
      options.set(name, read.length === 1 ? (read[0] ?? null) : read);
    }
    const config = new Map<string, Plain>([
      ["ENGINE", engine],
      ["USER", unquote(host.username ?? "")],
      ["PASSWORD", unquote(host.password ?? "")],
      ["HOST", unquote(host.hostname ?? "")],
      ["PORT", portOf(netloc) || ""],
      ["NAME", unquote(path.slice(1))],
      ["OPTIONS", options],
    ]);
    adapt(scheme, config, options);
    return config;
  } catch (error) {
    if (error instanceof UrlError) return { error: "ParseError", message: malformed };
    throw error;
  }
}

export function unknownScheme(scheme: string, registered: ReadonlyMap<string, string>): string {
  return (
    `Scheme '${scheme}://' is unknown. Did you forget to register custom backend? ` +
    `Following schemes have registered backends: ${[...registered.keys()].sort().join(", ")}.`
  );
}

function optionValue(text: string): Plain {
  if (/^\d+$/.test(text)) return BigInt(text);
  const lower = text.toLowerCase();
  return lower === "true" || lower === "false" ? lower === "true" : text;
}

function adapt(scheme: string, config: Map<string, Plain>, options: Map<string, Plain>): void {
  if (scheme === "sqlite" && config.get("NAME") === "") config.set("NAME", ":memory:");
  if (portAsText.has(scheme)) config.set("PORT", String(config.get("PORT")));
  const ca = options.get("ssl-ca");
  if (sslCa.has(scheme)) {
    options.delete("ssl-ca");
    if (ca) options.set("ssl", new Map([["ca", ca]]));
  }
  const schema = options.get("currentSchema");
  if (searchPath.has(scheme)) {
    options.delete("currentSchema");
    if (schema) options.set("options", `-c search_path=${String(schema)}`);
  }
}
