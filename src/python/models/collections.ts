import { internalAs, internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Dict, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { dequeClass } from "./deque.ts";
import { notModelled } from "./inert.ts";
import { none, textOf } from "./make.ts";
import { chainMap, counter } from "./mappings.ts";
import { namedtuple } from "./named-tuple.ts";

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
  if (!factory || factory.kind === "none")
    return machine.raiseObject(machine.call(machine.classNamed("KeyError"), [given.key], undefined, at), at);
  const value = machine.call(factory, [], undefined, at);
  const inside = dictInside(self);
  if (inside) machine.setItem(inside, given.key, value, at);
  return value;
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
    ["deque", dequeClass(machine)],
    ["defaultdict", dictClass(machine, "collections.defaultdict", "default_factory", byName(missing))],
    ["Counter", counter(machine)],
    ["ChainMap", chainMap(machine)],
    ["abc", machine.import("collections.abc")],
    ...byName(namedtuple),
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
