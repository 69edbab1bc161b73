import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Opaque, Value } from "../value.ts";
import { byName, type Call, creator, define, instance, method, model, nativeClass } from "./define.ts";
import { parseEnvironFile } from "./dotenv-format.ts";
import { environPathClass } from "./environ-path.ts";
import { type Service, schemeTables, serviceConfig, services } from "./environ-services.ts";
import { getCast, getValue, type Lookup, type Request } from "./environ-value.ts";
import { bool, bytes, castOpaque, list, none, str, textOf, truthOr, tuple } from "./make.ts";
import { environInstance } from "./os-environ.ts";
import { join } from "./posix-path.ts";
import { callerFolder, pathText, readText } from "./project-paths.ts";

type Getter = Call<"var", string>;

function envClass(machine: Machine, improper: Class): Class {
  const notSet = instance(nativeClass(machine, "environ.environ.NoValue", []), undefined);
  const unset = (value: Value | undefined): Value | undefined => (value === notSet ? undefined : value);
  const lookup = (self: Value, { machine: m, at }: Pick<Getter, "machine" | "at">): Lookup => ({
    machine: m,
    at,
    self,
    improperlyConfigured: improper,
    fileAware: self.kind === "instance" && self.class.mro.some((one) => one.name === "FileAwareEnv"),
  });
  const named = (name: string): Value => machine.classNamed(name);
  const from =
    (module: string, name: string): ((m: Machine) => Value) =>
    (m) =>
      m.attribute(m.import(module), name);

  const read = (self: Value, call: Getter, cast: Value | undefined, parseDefault = false): Value =>
    getValue(lookup(self, call), {
      var: call.given.var,
      cast,
      default: unset(call.given.default),
      parseDefault,
    } satisfies Request);
  const typed = (name: string, cast: (m: Machine) => Value, parseDefault = false): [string, Value] => [
    name,
    method(
      name,
      { required: ["var"], optional: ["default"] },
      (self, call) => read(self, call, cast(call.machine), parseDefault),
      { takesOpaque: true },
    ),
  ];
  const contained = (name: "list" | "tuple"): [string, Value] => [
    name,
    method(
      name,
      { required: ["var"], optional: ["cast", "default"] },
      (self, call) => {
        const inner = call.given.cast;
        const several = inner && call.machine.truth(inner) !== false ? inner : undefined;
        const cast = several ? (name === "list" ? list([several]) : tuple([several])) : named(name);
        return read(self, call, cast);
      },
      { takesOpaque: true },
    ),
  ];
  const general = (name: string): [string, Value] => [
    name,
    method(
      name,
      { required: ["var"], optional: ["cast", "default", "parse_default"] },
      (self, call) =>
        read(self, call, call.given.cast, truthOr(call.machine, call.given.parse_default, false)),
      { takesOpaque: true },
    ),
  ];
  const service = (
    names: readonly string[],
    which: Service,
    option: "engine" | "backend",
  ): [string, Value][] =>
    names.map((name) => [
      name,
      method(
        name,
        { optional: ["var", "default", option] },
        (self, call) => {
          const variable = call.given.var ?? str(services[which].variable, call.at);
          const whole = { ...call, given: { ...call.given, var: variable } };
          // Databases are parsed from text, the others from a URL that was parsed already.
          const cast = which === "DB" ? undefined : from("urllib.parse", "urlparse")(call.machine);
          return serviceConfig(
            which,
            improper,
            self,
            read(self, whole, cast, which !== "DB"),
            call.given[option],
            call,
          );
        },
        { takesOpaque: true },
      ),
    ]);
  const configs = Object.entries({
    db_url_config: "DB",
    cache_url_config: "CACHE",
    email_url_config: "EMAIL",
    search_url_config: "SEARCH",
    channels_url_config: "CHANNELS",
  } as const).map(([name, which]): [string, Value] => [
    name,
    machine.classMethod(
      define(
        name,
        { required: ["cls", "url"], optional: ["backend", "engine"] },
        (call) =>
          serviceConfig(
            which,
            improper,
            call.given.cls,
            call.given.url,
            call.given.backend ?? call.given.engine,
            call,
          ),
        { takesOpaque: true },
      ),
    ),
  ]);

  const text = method(
    "str",
    { required: ["var"], optional: ["default", "multiline", "choices"] },
    (self, call) => {
      const { machine: m, at, given } = call;
      const value = read(self, call, named("str"));
      if (truthOr(m, given.multiline, false))
        return value.kind === "str" ? { ...value, value: value.value.replace(/(\\r)?\\n/g, "\n") } : value;
      const choices = unset(given.choices);
      const items = choices ? m.iterate(choices, at) : [];
      if (!choices || "kind" in items) return value;
      for (const item of items) m.candidate(value, textOf(item) ?? "");
      if (value.kind === "opaque" || items.some((item) => m.equal(item, value))) return value;
      return m.raise(
        improper,
        `Invalid value: ${String(m.str(value))} not in ${String(m.str(choices))}`,
        at,
        value.env,
      );
    },
    { takesOpaque: true },
  );
  const asBytes = method(
    "bytes",
    { required: ["var"], optional: ["default", "encoding"] },
    (self, call) => {
      const value = read(self, call, named("str"));
      return value.kind === "str"
        ? bytes(new TextEncoder().encode(value.value), value.at, value.env)
        : value.kind === "opaque"
          ? castOpaque(call.machine, value, "bytes", call.at)
          : value;
    },
    { takesOpaque: true },
  );
  const path = method(
    "path",
    { required: ["var"], optional: ["default"], others: true },
    (self, call) => {
      const value = read(self, call, undefined);
      return value.kind === "opaque"
        ? castOpaque(call.machine, value, "Path", call.at, true)
        : call.machine.call(call.machine.classNamed("environ.Path"), [value], call.others, call.at);
    },
    { takesOpaque: true },
  );
  const contains = method("__contains__", { required: ["var"] }, (_, { machine: m, at, given }) => {
    const name = textOf(given.var) ?? "";
    m.environment.get(name, at, none(at));
    return bool(m.environment.has(name), at, [name]);
  });
  const parseValue = machine.classMethod(
    define("parse_value", { required: ["cls", "value", "cast"] }, (call) =>
      getCast(lookup(call.given.cls, call), call.given.value, call.given.cast),
    ),
  );

  const create = creator({ others: true }, ({ machine: m, at, others }) => ({
    attributes: [
      ["smart_cast", bool(true, at)],
      ["escape_proxy", bool(false, at)],
      ["warn_on_default", bool(false, at)],
      ["prefix", str("", at)],
      [
        "scheme",
        m.dict(
          [...others].map(([name, value]) => [str(name, at), value] as const),
          at,
        ),
      ],
    ],
  }));
  return nativeClass(machine, "environ.Env", [
    create,
    ["NOTSET", notSet],
    ["ENVIRON", environInstance(machine)],
    ["BOOLEAN_TRUE_STRINGS", tuple(["true", "on", "ok", "y", "yes", "1"].map((word) => str(word)))],
    ...schemeTables(machine),
    general("__call__"),
    general("get_value"),
    typed("bool", () => named("bool")),
    typed("int", () => named("int")),
    typed("float", () => named("float")),
    typed("json", from("json", "loads")),
    typed("url", from("urllib.parse", "urlparse"), true),
    typed("unicode", () => named("str")),
    contained("list"),
    contained("tuple"),
    [
      "dict",
      method(
        "dict",
        { required: ["var"], optional: ["cast", "default"] },
        (self, call) => read(self, call, call.given.cast ?? named("dict")),
        { takesOpaque: true },
      ),
    ],
    ...service(["db", "db_url"], "DB", "engine"),
    ...service(["cache", "cache_url"], "CACHE", "backend"),
    ...service(["email", "email_url"], "EMAIL", "backend"),
    ...service(["search_url"], "SEARCH", "engine"),
    ...service(["channels", "channels_url"], "CHANNELS", "backend"),
    ...configs,
    ...byName(text, asBytes, path, contains),
    ["parse_value", parseValue],
    ["read_env", machine.classMethod(readEnv)],
  ]);
}

const readEnv = define(
  "read_env",
  { required: ["cls"], optional: ["env_file", "overwrite", "parse_comments", "encoding"], others: true },
  ({ machine, at, given, others }) => {
    const found = fileText(machine, given.env_file, at);
    // A file outside the project: whatever it sets, it is the machine's environment, which the scenario stands for.
    const known = found && !("kind" in found) ? found.text : "";
    const values = new Map<string, Value>(others);
    for (const [name, value] of parseEnvironFile(known, truthOr(machine, given.parse_comments, false)))
      values.set(name, str(value, at));
    const overwrite = truthOr(machine, given.overwrite, false);
    for (const [name, value] of values) {
      const text = value.kind === "opaque" ? value : machine.str(value);
      if (machine.environment.has(name) && !overwrite) continue;
      machine.environment.set(name, typeof text === "string" ? str(text, value.at ?? at, value.env) : text);
    }
    return none(at);
  },
  { takesOpaque: true },
);

function fileText(
  machine: Machine,
  file: Value | undefined,
  at: Location | undefined,
): { readonly text: string } | Opaque | undefined {
  const isFileObject =
    file?.kind === "instance" && !file.class.mro.some((one) => one.attributes.has("__fspath__"));
  if (isFileObject) {
    const text = machine.call(machine.attribute(file, "read", at), [], undefined, at);
    return text.kind === "str" ? { text: text.value } : text.kind === "opaque" ? text : undefined;
  }
  const path =
    file && file.kind !== "none" ? pathText(machine, file, at) : join(callerFolder(machine), ".env");
  if (typeof path !== "string") return path;
  const read = readText(machine, path, at);
  return read === "absent" ? undefined : read;
}

function names(machine: Machine): [string, Value][] {
  const improper = machine.classNamed("django.core.exceptions.ImproperlyConfigured");
  const env = envClass(machine, improper);
  return [
    ["Env", env],
    ["FileAwareEnv", nativeClass(machine, "environ.FileAwareEnv", [], [env])],
    ["Path", environPathClass(machine, improper)],
    ["ImproperlyConfigured", improper],
    [
      "DefaultValueWarning",
      nativeClass(machine, "environ.DefaultValueWarning", [], [machine.classNamed("UserWarning")]),
    ],
  ];
}

export const environModels: readonly Model[] = [
  model("environ", names),
  // The same objects under the name of the file that defines them.
  model("environ.environ", (machine) =>
    ["Env", "FileAwareEnv", "Path", "ImproperlyConfigured"].map(
      (name) => [name, machine.attribute(machine.import("environ"), name)] as const,
    ),
  ),
];
