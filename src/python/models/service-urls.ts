import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, model } from "./define.ts";
import { castOpaque, defaulted, dictOf, none, type Plain, str } from "./make.ts";
import { orValueError } from "./parse-result.ts";
import { hostParts, parseQuery, parseUrl, portOf, unquote } from "./urls.ts";

/** dj-email-url 1.0 and django-cache-url 3.4: one URL for the settings of a service. */

const emailBackends: Readonly<Record<string, string>> = {
  smtp: "smtp", submission: "smtp", submit: "smtp", smtps: "smtp", console: "console", file: "filebased", memory: "locmem", dummy: "dummy",
}; // biome-ignore format: a table
const truthy = new Set([
  "1",
  "y",
  "Y",
  "yes",
  "Yes",
  "YES",
  "t",
  "T",
  "true",
  "True",
  "TRUE",
  "on",
  "On",
  "ON",
]);

export function emailSettings(text: string): Map<string, Plain> {
  const { scheme, netloc, path, query } = parseUrl(text);
  const host = hostParts(netloc);
  const options = parseQuery(query);
  const optional = (part: string | undefined): Plain => (part === undefined ? null : unquote(part));
  const settings = new Map<string, Plain>([
    ["EMAIL_FILE_PATH", path.slice(1).split("?")[0] ?? ""],
    ["EMAIL_HOST_USER", optional(host.username)],
    ["EMAIL_HOST_PASSWORD", optional(host.password)],
    ["EMAIL_HOST", host.hostname ?? null],
    ["EMAIL_PORT", portOf(netloc) ?? null],
    ["EMAIL_USE_SSL", false],
    ["EMAIL_USE_TLS", false],
    ["EMAIL_TIMEOUT", null],
  ]);
  const backend = emailBackends[scheme];
  if (backend) settings.set("EMAIL_BACKEND", `django.core.mail.backends.${backend}.EmailBackend`);
  if (scheme === "smtp") {
    if (!settings.get("EMAIL_HOST")) settings.set("EMAIL_HOST", "localhost");
    if (!settings.get("EMAIL_PORT")) settings.set("EMAIL_PORT", 25n);
  }
  if (scheme === "smtps") settings.set("EMAIL_USE_TLS", true);
  if (scheme === "submission" || scheme === "submit") {
    settings.set("EMAIL_USE_TLS", true);
    if (!settings.get("EMAIL_PORT")) settings.set("EMAIL_PORT", 587n);
  }
  const ssl = options.get("ssl")?.[0];
  const tls = options.get("tls")?.[0];
  if (ssl !== undefined ? truthy.has(ssl) : tls !== undefined && truthy.has(tls))
    settings.set("EMAIL_USE_SSL", ssl !== undefined).set("EMAIL_USE_TLS", ssl === undefined);
  const copy = (option: string, setting: string, read: (text: string) => Plain = (one) => one): void => {
    const value = options.get(option)?.[0];
    if (value !== undefined) settings.set(setting, read(value));
  };
  copy("timeout", "EMAIL_TIMEOUT", (value) => (/^\d+$/.test(value) ? BigInt(value) : value));
  copy("_server_email", "SERVER_EMAIL");
  copy("_default_from_email", "DEFAULT_FROM_EMAIL");
  return settings;
}

const core = "django.core.cache.backends";
const cacheBackends: Readonly<Record<string, string>> = {
  db: `${core}.db.DatabaseCache`,
  dummy: `${core}.dummy.DummyCache`,
  elasticache: "django_elasticache.memcached.ElastiCache",
  file: `${core}.filebased.FileBasedCache`,
  locmem: `${core}.locmem.LocMemCache`,
  uwsgicache: "uwsgicache.UWSGICache",
  memcached: `${core}.memcached.PyLibMCCache`,
  djangopylibmc: "django_pylibmc.memcached.PyLibMCCache",
  pymemcached: `${core}.memcached.MemcachedCache`,
  pymemcache: `${core}.memcached.PyMemcacheCache`,
  "redis-cache": "redis_cache.RedisCache",
  redis: `${core}.redis.RedisCache`,
  rediss: `${core}.redis.RedisCache`,
  hiredis: `${core}.redis.RedisCache`,
};

/** The settings of a cache, or the scheme that is not known. */
export function cacheSettings(text: string): Map<string, Plain> | { readonly unknown: string } {
  const { scheme, netloc, path, query } = parseUrl(text);
  const found = cacheBackends[scheme];
  if (!found) return { unknown: scheme };
  const args = new Map(
    [...parseQuery(query)].map(([name, values]) => [name.toUpperCase(), values.join(";")] as const),
  );
  const library = cacheBackends[args.get("LIB") ?? ""];
  const backend = scheme.includes("redis") && library ? library : found;
  const settings = new Map<string, Plain>([["BACKEND", backend]]);
  const options = new Map<string, Plain>();
  if (scheme === "hiredis") options.set("PARSER_CLASS", "redis.connection.HiredisParser");
  const isRedis = ["redis", "rediss", "hiredis"].includes(scheme);
  if (netloc === "") settings.set("LOCATION", socketLocation(scheme, path));
  else if (isRedis) {
    const { hostname, password } = hostParts(netloc);
    const inUrl = backend === found || args.get("LIB") === "redis-cache";
    if (password && !inUrl) options.set("PASSWORD", password);
    const place = `${hostname ?? "None"}:${portOf(netloc) || 6379n}/${path.slice(1) || "0"}`;
    settings.set(
      "LOCATION",
      `${scheme === "rediss" ? "rediss" : "redis"}://${password && inUrl ? `:${password}@` : ""}${place}`,
    );
  } else settings.set("LOCATION", netloc.split(",").join(";"));
  if (scheme === "uwsgicache" && !settings.get("LOCATION")) settings.set("LOCATION", "default");
  for (const name of ["MAX_ENTRIES", "CULL_FREQUENCY"]) {
    const value = args.get(name);
    args.delete(name);
    if (value !== undefined && /^\d+$/.test(value)) options.set(name, BigInt(value));
  }
  if (options.size > 0) settings.set("OPTIONS", options);
  for (const [name, value] of args) settings.set(name, value);
  return settings;
}

function socketLocation(scheme: string, path: string): string {
  if (["memcached", "pymemcached", "pymemcache", "djangopylibmc"].includes(scheme)) return `unix://${path}`;
  if (scheme !== "redis" && scheme !== "hiredis") return path;
  const database = /^.+?(\d+)/.exec(path)?.[1];
  return `unix://${database === undefined ? path : path.slice(0, path.lastIndexOf("/"))}?db=${database ?? "0"}`;
}

type Read = (machine: Machine, text: string, value: Value, at: Location | undefined) => Value;

/** `parse(url)` and `config(env, default)`, as both libraries have them. */
function urlLibrary(
  module: string,
  variable: string,
  otherwise: string | undefined,
  type: string,
  read: Read,
): Model {
  return model(module, () => {
    const settings = (machine: Machine, url: Value, at: Location | undefined): Value => {
      if (url.kind === "opaque") return castOpaque(machine, url, type, at, true);
      if (url.kind !== "str")
        return machine.raise(
          "AttributeError",
          `'${machine.classOf(url).name}' object has no attribute 'decode'`,
          at,
          url.env,
        );
      return orValueError(machine, at, url.env, () => read(machine, url.value, url, at));
    };
    const parse = define(
      "parse",
      { required: ["url"] },
      ({ machine, at, given }) => settings(machine, given.url, at),
      { takesOpaque: true },
    );
    const config = define(
      "config",
      { optional: ["env", "default"] },
      ({ machine, at, given }) => {
        const name = given.env?.kind === "str" ? given.env.value : variable;
        const fallback = given.default ?? (otherwise === undefined ? none(at) : str(otherwise, at));
        const url = machine.environment.get(name, at, fallback) ?? defaulted(machine, fallback, name);
        return machine.truth(url) === false ? dictOf(machine, [], at, [name]) : settings(machine, url, at);
      },
      { takesOpaque: true },
    );
    return byName(parse, config);
  });
}

export const serviceUrlModels: readonly Model[] = [
  urlLibrary("dj_email_url", "EMAIL_URL", undefined, "dict", (machine, text, { env }, at) =>
    dictOf(machine, emailSettings(text), at, env),
  ),
  urlLibrary("django_cache_url", "CACHE_URL", "locmem://", "dict", (machine, text, { env }, at) => {
    const settings = cacheSettings(text);
    return "unknown" in settings
      ? machine.raise("Exception", `Unknown backend: "${settings.unknown}"`, at, env)
      : dictOf(machine, settings, at, env);
  }),
];
