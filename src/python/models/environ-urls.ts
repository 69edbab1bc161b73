import type { Plain } from "./make.ts";
import {
  hostParts,
  type ParsedUrl,
  parseQuery,
  parseUrl,
  portOf,
  quote,
  UrlError,
  unparseUrl,
  unquote,
  unquotePlus,
} from "./urls.ts";

/** Service URLs as django-environ 0.14 reads them (https://github.com/joke2k/django-environ). */

/** What the library would raise ImproperlyConfigured with. */
export class ImproperUrl extends Error {}

export interface Schemes {
  readonly schemes: ReadonlyMap<string, string>;
  /** `ast.literal_eval`, or the text as it is. */
  literal(text: string): Plain;
}

const postgresFamily = new Set([
  "postgres",
  "postgresql",
  "psql",
  "pgsql",
  "postgis",
  "prometheus_postgresql",
  "prometheus_postgis",
]);

export const databaseSchemes: Readonly<Record<string, string>> = {
  postgres: "django.db.backends.postgresql",
  postgresql: "django.db.backends.postgresql",
  psql: "django.db.backends.postgresql",
  pgsql: "django.db.backends.postgresql",
  postgis: "django.contrib.gis.db.backends.postgis",
  prometheus_postgresql: "django_prometheus.db.backends.postgresql",
  prometheus_postgis: "django_prometheus.db.backends.postgis",
  cockroachdb: "django_cockroachdb",
  mysql: "django.db.backends.mysql",
  mysql2: "django.db.backends.mysql",
  "mysql-connector": "mysql.connector.django",
  mysqlgis: "django.contrib.gis.db.backends.mysql",
  prometheus_mysql: "django_prometheus.db.backends.mysql",
  mssql: "mssql",
  oracle: "django.db.backends.oracle",
  pyodbc: "sql_server.pyodbc",
  redshift: "django_redshift_backend",
  spatialite: "django.contrib.gis.db.backends.spatialite",
  prometheus_spatialite: "django_prometheus.db.backends.spatialite",
  sqlite: "django.db.backends.sqlite3",
  prometheus_sqlite: "django_prometheus.db.backends.sqlite3",
  ldap: "ldapdb.backends.ldap",
};

const databaseOptions = new Set([
  "CONN_MAX_AGE",
  "ATOMIC_REQUESTS",
  "AUTOCOMMIT",
  "DISABLE_SERVER_SIDE_CURSORS",
  "CONN_HEALTH_CHECKS",
]);

/** Text, or a URL that is already parsed, as the config functions take it. */
export type UrlSource = string | ParsedUrl;

function parsed(source: UrlSource): ParsedUrl {
  return typeof source === "string" ? parseUrl(source) : source;
}

function quotedAndParsed(text: string): ParsedUrl {
  return parseUrl(quote(text, ":/?&=@"));
}

/** A number if the text is one. */
function number(text: string): Plain {
  return /^\d+$/.test(text) ? BigInt(text) : text;
}

export function databaseConfig(
  source: UrlSource,
  engine: string | undefined,
  { schemes, literal }: Schemes,
): Map<string, Plain> {
  if (source === "sqlite://:memory:")
    return new Map([
      ["ENGINE", schemes.get("sqlite") ?? "sqlite"],
      ["NAME", ":memory:"],
    ]);
  let url: ParsedUrl;
  try {
    url = parsed(source);
  } catch (error) {
    if (!(error instanceof UrlError) || typeof source !== "string") throw error;
    url = quotedAndParsed(source);
  }
  if (url.path === "") url = quotedAndParsed(unparseUrl(url));
  const { scheme, netloc } = url;
  const host = hostParts(netloc);
  let path = unquotePlus(url.path.slice(1).split("?")[0] ?? "");
  if (scheme === "sqlite" && path === "") path = ":memory:";
  if (scheme === "ldap")
    path = `ldap://${host.hostname ?? "None"}${portOf(netloc) ? `:${portOf(netloc)}` : ""}`;
  const [hostname, port] = addressOf(scheme, netloc);
  const config = new Map<string, Plain>([
    ["NAME", path],
    ["USER", unquote(host.username ?? "")],
    ["PASSWORD", unquote(host.password ?? "")],
    ["HOST", hostname],
    ["PORT", port],
  ]);
  if (path.startsWith("/") && (postgresFamily.has(scheme) || path.includes("cloudsql"))) {
    const slash = path.lastIndexOf("/");
    config.set("HOST", path.slice(0, slash)).set("NAME", path.slice(slash + 1));
  }
  if (scheme === "oracle") {
    if (path === "") config.set("NAME", config.get("HOST") ?? "").set("HOST", "");
    if (port === "") config.delete("PORT");
    else config.set("PORT", String(port));
  }
  if (url.query !== "") {
    const options = new Map<string, Plain>();
    for (const [name, [value = ""]] of parseQuery(url.query)) {
      if (databaseOptions.has(name.toUpperCase())) config.set(name.toUpperCase(), literal(value));
      else options.set(name, number(value));
    }
    config.set("OPTIONS", options);
  }
  const named = engine || scheme;
  config.set("ENGINE", schemes.get(named) ?? named);
  return named === "" ? new Map() : config;
}

/** Host and port; a PostgreSQL cluster has several of each, with commas between. */
function addressOf(scheme: string, netloc: string): readonly [host: string, port: Plain] {
  const place = unquote(netloc.slice(netloc.lastIndexOf("@") + 1));
  if (!postgresFamily.has(scheme) || !place.includes(",")) {
    const port = portOf(netloc);
    return [hostParts(netloc).hostname ?? "", port || ""];
  }
  const parts = place.split(",").map((one) => {
    const [, host = one, port = ""] = /^(\[[^\]]*\]|.*(?=:\d+$))(?::(.*))?$/.exec(one) ?? [];
    return { host, port };
  });
  return [
    parts.map(({ host }) => host).join(","),
    number(
      parts
        .map(({ port }) => port)
        .filter(Boolean)
        .join(","),
    ),
  ];
}

export const cacheSchemes: Readonly<Record<string, string>> = {
  dbcache: "django.core.cache.backends.db.DatabaseCache",
  dummycache: "django.core.cache.backends.dummy.DummyCache",
  filecache: "django.core.cache.backends.filebased.FileBasedCache",
  locmemcache: "django.core.cache.backends.locmem.LocMemCache",
  memcache: "django.core.cache.backends.memcached.MemcachedCache",
  pylibmc: "django.core.cache.backends.memcached.PyLibMCCache",
};
/** Schemes whose backend depends on what is installed. */
export const redisSchemes = ["rediscache", "redis", "rediss", "valkey", "valkeys"];

const cacheOptions = new Set(["TIMEOUT", "KEY_PREFIX", "VERSION", "KEY_FUNCTION", "BINARY"]);

export function cacheConfig(
  source: UrlSource,
  backend: string | undefined,
  { schemes, literal }: Schemes,
): Map<string, Plain> {
  if (source === "") return new Map();
  const url = parsed(source);
  const { scheme, netloc, path } = url;
  const found = schemes.get(scheme);
  if (found === undefined) throw new ImproperUrl(`Invalid cache schema ${scheme}`);
  const several = (texts: readonly string[]): Plain => (texts.length === 1 ? (texts[0] ?? "") : texts);
  let location = several(netloc.split(","));
  if (scheme === "filecache") location = netloc + path;
  if (netloc === "" && (scheme === "memcache" || scheme === "pymemcache")) location = `unix:${path}`;
  else if (scheme.startsWith("redis")) {
    const protocol = hostParts(netloc).hostname ? scheme.replaceAll("cache", "") : "unix";
    location = several(netloc.split(",").map((host) => `${protocol}://${host}${path}`));
  }
  const chosen = backend || found;
  const config = new Map<string, Plain>([
    ["BACKEND", chosen],
    ["LOCATION", location],
  ]);
  if (url.query === "") return config;
  const lower = chosen === "django.core.cache.backends.redis.RedisCache";
  const options = new Map<string, Plain>();
  for (const [name, [value = ""]] of parseQuery(url.query)) {
    const target = cacheOptions.has(name.toUpperCase()) ? config : options;
    target.set(lower ? name.toLowerCase() : name.toUpperCase(), literal(value));
  }
  return config.set("OPTIONS", options);
}

export const emailSchemes: Readonly<Record<string, string>> = {
  smtp: "django.core.mail.backends.smtp.EmailBackend",
  smtps: "django.core.mail.backends.smtp.EmailBackend",
  "smtp+tls": "django.core.mail.backends.smtp.EmailBackend",
  "smtp+ssl": "django.core.mail.backends.smtp.EmailBackend",
  consolemail: "django.core.mail.backends.console.EmailBackend",
  filemail: "django.core.mail.backends.filebased.EmailBackend",
  memorymail: "django.core.mail.backends.locmem.EmailBackend",
  dummymail: "django.core.mail.backends.dummy.EmailBackend",
};

export function emailConfig(
  source: UrlSource,
  backend: string | undefined,
  { schemes }: Schemes,
): Map<string, Plain> {
  const url = parsed(source);
  const { scheme, netloc } = url;
  const host = hostParts(netloc);
  const optional = (text: string | undefined): Plain => (text === undefined ? null : unquote(text));
  const config = new Map<string, Plain>([
    ["EMAIL_FILE_PATH", unquotePlus(url.path.slice(1).split("?")[0] ?? "")],
    ["EMAIL_HOST_USER", optional(host.username)],
    ["EMAIL_HOST_PASSWORD", optional(host.password)],
    ["EMAIL_HOST", host.hostname ?? null],
    ["EMAIL_PORT", portOf(netloc) ?? null],
  ]);
  const found = backend || schemes.get(scheme);
  if (found === undefined) throw new ImproperUrl(`Invalid email schema ${scheme}`);
  config.set("EMAIL_BACKEND", found);
  if (scheme === "smtps" || scheme === "smtp+tls") config.set("EMAIL_USE_TLS", true);
  else if (scheme === "smtp+ssl") config.set("EMAIL_USE_SSL", true);
  if (url.query === "") return config;
  const options = new Map<string, Plain>();
  for (const [name, [value = ""]] of parseQuery(url.query)) {
    const key = name.toUpperCase();
    const target = key === "EMAIL_USE_TLS" || key === "EMAIL_USE_SSL" ? config : options;
    target.set(key, number(value));
  }
  return config.set("OPTIONS", options);
}

export const channelsSchemes: Readonly<Record<string, string>> = {
  inmemory: "channels.layers.InMemoryChannelLayer",
  redis: "channels_redis.core.RedisChannelLayer",
  rediss: "channels_redis.core.RedisChannelLayer",
  "redis+pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer",
  "rediss+pubsub": "channels_redis.pubsub.RedisPubSubChannelLayer",
};

export function channelsConfig(
  source: UrlSource,
  backend: string | undefined,
  { schemes }: Schemes,
): Map<string, Plain> {
  const url = parsed(source);
  if (backend) return new Map([["BACKEND", backend]]);
  const found = schemes.get(url.scheme);
  if (found === undefined) throw new ImproperUrl(`Invalid channels schema ${url.scheme}`);
  const config = new Map<string, Plain>([["BACKEND", found]]);
  if (url.scheme.startsWith("redis"))
    config.set(
      "CONFIG",
      new Map([["hosts", [unparseUrl({ ...url, scheme: url.scheme.split("+")[0] ?? "" })]]]),
    );
  return config;
}

const haystack = "haystack.backends";
export const searchSchemes: Readonly<Record<string, string>> = {
  elasticsearch: `${haystack}.elasticsearch_backend.ElasticsearchSearchEngine`,
  elasticsearch2: `${haystack}.elasticsearch2_backend.Elasticsearch2SearchEngine`,
  elasticsearch5: `${haystack}.elasticsearch5_backend.Elasticsearch5SearchEngine`,
  elasticsearch7: `${haystack}.elasticsearch7_backend.Elasticsearch7SearchEngine`,
  solr: `${haystack}.solr_backend.SolrEngine`,
  whoosh: `${haystack}.whoosh_backend.WhooshEngine`,
  xapian: `${haystack}.xapian_backend.XapianEngine`,
  simple: `${haystack}.simple_backend.SimpleEngine`,
};

export function searchConfig(
  source: UrlSource,
  engine: string | undefined,
  { schemes }: Schemes,
): Map<string, Plain> {
  const url = parsed(source);
  const { scheme, netloc } = url;
  const elastic =
    /^elasticsearch\d*s?$/.test(scheme) && (schemes.has(scheme) || schemes.has(scheme.slice(0, -1)));
  const secure = elastic && scheme.endsWith("s");
  const found = schemes.get(secure ? scheme.slice(0, -1) : scheme);
  if (found === undefined) throw new ImproperUrl(`Invalid search schema ${scheme}`);
  const config = new Map<string, Plain>([["ENGINE", found]]);
  const query = parseQuery(url.query);
  const copy = (name: string, read: (text: string) => Plain = (text) => text): void => {
    const value = query.get(name)?.[0];
    if (value !== undefined) config.set(name, read(value));
  };
  copy("EXCLUDED_INDEXES", (text) => text.split(","));
  copy("INCLUDE_SPELLING", isTrue);
  copy("BATCH_SIZE", number);
  if (scheme === "simple") return config;
  const path = unquotePlus(url.path.slice(1).split("?")[0] ?? "").replace(/\/$/, "");
  const blank = { netloc, params: "", query: "", fragment: "" };
  if (scheme === "solr" || elastic) {
    const slash = elastic ? path.lastIndexOf("/") : path.length;
    config.set(
      "URL",
      unparseUrl({ ...blank, scheme: secure ? "https" : "http", path: path.slice(0, Math.max(slash, 0)) }),
    );
    copy("TIMEOUT", number);
    copy("KWARGS");
    if (elastic) config.set("INDEX_NAME", path.slice(slash + 1));
    return config;
  }
  config.set("PATH", `/${path}`);
  if (scheme === "whoosh") {
    copy("STORAGE");
    copy("POST_LIMIT", number);
  } else copy("FLAGS");
  return engine ? config.set("ENGINE", engine) : config;
}

function isTrue(text: string): boolean {
  return /^\s*[+-]?\d+\s*$/.test(text)
    ? BigInt(text.trim()) !== 0n
    : ["true", "on", "ok", "y", "yes", "1"].includes(text.toLowerCase().trim());
}
