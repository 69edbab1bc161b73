import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Instance, Value } from "../value.ts";
import {
  emptyOr,
  parsedDefault,
  part,
  type Reader,
  readBool,
  readDict,
  readNested,
  readSequence,
  readUnder,
  readWith,
  shown,
} from "./configuration-readers.ts";
import { byName, type Call, define, instance, method, nativeClass } from "./define.ts";
import { bool, castOpaque, defaulted, none, str, textOf, truthOr } from "./make.ts";
import { abspath } from "./posix-path.ts";
import { isThere, pathText, workingFolder } from "./project-paths.ts";
import { offerTruth } from "./truth-text.ts";

/** `configurations.values`: objects that read a variable named after the setting. */

/** How one class of values differs from its base. */
interface Kind {
  readonly name: string;
  readonly base: string;
  /** What its arguments are unless they are given. */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Arguments of its own: they become attributes. */
  readonly options?: readonly string[];
  /** Adjusts the default once the arguments are in. */
  readonly prepare?: (machine: Machine, self: Instance, at: Location | undefined) => void;
  readonly read?: Reader;
  /** Is set up with its class, not where it stands. */
  readonly late?: true;
}

export function isValue(value: Value): value is Instance {
  return (
    value.kind === "instance" &&
    value.class.mro.some((one) => one.module === "configurations.values" && one.name === "Value")
  );
}

const serviceDefaults = (variable: string): Readonly<Record<string, Value>> => ({
  environ_prefix: none(),
  environ_name: str(variable),
});

const sequence = { options: ["separator", "converter"] } as const;
const nested = { options: ["separator", "converter", "seq_separator"] } as const;

const kinds: readonly Kind[] = [
  { name: "BooleanValue", base: "Value", read: readBool, prepare: requireBool },
  { name: "IntegerValue", base: "Value", read: readWith("int") },
  { name: "PositiveIntegerValue", base: "IntegerValue" },
  { name: "FloatValue", base: "Value", read: readWith("float") },
  { name: "DecimalValue", base: "Value", read: readWith("decimal.Decimal") },
  { name: "ListValue", base: "Value", ...sequence, read: readSequence("list"), prepare: emptyOr("list") },
  { name: "TupleValue", base: "Value", ...sequence, read: readSequence("tuple"), prepare: emptyOr("tuple") },
  {
    name: "SingleNestedListValue",
    base: "Value",
    ...nested,
    read: readNested("list"),
    prepare: emptyOr("list"),
  },
  {
    name: "SingleNestedTupleValue",
    base: "Value",
    ...nested,
    read: readNested("tuple"),
    prepare: emptyOr("tuple"),
  },
  {
    name: "BackendsValue",
    base: "ListValue",
    ...sequence,
    read: readSequence("list"),
    prepare: emptyOr("list"),
  },
  { name: "SetValue", base: "ListValue", ...sequence, read: readSequence("set"), prepare: emptyOr("set") },
  { name: "DictValue", base: "Value", read: readDict, prepare: emptyOr("dict") },
  // What the validators look at is the operator's: it is taken to be valid.
  { name: "EmailValue", base: "Value" },
  { name: "URLValue", base: "Value" },
  { name: "IPValue", base: "Value" },
  { name: "RegexValue", base: "Value", options: ["regex"] },
  { name: "PathValue", base: "Value", options: ["check_exists"] },
  { name: "SecretValue", base: "Value", defaults: { environ_required: bool(true) } },
  {
    name: "EmailURLValue",
    base: "Value",
    defaults: serviceDefaults("EMAIL_URL"),
    prepare: parsedDefault,
    late: true,
    read: (machine, _, value, at) =>
      machine.call(machine.attribute(machine.import("dj_email_url"), "parse"), [value], undefined, at),
  },
  {
    name: "DatabaseURLValue",
    base: "Value",
    defaults: serviceDefaults("DATABASE_URL"),
    options: ["alias"],
    prepare: parsedDefault,
    late: true,
    read: readUnder("dj_database_url"),
  },
  {
    name: "CacheURLValue",
    base: "Value",
    defaults: serviceDefaults("CACHE_URL"),
    options: ["alias"],
    prepare: parsedDefault,
    late: true,
    read: readUnder("django_cache_url"),
  },
  {
    name: "SearchURLValue",
    base: "Value",
    defaults: serviceDefaults("SEARCH_URL"),
    options: ["alias"],
    prepare: parsedDefault,
    late: true,
    read: readUnder("dj_search_url"),
  },
];

function requireBool(machine: Machine, self: Instance, at: Location | undefined): void {
  const given = part(self, "default") ?? none(at);
  if (given.kind !== "bool" && given.kind !== "opaque")
    machine.raise("ValueError", `Default value ${shown(machine, given)} is not a boolean value`, at);
}

const parameters = ["default", "environ", "environ_name", "environ_prefix", "environ_required"] as const;
type InitCall = Call<never, (typeof parameters)[number]>;

function initialise({
  defaults = {},
  options = [],
  prepare,
}: Pick<Kind, "defaults" | "options" | "prepare">): Value {
  return method(
    "__init__",
    { optional: parameters, rest: true, others: true },
    (self, call: InitCall) => {
      const { machine, at, given, others } = call;
      if (self.kind !== "instance") return none(at);
      const fallback =
        given.default && isValue(given.default)
          ? (part(given.default, "default") ?? none(at))
          : (given.default ?? none(at));
      const prefix = given.environ_prefix ?? defaults.environ_prefix ?? str("DJANGO", at);
      const entries: [string, Value][] = [
        ["default", fallback],
        ["environ", given.environ ?? bool(true, at)],
        ["environ_name", given.environ_name ?? defaults.environ_name ?? none(at)],
        [
          "environ_prefix",
          prefix.kind === "str" ? { ...prefix, value: prefix.value.replace(/_$/, "") } : prefix,
        ],
        ["environ_required", given.environ_required ?? defaults.environ_required ?? bool(false, at)],
        ...options.flatMap((name): [string, Value][] => {
          const value = others.get(name);
          return value ? [[name, value]] : [];
        }),
      ];
      for (const [name, value] of entries) self.attributes.set(name, value);
      prepare?.(machine, self, at);
      return none(at);
    },
    { takesOpaque: true },
  );
}

/** The variable's name for a setting. */
export function variableOf(self: Instance, name: string): string {
  const own = textOf(part(self, "environ_name")) || name.toUpperCase();
  const prefix = textOf(part(self, "environ_prefix"));
  return prefix ? `${prefix}_${own}` : own;
}

const setup = method("setup", { required: ["name"] }, (self, { machine, at, given }) => {
  if (self.kind !== "instance") return none(at);
  const fallback = part(self, "default") ?? none(at);
  let value = fallback;
  const name = textOf(given.name) ?? "";
  if (truthOr(machine, part(self, "environ"), true)) {
    const variable = variableOf(self, name);
    const isRequired = truthOr(machine, part(self, "environ_required"), false);
    const fail = (): never =>
      machine.raise(
        "ValueError",
        `Value '${name}' is required to be set as the environment variable '${variable}'`,
        at,
        [variable],
      );
    const found = isRequired
      ? machine.environment.require(variable, at, fail)
      : machine.environment.get(variable, at, fallback);
    value = found
      ? machine.call(machine.attribute(self, "to_python", at), [found], undefined, at)
      : defaulted(machine, fallback, variable);
    const reads = self.class.mro.some((one) => one.name === "BooleanValue");
    if (reads) offerTruth(machine, value);
  }
  value = self.class.mro.some((one) => one.name === "PathValue" && one.module === "configurations.values")
    ? asPath(machine, self, value, at)
    : value;
  self.attributes.set("_value", value);
  return value;
});

function asPath(machine: Machine, self: Instance, value: Value, at: Location | undefined): Value {
  const path = pathText(machine, value, at);
  if (typeof path !== "string") return castOpaque(machine, path, "str", at, true);
  if (truthOr(machine, part(self, "check_exists"), true) && isThere(machine, path, "exists") === false)
    return machine.raise("ValueError", `Path '${path}' does not exist.`, at, value.env);
  return str(abspath(path, workingFolder(machine)), value.at ?? at, value.env);
}

/** The value itself, for code that uses the object before it is set up. */
const getAttribute = method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) => {
  const name = textOf(given.name);
  if (self.kind === "instance" && name === "value") {
    const known = part(self, "_value");
    const own = part(self, "environ_name");
    if (known) return known;
    return own && own.kind !== "none"
      ? machine.call(machine.attribute(self, "setup", at), [own], undefined, at)
      : (part(self, "default") ?? none(at));
  }
  return machine.raise("AttributeError", `'Value' object has no attribute '${name ?? ""}'`, at);
});

/** A value whose variable is known already is not an object but what it holds. */
const create = builtin(
  "__new__",
  (machine, { positional: [of, ...positional], named, at }) => {
    if (of?.kind !== "class") return none(at);
    const self = instance(of, at);
    const isLate = named.has("late_binding")
      ? truthOr(machine, named.get("late_binding"), false)
      : of.mro.some((one) => one.attributes.has("_late"));
    if (isLate) return self;
    machine.call(machine.attribute(self, "__init__", at), positional, named, at);
    const own = part(self, "environ_name") ?? none(at);
    const reads = truthOr(machine, part(self, "environ"), true);
    const isFixed = !reads && truthOr(machine, part(self, "default"), false);
    return (reads && own.kind !== "none") || isFixed
      ? machine.call(machine.attribute(self, "setup", at), [own], undefined, at)
      : self;
  },
  { takesOpaque: true },
);

function toPython(read: Reader): Value {
  return method(
    "to_python",
    { required: ["value"] },
    (self, { machine, at, given }) =>
      self.kind === "instance" ? read(machine, self, given.value, at) : given.value,
    { takesOpaque: true },
  );
}

export function configurationValues(machine: Machine): Iterable<readonly [string, Value]> {
  const path = (name: string): string => `configurations.values.${name}`;
  const value = nativeClass(machine, path("Value"), [
    ["__new__", create],
    ["__init__", initialise({})],
    ["to_python", toPython((_, __, given) => given)],
    ...byName(
      setup,
      getAttribute,
      method("__str__", {}, (self, { machine: m, at }) => {
        const text = m.str(m.attribute(self, "value", at));
        return typeof text === "string" ? str(text, at) : text;
      }),
      method("__bool__", {}, (self, { machine: m, at }) => {
        const truth = m.truth(m.attribute(self, "value", at));
        return truth === undefined
          ? m.opaque("depends on a configuration value", at, [self])
          : bool(truth, at);
      }),
      method("__eq__", { required: ["other"] }, (self, { machine: m, at, given }) => {
        const same = m.equal(m.attribute(self, "value", at), given.other);
        return same === undefined
          ? m.opaque("compares a configuration value", at, [self, given.other])
          : bool(same, at);
      }),
    ),
  ]);
  const classes = new Map<string, Class>([["Value", value]]);
  for (const kind of kinds) {
    const changes = kind.defaults || kind.options || kind.prepare;
    classes.set(
      kind.name,
      nativeClass(
        machine,
        path(kind.name),
        [
          ...(changes ? [["__init__", initialise(kind)] as const] : []),
          ...(kind.read ? [["to_python", toPython(kind.read)] as const] : []),
          ...(kind.late ? [["_late", bool(true)] as const] : []),
          ...(kind.name === "EmailURLValue" ? [["_multiple", bool(true)] as const] : []),
        ],
        [classes.get(kind.base) ?? value],
      ),
    );
  }
  return [...classes, ["setup_value", define("setup_value", { rest: true }, ({ at }) => none(at))]];
}
