import type { Location } from "../../location.ts";
import { internalAs, internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Dict, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { notModelled } from "./inert.ts";
import { int, list, none, str, textOf, tuple } from "./make.ts";

/** The dict inside an object of a class that derives from dict. */
function dictInside(self: Value): Dict | undefined {
  const value = internalAs(self, "derived")?.value;
  return value?.kind === "dict" ? value : undefined;
}

/** A class derived from dict, made of `dict(*args)` and attributes of its own. */
function dictClass(
  machine: Machine,
  path: string,
  attribute: string | undefined,
  members: readonly [string, Value][],
): Class {
  const create = define(
    "__new__",
    { required: ["cls"], rest: true, others: true },
    ({ machine: m, at, given, rest, others }) => {
      if (given.cls.kind !== "class") return given.cls;
      const [first, ...more] = attribute === undefined ? [none(at), ...rest] : rest;
      const made = m.call(m.classNamed("dict"), more, others, at);
      if (made.kind !== "dict") return made;
      return instance(given.cls, at, {
        data: internalData({ is: "derived", value: made }),
        ...(attribute !== undefined && { attributes: [[attribute, first ?? none(at)]] }),
      });
    },
    { takesOpaque: true },
  );
  return nativeClass(machine, path, [["__new__", create], ...members], [machine.classNamed("dict")]);
}

const missing = method("__missing__", { required: ["key"] }, (self, { machine, at, given }) => {
  const factory = self.kind === "instance" ? self.attributes.get("default_factory") : undefined;
  const shown = machine.repr(given.key);
  if (!factory || factory.kind === "none")
    return machine.raise("KeyError", typeof shown === "string" ? shown : "", at);
  const value = machine.call(factory, [], undefined, at);
  const inside = dictInside(self);
  if (inside) machine.setItem(inside, given.key, value, at);
  return value;
});

/** `namedtuple(name, fields)`, and what `typing.NamedTuple` makes of a class. */
export function namedTuple(
  machine: Machine,
  path: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  more: Iterable<readonly [string, Value]> = [],
): Class {
  const make = (of: Class, values: readonly Value[], at: Location | undefined): Value =>
    instance(of, at, {
      data: internalData({ is: "derived", value: tuple(values, at) }),
      attributes: fields.map((name, index) => [name, values[index] ?? none(at)] as const),
    });
  const create = define(
    "__new__",
    { required: ["cls"], optional: fields },
    ({ machine: m, at, given }) => {
      const parts = given as Readonly<Record<string, Value | undefined>>;
      const values = fields.map((name) => parts[name] ?? defaults.get(name));
      const lacking = fields.filter((_, index) => !values[index]);
      if (lacking.length > 0)
        return m.raise(
          "TypeError",
          `${path.split(".").at(-1)}.__new__() missing ${lacking.length} required positional argument${lacking.length === 1 ? "" : "s"}: ${lacking.map((name) => `'${name}'`).join(" and ")}`,
          at,
        );
      return given.cls.kind === "class"
        ? make(
            given.cls,
            values.filter((value) => value !== undefined),
            at,
          )
        : given.cls;
    },
    { takesOpaque: true },
  );
  const made = nativeClass(
    machine,
    path,
    [
      ["__new__", create],
      ["_fields", tuple(fields.map((name) => str(name)))],
      ...byName(
        method("_asdict", {}, (self, { machine: m, at }) =>
          m.dict(
            fields.map((name) => [str(name, at), m.attribute(self, name, at)] as const),
            at,
          ),
        ),
        method("_replace", { others: true }, (self, { at, others }) =>
          self.kind === "instance"
            ? make(
                self.class,
                fields.map((name) => others.get(name) ?? self.attributes.get(name) ?? none(at)),
                at,
              )
            : self,
        ),
        method("__repr__", {}, (self, { machine: m, at }) => {
          const shown = fields.map((name) => `${name}=${String(m.repr(m.attribute(self, name)))}`);
          return str(`${path.split(".").at(-1)}(${shown.join(", ")})`, at);
        }),
      ),
      ...more,
    ],
    [machine.classNamed("tuple")],
  );
  return made;
}

const namedtuple = define(
  "namedtuple",
  {
    required: ["typename", "field_names"],
    optional: ["rename", "defaults", "module"],
    named: ["rename", "defaults", "module"],
  },
  ({ machine, at, given }) => {
    const text = textOf(given.field_names);
    const found = text === undefined ? machine.iterate(given.field_names, at) : [];
    if ("kind" in found) return found;
    const fields =
      text === undefined
        ? found.map((one) => textOf(one) ?? "")
        : text.replaceAll(",", " ").split(/\s+/).filter(Boolean);
    const given_ =
      given.defaults && given.defaults.kind !== "none" ? machine.iterate(given.defaults, at) : [];
    const defaults = "kind" in given_ ? [] : given_;
    const byField = new Map(
      defaults.map((value, index) => [fields[fields.length - defaults.length + index] ?? "", value] as const),
    );
    return namedTuple(machine, `collections.${textOf(given.typename) ?? "tuple"}`, fields, byField);
  },
);

/** Later maps show through where earlier ones have no such key. Reading only: it is one dict of all. */
const chainMap = define("ChainMap", { rest: true }, ({ machine, at, rest }) => {
  const all = machine.dict([], at);
  for (const one of [...rest].reverse())
    machine.call(machine.attribute(all, "update", at), [one], undefined, at);
  return all;
});

const abstract = [
  "Iterable",
  "Iterator",
  "Mapping",
  "MutableMapping",
  "Sequence",
  "MutableSequence",
  "Set",
  "MutableSet",
  "Callable",
  "Hashable",
  "Sized",
  "Container",
  "Collection",
  "Generator",
  "Awaitable",
  "Coroutine",
  "AsyncIterator",
  "AsyncIterable",
  "KeysView",
  "ValuesView",
  "ItemsView",
];
/** What `isinstance(x, Mapping)` asks for, as builtin classes. */
const concrete: Readonly<Record<string, string>> = {
  Mapping: "dict",
  MutableMapping: "dict",
  MutableSequence: "list",
};

export const collectionsModels: readonly Model[] = [
  model("collections", (machine) => [
    // A dict keeps its order, and nothing else tells the two apart in settings.
    ["OrderedDict", machine.classNamed("dict")],
    ["UserDict", machine.classNamed("dict")],
    ["UserList", machine.classNamed("list")],
    [
      "deque",
      define("deque", { optional: ["iterable", "maxlen"] }, ({ machine: m, at, given }) =>
        m.call(m.classNamed("list"), given.iterable ? [given.iterable] : [], undefined, at),
      ),
    ],
    ["defaultdict", dictClass(machine, "collections.defaultdict", "default_factory", byName(missing))],
    [
      "Counter",
      dictClass(
        machine,
        "collections.Counter",
        undefined,
        byName(method("__missing__", { required: ["key"] }, (_, { at }) => int(0, at))),
      ),
    ],
    ["abc", machine.import("collections.abc")],
    ...byName(namedtuple, chainMap),
  ]),
  model("collections.abc", (machine) =>
    abstract.map(
      (name) =>
        [
          name,
          concrete[name]
            ? machine.classNamed(concrete[name] ?? "object")
            : nativeClass(machine, `collections.abc.${name}`, [
                [
                  "__getattr__",
                  method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
                    notModelled(m, self, textOf(given.name) ?? "", at),
                  ),
                ],
              ]),
        ] as const,
    ),
  ),
];

/** Walks several iterables as one list, or says why that cannot be done. */
export function walked(
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
