import type { Location } from "../../location.ts";
import { internalAs, unwrap } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { bool, castOpaque, float, int, list, textOf, tuple } from "./make.ts";

/** What pydantic makes of a value for a field of some type, in its lax mode. */

/** What is wrong with a value, as pydantic says it. */
export interface Invalid {
  readonly invalid: string;
  /** The parts of the field that lead to it. */
  readonly within?: readonly string[];
}
export const isInvalid = (result: Value | Invalid): result is Invalid => "invalid" in result;

/** Makes an object of a class that is not pydantic's own business: a model, an enum. */
export type Make = (of: Class, value: Value) => Value | Invalid | undefined;

const truths = new Map<string, boolean>([
  ...["1", "on", "t", "true", "y", "yes"].map((word) => [word, true] as const),
  ...["0", "off", "f", "false", "n", "no"].map((word) => [word, false] as const),
]);

interface Shape {
  readonly of: Value;
  readonly args: readonly Value[];
}

function shapeOf(annotation: Value): Shape {
  const alias = internalAs(annotation, "alias");
  return alias ? { of: alias.origin, args: alias.args } : { of: annotation, args: [] };
}

const isTyping = (of: Value, ...names: readonly string[]): boolean =>
  of.kind === "class" && of.module === "typing" && names.includes(of.name);

/** The alternatives of `X | None`, `Union[X, Y]` and `Optional[X]`; undefined for any other type. */
function alternatives(annotation: Value): readonly Value[] | undefined {
  const union = internalAs(annotation, "union");
  if (union) return union.classes.flatMap((one) => alternatives(one) ?? [one]);
  const { of, args } = shapeOf(annotation);
  if (isTyping(of, "Optional")) return [...args, { kind: "none", at: undefined, env: [] }];
  return isTyping(of, "Union") ? args : undefined;
}

/** The type itself, without `Annotated[…]` around it. */
function bare(annotation: Value): Value {
  const { of, args } = shapeOf(annotation);
  return isTyping(of, "Annotated", "Final", "Required") && args[0] ? bare(args[0]) : annotation;
}

/** Whether the text of a variable is read as JSON. */
export function isComplex(annotation: Value, isModel: (of: Class) => boolean): boolean {
  const type = bare(annotation);
  const either = alternatives(type);
  if (either) return either.some((one) => isComplex(one, isModel));
  const { of } = shapeOf(type);
  if (of.kind !== "class") return false;
  return (
    (of.module === "builtins" && ["list", "dict", "set", "frozenset", "tuple"].includes(of.name)) ||
    isTyping(of, "Sequence", "Iterable", "Mapping", "MutableMapping", "Collection") ||
    isModel(of)
  );
}

/** The model that a field holds, also where it may hold none. */
export function modelOf(annotation: Value, isModel: (of: Class) => boolean): Class | undefined {
  const type = bare(annotation);
  for (const one of alternatives(type) ?? [type]) {
    const { of } = shapeOf(one);
    if (of.kind === "class" && isModel(of)) return of;
  }
  return undefined;
}

export function convert(
  machine: Machine,
  annotation: Value,
  value: Value,
  make: Make,
  at: Location | undefined,
): Value | Invalid {
  const type = bare(annotation);
  if (type.kind === "opaque") return machine.opaque(type.because, at, [type, value]);
  const either = alternatives(type);
  if (either) return firstOf(machine, either, value, make, at);
  if (type.kind === "none") return value.kind === "none" ? value : { invalid: "Input should be None" };
  const { of, args } = shapeOf(type);
  if (of.kind !== "class") return machine.opaque("is validated as what is not modelled", at, [value]);
  if (isTyping(of, "Any") || of.name === "object") return value;
  if (isTyping(of, "Literal")) return literal(machine, args, value, at);
  // A secret wraps a text that is not known, too: what its get_secret_value() gives is that text.
  if (value.kind === "opaque" && of.name !== "SecretStr") return castOpaque(machine, value, of.name, at);
  const made = make(of, value);
  if (made) return made;
  const simple = of.module === "builtins" ? simpleTypes[of.name]?.(value, at) : undefined;
  if (simple) return simple;
  return container(machine, of, args, value, make, at) ?? other(machine, of, value, at);
}

function firstOf(
  machine: Machine,
  types: readonly Value[],
  value: Value,
  make: Make,
  at: Location | undefined,
): Value | Invalid {
  // A value that is of one of the types already is taken as it is: pydantic's smart mode.
  const exact = types.find(
    (one) =>
      one.kind === value.kind ||
      (one.kind === "class" && one.name === value.kind && one.module === "builtins"),
  );
  if (exact) return value;
  const wanted = types.filter((one) => one.kind !== "none");
  const results = wanted.map((one) => convert(machine, one, value, make, at));
  return results.find((one) => !isInvalid(one)) ?? results[0] ?? value;
}

function literal(
  machine: Machine,
  allowed: readonly Value[],
  value: Value,
  at: Location | undefined,
): Value | Invalid {
  for (const one of allowed) if (value.kind === "opaque") machine.candidate(value, textOf(one) ?? "");
  if (value.kind === "opaque") return castOpaque(machine, value, "str", at);
  if (allowed.some((one) => machine.equal(one, value))) return value;
  const shown = allowed.map((one) => String(machine.repr(one)));
  const last = shown.length > 1 ? ` or ${shown.pop()}` : "";
  return { invalid: `Input should be ${shown.join(", ")}${last}` };
}

const simpleTypes: Readonly<Record<string, (value: Value, at: Location | undefined) => Value | Invalid>> = {
  str: (value) => (unwrap(value).kind === "str" ? value : { invalid: "Input should be a valid string" }),
  bool: (value, at) => {
    if (value.kind === "bool") return value;
    const known =
      value.kind === "str"
        ? truths.get(value.value.toLowerCase())
        : value.kind === "int" && (value.value === 0n || value.value === 1n)
          ? value.value === 1n
          : undefined;
    if (known !== undefined) return bool(known, at ?? value.at, value.env);
    const can = value.kind === "str" || value.kind === "int" ? ", unable to interpret input" : "";
    return { invalid: `Input should be a valid boolean${can}` };
  },
  int: (value, at) => {
    if (value.kind === "int") return value;
    if (value.kind === "bool") return int(value.value ? 1 : 0, at, value.env);
    if (value.kind === "float" && Number.isInteger(value.value)) return int(value.value, at, value.env);
    if (value.kind !== "str") return { invalid: "Input should be a valid integer" };
    const [, digits] = /^\s*([+-]?\d+(?:_\d+)*)(?:\.0*)?\s*$/.exec(value.value) ?? [];
    return digits === undefined
      ? { invalid: "Input should be a valid integer, unable to parse string as an integer" }
      : int(BigInt(digits.replace(/[_+]/g, "")), at ?? value.at, value.env);
  },
  float: (value, at) => {
    if (value.kind === "float") return value;
    if (value.kind === "int" || value.kind === "bool") return float(Number(value.value), at, value.env);
    if (value.kind !== "str") return { invalid: "Input should be a valid number" };
    const text = value.value.trim();
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
      ? float(Number(text), at ?? value.at, value.env)
      : { invalid: "Input should be a valid number, unable to parse string as a number" };
  },
};

function container(
  machine: Machine,
  of: Class,
  args: readonly Value[],
  value: Value,
  make: Make,
  at: Location | undefined,
): Value | Invalid | undefined {
  const name =
    of.module === "builtins" ? of.name : isTyping(of, "Sequence", "Iterable", "Collection") ? "list" : "";
  if (name === "dict" || isTyping(of, "Mapping", "MutableMapping")) {
    if (value.kind !== "dict") return { invalid: "Input should be a valid dictionary" };
    const [keyType, itemType] = args;
    const pairs: [Value, Value][] = [];
    for (const { key, value: item } of value.entries.values()) {
      const made = [
        keyType ? convert(machine, keyType, key, make, at) : key,
        itemType ? convert(machine, itemType, item, make, at) : item,
      ];
      const [one, other] = made;
      if (!one || !other) continue;
      if (isInvalid(one)) return { ...one, within: [textOf(key) ?? "", ...(one.within ?? [])] };
      if (isInvalid(other)) return { ...other, within: [textOf(key) ?? "", ...(other.within ?? [])] };
      pairs.push([one, other]);
    }
    return machine.dict(pairs, at, value.env);
  }
  if (!["list", "tuple", "set", "frozenset"].includes(name)) return undefined;
  if (!["list", "tuple", "set"].includes(value.kind)) return { invalid: `Input should be a valid ${name}` };
  const items = machine.iterate(value, at);
  if ("kind" in items) return items;
  const fixed = name === "tuple" && args[1]?.kind !== "ellipsis";
  const made: Value[] = [];
  for (const [i, item] of items.entries()) {
    const type = fixed ? args[i] : args[0];
    const one = type ? convert(machine, type, item, make, at) : item;
    if (isInvalid(one)) return { ...one, within: [String(i), ...(one.within ?? [])] };
    made.push(one);
  }
  if (name === "list") return list(made, at, value.env);
  if (name === "tuple") return tuple(made, at, value.env);
  return machine.call(of, [list(made, at, value.env)], undefined, at);
}

function other(machine: Machine, of: Class, value: Value, at: Location | undefined): Value {
  if (of.module === "pathlib" || (value.kind === "instance" && value.class.mro.includes(of)))
    return value.kind === "str" ? machine.call(of, [value], undefined, at) : value;
  return machine.opaque(`is validated as ${of.name} by pydantic, which is not modelled`, at, [value], {
    cause: "unmodelled",
    ...(of.name.endsWith("Dsn") || of.name.endsWith("Url") ? { truth: true } : {}),
  });
}
