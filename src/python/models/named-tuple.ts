import type { Location } from "../../location.ts";
import { internalData } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { dictOf, none, str, textOf, tuple } from "./make.ts";

/** `namedtuple(name, fields)`, and what `typing.NamedTuple` makes of a class. */
export function namedTuple(
  machine: Machine,
  path: string,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
  more: Iterable<readonly [string, Value]> = [],
): Class {
  const name = path.split(".").at(-1) ?? path;
  const make = (of: Class, values: readonly Value[], at: Location | undefined): Value =>
    instance(of, at, {
      data: internalData({ is: "derived", value: tuple(values, at) }),
      attributes: fields.map((field, index) => [field, values[index] ?? none(at)] as const),
    });
  const required = fields.filter((field) => !defaults.has(field));
  const create = method(
    "__new__",
    { required, optional: fields.filter((field) => defaults.has(field)), called: `${name}.__new__` },
    (of, { at, given }) => {
      const parts = given as Readonly<Record<string, Value | undefined>>;
      const values = fields.flatMap((field) => parts[field] ?? defaults.get(field) ?? []);
      return of.kind === "class" ? make(of, values, at) : of;
    },
    { takesOpaque: true },
  );
  const gather = define(
    "_make",
    { required: ["cls", "iterable"] },
    ({ machine: m, at, given: { cls, iterable } }) => {
      const items = m.iterate(iterable, at);
      if ("kind" in items) return items;
      if (items.length !== fields.length)
        return m.raise("TypeError", `Expected ${fields.length} arguments, got ${items.length}`, at);
      return cls.kind === "class" ? make(cls, items, at) : cls;
    },
  );
  return nativeClass(
    machine,
    path,
    [
      ["__new__", create],
      ["__doc__", str(`${name}(${fields.join(", ")})`)],
      ["_fields", tuple(fields.map((field) => str(field)))],
      ["__match_args__", tuple(fields.map((field) => str(field)))],
      ["_field_defaults", dictOf(machine, defaults, undefined)],
      ["_make", machine.classMethod(gather)],
      ...byName(
        method("_asdict", {}, (self, { machine: m, at }) =>
          m.dict(
            fields.map((field) => [str(field, at), m.attribute(self, field, at)] as const),
            at,
          ),
        ),
        method("_replace", { others: true }, (self, { machine: m, at, others }) => {
          const wrong = [...others.keys()].filter((one) => !fields.includes(one));
          if (wrong.length > 0)
            m.raise(
              "ValueError",
              `Got unexpected field names: [${wrong.map((one) => `'${one}'`).join(", ")}]`,
              at,
            );
          return self.kind === "instance"
            ? make(
                self.class,
                fields.map((field) => others.get(field) ?? self.attributes.get(field) ?? none(at)),
                at,
              )
            : self;
        }),
        method(
          "__setattr__",
          { required: ["name", "value"] },
          (self, { machine: m, at, given }) => {
            const key = textOf(given.name) ?? "";
            if (fields.includes(key)) m.raise("AttributeError", "can't set attribute", at);
            if (self.kind === "instance" && self.class.at === undefined)
              m.raise("AttributeError", `'${self.class.name}' object has no attribute '${key}'`, at);
            if (self.kind === "instance") self.attributes.set(key, given.value);
            return none(at);
          },
          { takesOpaque: true },
        ),
        method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
          m.raise(
            "AttributeError",
            `'${self.kind === "instance" ? self.class.name : name}' object has no attribute '${textOf(given.name) ?? ""}'`,
            at,
          ),
        ),
        method("__repr__", {}, (self, { machine: m, at }) => {
          const shown = fields.map((field) => [field, m.repr(m.attribute(self, field))] as const);
          const unknown = shown.find(([, text]) => typeof text !== "string")?.[1];
          if (unknown && typeof unknown !== "string") return unknown;
          const called = self.kind === "instance" ? self.class.name : name;
          return str(`${called}(${shown.map(([field, text]) => `${field}=${String(text)}`).join(", ")})`, at);
        }),
      ),
      ...more,
    ],
    [machine.classNamed("tuple")],
  );
}

const keywords = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
);

/** What is wrong with a name; undefined if nothing is. */
function faultOf(name: string, before: readonly string[]): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    return `Type names and field names must be valid identifiers: '${name}'`;
  if (keywords.has(name)) return `Type names and field names cannot be a keyword: '${name}'`;
  if (name.startsWith("_")) return `Field names cannot start with an underscore: '${name}'`;
  return before.includes(name) ? `Encountered duplicate field name: '${name}'` : undefined;
}

export const namedtuple = define(
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
    const renames = given.rename !== undefined && machine.truth(given.rename) === true;
    const fields: string[] = [];
    const wanted =
      text === undefined
        ? found.map((one) => textOf(one) ?? "")
        : text.replaceAll(",", " ").split(/\s+/).filter(Boolean);
    for (const [index, field] of wanted.entries()) {
      const fault = faultOf(field, fields);
      if (fault && !renames) return machine.raise("ValueError", fault, at);
      fields.push(fault ? `_${index}` : field);
    }
    const last = given.defaults && given.defaults.kind !== "none" ? machine.iterate(given.defaults, at) : [];
    const defaults = "kind" in last ? [] : last;
    if (defaults.length > fields.length)
      return machine.raise("TypeError", "Got more default values than field names", at);
    const byField = new Map(
      defaults.map((value, index) => [fields[fields.length - defaults.length + index] ?? "", value] as const),
    );
    return namedTuple(machine, `collections.${textOf(given.typename) ?? "tuple"}`, fields, byField);
  },
);
