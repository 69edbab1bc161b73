import type { Native } from "../builtins/define.ts";
import { addMethods, take } from "../builtins/define.ts";
import { ordered } from "../compare.ts";
import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { envOf, int, list, none, touch } from "../make.ts";
import { typeName } from "../names.ts";
import { extend } from "../operators.ts";
import { types } from "../types.ts";
import type { List, Opaque, Tuple, Value } from "../value.ts";
import { dependingOn, mergeEnv } from "../value.ts";

function selfList(run: Execution, { positional, at }: Args): List {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "list" ? value : run.raise("TypeError", "descriptor requires a 'list' object", at);
}

function selfSequence(run: Execution, { positional, at }: Args): List | Tuple {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "list" || value?.kind === "tuple"
    ? value
    : run.raise("TypeError", "descriptor requires a sequence", at);
}

/** A list is changed here, on a way that variables decided. */
function changed(run: Execution, target: List, ...by: readonly (Value | undefined)[]): Value {
  touch(target, mergeEnv(run.ambient, ...by.map((value) => value?.env ?? [])));
  return none(run.here());
}

function indexOf(run: Execution, value: Value, args: Args): number | Opaque {
  if (value.kind === "opaque") return value;
  if (value.kind === "int" || value.kind === "bool") return Number(value.value);
  return run.raise("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`, args.at);
}

const pop: Native = (run, args) => {
  const self = selfList(run, args);
  const [, position] = take(run, "pop", args, ["self", "index"], 1);
  const index = position ? indexOf(run, position, args) : -1;
  touch(self, run.ambient);
  if (typeof index !== "number" || self.open) {
    const reason = typeof index === "number" ? self.open : index;
    self.open ??= reason ?? run.opaque("loses an item that is not known", args.at);
    if (typeof index === "number" && Math.abs(index) < self.items.length) self.items.splice(index, 1);
    return run.opaque(reason?.because ?? "is an item that is not known", args.at, reason ? [reason] : []);
  }
  if (self.items.length === 0) return run.raise("IndexError", "pop from empty list", args.at, self.env);
  const [item] = index >= self.items.length || index < -self.items.length ? [] : self.items.splice(index, 1);
  return item
    ? dependingOn(item, position?.env ?? [])
    : run.raise("IndexError", "pop index out of range", args.at, self.env);
};

/** Where an item is, -1 if nowhere, undefined if that cannot be known. */
function search(run: Execution, items: readonly Value[], wanted: Value): number | undefined {
  let unsure = false;
  for (const [i, item] of items.entries()) {
    const same = item === wanted || run.equal(item, wanted);
    if (same) return unsure ? undefined : i;
    unsure ||= same === undefined;
  }
  return unsure ? undefined : -1;
}

const remove: Native = (run, args) => {
  const self = selfList(run, args);
  const wanted = args.positional[1] ?? none();
  const index = search(run, self.items, wanted);
  touch(self, mergeEnv(run.ambient, wanted.env));
  if (index === undefined) self.open ??= run.opaque("loses an item that is not known", args.at, [wanted]);
  else if (index >= 0) self.items.splice(index, 1);
  else if (!self.open)
    return run.raise("ValueError", "list.remove(x): x not in list", args.at, mergeEnv(self.env, wanted.env));
  return none(args.at);
};

const index: Native = (run, args) => {
  const self = selfSequence(run, args);
  const [, wanted = none(), start, stop] = args.positional;
  const bound = (value: Value | undefined, usual: number) => {
    const at = value?.kind === "int" ? Number(value.value) : usual;
    return at < 0 ? Math.max(at + self.items.length, 0) : at;
  };
  const from = bound(start, 0);
  const found = search(run, self.items.slice(from, bound(stop, self.items.length)), wanted);
  if (found === undefined || self.open)
    return run.opaque(self.open?.because ?? "is a position that is not known", args.at, [self, wanted], {
      type: "int",
    });
  if (found >= 0) return int(found + from, args.at, envOf([self, wanted]));
  const text = run.repr(wanted);
  const what =
    self.kind === "list"
      ? `${typeof text === "string" ? text : "item"} is not in list`
      : "tuple.index(x): x not in tuple";
  return run.raise("ValueError", what, args.at, envOf([self, wanted]));
};

const count: Native = (run, args) => {
  const self = selfSequence(run, args);
  const wanted = args.positional[1] ?? none();
  const same = self.items.map((item) => item === wanted || run.equal(item, wanted));
  if (self.open || same.includes(undefined))
    return run.opaque(self.open?.because ?? "counts what is not known", args.at, [self, wanted], {
      type: "int",
    });
  return int(same.filter(Boolean).length, args.at, envOf([self, wanted]));
};

/** Sorts as Python does: stable, by `<` only. Undefined where an order cannot be known. */
export function sortValues(
  run: Execution,
  items: readonly Value[],
  key: Value | undefined,
  reverse: boolean,
  args: Args,
): Value[] | undefined {
  const keyed = items.map((item) => ({
    item,
    by: key && key.kind !== "none" ? run.call(key, [item], undefined, args.at) : item,
  }));
  let unsure = false;
  const isLess = (a: Value, b: Value) => {
    const less = ordered(run, "Lt", a, b, args.at);
    unsure ||= less === undefined;
    return less === true;
  };
  const compare = (a: Value, b: Value) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0);
  keyed.sort((a, b) => (reverse ? compare(b.by, a.by) : compare(a.by, b.by)));
  return unsure ? undefined : keyed.map(({ item }) => item);
}

const sort: Native = (run, args) => {
  const self = selfList(run, args);
  const reverse = args.named.get("reverse");
  const sorted = sortValues(
    run,
    self.items,
    args.named.get("key"),
    reverse ? run.truth(reverse) === true : false,
    args,
  );
  if (sorted) self.items = sorted;
  else self.open ??= run.opaque("is sorted by what is not known", args.at, self.items);
  return changed(run, self, reverse);
};

/** These put values into the list, whatever they are. */
const adding: Readonly<Record<string, Native>> = {
  append: (run, args) => {
    const self = selfList(run, args);
    const [, item] = take(run, "append", args, ["self", "object"], 2);
    run.budget.make(1);
    if (item) self.items.push(dependingOn(item, run.ambient));
    return changed(run, self, item);
  },
  extend: (run, args) => {
    extend(run, selfList(run, args), args.positional[1] ?? none(), args.at);
    return none(args.at);
  },
  insert: (run, args) => {
    const self = selfList(run, args);
    const [, position, item] = take(run, "insert", args, ["self", "index", "object"], 3);
    if (!position || !item) return none(args.at);
    const index = indexOf(run, position, args);
    run.budget.make(1);
    if (typeof index === "number") self.items.splice(index, 0, dependingOn(item, run.ambient));
    else {
      self.items.push(item);
      self.open ??= index;
    }
    return changed(run, self, position, item);
  },
  remove,
  index,
  count,
  pop,
  sort,
  __setitem__: (run, args) => {
    run.setItem(selfList(run, args), args.positional[1] ?? none(), args.positional[2] ?? none(), args.at);
    return none(args.at);
  },
};

const others: Readonly<Record<string, Native>> = {
  clear: (run, args) => {
    const self = selfList(run, args);
    self.items = [];
    delete self.open;
    return changed(run, self);
  },
  reverse: (run, args) => {
    const self = selfList(run, args);
    self.items.reverse();
    return changed(run, self);
  },
  copy: (run, args) => {
    const self = selfList(run, args);
    const made = list([...self.items], args.at, self.env);
    return self.open ? { ...made, open: self.open } : made;
  },
};

export function installList(): void {
  addMethods(types.list, adding, { takesOpaque: true });
  addMethods(types.list, others);
  addMethods(types.tuple, { index, count }, { takesOpaque: true });
}
