import type { Location } from "../../location.ts";
import { textKey } from "../hash.ts";
import { internalData } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Class, Instance, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, defaulted, int, list, none, str, tuple } from "./make.ts";

/** `os.environ` and `os.getenv`: a mapping whose items are in `machine.environment`. */

/** A variable's name, as the libraries that read one take it; raises as `os.environ` does for anything but text. */
function nameOf(machine: Machine, key: Value, at: Location | undefined): string | undefined {
  if (key.kind === "str") return key.value;
  if (key.kind === "opaque") return undefined;
  return machine.raise("TypeError", `str expected, not ${machine.classOf(key).name}`, at);
}

/** What reading a variable whose name cannot be known gives. */
function ofUnknownName(machine: Machine, key: Value, at: Location | undefined): Value {
  return machine.opaque("reads an environment variable whose name is not known", at, [key]);
}

/** `os.environ.get(key, default)`. */
function get(machine: Machine, key: Value, fallback: Value | undefined, at: Location | undefined): Value {
  const name = nameOf(machine, key, at);
  if (name === undefined) return ofUnknownName(machine, key, at);
  const missing = fallback ?? none(at);
  return machine.environment.get(name, at, missing) ?? defaulted(machine, missing, name);
}

export const getenv = define(
  "getenv",
  { required: ["key"], optional: ["default"] },
  ({ machine, at, given }) => get(machine, given.key, given.default, at),
  { takesOpaque: true },
);

function set(machine: Machine, key: Value, value: Value, at: Location | undefined): void {
  const name = nameOf(machine, key, at);
  if (value.kind !== "str" && value.kind !== "opaque")
    machine.raise("TypeError", `str expected, not ${machine.classOf(value).name}`, at);
  if (name !== undefined) machine.environment.set(name, value);
}

function present(machine: Machine, name: string, at: Location | undefined): Value | undefined {
  return machine.environment.get(name, at, none(at));
}

const methods: readonly [string, Value][] = byName(
  method(
    "get",
    { required: ["key"], optional: ["default"] },
    (_, { machine, at, given }) => get(machine, given.key, given.default, at),
    { takesOpaque: true },
  ),
  method(
    "__getitem__",
    { required: ["key"] },
    (_, { machine, at, given }) => {
      const name = nameOf(machine, given.key, at);
      return name === undefined
        ? ofUnknownName(machine, given.key, at)
        : machine.environment.require(name, at);
    },
    { takesOpaque: true },
  ),
  method(
    "__contains__",
    { required: ["key"] },
    (_, { machine, at, given }) => {
      const name = nameOf(machine, given.key, at);
      if (name === undefined) return ofUnknownName(machine, given.key, at);
      present(machine, name, at);
      return bool(machine.environment.has(name), at, [name]);
    },
    { takesOpaque: true },
  ),
  method(
    "__setitem__",
    { required: ["key", "value"] },
    (_, { machine, at, given }) => {
      set(machine, given.key, given.value, at);
      return none(at);
    },
    { takesOpaque: true },
  ),
  method("__delitem__", { required: ["key"] }, (_, { machine, at, given }) => {
    const name = nameOf(machine, given.key, at);
    if (name === undefined) return none(at);
    machine.environment.require(name, at);
    machine.environment.delete(name);
    return none(at);
  }),
  method(
    "setdefault",
    { required: ["key"], optional: ["default"] },
    (_, { machine, at, given }) => {
      const name = nameOf(machine, given.key, at);
      if (name === undefined) return ofUnknownName(machine, given.key, at);
      const fallback = given.default ?? none(at);
      const value = machine.environment.get(name, at, fallback);
      if (value) return value;
      const kept = defaulted(machine, fallback, name);
      set(machine, given.key, kept, at);
      return kept;
    },
    { takesOpaque: true },
  ),
  method(
    "pop",
    { required: ["key"], optional: ["default"] },
    (_, { machine, at, given }) => {
      const name = nameOf(machine, given.key, at);
      if (name === undefined) return ofUnknownName(machine, given.key, at);
      const value = given.default
        ? (machine.environment.get(name, at, given.default) ?? defaulted(machine, given.default, name))
        : machine.environment.require(name, at);
      machine.environment.delete(name);
      return value;
    },
    { takesOpaque: true },
  ),
  method(
    "update",
    { optional: ["other"], others: true },
    (_, { machine, at, given, others }) => {
      for (const [key, value] of pairsOf(machine, given.other, at)) set(machine, key, value, at);
      for (const [name, value] of others) set(machine, str(name, at), value, at);
      return none(at);
    },
    { takesOpaque: true },
  ),
  method("clear", {}, (_, { machine, at }) => {
    for (const name of [...machine.environment.names]) machine.environment.delete(name);
    return none(at);
  }),
  method("copy", {}, (_, { machine, at }) => copied(machine, at)),
  method("keys", {}, (_, { machine, at }) => list([...names(machine, at)], at)),
  method("values", {}, (_, { machine, at }) =>
    list(
      items(machine, at).map(([, value]) => value),
      at,
    ),
  ),
  method("items", {}, (_, { machine, at }) =>
    list(
      items(machine, at).map((item) => tuple(item, at)),
      at,
    ),
  ),
  method("__iter__", {}, (_, { machine, at }) =>
    machine.call(machine.attribute(list([...names(machine, at)], at), "__iter__", at), [], undefined, at),
  ),
  method("__len__", {}, (_, { machine, at }) => int(machine.environment.names.length, at)),
);

function names(machine: Machine, at: Location | undefined): readonly Value[] {
  return machine.environment.names.map((name) => str(name, at, [name]));
}

function items(machine: Machine, at: Location | undefined): readonly (readonly [Value, Value])[] {
  return machine.environment.names.flatMap((name) => {
    const value = machine.environment.get(name, at, none(at));
    return value ? [[str(name, at, [name]), value] as const] : [];
  });
}

/**
 * `os.environ.copy()`: a dict of its own. What it lacks, the environment lacked; that it was asked for is
 * noted as if it had been asked of the environment.
 */
function copied(machine: Machine, at: Location | undefined): Value {
  const own = machine.dict(items(machine, at), at);
  const inside = (name: string): Value | undefined => own.entries.get(textKey(name))?.value;
  const of = nativeClass(
    machine,
    "os._Copy",
    byName(
      method("__missing__", { required: ["key"] }, (_, { machine: m, at: place, given: { key } }) =>
        key.kind === "str" ? m.environment.require(key.value, place) : ofUnknownName(m, key, place),
      ),
      method(
        "get",
        { required: ["key"], optional: ["default"] },
        (_, { machine: m, at: place, given: { key, default: fallback } }) =>
          (key.kind === "str" ? inside(key.value) : undefined) ?? get(m, key, fallback, place),
        { takesOpaque: true },
      ),
      method(
        "__contains__",
        { required: ["key"] },
        (_, { machine: m, at: place, given: { key } }) => {
          if (key.kind !== "str") return ofUnknownName(m, key, place);
          present(m, key.value, place);
          return bool(inside(key.value) !== undefined, place, [key.value]);
        },
        { takesOpaque: true },
      ),
    ),
    [machine.classNamed("dict")],
  );
  return instance(of, at, { data: internalData({ is: "derived", value: own }) });
}

/** The pairs of a mapping or of an iterable of pairs. */
function pairsOf(
  machine: Machine,
  other: Value | undefined,
  at: Location | undefined,
): readonly (readonly [Value, Value])[] {
  if (!other || other.kind === "opaque") return [];
  if (other.kind === "dict")
    return [...other.entries.values()].map(({ key, value }) => [key, value] as const);
  const found = machine.iterate(other, at);
  if ("kind" in found) return [];
  return found.flatMap((one) => {
    const pair = machine.iterate(one, at);
    if ("kind" in pair) return [];
    const [key, value] = pair;
    return key && value ? [[key, value] as const] : [];
  });
}

export function environClass(machine: Machine): Class {
  return nativeClass(machine, "os._Environ", methods);
}

export function environInstance(machine: Machine): Instance {
  return instance(environClass(machine), undefined);
}
