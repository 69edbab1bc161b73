import type { Location } from "../../location.ts";
import { internalAs, internalData } from "../internal.ts";
import { builtin, type Machine } from "../machine.ts";
import type { Builtin, Class, Dict, List, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, int, list, none, notImplemented, str, tuple } from "./make.ts";

/** collections.Counter and collections.ChainMap. */

const countsOf = (self: Value): Dict | undefined => {
  const inner = internalAs(self, "derived")?.value;
  return inner?.kind === "dict" ? inner : undefined;
};

/** Adds what an iterable or a mapping has to the counts; how many items cannot be known, if that is so. */
function count(machine: Machine, counts: Dict, source: Value | undefined, at: Location | undefined): void {
  if (!source || source.kind === "none") return;
  const add = (key: Value, by: Value): void => {
    const before = machine.call(machine.attribute(counts, "get"), [key, int(0, at)], undefined, at);
    machine.setItem(counts, key, machine.operate("Add", before, by, at), at);
  };
  const mapping = countsOf(source) ?? source;
  if (mapping.kind === "dict") for (const { key, value } of [...mapping.entries.values()]) add(key, value);
  else {
    const items = machine.iterate(source, at);
    if ("kind" in items) counts.open ??= items;
    else for (const item of items) add(item, int(1, at));
  }
}

export function counter(machine: Machine): Class {
  const create = define(
    "__new__",
    { required: ["cls"], optional: ["iterable"], others: true },
    ({ machine: m, at, given: { cls, iterable }, others }) => {
      const counts = m.dict(
        [...others].map(([name, value]) => [{ kind: "str", value: name, at, env: [] }, value] as const),
        at,
      );
      count(m, counts, iterable, at);
      return cls.kind === "class"
        ? instance(cls, at, { data: internalData({ is: "derived", value: counts }) })
        : cls;
    },
  );
  const update = method(
    "update",
    { optional: ["iterable"], others: true },
    (self, { machine: m, at, given, others }) => {
      const counts = countsOf(self);
      if (counts) count(m, counts, given.iterable, at);
      if (counts && others.size > 0) count(m, counts, m.call(m.classNamed("dict"), [], others, at), at);
      return none(at);
    },
  );
  const mostCommon = method("most_common", { optional: ["n"] }, (self, { machine: m, at, given: { n } }) => {
    const counts = countsOf(self);
    if (!counts || counts.open) return m.opaque("counts what is not known", at, [self], { type: "list" });
    const size = ({ value }: { readonly value: Value }) => (value.kind === "int" ? Number(value.value) : 0);
    const all = [...counts.entries.values()].sort((one, other) => size(other) - size(one));
    const wanted = n?.kind === "int" ? all.slice(0, Number(n.value)) : all;
    return list(
      wanted.map(({ key, value }) => tuple([key, value], at)),
      at,
    );
  });
  const missing = method("__missing__", { required: ["key"] }, (_, { at }) => int(0, at));
  const members = byName(create, update, mostCommon, missing);
  const of = nativeClass(machine, "collections.Counter", members, [machine.classNamed("dict")]);
  for (const one of counterMethods(of)) of.attributes.set(one.name, one);
  return of;
}

type Combine = (a: bigint, b: bigint) => bigint;

/** What counters do with one another. Only counts that are whole numbers are combined. */
function counterMethods(of: Class): Builtin[] {
  const numbers = (self: Value): Map<string, readonly [Value, bigint]> | undefined => {
    const counts = countsOf(self);
    if (!counts || counts.open) return undefined;
    const all = new Map<string, readonly [Value, bigint]>();
    for (const [hash, { key, value }] of counts.entries) {
      if (value.kind !== "int") return undefined;
      all.set(hash, [key, value.value]);
    }
    return all;
  };
  const unknown = (m: Machine, at: Location | undefined, ...from: readonly Value[]): Value =>
    m.opaque("counts what is not known", at, from);
  const made = (m: Machine, entries: Iterable<readonly [Value, bigint]>, at: Location | undefined): Value => {
    const kept = [...entries].filter(([, n]) => n > 0n).map(([key, n]) => [key, int(n, at)] as const);
    return instance(of, at, { data: internalData({ is: "derived", value: m.dict(kept, at) }) });
  };
  const isCounter = (value: Value): boolean => value.kind === "instance" && value.class.mro.includes(of);
  const both = (
    a: ReadonlyMap<string, readonly [Value, bigint]>,
    b: ReadonlyMap<string, readonly [Value, bigint]>,
  ): (readonly [Value, bigint, bigint])[] =>
    [...new Set([...a.keys(), ...b.keys()])].flatMap((hash) => {
      const key = (a.get(hash) ?? b.get(hash))?.[0];
      return key ? [[key, a.get(hash)?.[1] ?? 0n, b.get(hash)?.[1] ?? 0n] as const] : [];
    });
  const operator = (name: string, combine: Combine): Builtin[] => {
    const compute = (m: Machine, self: Value, other: Value, at: Location | undefined): Value => {
      if (!isCounter(other)) return notImplemented(m);
      const [a, b] = [numbers(self), numbers(other)];
      if (!a || !b) return unknown(m, at, self, other);
      return made(
        m,
        both(a, b).map(([key, x, y]) => [key, combine(x, y)] as const),
        at,
      );
    };
    return [
      method(`__${name}__`, { required: ["other"] }, (self, { machine: m, at, given }) =>
        compute(m, self, given.other, at),
      ),
      method(`__i${name}__`, { required: ["other"] }, (self, { machine: m, at, given }) => {
        const result = compute(m, self, given.other, at);
        const [counts, after] = [countsOf(self), countsOf(result)];
        if (!counts || !after) return result;
        counts.entries.clear();
        for (const [hash, entry] of after.entries) counts.entries.set(hash, entry);
        return self;
      }),
    ];
  };
  const comparison = (name: string, holds: (a: bigint, b: bigint) => boolean, differs: boolean): Builtin =>
    method(name, { required: ["other"] }, (self, { machine: m, at, given: { other } }) => {
      if (!isCounter(other)) return notImplemented(m);
      const [a, b] = [numbers(self), numbers(other)];
      if (!a || !b) return unknown(m, at, self, other);
      const all = both(a, b);
      const isSame = all.every(([, x, y]) => x === y);
      return bool(all.every(([, x, y]) => holds(x, y)) && !(differs && isSame), at);
    });
  const signed = (name: string, sign: bigint): Builtin =>
    method(name, {}, (self, { machine: m, at }) => {
      const all = numbers(self);
      return all
        ? made(
            m,
            [...all.values()].map(([key, n]) => [key, sign * n] as const),
            at,
          )
        : unknown(m, at, self);
    });
  return [
    ...operator("add", (a, b) => a + b),
    ...operator("sub", (a, b) => a - b),
    ...operator("and", (a, b) => (a < b ? a : b)),
    ...operator("or", (a, b) => (a > b ? a : b)),
    comparison("__le__", (a, b) => a <= b, false),
    comparison("__lt__", (a, b) => a <= b, true),
    comparison("__ge__", (a, b) => a >= b, false),
    comparison("__gt__", (a, b) => a >= b, true),
    signed("__pos__", 1n),
    signed("__neg__", -1n),
    method("total", {}, (self, { machine: m, at }) => {
      const all = numbers(self);
      return all
        ? int(
            [...all.values()].reduce((sum, [, n]) => sum + n, 0n),
            at,
          )
        : unknown(m, at, self);
    }),
    method("elements", {}, (self, { machine: m, at }) => {
      const all = numbers(self);
      if (!all || [...all.values()].some(([, n]) => n > 10_000n)) return unknown(m, at, self);
      return list(
        [...all.values()].flatMap(([key, n]) => Array.from({ length: n > 0n ? Number(n) : 0 }, () => key)),
        at,
      );
    }),
    method(
      "subtract",
      { optional: ["iterable"], others: true },
      (self, { machine: m, at, given, others }) => {
        const [counts, taken] = [
          countsOf(self),
          m.call(of, given.iterable ? [given.iterable] : [], others, at),
        ];
        const [a, b] = [numbers(self), numbers(taken)];
        if (!counts || !a || !b) return none(at);
        for (const [key, x, y] of both(a, b)) m.setItem(counts, key, int(x - y, at), at);
        return none(at);
      },
    ),
    method("copy", {}, (self, { machine: m, at }) => {
      const counts = countsOf(self);
      return counts ? m.call(of, [counts], undefined, at) : self;
    }),
    method("__repr__", {}, (self, { machine: m, at }) => {
      const counts = countsOf(self);
      if (!counts || counts.entries.size === 0) return str("Counter()", at);
      const size = ({ value }: { readonly value: Value }) => (value.kind === "int" ? Number(value.value) : 0);
      const ordered = [...counts.entries.values()].sort((one, other) => size(other) - size(one));
      const shown = m.repr(
        m.dict(
          ordered.map(({ key, value }) => [key, value] as const),
          at,
        ),
      );
      return typeof shown === "string" ? str(`Counter(${shown})`, at) : shown;
    }),
  ];
}

/** The first of the maps has the last word; writing changes it alone. */
export function chainMap(machine: Machine): Class {
  const mapsOf = (self: Value): readonly Value[] => {
    const maps = self.kind === "instance" ? self.attributes.get("maps") : undefined;
    return maps?.kind === "list" ? maps.items : [];
  };
  const holder = (m: Machine, self: Value, key: Value, at: Location | undefined): Value | "none" => {
    for (const one of mapsOf(self)) {
      const has = m.truth(m.operate("In", key, one, at));
      if (has === undefined) return m.opaque("looks up a key that is not known", at, [key, one]);
      if (has) return m.subscript(one, key, at);
    }
    return "none";
  };
  const merged = (m: Machine, self: Value, at: Location | undefined): Value => {
    const all = m.dict([], at);
    for (const one of [...mapsOf(self)].reverse())
      m.call(m.attribute(all, "update", at), [one], undefined, at);
    return all;
  };
  const ofMerged = (name: string) =>
    method(name, {}, (self, { machine: m, at }) =>
      m.call(m.attribute(merged(m, self, at), name, at), [], undefined, at),
    );
  const of = nativeClass(
    machine,
    "collections.ChainMap",
    byName(
      builtin(
        "__init__",
        (m, { positional: [self, ...maps], at }) => {
          const all: List = list(maps.length > 0 ? [...maps] : [m.dict([], at)], at);
          if (self?.kind === "instance") self.attributes.set("maps", all);
          return none(at);
        },
        { binds: true, takesOpaque: true },
      ),
      method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given: { key } }) => {
        const found = holder(m, self, key, at);
        return found === "none"
          ? m.raiseObject(m.call(m.classNamed("KeyError"), [key], undefined, at), at)
          : found;
      }),
      method("get", { required: ["key"], optional: ["default"] }, (self, { machine: m, at, given }) => {
        const found = holder(m, self, given.key, at);
        return found === "none" ? (given.default ?? none(at)) : found;
      }),
      method("__contains__", { required: ["key"] }, (self, { machine: m, at, given: { key } }) => {
        const found = holder(m, self, key, at);
        return found === "none" || found.kind !== "opaque" ? bool(found !== "none", at) : found;
      }),
      method("__setitem__", { required: ["key", "value"] }, (self, { machine: m, at, given }) => {
        m.setItem(mapsOf(self)[0] ?? m.dict([], at), given.key, given.value, at);
        return none(at);
      }),
      method("new_child", { optional: ["m"] }, (self, { machine: m, at, given }) =>
        m.call(of, [given.m ?? m.dict([], at), ...mapsOf(self)], undefined, at),
      ),
      ...["__iter__", "__len__", "keys", "values", "items"].map(ofMerged),
    ),
  );
  return of;
}
