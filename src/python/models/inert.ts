import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Builtin, Class, Value } from "../value.ts";
import { creator, define, method, nativeClass } from "./define.ts";
import { none, ofTheMachine } from "./make.ts";

/** Parts of libraries whose effect a settings module does not see. */

/** A function that gives None, whatever it is called with. */
export function noEffect(name: string): readonly [string, Value] {
  return [name, define(name, { rest: true, others: true }, ({ at }) => none(at), { takesOpaque: true })];
}

/** A function whose result is up to the machine, or to other people's servers. */
export function machineCall(name: string, type?: string): readonly [string, Value] {
  return [
    name,
    define(name, { rest: true, others: true }, ({ machine, at }) => ofTheMachine(machine, at, type), {
      takesOpaque: true,
    }),
  ];
}

/** What `__getattr__` of a native class answers for a name that its model lacks. */
export function notModelled(machine: Machine, self: Value, name: string, at: Location | undefined): Value {
  const type = self.kind === "opaque" ? "object" : machine.classOf(self).name;
  if (name.startsWith("__"))
    return machine.raise("AttributeError", `'${type}' object has no attribute '${name}'`, at);
  return machine.opaque(`uses ${type}.${name}, which is not modelled`, at, [], { cause: "unmodelled" });
}

/**
 * A class whose objects take anything and do nothing. Their attributes are what they were made with, by
 * name; any other is not known.
 */
export function inertClass(machine: Machine, path: string, bases?: readonly Class[]): Class {
  const create = creator({ rest: true, others: true }, ({ others }) => ({ attributes: others }));
  return nativeClass(machine, path, [create, ["__getattr__", anything]], bases);
}

const anything: Builtin = method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) => {
  const name = given.name.kind === "str" ? given.name.value : "";
  return notModelled(machine, self, name, at);
});

/** Inert classes of one module, as its names. */
export function inertClasses(
  machine: Machine,
  module: string,
  ...names: readonly string[]
): (readonly [string, Value])[] {
  return names.map((name) => [name, inertClass(machine, `${module}.${name}`)] as const);
}

/** What a decorator below has made of a function. */
const isDecorated = (value: Value): boolean =>
  value.kind === "instance" && ["property", "classmethod", "staticmethod"].includes(value.class.name);

/** A decorator that returns what it decorates, also when it is called with options first. */
export function transparent(name: string): readonly [string, Value] {
  const give: Value = define(
    name,
    { optional: ["value"], rest: true, others: true },
    ({ given }) =>
      given.value && (["function", "class", "builtin"].includes(given.value.kind) || isDecorated(given.value))
        ? given.value
        : give,
    { takesOpaque: true },
  );
  return [name, give];
}
