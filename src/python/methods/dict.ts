import type { Native } from "../builtins/define.ts";
import { addMethods, native, take } from "../builtins/define.ts";
import type { Execution } from "../execution.ts";
import { instanceOfInternal, internalData, unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, dict, envOf, instance, int, none, str, touch, tuple } from "../make.ts";
import { contains, drain, length } from "../protocols.ts";
import { deleteItem, setEntry, setItem, subscript } from "../subscripts.ts";
import { types } from "../types.ts";
import type { Dict, Value } from "../value.ts";
import { dependingOn, mergeEnv } from "../value.ts";

function selfDict(run: Execution, { positional, at }: Args): Dict {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "dict" ? value : run.raise("TypeError", "descriptor requires a 'dict' object", at);
}

/** The entry of a key, or why there may be one. */
function find(run: Execution, self: Dict, key: Value): { value?: Value; unsure?: Value } {
  if (key.env.length > 0) {
    for (const entry of self.entries.values())
      if (entry.key.kind === "str") run.candidate(key, entry.key.value);
  }
  const hash = run.hashKey(key);
  if (hash === undefined) return { unsure: key };
  const entry = self.entries.get(hash);
  if (entry) return { value: dependingOn(entry.value, key.env) };
  return self.open ? { unsure: self.open } : {};
}

function unknownItem(run: Execution, unsure: Value, from: readonly Value[], args: Args): Value {
  return run.opaque(unsure.kind === "opaque" ? unsure.because : "looks up what is not known", args.at, [
    unsure,
    ...from,
  ]);
}

const get: Native = (run, args) => {
  const self = selfDict(run, args);
  const [, key = none(), fallback] = take(run, "get", args, ["self", "key", "default"], 2);
  const { value, unsure } = find(run, self, key);
  if (value) return value;
  if (unsure) return unknownItem(run, unsure, [key], args);
  return dependingOn(fallback ?? none(args.at), mergeEnv(key.env, isNamespace(self) ? [] : self.env));
};

/** A module's names depend on too much to say that the absence of one does. */
function isNamespace(self: Dict): boolean {
  return self.entries.constructor !== Map;
}

const setdefault: Native = (run, args) => {
  const self = selfDict(run, args);
  const [, key = none(), fallback = none(args.at)] = take(
    run,
    "setdefault",
    args,
    ["self", "key", "default"],
    2,
  );
  const { value, unsure } = find(run, self, key);
  if (value) return value;
  if (unsure && key.kind === "opaque") self.open ??= key;
  else setEntry(run, self, key, dependingOn(fallback, run.ambient), args.at);
  touch(self, mergeEnv(key.env, fallback.env, run.ambient));
  return unsure ? unknownItem(run, unsure, [key, fallback], args) : fallback;
};

const pop: Native = (run, args) => {
  const self = selfDict(run, args);
  const [, key = none(), fallback] = take(run, "pop", args, ["self", "key", "default"], 2);
  const { value, unsure } = find(run, self, key);
  touch(self, mergeEnv(key.env, run.ambient));
  if (value) {
    self.entries.delete(run.hashKey(key) ?? "");
    return value;
  }
  if (unsure) {
    self.open ??= run.opaque("loses a key that is not known", args.at, [key]);
    return unknownItem(run, unsure, [key], args);
  }
  if (fallback) return dependingOn(fallback, mergeEnv(key.env, self.env));
  return subscript(run, self, key, args.at);
};

/** `update(mapping or pairs, name=value, …)`. */
const update: Native = (run, args) => {
  const self = selfDict(run, args);
  const [, other] = args.positional;
  if (other) merge(run, self, other, args);
  for (const [name, value] of args.named) put(run, self, str(name, args.at), value, args);
  if (args.open) self.open = args.open;
  return none(args.at);
};

function put(run: Execution, self: Dict, key: Value, value: Value, args: Args): void {
  setEntry(run, self, key, dependingOn(value, run.ambient), args.at);
  touch(self, mergeEnv(key.env, value.env, run.ambient));
}

export function merge(run: Execution, self: Dict, given: Value, args: Args): void {
  const other = unwrap(given);
  if (other.kind === "opaque") {
    self.open = other;
    touch(self, mergeEnv(other.env, run.ambient));
    return;
  }
  if (other.kind === "dict") {
    for (const { key, value } of [...other.entries.values()]) put(run, self, key, value, args);
    if (other.open) self.open = other.open;
    touch(self, other.env);
    return;
  }
  const keys = run.findAttribute(other, "keys", args.at);
  const walk = run.iterator(keys ? run.call(keys, [], undefined, args.at) : other, args.at);
  if ("kind" in walk) {
    self.open = walk;
    return;
  }
  const items = drain(run, walk);
  if (walk.open) self.open = walk.open;
  touch(self, walk.env);
  for (const [i, item] of items.entries()) {
    if (keys) {
      put(run, self, item, run.subscript(other, item, args.at), args);
      continue;
    }
    const pair = run.iterator(item, args.at);
    if ("kind" in pair) {
      self.open = pair;
      continue;
    }
    const [key, value, ...more] = drain(run, pair);
    if (!key || !value || more.length > 0) {
      run.raise(
        "ValueError",
        `dictionary update sequence element #${i} has length ${key ? (value ? more.length + 2 : 1) : 0}; 2 is required`,
        args.at,
      );
    } else put(run, self, key, value, args);
  }
}

const view =
  (part: "keys" | "values" | "items"): Native =>
  (run, args) => {
    const self = selfDict(run, args);
    return instanceOfInternal(types[`dict_${part}`], { is: "view", dict: self, part }, args.at, self.env);
  };

const takingOpaque: Readonly<Record<string, Native>> = {
  get,
  setdefault,
  pop,
  update,
  __setitem__: (run, args) => {
    setItem(run, selfDict(run, args), args.positional[1] ?? none(), args.positional[2] ?? none(), args.at);
    return none(args.at);
  },
  __delitem__: (run, args) => {
    deleteItem(run, selfDict(run, args), args.positional[1] ?? none(), args.at);
    return none(args.at);
  },
};

const others: Readonly<Record<string, Native>> = {
  keys: view("keys"),
  values: view("values"),
  items: view("items"),
  clear: (run, args) => {
    const self = selfDict(run, args);
    self.entries.clear();
    delete self.open;
    touch(self, run.ambient);
    return none(args.at);
  },
  copy: (run, args) => {
    const self = selfDict(run, args);
    const made = dict(
      new Map([...self.entries].map(([key, entry]) => [key, { key: entry.key, value: entry.value }])),
      args.at,
      isNamespace(self) ? [] : self.env,
    );
    return self.open ? { ...made, open: self.open } : made;
  },
  // OrderedDict is a dict here; this is what it has beyond one.
  move_to_end: (run, args) => {
    const self = selfDict(run, args);
    const [, key = none(), last] = args.positional;
    const hash = run.hashKey(key);
    const entry = hash === undefined ? undefined : self.entries.get(hash);
    if (hash === undefined || !entry) {
      if (!self.open && hash !== undefined)
        run.raiseObject(run.call(run.classNamed("KeyError"), [key]), args.at);
      return none(args.at);
    }
    const toEnd = run.truth(last ?? args.named.get("last") ?? bool(true)) !== false;
    const others = [...self.entries].filter(([one]) => one !== hash);
    self.entries.clear();
    for (const [one, each] of toEnd
      ? [...others, [hash, entry] as const]
      : [[hash, entry] as const, ...others])
      self.entries.set(one, each);
    return none(args.at);
  },
  popitem: (run, args) => {
    const self = selfDict(run, args);
    const last = run.truth(args.named.get("last") ?? args.positional[1] ?? bool(true)) !== false;
    const [hash, entry] = [...self.entries].at(last ? -1 : 0) ?? [];
    if (self.open) return run.opaque(self.open.because, args.at, [self.open]);
    if (hash === undefined || !entry) return run.raise("KeyError", "popitem(): dictionary is empty", args.at);
    self.entries.delete(hash);
    touch(self, run.ambient);
    return tuple([entry.key, entry.value], args.at);
  },
};

/** `dict.fromkeys(keys, value)`. */
const fromkeys = native(
  "fromkeys",
  (run, args) => {
    const [of, keys = none(), value = none(args.at)] = args.positional;
    const made = dict(new Map(), args.at, envOf([keys]));
    const walk = run.iterator(keys, args.at);
    if ("kind" in walk) made.open = walk;
    else {
      for (const key of drain(run, walk)) setEntry(run, made, key, value, args.at);
      if (walk.open) made.open = walk.open;
    }
    return of?.kind === "class" && of !== types.dict
      ? instance(of, args.at, made.env, internalData({ is: "derived", value: made }))
      : made;
  },
  { takesOpaque: true, binds: true },
);

/** The views of a dict: what they share with sets is in `operators.ts`. */
const viewMethods: Readonly<Record<string, Native>> = {
  isdisjoint: (run, args) => {
    const [left = none(), right = none()] = args.positional;
    const items = run.iterate(left, args.at);
    if (!Array.isArray(items)) return run.opaque("compares views that are not known", args.at, [left, right]);
    return bool(!items.some((item: Value) => contains(run, right, item, args.at) === true), args.at);
  },
  __len__: (run, args) => length(run, args.positional[0] ?? int(0), args.at),
};

export function installDict(): void {
  addMethods(types.dict, takingOpaque, { takesOpaque: true });
  addMethods(types.dict, others);
  types.dict.attributes.set(
    "fromkeys",
    instanceOfInternal(types.classmethod, { is: "classmethod", function: fromkeys }),
  );
  addMethods(types.dict_keys, viewMethods);
  addMethods(types.dict_items, viewMethods);
}
