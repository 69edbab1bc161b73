import type { Location } from "../../location.ts";
import { internalAs, internalData } from "../internal.ts";
import type { Machine } from "../machine.ts";
import { findInClass } from "../names.ts";
import type { Builtin, Class, Instance, Value } from "../value.ts";
import { define, instance } from "./define.ts";
import { int, list, none, str, textOf, tuple } from "./make.ts";

/** How the names of an enum's body become members. */

const isSunder = (name: string): boolean => /^_[^_].*[^_]_$|^_[^_]_$/.test(name);

/** Names of an enum's body that are members: no dunders, no private names, nothing that binds. */
export function isMember(of: string, name: string, value: Value): boolean {
  if (name.startsWith("__") || isSunder(name) || name.startsWith(`_${of.replace(/^_+/, "")}__`)) return false;
  if (["function", "builtin", "method"].includes(value.kind)) return false;
  if (value.kind !== "instance") return true;
  if (["property", "staticmethod", "classmethod"].includes(value.class.name)) return false;
  return !value.class.mro.some((one) =>
    ["__get__", "__set__", "__delete__"].some((hook) => one.attributes.has(hook)),
  );
}

/** What `auto()` gives where nothing else is said: one more than the last. Before 3.13 the last counts, since then the largest. */
const nextNumber: Builtin = define(
  "_generate_next_value_",
  { required: ["name", "start", "count", "last_values"] },
  ({ machine, at, given }) => {
    const last = machine.iterate(given.last_values, at);
    if ("kind" in last) return last;
    const end = last.at(-1);
    if (!end) return given.start;
    const numbers = last.flatMap((value) => (value.kind === "int" ? value.value : []));
    return end.kind === "int" && numbers.length === last.length && numbers.every((one) => one <= end.value)
      ? int(end.value + 1n, at)
      : machine.opaque("is chosen by auto() in a way that differs between versions of Python", at, last);
  },
);

/**
 * What watches the names of a body while it runs: `auto()` has its value at once, and no member is written twice.
 * Gives the value to bind.
 */
export function bodyWatcher(machine: Machine, parents: readonly Class[], auto: Class): Value {
  const written = new Map<string, Value>();
  const inherited = parents
    .flatMap(({ mro }) => mro)
    .find((one) => one.attributes.has("_generate_next_value_"));
  let generate = inherited?.attributes.get("_generate_next_value_") ?? nextNumber;
  const number = (name: string, at: Location | undefined): Value => {
    const parts = [str(name, at), int(1, at), int(written.size, at), list([...written.values()], at)];
    return machine.call(internalAs(generate, "staticmethod")?.function ?? generate, parts, undefined, at);
  };
  const isAuto = (value: Value): boolean => value.kind === "instance" && value.class === auto;
  return define(
    "bound",
    { required: ["name", "value"] },
    ({ machine: m, at, given }) => {
      const name = textOf(given.name) ?? "";
      let { value } = given;
      if (name === "_generate_next_value_") generate = value;
      const before = written.get(name);
      if (before) {
        const shown = m.repr(before);
        return typeof shown === "string"
          ? m.raise("TypeError", `'${name}' already defined as ${shown}`, at)
          : m.opaque(shown.because, at, [shown]);
      }
      if (isAuto(value)) value = number(name, at);
      else if (value.kind === "tuple" && value.items.some(isAuto))
        value = tuple(
          value.items.map((item) => (isAuto(item) ? number(name, at) : item)),
          at,
        );
      if (isMember("", name, value)) written.set(name, value);
      return value;
    },
    { takesOpaque: true },
  );
}

/** The builtin that the members are as well, if the enum derives from one. */
function mixinOf(of: Class): Class | undefined {
  return of.mro.find(({ module, name }) => module === "builtins" && name !== "object");
}

/** A member; of an enum that derives from str or int, it is that text or number as well. */
export function memberOf(machine: Machine, of: Class, name: string, value: Value): Value {
  const { at } = value;
  const args = value.kind === "tuple" ? value.items : [value];
  const maker = findInClass(of, "__new__");
  const mixin = mixinOf(of);
  let member: Value;
  let own: Value = value;
  if (maker && maker.owner.at !== undefined) {
    member = machine.call(machine.attribute(of, "__new__", at), [of, ...args], undefined, at);
    if (member.kind !== "instance") return member;
    own = member.attributes.get("_value_") ?? value;
  } else {
    if (mixin && value.kind !== "opaque" && !(value.kind !== "tuple" && machine.classOf(value) === mixin))
      own = machine.call(mixin, mixin.name === "tuple" ? [value] : args, undefined, at);
    member = instance(of, at, {
      env: value.env,
      data: mixin ? internalData({ is: "derived", value: own }) : undefined,
    });
  }
  const label = (one: Instance, held: Value): void => {
    for (const [key, part] of [
      ["name", str(name, at)],
      ["_name_", str(name, at)],
      ["value", held],
      ["_value_", held],
    ] as const)
      one.attributes.set(key, part);
  };
  label(member, own);
  const starter = findInClass(of, "__init__");
  if (starter && starter.owner.at !== undefined) {
    machine.call(starter.value, [member, ...args], undefined, at);
    label(member, member.attributes.get("_value_") ?? own);
  }
  return member;
}

/** A member that is no name of the body: flags combined. */
export function unnamed(
  of: Class,
  name: string | undefined,
  value: bigint,
  at: Location | undefined,
): Instance {
  const bits = int(value, at);
  const called = name === undefined ? none(at) : str(name, at);
  return instance(of, at, {
    data: mixinOf(of) ? internalData({ is: "derived", value: bits }) : undefined,
    attributes: [
      ["name", called],
      ["_name_", called],
      ["value", bits],
      ["_value_", bits],
    ],
  });
}
