import { among, isInstance, isSubclass } from "../class-tests.ts";
import { ordered, reasonOf } from "../compare.ts";
import { PythonException } from "../raised.ts";
import type { Execution, Iteration } from "../execution.ts";
import { exceptionOf } from "../exceptions.ts";
import { formatValue } from "../format.ts";
import { isGenerator } from "../generators.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, envOf, float, int, list, none, str, tuple } from "../make.ts";
import { specialMethod, typeName } from "../names.ts";
import { floorDivide, modulo, roundFloat, roundHalfEven } from "../numbers.ts";
import { binary } from "../operators.ts";
import { sortValues } from "../methods/list.ts";
import { collect, length } from "../protocols.ts";
import { reprOf } from "../repr.ts";
import { asciiOnly } from "../text.ts";
import type { Iterator, Value } from "../value.ts";
import { dependingOn, mergeEnv } from "../value.ts";
import type { Native } from "./define.ts";
import { take } from "./define.ts";

/** Makes an iterator of a JavaScript generator. */
function lazily(type: string, steps: Generator<Value, void>, args: Args, sources: readonly Iteration[]): Iterator {
  const open = sources.find((source) => source.open)?.open;
  const made = {
    kind: "iterator" as const,
    type,
    next: () => {
      const step = steps.next();
      return step.done ? undefined : step.value;
    },
    at: args.at,
    env: mergeEnv(...sources.map(({ env }) => env)),
  };
  return open ? { ...made, open } : made;
}

/** Walks over all of the values, or the first reason why one cannot be walked. */
function walks(run: Execution, values: readonly Value[], args: Args): Iteration[] | Value {
  const made: Iteration[] = [];
  for (const value of values) {
    const walk = run.iterator(value, args.at);
    if ("kind" in walk) return run.opaque(walk.because, args.at, values, { type: "list" });
    made.push(walk);
  }
  return made;
}

function* enumerated(source: Iteration, start: bigint, args: Args): Generator<Value, void> {
  let index = start;
  for (let item = source.next(); item; item = source.next()) yield tuple([int(index++, args.at), item], args.at);
}

/** Rounds of one item of each, until the shortest ends. */
function* together(sources: readonly Iteration[]): Generator<Value[], void> {
  if (sources.length === 0) return;
  for (;;) {
    const round: Value[] = [];
    for (const source of sources) {
      const item = source.next();
      if (!item) return;
      round.push(item);
    }
    yield round;
  }
}

function* zipped(sources: readonly Iteration[], args: Args): Generator<Value, void> {
  for (const round of together(sources)) yield tuple(round, args.at);
}

function* mapped(run: Execution, by: Value, sources: readonly Iteration[], args: Args): Generator<Value, void> {
  for (const round of together(sources)) yield run.call(by, round, undefined, args.at);
}

function* filtered(run: Execution, by: Value, source: Iteration, args: Args): Generator<Value, void> {
  for (let item = source.next(); item; item = source.next()) {
    run.budget.spend();
    const test = by.kind === "none" ? item : run.call(by, [item], undefined, args.at);
    if (run.truth(test)) yield dependingOn(item, test.env);
  }
}

/** `any` and `all`: the first item that settles it does. */
const quantifier =
  (settles: boolean): Native =>
  (run, args) => {
    const [given = none()] = args.positional;
    const walk = run.iterator(given, args.at);
    if ("kind" in walk) return run.opaque(walk.because, args.at, [given], { type: "bool" });
    let env = given.env;
    const unknown: Value[] = [];
    for (let item = walk.next(); item; item = walk.next()) {
      run.budget.spend();
      env = mergeEnv(env, item.env);
      const truth = run.truth(item);
      if (truth === settles && item.kind !== "opaque") return bool(settles, args.at, env);
      if (item.kind === "opaque") unknown.push(item);
    }
    if (walk.open) unknown.push(walk.open);
    const [reason] = unknown;
    if (reason?.kind !== "opaque") return bool(!settles, args.at, env);
    const settled = unknown.some((item) => run.truth(item) === settles && item !== walk.open);
    return dependingOn(run.opaque(reason.because, args.at, unknown, { type: "bool", ...(settled ? { truth: settles } : {}) }), env);
  };

/** `min` and `max`. */
const extreme =
  (name: "min" | "max"): Native =>
  (run, args) => {
    const { positional, named, at } = args;
    const [first = none()] = positional;
    const { items, open, env } = positional.length === 1 ? collect(run, first, at) : { items: [...positional], open: undefined, env: envOf(positional) };
    if (open) return run.opaque(open.because, at, [first, open]);
    const key = named.get("key");
    const by = (value: Value) => (key && key.kind !== "none" ? run.call(key, [value], undefined, at) : value);
    let [best, ...rest] = items;
    if (!best) return named.get("default") ?? run.raise("ValueError", `${name}() arg is an empty sequence`, at, env);
    let bestKey = by(best);
    for (const item of rest) {
      const itemKey = by(item);
      const better = ordered(run, name === "min" ? "Lt" : "Gt", itemKey, bestKey, at);
      if (better === undefined) return run.opaque(reasonOf(itemKey)?.because ?? reasonOf(bestKey)?.because ?? "compares what cannot be known", at, items);
      if (better) [best, bestKey] = [item, itemKey];
    }
    return dependingOn(best, env);
  };

function asInt(run: Execution, value: Value | undefined, args: Args): bigint {
  const inner = value && unwrap(value);
  if (inner?.kind === "int" || inner?.kind === "bool") return BigInt(inner.value);
  return run.raise("TypeError", `'${inner ? typeName(inner) : "nothing"}' object cannot be interpreted as an integer`, args.at);
}

const based =
  (radix: number, prefix: string): Native =>
  (run, args) => {
    const value = asInt(run, args.positional[0], args);
    return str(`${value < 0n ? "-" : ""}${prefix}${(value < 0n ? -value : value).toString(radix)}`, args.at);
  };

/** `isinstance` and `issubclass`. */
const classTest =
  (name: "isinstance" | "issubclass"): Native =>
  (run, args) => {
    const [value = none(), what = none()] = args.positional;
    if (name === "issubclass" && value.kind === "opaque") return run.opaque(value.because, args.at, [value], { type: "bool" });
    if (name === "issubclass" && value.kind !== "class") return run.raise("TypeError", "issubclass() arg 1 must be a class", args.at);
    const answer = among(value, what, (of) => (name === "issubclass" && value.kind === "class" ? isSubclass(run, value, of) : isInstance(run, value, of)));
    if (answer === "wrong") return run.raise("TypeError", `${name}() arg 2 must be a type, a tuple of types, or a union`, args.at);
    if (answer !== undefined) return bool(answer, args.at);
    const reason = reasonOf(value) ?? reasonOf(what);
    return run.opaque(reason?.because ?? "has a class that is not known", args.at, args.positional, { type: "bool" });
  };

const getattr: Native = (run, args) => {
  const [target = none(), name, fallback] = args.positional;
  if (name?.kind !== "str") return run.opaque(name?.kind === "opaque" ? name.because : "asks for an unknown attribute", args.at, args.positional);
  try {
    const found = run.findAttribute(target, name.value, args.at);
    if (found) return found;
  } catch (error) {
    if (!(fallback && error instanceof PythonException && error.value.class.name === "AttributeError")) throw error;
  }
  return fallback ?? run.attribute(target, name.value, args.at);
};

const hasattr: Native = (run, args) => {
  const [target = none(), name] = args.positional;
  if (name?.kind !== "str") return run.opaque("asks for an unknown attribute", args.at, args.positional, { type: "bool" });
  try {
    const found = run.findAttribute(target, name.value, args.at);
    // Whether what we know nothing about has it, we do not know either.
    const isMade = found?.kind === "opaque" && target.kind !== "instance" && !(target.kind === "module" && target.names.has(name.value));
    return isMade ? run.opaque(found.because, args.at, [found], { type: "bool" }) : bool(found !== undefined, args.at);
  } catch (error) {
    if (error instanceof PythonException && error.value.class.name === "AttributeError") return bool(false, args.at);
    throw error;
  }
};

/** `round(number, digits)`. */
const round: Native = (run, args) => {
  const [, digits] = take(run, "round", args, ["number", "ndigits"], 1);
  const [given = none()] = args.positional;
  const value = unwrap(given);
  const places = digits && digits.kind !== "none" ? Number(asInt(run, digits, args)) : undefined;
  if (value.kind === "float") {
    if (places !== undefined) return float(roundFloat(value.value, places), args.at);
    if (!Number.isFinite(value.value)) return run.raise(Number.isNaN(value.value) ? "ValueError" : "OverflowError", `cannot convert float ${Number.isNaN(value.value) ? "NaN" : "infinity"} to integer`, args.at);
    return int(BigInt(Math.trunc(roundFloat(value.value, 0))), args.at);
  }
  if (value.kind === "int" || value.kind === "bool") {
    const number = BigInt(value.value);
    if (places === undefined || places >= 0) return int(number, args.at);
    if (places < -5000) return int(0, args.at);
    const unit = 10n ** BigInt(-places);
    return int(roundHalfEven(number, unit) * unit, args.at);
  }
  const method = specialMethod(given, "__round__");
  if (method) return run.call(method, digits ? [given, digits] : [given], undefined, args.at);
  return run.raise("TypeError", `type ${typeName(given)} doesn't define __round__ method`, args.at);
};

const sum: Native = (run, args) => {
  const [values = none(), start] = take(run, "sum", args, ["iterable", "start"], 1);
  const { items, open, env } = collect(run, values, args.at);
  if (start?.kind === "str") return run.raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]", args.at);
  let total: Value = start ?? int(0, args.at);
  for (const item of items) total = binary(run, "Add", total, item, args.at);
  return open ? run.opaque(open.because, args.at, [total, open]) : dependingOn(total, env);
};

const next: Native = (run, args) => {
  const [source = none(), fallback] = args.positional;
  if (source.kind === "opaque") return run.opaque(source.because, args.at, [source]);
  const method = specialMethod(source, "__next__");
  if (source.kind !== "iterator" && !method) return run.raise("TypeError", `'${typeName(source)}' object is not an iterator`, args.at);
  try {
    if (source.kind !== "iterator") return run.call(method ?? none(), [source], undefined, args.at);
    const item = source.next();
    if (item) return item;
    if (source.open) return run.opaque(source.open.because, args.at, [source.open]);
  } catch (error) {
    if (!(fallback && error instanceof PythonException && error.value.class.name === "StopIteration")) throw error;
  }
  if (fallback) return dependingOn(fallback, source.env);
  const returned = isGenerator(source) ? source.returned() : none();
  const end = exceptionOf(run.classNamed("StopIteration"), returned.kind === "none" ? [] : [returned], args.at, source.env);
  throw new PythonException(end, args.at, source.env);
};

/** Those that deal with opaque arguments themselves. */
export const tolerant: Readonly<Record<string, Native>> = {
  any: quantifier(true),
  all: quantifier(false),
  min: extreme("min"),
  max: extreme("max"),
  isinstance: classTest("isinstance"),
  issubclass: classTest("issubclass"),
  getattr,
  hasattr,
  sum,
  next,
  print: (_run, args) => none(args.at),
  setattr: (run, args) => {
    const [target = none(), name, value = none()] = args.positional;
    if (name?.kind === "str") run.setAttribute(target, name.value, value, args.at);
    else if (target.kind === "module" && run.scopes.has(target) && name?.kind === "opaque") {
      const scope = run.scopes.get(target);
      if (scope) scope.module.open = name;
    }
    return none(args.at);
  },
  len: (run, args) => {
    const [value] = args.positional;
    return value ? length(run, value, args.at) : run.raise("TypeError", "len() takes exactly one argument (0 given)", args.at);
  },
  iter: (run, args) => {
    const [value = none(), sentinel] = args.positional;
    if (sentinel) return run.opaque("calls a function until it gives a certain value", args.at);
    const method = specialMethod(value, "__iter__");
    if (method) return run.call(method, [value], undefined, args.at);
    if (value.kind === "iterator") return value;
    const walk = run.iterator(value, args.at);
    if ("kind" in walk) return walk;
    const made = { kind: "iterator" as const, type: `${typeName(value)}_iterator`, next: () => walk.next(), at: args.at, env: walk.env };
    return walk.open ? { ...made, open: walk.open } : made;
  },
  enumerate: (run, args) => {
    const [given = none(), start] = take(run, "enumerate", args, ["iterable", "start"], 1);
    const walk = run.iterator(given, args.at);
    if ("kind" in walk) return run.opaque(walk.because, args.at, [given], { type: "list" });
    return lazily("enumerate", enumerated(walk, start ? asInt(run, start, args) : 0n, args), args, [walk]);
  },
  zip: (run, args) => {
    const sources = walks(run, args.positional, args);
    return Array.isArray(sources) ? lazily("zip", zipped(sources, args), args, sources) : sources;
  },
  map: (run, args) => {
    const [by = none(), ...given] = args.positional;
    const sources = walks(run, given, args);
    return Array.isArray(sources) ? lazily("map", mapped(run, by, sources, args), args, sources) : sources;
  },
  filter: (run, args) => {
    const [by = none(), given = none()] = args.positional;
    const walk = run.iterator(given, args.at);
    if ("kind" in walk) return run.opaque(walk.because, args.at, [given], { type: "list" });
    return lazily("filter", filtered(run, by, walk, args), args, [walk]);
  },
  sorted: (run, args) => {
    const [given = none()] = args.positional;
    const { items, open, env } = collect(run, given, args.at);
    const reverse = args.named.get("reverse");
    const sorted = sortValues(run, items, args.named.get("key"), reverse ? run.truth(reverse) === true : false, args);
    const made = list(sorted ?? items, args.at, env);
    const reason = open ?? (sorted ? undefined : run.opaque("is sorted by what is not known", args.at, items));
    return reason ? { ...made, open: reason } : made;
  },
  reversed: (run, args) => {
    const [given = none()] = args.positional;
    const method = specialMethod(given, "__reversed__");
    if (method) return run.call(method, [given], undefined, args.at);
    if (given.kind === "set" || given.kind === "iterator") return run.raise("TypeError", `'${typeName(given)}' object is not reversible`, args.at);
    const { items, open, env } = collect(run, given, args.at);
    const made = { kind: "iterator" as const, type: "reversed", at: args.at, env, next: () => items.pop() };
    return open ? { ...made, open } : made;
  },
  format: (run, args) => {
    const [value = none(), spec] = args.positional;
    if (spec && spec.kind !== "str") return run.opaque("has a format that is not known", args.at, [spec], { type: "str" });
    const shown = formatValue(run, value, spec?.value ?? "", args.at);
    return typeof shown === "string" ? str(shown, args.at) : run.opaque(shown.because, args.at, [shown], { type: "str" });
  },
  callable: (run, args) => {
    const [value = none()] = args.positional;
    if (value.kind === "opaque") return run.opaque(value.because, args.at, [value], { type: "bool" });
    const kinds = ["function", "builtin", "method", "class"];
    return bool(kinds.includes(value.kind) || specialMethod(value, "__call__") !== undefined, args.at);
  },
  id: (run, args) => run.opaque("is an address, which differs from run to run", args.at, [], { type: "int", truth: true }),
  hash: (run, args) => {
    const [value = none()] = args.positional;
    const key = run.hashKey(value);
    if (value.kind === "int" || value.kind === "bool") return int(modulo(BigInt(value.value), (1n << 61n) - 1n), args.at);
    return run.opaque(key === undefined ? "hashes what is not known" : "is a hash, which differs from run to run", args.at, [value], { type: "int" });
  },
};

/** Those whose result is opaque if an argument is. */
export const strict: Readonly<Record<string, Native>> = {
  delattr: (run, args) => {
    const [target = none(), name] = args.positional;
    if (name?.kind === "str") run.deleteAttribute(target, name.value, args.at);
    return none(args.at);
  },
  repr: (run, args) => {
    const shown = reprOf(run, args.positional[0] ?? none());
    return typeof shown === "string" ? str(shown, args.at) : run.opaque(shown.because, args.at, [shown], { type: "str", truth: true });
  },
  ascii: (run, args) => {
    const shown = reprOf(run, args.positional[0] ?? none());
    return typeof shown === "string" ? str(asciiOnly(shown), args.at) : run.opaque(shown.because, args.at, [shown], { type: "str" });
  },
  abs: (run, args) => {
    const [given = none()] = args.positional;
    const value = unwrap(given);
    if (value.kind === "float") return float(Math.abs(value.value), args.at);
    const method = specialMethod(given, "__abs__");
    if (method) return run.call(method, [given], undefined, args.at);
    if (value.kind !== "int" && value.kind !== "bool") return run.raise("TypeError", `bad operand type for abs(): '${typeName(given)}'`, args.at);
    const number = BigInt(value.value);
    return int(number < 0n ? -number : number, args.at);
  },
  round,
  divmod: (run, args) => {
    const [a = none(), b = none()] = args.positional;
    if (a.kind === "int" && b.kind === "int" && b.value !== 0n) {
      return tuple([int(floorDivide(a.value, b.value), args.at), int(modulo(a.value, b.value), args.at)], args.at);
    }
    return tuple([binary(run, "FloorDiv", a, b, args.at), binary(run, "Mod", a, b, args.at)], args.at);
  },
  pow: (run, args) => {
    const [base = none(), exponent = none(), modulus] = args.positional;
    if (!modulus || modulus.kind === "none") return binary(run, "Pow", base, exponent, args.at);
    let [b, e] = [asInt(run, base, args), asInt(run, exponent, args)];
    const m = asInt(run, modulus, args);
    if (m === 0n) return run.raise("ValueError", "pow() 3rd argument cannot be 0", args.at);
    if (e < 0n) return run.opaque("computes a modular inverse", args.at, args.positional);
    let result = modulo(1n, m);
    for (b = modulo(b, m); e > 0n; e >>= 1n) {
      run.budget.spend(8);
      if (e & 1n) result = modulo(result * b, m);
      b = modulo(b * b, m);
    }
    return int(result, args.at);
  },
  chr: (run, args) => {
    const code = asInt(run, args.positional[0], args);
    if (code < 0n || code > 0x10ffffn) return run.raise("ValueError", "chr() arg not in range(0x110000)", args.at);
    return str(String.fromCodePoint(Number(code)), args.at);
  },
  ord: (run, args) => {
    const [value] = args.positional;
    if (value?.kind === "bytes" && value.value.length === 1) return int(value.value[0] ?? 0, args.at);
    const characters = value?.kind === "str" ? [...value.value] : [];
    if (value?.kind !== "str") return run.raise("TypeError", `ord() expected string of length 1, but ${value ? typeName(value) : "nothing"} found`, args.at);
    if (characters.length !== 1) return run.raise("TypeError", `ord() expected a character, but string of length ${characters.length} found`, args.at);
    return int(value.value.codePointAt(0) ?? 0, args.at);
  },
  hex: based(16, "0x"),
  oct: based(8, "0o"),
  bin: based(2, "0b"),
};

