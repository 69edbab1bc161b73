import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Opaque, Value } from "../value.ts";
import { byName, creator, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { databaseFromUrl } from "./dj-database-url.ts";
import { type Field, type FieldCall, fields } from "./environs-fields.ts";
import { invalidBy, validators } from "./environs-validators.ts";
import { bool, castOpaque, defaulted, none, str, textOf, truthOr } from "./make.ts";
import { basename, dirname, join } from "./posix-path.ts";
import { callerFolder, isThere, pathText, readText, workingFolder } from "./project-paths.ts";
import { dotenvValues, findUpwards } from "./python-dotenv.ts";
import { offerTruth, unseenTruth } from "./truth-text.ts";

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

/** Types of fields whose values are read by code that is not modelled. */
const unmodelled: Readonly<Record<string, string>> = {
  time: "time",
  enum: "",
};
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
      const problem = "invalid" in made ? made.invalid : invalidBy(machine, given.validate, made, at);
      if (!("invalid" in made) && problem === undefined) return made;
      return machine.raise(errors.invalid, `Environment variable "${name}" invalid: ${problem}`, at, [name]);
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
      ...validators(machine).map(([name, one]) => [`validate.${name}`, one] as const),
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
