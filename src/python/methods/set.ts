import type { Native } from "../builtins/define.ts";
import { addMethods } from "../builtins/define.ts";
import { ordered } from "../compare.ts";
import { exceptionOf } from "../exceptions.ts";
import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, envOf, none, set, touch } from "../make.ts";
import { setOperation } from "../operators-containers.ts";
import { collect } from "../protocols.ts";
import { PythonException } from "../raised.ts";
import { types } from "../types.ts";
import type { SetValue, Value } from "../value.ts";
import { dependingOn, mergeEnv } from "../value.ts";

function selfSet(run: Execution, { positional, at }: Args): SetValue {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "set" ? value : run.raise("TypeError", "descriptor requires a 'set' object", at);
}

/** A set of what an iterable gives. */
export function setFrom(run: Execution, value: Value, frozen: boolean, args: Args): SetValue {
  const { items, open, env } = collect(run, value, args.at);
  const made = set(new Map(), frozen, args.at, envOf(items, env));
  if (open) made.open = open;
  for (const item of items) add(run, made, item);
  return made;
}

function add(run: Execution, self: SetValue, item: Value): void {
  const key = run.hashKey(item);
  if (key === undefined)
    self.open =
      item.kind === "opaque" ? item : run.opaque("has a member that is not known", run.here(), [item]);
  else if (!self.items.has(key)) self.items.set(key, item);
}

/** `union` and its kin: take any iterables, and any number of them. */
const operation =
  (op: "BitOr" | "BitAnd" | "Sub" | "BitXor"): Native =>
  (run, args) => {
    let result = selfSet(run, args);
    for (const other of args.positional.slice(1))
      result = setOperation(op, result, setFrom(run, other, false, args), args.at);
    return args.positional.length > 1
      ? result
      : set(new Map(result.items), result.frozen, args.at, result.env);
  };

const inPlace =
  (op: "BitOr" | "BitAnd" | "Sub" | "BitXor"): Native =>
  (run, args) => {
    const self = selfSet(run, args);
    for (const other of args.positional.slice(1)) {
      const result = setOperation(op, self, setFrom(run, other, false, args), args.at);
      self.items.clear();
      for (const [key, item] of result.items) self.items.set(key, dependingOn(item, run.ambient));
      if (result.open) self.open = result.open;
      touch(self, mergeEnv(result.env, run.ambient));
    }
    return none(args.at);
  };

const comparing =
  (op: "LtE" | "GtE"): Native =>
  (run, args) => {
    const other = setFrom(run, args.positional[1] ?? none(), false, args);
    const holds = ordered(run, op, selfSet(run, args), other, args.at);
    return holds === undefined
      ? run.opaque("compares sets that are not known", args.at, args.positional, { type: "bool" })
      : bool(holds, args.at);
  };

const removing =
  (raises: boolean): Native =>
  (run, args) => {
    const self = selfSet(run, args);
    const item = args.positional[1] ?? none();
    const key = run.hashKey(item);
    touch(self, mergeEnv(run.ambient, item.env));
    if (key === undefined) self.open ??= run.opaque("loses a member that is not known", args.at, [item]);
    else if (!self.items.delete(key) && raises && !self.open) {
      const env = envOf([self, item]);
      throw new PythonException(exceptionOf(run.classNamed("KeyError"), [item], args.at, env), args.at, env);
    }
    return none(args.at);
  };

const shared: Readonly<Record<string, Native>> = {
  union: operation("BitOr"),
  intersection: operation("BitAnd"),
  difference: operation("Sub"),
  symmetric_difference: operation("BitXor"),
  issubset: comparing("LtE"),
  issuperset: comparing("GtE"),
  isdisjoint: (run, args) => {
    const other = setFrom(run, args.positional[1] ?? none(), false, args);
    return bool(setOperation("BitAnd", selfSet(run, args), other).items.size === 0, args.at);
  },
  copy: (run, args) => {
    const self = selfSet(run, args);
    const made = set(new Map(self.items), self.frozen, args.at, self.env);
    return self.open ? { ...made, open: self.open } : made;
  },
};

const mutable: Readonly<Record<string, Native>> = {
  add: (run, args) => {
    const self = selfSet(run, args);
    const item = dependingOn(args.positional[1] ?? none(), run.ambient);
    run.budget.make(1);
    add(run, self, item);
    touch(self, item.env);
    return none(args.at);
  },
  remove: removing(true),
  discard: removing(false),
  update: inPlace("BitOr"),
  intersection_update: inPlace("BitAnd"),
  difference_update: inPlace("Sub"),
  symmetric_difference_update: inPlace("BitXor"),
  pop: (run, args) => {
    const self = selfSet(run, args);
    const [first] = self.items;
    if (!first) return run.raise("KeyError", "pop from an empty set", args.at);
    // Which one goes is up to the hashes, unless there is only one.
    const [key, item] = first;
    if (self.items.size > 1 || self.open) {
      self.open ??= run.opaque("loses a member that is not known", args.at, [self]);
      return run.opaque("is an arbitrary member of a set", args.at, [self]);
    }
    self.items.delete(key);
    touch(self, run.ambient);
    return item;
  },
  clear: (run, args) => {
    const self = selfSet(run, args);
    self.items.clear();
    delete self.open;
    touch(self, run.ambient);
    return none(args.at);
  },
};

export function installSet(): void {
  addMethods(types.set, shared, { takesOpaque: true });
  addMethods(types.frozenset, shared, { takesOpaque: true });
  addMethods(types.set, mutable, { takesOpaque: true });
}
