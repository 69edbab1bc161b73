import type { Machine } from "../machine.ts";
import type { Class, Instance, Value } from "../value.ts";
import { byName, method, nativeClass } from "./define.ts";
import { bool, int, none, str, textOf } from "./make.ts";

/** enum.EnumType: what the class of all enums does for them. */
export function enumType(machine: Machine, membersOf: (of: Class) => readonly Instance[]): Class {
  const members = (of: Value): readonly Instance[] => (of.kind === "class" ? membersOf(of) : []);
  const walk = (all: readonly Value[]): Value => {
    let next = 0;
    return { kind: "iterator", type: "generator", next: () => all[next++], at: undefined, env: [] };
  };
  const isMember = (of: Value, name: string): boolean => {
    const named = of.kind === "class" ? of.attributes.get("__members__") : undefined;
    return named?.kind === "dict" && [...named.entries.values()].some(({ key }) => textOf(key) === name);
  };
  return nativeClass(
    machine,
    "enum.EnumType",
    byName(
      method("__len__", {}, (self, { at }) => int(members(self).length, at)),
      method("__iter__", {}, (self) => walk(members(self))),
      method("__reversed__", {}, (self) => walk([...members(self)].reverse())),
      method("__bool__", {}, (_, { at }) => bool(true, at)),
      method("__repr__", {}, (self, { at }) => {
        const isFlag =
          self.kind === "class" &&
          self.mro.some(({ name, module }) => module === "enum" && /Flag$/.test(name));
        return str(`<${isFlag ? "flag" : "enum"} '${self.kind === "class" ? self.name : ""}'>`, at);
      }),
      method("__contains__", { required: ["member"] }, (self, { machine: m, at, given: { member } }) =>
        member.kind === "opaque"
          ? m.opaque(member.because, at, [member], { type: "bool", cause: member.cause })
          : bool(
              members(self).some(
                (one) => one === member || m.equal(one.attributes.get("value") ?? none(), member) === true,
              ),
              at,
            ),
      ),
      method(
        "__setattr__",
        { required: ["name", "value"] },
        (self, { machine: m, at, given }) => {
          const name = textOf(given.name) ?? "";
          if (isMember(self, name)) m.raise("AttributeError", `cannot reassign member '${name}'`, at);
          if (self.kind === "class") self.attributes.set(name, given.value);
          return none(at);
        },
        { takesOpaque: true },
      ),
      method("__delattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        const of = self.kind === "class" ? self.name : "";
        if (isMember(self, name)) m.raise("AttributeError", `'${of}' cannot delete member '${name}'.`, at);
        if (self.kind === "class" && !self.attributes.delete(name))
          m.raise("AttributeError", `type object '${of}' has no attribute '${name}'`, at);
        return none(at);
      }),
    ),
    [machine.classNamed("type")],
  );
}
