import { internalData, unwrap } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, instance, method, nativeClass } from "./define.ts";
import { copied, dictIn, keyIn } from "./dynaconf-nodes.ts";
import { bool, none, textOf } from "./make.ts";

/** dynaconf's dicts and lists, as settings give them away: keys in any case, and as attributes. */
export interface DataClasses {
  readonly dict: Class;
  readonly list: Class;
}

const made = new WeakMap<Machine, DataClasses>();

export function dataClasses(machine: Machine): DataClasses {
  const known = made.get(machine);
  if (known) return known;
  const classes: DataClasses = {
    dict: nativeClass(machine, "dynaconf.nodes.DataDict", dictMembers(wrap), [machine.classNamed("dict")]),
    list: nativeClass(
      machine,
      "dynaconf.nodes.DataList",
      byName(
        walk,
        method("__getitem__", { required: ["index"] }, (self, { machine: m, at, given }) =>
          wrap(m.subscript(unwrap(self), given.index, at)),
        ),
        method("to_list", {}, (self, { machine: m }) => copied(m, unwrap(self))),
      ),
      [machine.classNamed("list")],
    ),
  };
  made.set(machine, classes);
  return classes;

  function wrap(value: Value): Value {
    const of = value.kind === "dict" ? classes.dict : value.kind === "list" ? classes.list : undefined;
    if (!of) return value;
    return instance(of, value.at, { data: internalData({ is: "derived", value }), env: value.env });
  }
}

/** Python's own way to walk it, which a `__getitem__` of its own would hide. */
const walk = method("__iter__", {}, (self, { machine, at }) =>
  machine.call(machine.attribute(unwrap(self), "__iter__", at), [], undefined, at),
);

function dictMembers(wrap: (value: Value) => Value): [string, Value][] {
  const find = (self: Value, key: Value): Value | undefined => {
    const dict = dictIn(self);
    const name = textOf(key);
    const found = dict && name !== undefined ? keyIn(dict, name) : undefined;
    const value = found === undefined ? undefined : dict?.entries.get(found)?.value;
    return value ? wrap(value) : dict?.open;
  };
  return byName(
    walk,
    method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) => {
      const name = textOf(given.name) ?? "";
      return find(self, given.name) ?? machine.raise("AttributeError", `'${name}'`, at, self.env);
    }),
    method(
      "__getitem__",
      { required: ["key"] },
      (self, { machine, at, given }) =>
        find(self, given.key) ?? wrap(machine.subscript(unwrap(self), given.key, at)),
    ),
    method("__contains__", { required: ["key"] }, (self, { machine, at, given }) =>
      find(self, given.key) ? bool(true, at, self.env) : machine.operate("In", given.key, unwrap(self), at),
    ),
    method(
      "get",
      { required: ["key"], optional: ["default"] },
      (self, { at, given }) => find(self, given.key) ?? given.default ?? none(at, self.env),
      { takesOpaque: true },
    ),
    method("__setattr__", { required: ["name", "value"] }, (self, { machine, at, given }) => {
      machine.setItem(unwrap(self), given.name, given.value, at);
      return none(at);
    }),
    ...["to_dict", "copy"].map((name) =>
      method(name, {}, (self, { machine }) => copied(machine, unwrap(self))),
    ),
  );
}
