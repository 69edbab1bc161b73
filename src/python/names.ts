import { types } from "./types.ts";
import type { Class, Known, Value } from "./value.ts";

/** `type(value)`. */
export function classOf(value: Known): Class {
  switch (value.kind) {
    case "none":
      return types.NoneType;
    case "set":
      return value.frozen ? types.frozenset : types.set;
    case "iterator":
      return value.type === "generator" ? types.generator : types.iterator;
    case "builtin":
      return types.builtin_function_or_method;
    case "class":
      return value.meta ?? types.type;
    case "instance":
      return value.class;
    default:
      return types[value.kind];
  }
}

/** `type(value).__name__`, as error messages have it. */
export function typeName(value: Value): string {
  if (value.kind === "opaque") return value.type ?? "object";
  if (value.kind === "iterator") return value.type;
  const of = classOf(value);
  return of.at === undefined && namedInFull.has(of.module) ? `${of.module}.${of.name}` : of.name;
}

/** Modules of CPython that are written in C: what they call their classes has the module in it. */
const namedInFull = new Set(["datetime"]);

/** Looks an attribute up along the MRO. */
export function findInClass(of: Class, name: string): { value: Value; owner: Class } | undefined {
  for (const owner of of.mro) {
    const value = owner.attributes.get(name);
    if (value !== undefined) return { value, owner };
  }
  return undefined;
}

/** The class's own special method: of a class of the project or a model, not of a plain builtin. */
export function specialMethod(value: Value, name: string): Value | undefined {
  const of = value.kind === "instance" ? value.class : value.kind === "class" ? value.meta : undefined;
  for (const owner of of?.mro ?? []) {
    // What `list`, `Exception` or `object` itself would do is done by the interpreter.
    if (owner.module === "builtins") return undefined;
    const found = owner.attributes.get(name);
    if (found !== undefined) return found.kind === "none" ? undefined : found;
  }
  return undefined;
}

/** Whether `of` is, or derives from, a class that nothing is known about. */
export function openBase(of: Class): Class | undefined {
  return of.mro.find((entry) => entry.open !== undefined);
}

/** Libraries whose objects do all that their models say, and nothing else. */
const whole = new Set(
  "builtins abc typing types enum dataclasses collections pathlib _io datetime".split(" "),
);

/** Why it is not known what an object does: its class is, or derives from, a library's, whose model may lack it. */
export function beyondModel(...values: readonly Value[]): string | undefined {
  for (const value of values) {
    const of =
      value.kind === "instance"
        ? value.class.mro.find(({ at, bases }) => at === undefined && bases[0])
        : undefined;
    if (of && !whole.has(of.module)) return `uses ${of.name} in a way that is not modelled`;
  }
  return undefined;
}
