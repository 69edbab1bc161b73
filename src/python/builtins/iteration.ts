import { ordered, reasonOf } from "../compare.ts";
import { exceptionOf } from "../exceptions.ts";
import type { Execution, Iteration } from "../execution.ts";
import { isGenerator } from "../generators.ts";
import type { Args } from "../machine.ts";
import { bool, envOf, int, list, none, tuple } from "../make.ts";
import { sortValues } from "../methods/list.ts";
import { specialMethod, typeName } from "../names.ts";
import { binary } from "../operators.ts";
import { collect } from "../protocols.ts";
import { PythonException, Stopped } from "../raised.ts";
import type { Iterator, Value } from "../value.ts";
import { dependingOn, mergeEnv } from "../value.ts";
import type { Native } from "./define.ts";
import { asInt, take } from "./define.ts";

/** Makes an iterator of a JavaScript generator. */
function lazily(
  type: string,
  steps: Generator<Value, void>,
  args: Args,
  sources: readonly Iteration[],
): Iterator {
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
  for (let item = source.next(); item; item = source.next())
    yield tuple([int(index++, args.at), item], args.at);
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

function* mapped(
  run: Execution,
  by: Value,
  sources: readonly Iteration[],
  args: Args,
): Generator<Value, void> {
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
    return dependingOn(
      run.opaque(reason.because, args.at, unknown, { type: "bool", ...(settled ? { truth: settles } : {}) }),
      env,
    );
  };

/** `min` and `max`. */
const extreme =
  (name: "min" | "max"): Native =>
  (run, args) => {
    const { positional, named, at } = args;
    const [first = none()] = positional;
    const { items, open, env } =
      positional.length === 1
        ? collect(run, first, at)
        : { items: [...positional], open: undefined, env: envOf(positional) };
    if (open) return run.opaque(open.because, at, [first, open]);
    const key = named.get("key");
    const by = (value: Value) => (key && key.kind !== "none" ? run.call(key, [value], undefined, at) : value);
    let [best, ...rest] = items;
    if (!best)
      return named.get("default") ?? run.raise("ValueError", `${name}() arg is an empty sequence`, at, env);
    let bestKey = by(best);
    for (const item of rest) {
      const itemKey = by(item);
      const better = ordered(run, name === "min" ? "Lt" : "Gt", itemKey, bestKey, at);
      if (better === undefined)
        return run.opaque(
          reasonOf(itemKey)?.because ?? reasonOf(bestKey)?.because ?? "compares what cannot be known",
          at,
          items,
        );
      if (better) [best, bestKey] = [item, itemKey];
    }
    return dependingOn(best, env);
  };

const sum: Native = (run, args) => {
  const [values = none(), start] = take(run, "sum", args, ["iterable", "start"], 1);
  const { items, open, env } = collect(run, values, args.at);
  if (start?.kind === "str")
    return run.raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]", args.at);
  let total: Value = start ?? int(0, args.at);
  for (const item of items) total = binary(run, "Add", total, item, args.at);
  return open ? run.opaque(open.because, args.at, [total, open]) : dependingOn(total, env);
};

const next: Native = (run, args) => {
  const [source = none(), fallback] = args.positional;
  if (source.kind === "opaque") return run.opaque(source.because, args.at, [source]);
  const method = specialMethod(source, "__next__");
  if (source.kind !== "iterator" && !method)
    return run.raise("TypeError", `'${typeName(source)}' object is not an iterator`, args.at);
  try {
    if (source.kind !== "iterator") return run.call(method ?? none(), [source], undefined, args.at);
    const item = source.next();
    if (item) return item;
    if (source.open) return run.opaque(source.open.because, args.at, [source.open]);
  } catch (error) {
    if (!(fallback && error instanceof PythonException && error.value.class.name === "StopIteration"))
      throw error;
  }
  if (fallback) return dependingOn(fallback, source.env);
  const returned = isGenerator(source) ? source.returned() : none();
  const end = exceptionOf(
    run.classNamed("StopIteration"),
    returned.kind === "none" ? [] : [returned],
    args.at,
    source.env,
  );
  throw new PythonException(end, args.at, source.env);
};

/** `iter(function, sentinel)`: what the function gives until it gives that. */
function untilGiven(run: Execution, by: Value, sentinel: Value, args: Args): Value {
  if (by.kind === "opaque" || sentinel.kind === "opaque")
    return run.opaque("calls a function until it gives a certain value", args.at, [by, sentinel]);
  function* steps(): Generator<Value, void> {
    for (;;) {
      run.budget.spend();
      const value = run.call(by, [], undefined, args.at);
      const isLast = run.equal(value, sentinel);
      if (isLast === undefined)
        throw new Stopped("calls a function until it gives a value that is not known");
      if (isLast) return;
      yield value;
    }
  }
  return lazily("callable_iterator", steps(), args, []);
}

/** What walks over iterables. All of them deal with opaque arguments themselves. */
export const iteration: Readonly<Record<string, Native>> = {
  any: quantifier(true),
  all: quantifier(false),
  min: extreme("min"),
  max: extreme("max"),
  sum,
  next,
  iter: (run, args) => {
    const [value = none(), sentinel] = args.positional;
    if (sentinel) return untilGiven(run, value, sentinel, args);
    const method = specialMethod(value, "__iter__");
    if (method) return run.call(method, [value], undefined, args.at);
    if (value.kind === "iterator") return value;
    const walk = run.iterator(value, args.at);
    if ("kind" in walk) return walk;
    const made = {
      kind: "iterator" as const,
      type: `${typeName(value)}_iterator`,
      next: () => walk.next(),
      at: args.at,
      env: walk.env,
    };
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
    const sorted = sortValues(
      run,
      items,
      args.named.get("key"),
      reverse ? run.truth(reverse) === true : false,
      args,
    );
    const made = list(sorted ?? items, args.at, env);
    const reason =
      open ?? (sorted ? undefined : run.opaque("is sorted by what is not known", args.at, items));
    return reason ? { ...made, open: reason } : made;
  },
  reversed: (run, args) => {
    const [given = none()] = args.positional;
    const method = specialMethod(given, "__reversed__");
    if (method) return run.call(method, [given], undefined, args.at);
    if (given.kind === "set" || given.kind === "iterator")
      return run.raise("TypeError", `'${typeName(given)}' object is not reversible`, args.at);
    const { items, open, env } = collect(run, given, args.at);
    const made = { kind: "iterator" as const, type: "reversed", at: args.at, env, next: () => items.pop() };
    return open ? { ...made, open } : made;
  },
};
