import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Dict, Known, Opaque, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { parseDatabaseUrl, schemes, unknownScheme } from "./database-url.ts";
import { byName, define, exceptionClass, model } from "./define.ts";
import { castOpaque, defaulted, dictOf, int, list, none, type Plain, str, truthOr } from "./make.ts";

/** The parameters of `parse`, all of which `config` passes on. */
const settingNames = [
  "engine",
  "conn_max_age",
  "conn_health_checks",
  "disable_server_side_cursors",
  "ssl_require",
  "test_options",
] as const;
type SettingName = (typeof settingNames)[number];
export type DatabaseOptions = { readonly [K in SettingName]?: Value };

interface Context {
  readonly machine: Machine;
  readonly at: Location | undefined;
}

/** The keys that the arguments of `parse` decide, whatever the URL is. */
function argumentEntries({ machine, at }: Context, options: DatabaseOptions): [string, Value][] {
  const no = (): Value => ({ kind: "bool", value: false, at, env: [] });
  const entries: [string, Value][] = [
    ["CONN_MAX_AGE", options.conn_max_age ?? int(0, at)],
    ["CONN_HEALTH_CHECKS", options.conn_health_checks ?? no()],
    ["DISABLE_SERVER_SIDE_CURSORS", options.disable_server_side_cursors ?? no()],
  ];
  if (truthOr(machine, options.engine, false) && options.engine) entries.push(["ENGINE", options.engine]);
  if (truthOr(machine, options.test_options, false) && options.test_options)
    entries.push(["TEST", options.test_options]);
  return entries;
}

function requiresSsl({ machine }: Context, options: DatabaseOptions): boolean {
  return truthOr(machine, options.ssl_require, false);
}

/** What is known of a database whose URL is not: it has these keys, and the arguments hold. */
export function unseenDatabase(context: Context, url: Opaque, options: DatabaseOptions = {}): Dict {
  const { machine, at } = context;
  const part = (type?: string): Opaque =>
    machine.opaque(url.because, url.at ?? at, [url], { cause: url.cause, ...(type ? { type } : {}) });
  const entries = new Map<string, Plain>([
    ["ENGINE", castOpaque(machine, url, "str", url.at ?? at, true)],
    ["USER", part("str")],
    ["PASSWORD", part("str")],
    ["HOST", part("str")],
    ["PORT", part()],
    ["NAME", castOpaque(machine, url, "str", url.at ?? at, true)],
  ]);
  if (requiresSsl(context, options)) {
    const ssl = dictOf(machine, [["sslmode", "require"]], at);
    ssl.open = part("str");
    entries.set("OPTIONS", ssl);
  }
  for (const [key, value] of argumentEntries(context, options)) entries.set(key, value);
  const dict = dictOf(machine, entries, at, url.env);
  dict.open = part();
  return dict;
}

/** `urlsplit` takes what is no text for bytes, and finds no scheme in nothing at all. */
function notText({ machine, at }: Context, url: Known, errors?: ReadonlyMap<string, Class>): never {
  if (url.kind !== "bytes" && machine.truth(url) !== false)
    return machine.raise(
      "AttributeError",
      `'${machine.classOf(url).name}' object has no attribute 'decode'`,
      at,
      url.env,
    );
  const text = url.kind === "bytes" ? new TextDecoder("latin1").decode(url.value) : "";
  const scheme = /^([A-Za-z][\w+.-]*):/.exec(text)?.[1]?.toLowerCase() ?? "";
  return machine.raise(
    errors?.get("UnknownSchemeError") ?? "ValueError",
    unknownScheme(`b'${scheme}'`, schemes),
    at,
    url.env,
  );
}

/** `dj_database_url.parse(url, …)`. */
export function databaseFromUrl(
  context: Context,
  url: Value,
  options: DatabaseOptions = {},
  errors?: ReadonlyMap<string, Class>,
): Value {
  const { machine, at } = context;
  if (url.kind === "opaque") return unseenDatabase(context, url, options);
  if (url.kind !== "str") return notText(context, url, errors);
  const where = url.at ?? at;
  if (url.value === "sqlite://:memory:")
    return dictOf(
      machine,
      [
        ["ENGINE", str(schemes.get("sqlite") ?? "", where, url.env)],
        ["NAME", str(":memory:", where, url.env)],
      ],
      at,
      url.env,
    );
  const parsed = parseDatabaseUrl(url.value);
  if ("error" in parsed)
    return machine.raise(errors?.get(parsed.error) ?? "ValueError", parsed.message, at, url.env);
  const own = parsed.get("OPTIONS");
  const databaseOptions = new Map<string, Plain>(own instanceof Map ? own : []);
  if (requiresSsl(context, options)) databaseOptions.set("sslmode", "require");
  if (databaseOptions.size > 0) parsed.set("OPTIONS", databaseOptions);
  else parsed.delete("OPTIONS");
  const dict = dictOf(machine, parsed, where, url.env);
  for (const [key, value] of argumentEntries(context, options))
    machine.setItem(dict, str(key, at), value, at);
  return { ...dict, at };
}

const parameters = { optional: settingNames } as const;

export const djDatabaseUrlModels: readonly Model[] = [
  model("dj_database_url", (machine) => {
    const errors = new Map(
      ["ParseError", "UnknownSchemeError"].map((name) => [
        name,
        exceptionClass(machine, `dj_database_url.${name}`, "ValueError"),
      ]),
    );
    const parse = define(
      "parse",
      { required: ["url"], ...parameters },
      (call) => databaseFromUrl(call, call.given.url, call.given, errors),
      { takesOpaque: true },
    );
    const config = define(
      "config",
      { optional: ["env", "default", ...settingNames] },
      (call) => {
        const { given, at } = call;
        const { env = str("DATABASE_URL", at) } = given;
        if (env.kind !== "str")
          return machine.opaque("reads an environment variable whose name is not known", at, [env]);
        const fallback = given.default ?? none(at);
        const url =
          machine.environment.get(env.value, at, fallback) ?? defaulted(machine, fallback, env.value);
        return machine.truth(url) === false
          ? dictOf(machine, [], at, mergeEnv(url.env, [env.value]))
          : databaseFromUrl(call, url, given, errors);
      },
      { takesOpaque: true },
    );
    const register = define(
      "register",
      { required: ["scheme", "backend"] },
      ({ at }) =>
        define("inner", { required: ["func"] }, ({ given }) => given.func, { takesOpaque: true }) ?? none(at),
    );
    return [
      ...byName(parse, config, register),
      ...errors,
      ["DEFAULT_ENV", str("DATABASE_URL", undefined)],
      // Versions before 2 have it; projects index it.
      ["SCHEMES", dictOf(machine, schemes, undefined)],
      [
        "POSTGRES_SCHEMES",
        list(
          ["postgres", "postgresql", "pgsql"].map((one) => str(one, undefined)),
          undefined,
        ),
      ],
    ];
  }),
];
