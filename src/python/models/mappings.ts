import type { Location } from "../../location.ts";
import { internalAs, internalData } from "../internal.ts";
import { builtin, type Machine } from "../machine.ts";
import type { Class, Dict, List, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, int, list, none, tuple } from "./make.ts";

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
  const update = method("update", { optional: ["iterable"] }, (self, { machine: m, at, given }) => {
    const counts = countsOf(self);
    if (counts) count(m, counts, given.iterable, at);
    return none(at);
  });
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
  return nativeClass(machine, "collections.Counter", members, [machine.classNamed("dict")]);
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
