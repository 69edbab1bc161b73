import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Opaque, Value } from "../value.ts";
import {
  byName,
  type Call,
  creator,
  define,
  exceptionClass,
  instance,
  method,
  model,
  nativeClass,
} from "./define.ts";
import { databaseFromUrl } from "./dj-database-url.ts";
import {
  bool,
  castOpaque,
  defaulted,
  float,
  int,
  isBuiltinClass,
  list,
  none,
  str,
  textOf,
  truthOr,
} from "./make.ts";
import { parseNumber } from "./number-text.ts";
import { makePath } from "./pathlib.ts";
import { basename, dirname, join } from "./posix-path.ts";
import { callerFolder, isThere, pathText, readText, workingFolder } from "./project-paths.ts";
import { dotenvValues, findUpwards } from "./python-dotenv.ts";
import { offerTruth, type TruthWords, truthFrom, truthOfWord, unseenTruth } from "./truth-text.ts";
import { isIPv4 } from "./urls.ts";

/** environs 15 (https://github.com/sloria/environs) over marshmallow's fields. */

/** What `read_env` loaded, and what `add_parser` added. */
class EnvData {
  readonly loaded = new Map<string, Value>();
  readonly parsers = new Map<string, Value>();
  prefix = "";
}

function dataOf(self: Value): EnvData {
  return self.kind === "instance" && self.data instanceof EnvData ? self.data : new EnvData();
}

type Field = (machine: Machine, text: string, value: Value, call: FieldCall) => Value | Invalid;
type FieldCall = Call<string, string>;
interface Invalid {
  readonly invalid: string;
}

const words: TruthWords = {
  yes: new Set(["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"]),
  no: new Set(["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"]),
};
const logLevels: Readonly<Record<string, number>> = {
  CRITICAL: 50,
  FATAL: 50,
  ERROR: 40,
  WARNING: 30,
  WARN: 30,
  INFO: 20,
  DEBUG: 10,
  NOTSET: 0,
};

const asInt: Field = (_, text, value, { at }) => {
  const number = parseNumber(text);
  return typeof number === "bigint"
    ? int(number, value.at ?? at, value.env)
    : { invalid: "Not a valid integer." };
};
const asFloat: Field = (_, text, value, { at }) => {
  const number = parseNumber(text);
  const finite = number !== undefined && Number.isFinite(Number(number));
  return finite ? float(Number(number), value.at ?? at, value.env) : { invalid: "Not a valid number." };
};
const asBool: Field = (machine, text, value, { at }) => {
  const truth = truthOfWord(text, words);
  return truth === undefined ? { invalid: "Not a valid boolean." } : truthFrom(machine, truth, value, at);
};
const asStr: Field = (_, __, value) => value;

/** marshmallow's field for a type, or the project's own function. */
function cast(
  machine: Machine,
  subcast: Value | undefined,
  text: string,
  value: Value,
  call: FieldCall,
): Value | Invalid {
  const part = str(text, value.at ?? call.at, value.env);
  if (!subcast || machine.truth(subcast) === false) return part;
  const field = (
    [
      ["int", asInt],
      ["float", asFloat],
      ["bool", asBool],
      ["str", asStr],
    ] as const
  ).find(([name]) => isBuiltinClass(subcast, name));
  return field ? field[1](machine, text, part, call) : machine.call(subcast, [part], undefined, call.at);
}

const asList: Field = (machine, text, value, call) => {
  const parts = text === "" ? [] : text.split(textOf(call.given.delimiter) ?? ",");
  const items: Value[] = [];
  const invalid: string[] = [];
  for (const [index, part] of parts.entries()) {
    const item = cast(machine, call.given.subcast, part, value, call);
    if ("invalid" in item) invalid.push(`${index}: ['${item.invalid}']`);
    else items.push(item);
  }
  return invalid.length > 0
    ? { invalid: `{${invalid.join(", ")}}` }
    : list(items, value.at ?? call.at, value.env);
};
const asDict: Field = (machine, text, value, call) => {
  const { given, at } = call;
  const sign = textOf(given.key_value_delimiter) ?? "=";
  const pairs: [Value, Value][] = [];
  for (const part of text === "" ? [] : text.split(textOf(given.delimiter) ?? ",")) {
    const index = part.indexOf(sign);
    if (index === -1)
      return machine.raise("ValueError", "not enough values to unpack (expected 2, got 1)", at, value.env);
    const key = cast(machine, given.subcast_keys, part.slice(0, index).trim(), value, call);
    const item = cast(machine, given.subcast_values, part.slice(index + sign.length).trim(), value, call);
    if ("invalid" in key) return key;
    if ("invalid" in item) return item;
    pairs.push([key, item]);
  }
  return machine.dict(pairs, value.at ?? at, value.env);
};
const asJson: Field = (machine, _, value, { at }) =>
  machine.call(machine.attribute(machine.import("json"), "loads"), [value], undefined, at);
/** marshmallow's `Url`: a host with a top-level domain, an address, or localhost. */
const asUrl: Field = (machine, text, value, { at }) => {
  const [, host = ""] = webUrl.exec(text) ?? [];
  const isNamed = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,}\.?$/i.test(host);
  if (!isNamed && host !== "localhost" && !isIPv4(host) && !host.startsWith("["))
    return { invalid: "['Not a valid URL.']" };
  return machine.call(machine.attribute(machine.import("urllib.parse"), "urlparse"), [value], undefined, at);
};
const webUrl = /^(?:https?|ftps?):\/\/(?:[^\s/?#@]*@)?(\[[^\]]*\]|[^\s/?#:]*)(?::\d+)?(?:[/?#]\S*)?$/i;
const asPath: Field = (machine, text, value, { at }) => makePath(machine, text, value.at ?? at, value.env);
const asLogLevel: Field = (machine, text, value, call) => {
  const number = asInt(machine, text, value, call);
  const level = logLevels[text.toUpperCase()];
  if (!("invalid" in number)) return number;
  return level === undefined
    ? { invalid: "Not a valid log level." }
    : int(level, value.at ?? call.at, value.env);
};
const units = ["weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds"];
const asTimedelta: Field = (machine, text, value, { at }) => {
  const parts =
    /^\s*(?:(-?\d+)\s*w\s*)?(?:(-?\d+)\s*d\s*)?(?:(-?\d+)\s*h\s*)?(?:(-?\d+)\s*m\s*)?(?:(-?\d+)\s*s\s*)?(?:(-?\d+)\s*ms\s*)?(?:(-?\d+)\s*[µu]s\s*)?$/.exec(
      text,
    );
  const counts = parts?.slice(1) ?? [];
  const seconds = /^-?\d+$/.test(text.trim()) ? text.trim() : undefined;
  if (seconds === undefined && !counts.some((count) => count !== undefined && Number(count) !== 0))
    return { invalid: "Not a valid period of time." };
  const named = units.flatMap((unit, index): [string, Value][] => {
    const count = seconds !== undefined ? (unit === "seconds" ? seconds : undefined) : counts[index];
    return count === undefined ? [] : [[unit, int(BigInt(count), at, value.env)]];
  });
  return machine.call(machine.classNamed("datetime.timedelta"), [], new Map(named), at);
};

/** Types of fields whose values are read by code that is not modelled. */
const unmodelled: Readonly<Record<string, string>> = {
  decimal: "Decimal",
  datetime: "datetime",
  date: "date",
  time: "time",
  uuid: "UUID",
  enum: "",
};
const fields: Readonly<Record<string, readonly [field: Field, type: string]>> = {
  __call__: [asStr, "str"], str: [asStr, "str"], int: [asInt, "int"], float: [asFloat, "float"], bool: [asBool, "bool"],
  list: [asList, "list"], dict: [asDict, "dict"], json: [asJson, ""], url: [asUrl, "ParseResult"], path: [asPath, "PosixPath"],
  log_level: [asLogLevel, "int"], timedelta: [asTimedelta, "timedelta"],
}; // biome-ignore format: a table

const parameters = {
  required: ["name"],
  optional: [
    "default",
    "subcast",
    "subcast_keys",
    "subcast_values",
    "delimiter",
    "key_value_delimiter",
    "validate",
    "type",
  ],
  others: true,
} as const;

interface Errors {
  readonly notSet: Class;
  readonly invalid: Class;
}

/** What a variable holds: the environment, then what `read_env` loaded, then the default. */
function look(
  machine: Machine,
  self: Value,
  name: string,
  fallback: Value | undefined,
  at: Location | undefined,
): Value | undefined {
  const data = dataOf(self);
  const isFileAware = self.kind === "instance" && self.class.mro.some((one) => one.name === "FileAwareEnv");
  const loaded = data.loaded.get(name);
  if (isFileAware) {
    const file = machine.environment.get(`${name}_FILE`, at, none(at)) ?? data.loaded.get(`${name}_FILE`);
    if (file?.kind === "opaque") return castOpaque(machine, file, "str", at);
    const path = textOf(file);
    if (path) {
      const read = readText(machine, path, at);
      if (read === "absent")
        return machine.raise("ValueError", `The value of ${name}_FILE must be a readable file path.`, at, [
          `${name}_FILE`,
        ]);
      return "text" in read ? str(read.text, at, [`${name}_FILE`]) : read;
    }
  }
  return machine.environment.get(name, at, loaded ?? fallback) ?? loaded;
}

/** `${NAME}` and `${NAME:-default}` filled in, where the Env was made with expand_vars. */
function expanded(machine: Machine, self: Value, value: Value, at: Location | undefined): Value {
  const expands = self.kind === "instance" && truthOr(machine, self.attributes.get("expand_vars"), false);
  if (!expands || value.kind !== "str") return value;
  const env = new Set(value.env);
  let unseen: Opaque | undefined;
  const text = value.value.replace(
    /(?<!\\)\$\{([A-Za-z0-9_]+)(?::-([^}:]*))?\}/g,
    (_, name: string, fallback?: string) => {
      env.add(name);
      const found = look(machine, self, name, undefined, at);
      if (found?.kind === "opaque") unseen = found;
      return textOf(found) ?? fallback ?? "";
    },
  );
  return unseen
    ? castOpaque(machine, unseen, "str", at)
    : str(text.replaceAll("\\$", "$"), value.at, [...env].sort());
}

function isEager(machine: Machine, self: Value): boolean {
  return self.kind !== "instance" || truthOr(machine, self.attributes.get("eager"), true);
}

function reader(errors: Errors, method_: string, field: Field, type: string, parsesDefault = false): Value {
  return method(
    method_,
    parameters,
    (self, call) => {
      const { machine, at, given } = call;
      if (given.name.kind !== "str")
        return machine.opaque("reads a variable whose name is not known", at, [given.name]);
      const name = dataOf(self).prefix + given.name.value;
      const fallback = given.default?.kind === "ellipsis" ? undefined : given.default;
      const found = look(machine, self, name, fallback, at);
      if (!found && !fallback && !isEager(machine, self)) return none(at, [name]);
      const fail = (): never =>
        machine.raise(errors.notSet, `Environment variable "${name}" not set`, at, [name]);
      const raw =
        found ??
        (fallback ? defaulted(machine, fallback, name) : machine.environment.require(name, at, fail));
      if (!found && fallback && !parsesDefault) {
        if (type === "bool") offerTruth(machine, raw);
        return raw;
      }
      const value = expanded(machine, self, raw, at);
      if (value.kind === "opaque")
        return type === "bool" ? unseenTruth(machine, value, at) : unseen(machine, value, type, call);
      const made =
        value.kind === "str"
          ? field(machine, value.value, value, call)
          : parsesDefault
            ? field(machine, "", value, call)
            : value;
      if (!("invalid" in made)) return made;
      return machine.raise(errors.invalid, `Environment variable "${name}" invalid: ${made.invalid}`, at, [
        name,
      ]);
    },
    { takesOpaque: true },
  );
}

function unseen(machine: Machine, value: Opaque, type: string, { at }: FieldCall): Value {
  if (type === "database") return databaseFromUrl({ machine, at }, value);
  return type === ""
    ? machine.opaque(value.because, at, [value], { cause: value.cause })
    : castOpaque(machine, value, type, at, ["list", "dict", "str"].includes(type) ? true : undefined);
}

/** The parsers that are other libraries' functions, applied to defaults too. */
function delegated(module: string): Field {
  return (machine, _, value, { at, others }) =>
    machine.call(machine.attribute(machine.import(module), "parse"), [value], others, at);
}

const readEnv = method(
  "read_env",
  { optional: ["path", "recurse", "override", "return_path"] },
  (self, { machine, at, given }) => {
    const path =
      given.path && given.path.kind !== "none"
        ? pathText(machine, given.path, at)
        : join(callerFolder(machine), ".env");
    if (typeof path !== "string") return castOpaque(machine, path, "bool", at);
    const folder = dirname(path) || workingFolder(machine);
    const file = truthOr(machine, given.recurse, true)
      ? findUpwards(machine, folder, basename(path))
      : isThere(machine, path, "file")
        ? path
        : undefined;
    const read = file === undefined ? "absent" : readText(machine, file, at);
    const text = typeof read === "object" && "text" in read ? read.text : undefined;
    const { loaded } = dataOf(self);
    const override = truthOr(machine, given.override, false);
    for (const [name, value] of dotenvValues(machine, text ?? "", { override: true, interpolate: true }, at))
      if (value.kind !== "none" && (override || !loaded.has(name))) loaded.set(name, value);
    if (!truthOr(machine, given.return_path, false)) return bool(text !== undefined, at);
    return file === undefined ? none(at) : str(file, at);
  },
);

function prefixed(machine: Machine): Value {
  const enter = (data: EnvData, prefix: string, old: string, env: Value): Value =>
    instance(
      nativeClass(
        machine,
        "contextlib._GeneratorContextManager",
        byName(
          method("__enter__", {}, () => {
            data.prefix = old + prefix;
            return env;
          }),
          method("__exit__", { rest: true }, (_, { at }) => {
            data.prefix = old;
            return bool(false, at);
          }),
        ),
      ),
      undefined,
    );
  return method("prefixed", { required: ["prefix"] }, (self, { given }) => {
    const data = dataOf(self);
    return enter(data, textOf(given.prefix) ?? "", data.prefix, self);
  });
}

function envClass(machine: Machine, errors: Errors): Class {
  const add = (self: Value, name: string, parser: Value): void => {
    dataOf(self).parsers.set(
      name,
      reader(errors, name, (m, _, value, { at, others }) => m.call(parser, [value], others, at), "", true),
    );
  };
  return nativeClass(machine, "environs.Env", [
    creator(
      {
        optional: ["eager", "expand_vars", "prefix", "file_suffix", "strip_whitespace"],
        named: ["eager", "expand_vars", "prefix"],
      },
      ({ at, given }) => {
        const data = new EnvData();
        data.prefix = textOf(given.prefix) ?? "";
        return {
          data,
          attributes: [
            ["eager", given.eager ?? bool(true, at)],
            ["expand_vars", given.expand_vars ?? bool(false, at)],
          ],
        };
      },
    ),
    ...Object.entries(fields).map(([name, [field, type]]): [string, Value] => [
      name,
      reader(errors, name, field, type),
    ]),
    ...Object.entries(unmodelled).map(([name, type]): [string, Value] => [
      name,
      reader(
        errors,
        name,
        (m, _, value, { at }) =>
          m.opaque(`reads a ${name} with environs, which is not modelled`, at, [value], {
            cause: "unmodelled",
          }),
        type,
      ),
    ]),
    ["dj_db_url", reader(errors, "dj_db_url", delegated("dj_database_url"), "database", true)],
    ["dj_email_url", reader(errors, "dj_email_url", delegated("dj_email_url"), "dict", true)],
    ["dj_cache_url", reader(errors, "dj_cache_url", delegated("django_cache_url"), "dict", true)],
    ["prefixed", prefixed(machine)],
    ...byName(
      readEnv,
      method("seal", {}, (_, { at }) => none(at)),
      method("add_parser", { required: ["name", "func"] }, (self, { at, given }) => {
        add(self, textOf(given.name) ?? "", given.func);
        return none(at);
      }),
      method("parser_for", { required: ["name"] }, (self, { given }) =>
        define("decorator", { required: ["func"] }, (call) => {
          add(self, textOf(given.name) ?? "", call.given.func);
          return call.given.func;
        }),
      ),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        const parser = dataOf(self).parsers.get(name);
        return parser
          ? { kind: "method", self, function: parser, at, env: [] }
          : m.raise("AttributeError", `<Env(eager=True, expand_vars=False)> has no attribute ${name}`, at);
      }),
    ),
  ]);
}

export const environsModels: readonly Model[] = [
  model("environs", (machine) => {
    const error = exceptionClass(machine, "environs.EnvError", "ValueError");
    const notSet = nativeClass(machine, "environs.EnvNotSetError", [], [error]);
    const invalid = nativeClass(machine, "environs.EnvValidationError", [], [error]);
    const sealed = nativeClass(machine, "environs.EnvSealedError", [], [error]);
    const env = envClass(machine, { notSet, invalid });
    const classes = [
      error,
      notSet,
      invalid,
      sealed,
      env,
      nativeClass(machine, "environs.FileAwareEnv", [], [env]),
    ];
    return [
      ...classes.map((one) => [one.name, one] as const),
      ["Path", machine.classNamed("pathlib.Path")],
      ["ValidationError", exceptionClass(machine, "marshmallow.ValidationError")],
      [
        "env",
        instance(env, undefined, {
          data: new EnvData(),
          attributes: [
            ["eager", bool(true)],
            ["expand_vars", bool(false)],
          ],
        }),
      ],
    ];
  }),
];
