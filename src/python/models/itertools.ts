import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, model, nativeClass } from "./define.ts";
import { int, list, none, tuple } from "./make.ts";

/** itertools: what it gives is walked at once. */

/** Walks several iterables as one list, or says why that cannot be done. */
function walked(
  machine: Machine,
  values: readonly Value[],
  at: Location | undefined,
): readonly (readonly Value[])[] | Value {
  const all: (readonly Value[])[] = [];
  for (const value of values) {
    const items = machine.iterate(value, at);
    if ("kind" in items) return items;
    all.push(items);
  }
  return all;
}

type Lists = readonly (readonly Value[])[];

type Combine = (
  lists: Lists,
  at: Location | undefined,
  options: ReadonlyMap<string, Value>,
) => Value[] | undefined;

/** A function of several iterables; undefined stands for more results than anyone means. */
function ofLists(name: string, combine: Combine): [string, Value] {
  return [
    name,
    define(name, { rest: true, others: true }, ({ machine, at, rest, others }) => {
      const lists = walked(machine, rest, at);
      if ("kind" in lists) return lists;
      const all = combine(lists, at, others);
      return all ? list(all, at) : tooMany(machine, at, rest);
    }),
  ];
}

const tooMany = (machine: Machine, at: Location | undefined, from: readonly Value[]): Value =>
  machine.opaque("combines more items than are looked at", at, from, { type: "list", cause: "unmodelled" });

/** More combinations than any settings module means. */
const most = 10_000;

function products(lists: Lists): Value[][] | undefined {
  let all: Value[][] = [[]];
  for (const items of lists) {
    if (all.length * items.length > most) return undefined;
    all = all.flatMap((row) => items.map((item) => [...row, item]));
  }
  return all;
}

/** Which items may follow one that was chosen: any other, those after it, or it and those after it. */
type Order = "any" | "once" | "again";

function choose(items: readonly Value[], size: number, order: Order): Value[][] | undefined {
  if (size === 0) return [[]];
  const all: Value[][] = [];
  for (const [index, item] of items.entries()) {
    const others =
      order === "any"
        ? items.filter((_, at) => at !== index)
        : items.slice(order === "once" ? index + 1 : index);
    const rows = choose(others, size - 1, order);
    if (!rows || all.length + rows.length > most) return undefined;
    for (const row of rows) all.push([item, ...row]);
  }
  return all;
}

/** A walk that goes on for ever. */
function endless(type: string, next: () => Value | undefined, at: Location | undefined): Value {
  return { kind: "iterator", type, next, at, env: [] };
}

/** The first items of an iterable, which need not end. */
function firstOf(
  machine: Machine,
  iterable: Value,
  count: number | undefined,
  at: Location | undefined,
): readonly Value[] | Value {
  if (iterable.kind !== "iterator" || iterable.open || count === undefined || count > most)
    return machine.iterate(iterable, at);
  const items: Value[] = [];
  while (items.length < count) {
    machine.work(16);
    const item = iterable.next();
    if (item === undefined) break;
    items.push(item);
  }
  return items;
}

export const itertoolsModels: readonly Model[] = [
  model("itertools", (machine) => {
    const flat = (lists: Lists): Value[] => lists.flat();
    const chain = nativeClass(machine, "itertools.chain", [
      [
        "__new__",
        define("__new__", { required: ["cls"], rest: true }, ({ machine: m, at, rest }) => {
          const lists = walked(m, rest, at);
          return "kind" in lists ? lists : list(flat(lists), at);
        }),
      ],
      [
        "from_iterable",
        define("from_iterable", { required: ["iterable"] }, ({ machine: m, at, given }) => {
          const outer = m.iterate(given.iterable, at);
          const lists = "kind" in outer ? outer : walked(m, outer, at);
          return "kind" in lists ? lists : list(flat(lists), at);
        }),
      ],
    ]);
    const pick = (
      name: string,
      select: (items: readonly Value[], passes: (item: Value) => boolean) => Value[],
    ): [string, Value] => [
      name,
      define(name, { required: ["predicate", "iterable"] }, ({ machine: m, at, given }) => {
        const items = m.iterate(given.iterable, at);
        if ("kind" in items) return items;
        let unsure = false;
        const passes = (item: Value): boolean => {
          const test =
            given.predicate.kind === "none" ? item : m.call(given.predicate, [item], undefined, at);
          const truth = m.truth(test);
          unsure ||= truth === undefined;
          return truth ?? false;
        };
        const selected = select(items, passes);
        return unsure
          ? m.opaque("selects by what is not known", at, [given.iterable], {
              type: "list",
              cause: "unmodelled",
            })
          : list(selected, at);
      }),
    ];
    const sized = (name: string, order: Order): [string, Value] => [
      name,
      define(name, { required: ["iterable"], optional: ["r"] }, ({ machine: m, at, given }) => {
        const items = m.iterate(given.iterable, at);
        if ("kind" in items) return items;
        const size = given.r?.kind === "int" ? Number(given.r.value) : items.length;
        const rows = choose(items, size, order);
        return rows
          ? list(
              rows.map((row) => tuple(row, at)),
              at,
            )
          : tooMany(m, at, [given.iterable]);
      }),
    ];
    return [
      ["chain", chain],
      ofLists("product", (lists, at, options) => {
        const repeat = options.get("repeat");
        const times = repeat?.kind === "int" ? Number(repeat.value) : 1;
        return products(Array.from({ length: Math.min(times, most) }, () => lists).flat())?.map((row) =>
          tuple(row, at),
        );
      }),
      ofLists("zip_longest", (lists, at, options) =>
        Array.from({ length: Math.max(0, ...lists.map((one) => one.length)) }, (__, index) =>
          tuple(
            lists.map((one) => one[index] ?? options.get("fillvalue") ?? none(at)),
            at,
          ),
        ),
      ),
      sized("combinations_with_replacement", "again"),
      sized("permutations", "any"),
      sized("combinations", "once"),
      pick("takewhile", (items, passes) => {
        const end = items.findIndex((item) => !passes(item));
        return items.slice(0, end === -1 ? undefined : end);
      }),
      pick("dropwhile", (items, passes) => {
        const start = items.findIndex((item) => !passes(item));
        return start === -1 ? [] : items.slice(start);
      }),
      pick("filterfalse", (items, passes) => items.filter((item) => !passes(item))),
      ...byName(
        define("starmap", { required: ["function", "iterable"] }, ({ machine: m, at, given }) => {
          const outer = m.iterate(given.iterable, at);
          const rows = "kind" in outer ? outer : walked(m, outer, at);
          return "kind" in rows
            ? rows
            : list(
                rows.map((row) => m.call(given.function, row, undefined, at)),
                at,
              );
        }),
        define("repeat", { required: ["object"], optional: ["times"] }, ({ machine: m, at, given }) =>
          given.times?.kind === "int"
            ? list(
                Array.from({ length: Math.min(Number(given.times.value), most) }, () => given.object),
                at,
              )
            : m.opaque("repeats for ever", at, [given.object], { cause: "unmodelled" }),
        ),
        define(
          "accumulate",
          { required: ["iterable"], optional: ["func", "initial"] },
          ({ machine: m, at, given }) => {
            const items = m.iterate(given.iterable, at);
            if ("kind" in items) return items;
            const sums: Value[] = given.initial && given.initial.kind !== "none" ? [given.initial] : [];
            for (const item of items) {
              const before = sums.at(-1);
              const plain = !given.func || given.func.kind === "none";
              if (!before) sums.push(item);
              else if (plain) sums.push(m.operate("Add", before, item, at));
              else if (given.func) sums.push(m.call(given.func, [before, item], undefined, at));
            }
            return list(sums, at);
          },
        ),
        define("tee", { required: ["iterable"], optional: ["n"] }, ({ machine: m, at, given }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          const count = given.n?.kind === "int" ? Number(given.n.value) : 2;
          const copies = Array.from({ length: Math.min(count, most) }, () => {
            let next = 0;
            return endless("_tee", () => items[next++], at);
          });
          return tuple(copies, at);
        }),
        define("compress", { required: ["data", "selectors"] }, ({ machine: m, at, given }) => {
          const lists = walked(m, [given.data, given.selectors], at);
          if ("kind" in lists) return lists;
          const [data = [], selectors = []] = lists;
          const truths = selectors.map((one) => m.truth(one));
          return truths.includes(undefined)
            ? m.opaque("selects by what is not known", at, [given.selectors], { type: "list" })
            : list(
                data.filter((_, index) => truths[index]),
                at,
              );
        }),
        define("pairwise", { required: ["iterable"] }, ({ machine: m, at, given }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          const pairs = items.slice(1).map((item, index) => tuple([items[index] ?? item, item], at));
          return list(pairs, at);
        }),
        define("batched", { required: ["iterable", "n"], others: true }, ({ machine: m, at, given }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          const size = given.n.kind === "int" ? Number(given.n.value) : 1;
          if (size < 1) return m.raise("ValueError", "n must be at least one", at);
          const rows: Value[] = [];
          for (let from = 0; from < items.length; from += size)
            rows.push(tuple(items.slice(from, from + size), at));
          return list(rows, at);
        }),
        define("groupby", { required: ["iterable"], optional: ["key"] }, ({ machine: m, at, given }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          const groups: { readonly key: Value; readonly items: Value[] }[] = [];
          for (const item of items) {
            const key =
              given.key && given.key.kind !== "none" ? m.call(given.key, [item], undefined, at) : item;
            const last = groups.at(-1);
            const same = last && m.equal(last.key, key);
            if (last && same === undefined)
              return m.opaque("groups by what is not known", at, [given.iterable]);
            if (last && same) last.items.push(item);
            else groups.push({ key, items: [item] });
          }
          return list(
            groups.map((group) => tuple([group.key, list(group.items, at)], at)),
            at,
          );
        }),
        define("count", { optional: ["start", "step"] }, ({ machine: m, at, given }) => {
          let next: Value = given.start ?? int(0, at);
          return endless(
            "count",
            () => {
              const current = next;
              next = m.operate("Add", next, given.step ?? int(1, at), at);
              return current;
            },
            at,
          );
        }),
        define("cycle", { required: ["iterable"] }, ({ machine: m, at, given }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          let index = 0;
          return items.length === 0
            ? list([], at)
            : endless("cycle", () => items[index++ % items.length] ?? none(at), at);
        }),
        define("islice", { required: ["iterable"], rest: true }, ({ machine: m, at, given, rest }) => {
          const [a, b, step] = rest.map((one) => (one.kind === "int" ? Number(one.value) : undefined));
          const [start, stop] = rest.length === 1 ? [0, a] : [a ?? 0, b];
          const items = firstOf(m, given.iterable, stop, at);
          if ("kind" in items) return items;
          return list(
            items.slice(start, stop).filter((_, index) => index % (step ?? 1) === 0),
            at,
          );
        }),
      ),
    ];
  }),
];
