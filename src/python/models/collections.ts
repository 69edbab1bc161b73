import type { Location } from "../../location.ts";
import { internalAs, internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Dict, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { dequeClass } from "./deque.ts";
import { notModelled } from "./inert.ts";
import { none, str, textOf, tuple } from "./make.ts";
import { chainMap, counter } from "./mappings.ts";

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
