import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, Opaque, Value } from "../value.ts";
import { unseenDatabase } from "./dj-database-url.ts";
import * as config from "./environ-urls.ts";
import { literalValue } from "./literal.ts";
import { castOpaque, dictOf, type Plain, textOf } from "./make.ts";
import { orValueError, urlOf } from "./parse-result.ts";

/** The settings that django-environ makes of the URL of a service. */

export type Service = "DB" | "CACHE" | "EMAIL" | "SEARCH" | "CHANNELS";

interface ServiceModel {
  readonly variable: string;
  readonly read: (
    source: config.UrlSource,
    backend: string | undefined,
    schemes: config.Schemes,
  ) => Map<string, Plain>;
  /** What is known of a configuration whose URL is not. */
  readonly unseen: (machine: Machine, url: Opaque, at: Location | undefined) => Value;
}

/** A dict that has these keys, of unknown values of these types. */
function keysOnly(keys: Readonly<Record<string, string>>): ServiceModel["unseen"] {
  return (machine, url, at) => {
    const entries = Object.entries(keys).map(
      ([key, type]) => [key, castOpaque(machine, url, type, url.at ?? at)] as const,
    );
    return dictOf(machine, entries, at, url.env);
  };
}

const mailKeys = {
  EMAIL_FILE_PATH: "str",
  EMAIL_HOST_USER: "str",
  EMAIL_HOST_PASSWORD: "str",
  EMAIL_HOST: "str",
  EMAIL_PORT: "int",
  EMAIL_BACKEND: "str",
  EMAIL_USE_TLS: "bool",
  EMAIL_USE_SSL: "bool",
};
const anyDict: ServiceModel["unseen"] = (machine, url, at) => castOpaque(machine, url, "dict", at, true);

export const services: Readonly<Record<Service, ServiceModel>> = {
  DB: {
    variable: "DATABASE_URL",
    read: config.databaseConfig,
    unseen: (machine, url, at) => withoutArguments(unseenDatabase({ machine, at }, url)),
  },
  CACHE: { variable: "CACHE_URL", read: config.cacheConfig, unseen: anyDict },
  EMAIL: { variable: "EMAIL_URL", read: config.emailConfig, unseen: keysOnly(mailKeys) },
  SEARCH: { variable: "SEARCH_URL", read: config.searchConfig, unseen: anyDict },
  CHANNELS: { variable: "CHANNELS_URL", read: config.channelsConfig, unseen: anyDict },
};

/** Only dj-database-url adds the keys of its arguments. */
function withoutArguments(database: Value): Value {
  if (database.kind === "dict")
    for (const [hash, { key }] of database.entries)
      if (/^CONN_|^DISABLE_/.test(textOf(key) ?? "")) database.entries.delete(hash);
  return database;
}

function schemesOf(
  machine: Machine,
  self: Value,
  service: Service,
  at: Location | undefined,
): config.Schemes {
  const known = machine.attribute(self, `${service}_SCHEMES`, at);
  const schemes = new Map<string, string>();
  if (known.kind === "dict")
    for (const { key, value } of known.entries.values()) schemes.set(textOf(key) ?? "", textOf(value) ?? "");
  return { schemes, literal: (text) => literalValue(machine, text, at) ?? text };
}

/** `Env.db_url_config(url, engine)` and its kin. */
export function serviceConfig(
  service: Service,
  improper: Class,
  self: Value,
  url: Value,
  backend: Value | undefined,
  call: { machine: Machine; at: Location | undefined },
): Value {
  const { machine, at } = call;
  if (url.kind === "opaque") return services[service].unseen(machine, url, at);
  const source = urlOf(url) ?? textOf(url);
  if (source === undefined)
    return machine.raise(
      "AttributeError",
      `'${machine.classOf(url).name}' object has no attribute 'decode'`,
      at,
      url.env,
    );
  return orValueError(machine, at, url.env, () => {
    try {
      const read = services[service].read(
        source,
        textOf(backend) || undefined,
        schemesOf(machine, self, service, at),
      );
      return { ...dictOf(machine, read, url.at ?? at, url.env), at };
    } catch (error) {
      if (error instanceof config.ImproperUrl) return machine.raise(improper, error.message, at, url.env);
      throw error;
    }
  });
}

const redis = (machine: Machine): string => {
  if (machine.world.installed("django_redis")) return "django_redis.cache.RedisCache";
  return djangoAtLeast(machine, 4, 0)
    ? "django.core.cache.backends.redis.RedisCache"
    : "redis_cache.RedisCache";
};
const pymemcache = (machine: Machine): string =>
  machine.world.installed("pymemcache") && djangoAtLeast(machine, 3, 2)
    ? "django.core.cache.backends.memcached.PyMemcacheCache"
    : "django.core.cache.backends.memcached.PyLibMCCache";

function djangoAtLeast(machine: Machine, major: number, minor: number): boolean {
  const [a = 99, b = 0] = (machine.world.djangoVersion ?? "").split(".").filter(Boolean).map(Number);
  return a > major || (a === major && b >= minor);
}

export function schemeTables(machine: Machine): [string, Value][] {
  const cache = {
    ...config.cacheSchemes,
    pymemcache: pymemcache(machine),
    ...Object.fromEntries(config.redisSchemes.map((scheme) => [scheme, redis(machine)])),
  };
  const tables: Record<Service, Readonly<Record<string, string>>> = {
    DB: config.databaseSchemes,
    CACHE: cache,
    EMAIL: config.emailSchemes,
    SEARCH: config.searchSchemes,
    CHANNELS: config.channelsSchemes,
  };
  return Object.entries(tables).map(([service, table]) => [
    `${service}_SCHEMES`,
    dictOf(machine, Object.entries(table), undefined),
  ]);
}
