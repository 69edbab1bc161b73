import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, model, nativeClass } from "./define.ts";
import { list, none, tuple } from "./make.ts";

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

function ofLists(
  name: string,
  combine: (lists: Lists, machine: Machine, at: Location | undefined) => Value[],
): [string, Value] {
  return [
    name,
    define(name, { rest: true, others: true }, ({ machine, at, rest }) => {
      const lists = walked(machine, rest, at);
      return "kind" in lists ? lists : list(combine(lists, machine, at), at);
    }),
  ];
}

/** More combinations than any settings module means. */
const most = 10_000;

function products(lists: Lists): Value[][] {
  let all: Value[][] = [[]];
  for (const items of lists)
    all = all.slice(0, most).flatMap((row) => items.slice(0, most).map((item) => [...row, item]));
  return all.slice(0, most);
}

function choose(items: readonly Value[], size: number, ordered: boolean): Value[][] {
  if (size === 0) return [[]];
  const rows = items.flatMap((item, index) => {
    const others = ordered ? items.filter((_, at) => at !== index) : items.slice(index + 1);
    return items.length > 12 && size > 2
      ? []
      : choose(others, size - 1, ordered).map((row) => [item, ...row]);
  });
  return rows.slice(0, most);
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
        return list(
          select(
            items,
            (item) =>
              m.truth(
                given.predicate.kind === "none" ? item : m.call(given.predicate, [item], undefined, at),
              ) ?? false,
          ),
          at,
        );
      }),
    ];
    const sized = (name: string, ordered: boolean): [string, Value] => [
      name,
      define(name, { required: ["iterable"], optional: ["r"] }, ({ machine: m, at, given }) => {
        const items = m.iterate(given.iterable, at);
        if ("kind" in items) return items;
        const size = given.r?.kind === "int" ? Number(given.r.value) : items.length;
        return list(
          choose(items, size, ordered).map((row) => tuple(row, at)),
          at,
        );
      }),
    ];
    return [
      ["chain", chain],
      ofLists("product", (lists, _, at) => products(lists).map((row) => tuple(row, at))),
      ofLists("zip_longest", (lists, _, at) =>
        Array.from({ length: Math.max(0, ...lists.map((one) => one.length)) }, (__, index) =>
          tuple(
            lists.map((one) => one[index] ?? none(at)),
            at,
          ),
        ),
      ),
      sized("permutations", true),
      sized("combinations", false),
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
        define("islice", { required: ["iterable"], rest: true }, ({ machine: m, at, given, rest }) => {
          const items = m.iterate(given.iterable, at);
          if ("kind" in items) return items;
          const [a, b, step] = rest.map((one) => (one.kind === "int" ? Number(one.value) : undefined));
          const [start, stop] = rest.length === 1 ? [0, a] : [a ?? 0, b];
          return list(
            items.slice(start, stop).filter((_, index) => index % (step ?? 1) === 0),
            at,
          );
        }),
      ),
    ];
  }),
];
