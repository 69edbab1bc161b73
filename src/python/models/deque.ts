import { internalData, unwrap } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Class, List, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { int, list, none, str } from "./make.ts";

/** `collections.deque`: a list that can be changed at both ends, and may have a greatest length. */
export function dequeClass(machine: Machine): Class {
  const listClass = machine.classNamed("list");
  const itemsOf = (self: Value): List | undefined => {
    const inner = unwrap(self);
    return inner.kind === "list" ? inner : undefined;
  };
  /** What is too much goes at the other end. */
  const add = (self: Value, values: readonly Value[], isLeft: boolean): void => {
    const held = itemsOf(self);
    if (!held) return;
    held.items = isLeft ? [...[...values].reverse(), ...held.items] : [...held.items, ...values];
    const most = self.kind === "instance" ? self.attributes.get("maxlen") : undefined;
    if (most?.kind !== "int" || held.items.length <= most.value) return;
    const size = Number(most.value);
    held.items = isLeft ? held.items.slice(0, size) : held.items.slice(held.items.length - size);
  };
  const one = (name: string, isLeft: boolean) =>
    method(
      name,
      { required: ["x"] },
      (self, { machine: m, at, given }) => {
        m.work(itemsOf(self)?.items.length ?? 0);
        add(self, [given.x], isLeft);
        return none(at);
      },
      { takesOpaque: true },
    );
  const several = (name: string, isLeft: boolean) =>
    method(
      name,
      { required: ["iterable"] },
      (self, { machine: m, at, given }) => {
        const items = m.iterate(given.iterable, at);
        const held = itemsOf(self);
        if (!("kind" in items)) add(self, items, isLeft);
        else if (held) held.open = items;
        return none(at);
      },
      { takesOpaque: true },
    );
  return nativeClass(
    machine,
    "collections.deque",
    byName(
      define(
        "__new__",
        { required: ["cls"], rest: true, others: true },
        ({ at, given: { cls } }) =>
          cls.kind === "class"
            ? instance(cls, at, { data: internalData({ is: "derived", value: list([], at) }) })
            : machine.opaque("makes a deque of an unknown class", at, [cls]),
        { takesOpaque: true },
      ),
      method(
        "__init__",
        { optional: ["iterable", "maxlen"] },
        (self, { machine: m, at, given }) => {
          if (self.kind === "instance") self.attributes.set("maxlen", given.maxlen ?? none(at));
          const { iterable } = given;
          const items = iterable ? m.iterate(iterable, at) : [];
          const held = itemsOf(self);
          if (held) held.items = [];
          if (!("kind" in items)) add(self, items, false);
          else if (held) held.open = items;
          return none(at);
        },
        { takesOpaque: true },
      ),
      method("__repr__", {}, (self, { machine: m, at }) => {
        const held = itemsOf(self);
        const shown = held ? m.repr(held) : "[]";
        if (typeof shown !== "string") return shown;
        const most = self.kind === "instance" ? self.attributes.get("maxlen") : undefined;
        return str(`deque(${shown}${most?.kind === "int" ? `, maxlen=${most.value}` : ""})`, at);
      }),
      one("append", false),
      one("appendleft", true),
      several("extend", false),
      several("extendleft", true),
      method("popleft", {}, (self, { machine: m, at }) =>
        m.call(m.attribute(self, "pop", at), [int(0, at)], undefined, at),
      ),
      method("rotate", { optional: ["n"] }, (self, { machine: m, at, given }) => {
        const held = itemsOf(self);
        if (!held || held.open || held.items.length === 0) return none(at);
        const size = held.items.length;
        const by = given.n?.kind === "int" ? Number(given.n.value) : 1;
        const cut = (((size - by) % size) + size) % size;
        m.work(size);
        held.items = [...held.items.slice(cut), ...held.items.slice(0, cut)];
        return none(at);
      }),
    ),
    [listClass],
  );
}
