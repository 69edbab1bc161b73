import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, method, nativeClass } from "./define.ts";
import { none, textOf } from "./make.ts";

/** `functools.cached_property`: what it gave first is then an attribute of the object, which may be set or deleted. */
export function cachedProperty(machine: Machine, path = "functools.cached_property"): Class {
  const part = (self: Value, name: string): Value | undefined =>
    self.kind === "instance" ? self.attributes.get(name) : undefined;
  return nativeClass(machine, path, [
    creator({ required: ["func"], optional: ["name"] }, ({ given }) => ({
      attributes: [["func", given.func]],
    })),
    ...byName(
      method(
        "__set_name__",
        { required: ["owner", "name"] },
        (self, { at, given }) => {
          if (self.kind === "instance") self.attributes.set("attrname", given.name);
          return none(at);
        },
        { takesOpaque: true },
      ),
      method(
        "__get__",
        { required: ["of"], optional: ["owner"] },
        (self, { machine: m, at, given: { of } }) => {
          if (of.kind === "none") return self;
          const value = m.call(part(self, "func") ?? none(at), [of], undefined, at);
          const name = textOf(part(self, "attrname") ?? none(at));
          if (of.kind === "instance" && name !== undefined) of.attributes.set(name, value);
          return value;
        },
        { takesOpaque: true },
      ),
    ),
  ]);
}
