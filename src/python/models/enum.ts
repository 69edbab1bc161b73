import type { Location } from "../../location.ts";
import { internalData } from "../internal.ts";
import type { Args, Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, instance, method, model, nativeClass } from "./define.ts";
import { transparent } from "./inert.ts";
import { bool, int, none, str, textOf, tuple } from "./make.ts";

/** enum: the attributes of a class become its members when the class is made. */

/** Names of an enum's body that are no members. */
const isMember = (name: string, value: Value): boolean =>
  !name.startsWith("_") &&
  !["function", "builtin", "method"].includes(value.kind) &&
  !(value.kind === "instance" && ["property", "staticmethod", "classmethod"].includes(value.class.name));

function enums(machine: Machine): (readonly [string, Value])[] {
  const auto = nativeClass(machine, "enum.auto", []);
  const build = builtin(
    "__class_build__",
    (m, { positional: [of], at }) => {
      if (of?.kind !== "class") return none(at);
      const members = new Map<string, Value>();
      let last = 0n;
      for (const [name, given] of [...of.attributes]) {
        if (!isMember(name, given)) continue;
        const isAuto = given.kind === "instance" && given.class === auto;
        const isText = of.mro.some((one) => one.name === "StrEnum");
        const value: Value = !isAuto
          ? given
          : isText
            ? str(name.toLowerCase(), given.at)
            : { kind: "int", value: last + 1n, at: given.at, env: [] };
        if (value.kind === "int") last = value.value;
        const same = [...members.values()].find(
          (one) => one.kind === "instance" && m.equal(one.attributes.get("value") ?? none(), value),
        );
        members.set(name, same ?? memberOf(of, name, value));
      }
      for (const [name, member] of members) of.attributes.set(name, member);
      // Before those of a built-in that it derives from as well; a class's own stay.
      for (const method of [shown, text, formatted])
        if (
          !of.mro
            .slice(1)
            .some((one) => !["builtins", "enum"].includes(one.module) && one.attributes.has(method.name)) &&
          !of.attributes.has(method.name)
        )
          of.attributes.set(method.name, method);
      const all = [...new Set(members.values())];
      of.attributes.set(
        "__members__",
        m.dict(
          [...members].map(([name, member]) => [str(name), member] as const),
          at,
        ),
      );
      of.attributes.set(
        "__class_getitem__",
        builtin("__class_getitem__", (inner, args) => {
          const name = textOf(args.positional.at(-1)) ?? "";
          return members.get(name) ?? inner.raise("KeyError", name, args.at);
        }),
      );
      of.attributes.set(
        "__class_call__",
        builtin(
          "__class_call__",
          (inner, args) => {
            const value = args.positional[1] ?? none(args.at);
            if (value.kind === "opaque") {
              for (const one of all)
                if (one.kind === "instance")
                  inner.candidate(value, textOf(one.attributes.get("value")) ?? "");
              return inner.opaque(value.because, args.at, [value], { cause: value.cause, type: of.name });
            }
            const found = all.find(
              (one) =>
                one === value ||
                (one.kind === "instance" && inner.equal(one.attributes.get("value") ?? none(), value)),
            );
            if (found) return found;
            const shown = inner.repr(value);
            return inner.raise(
              "ValueError",
              `${typeof shown === "string" ? shown : "value"} is not a valid ${of.name}`,
              args.at,
              value.env,
            );
          },
          { takesOpaque: true },
        ),
      );
      return of;
    },
    { takesOpaque: true },
  );
  const shown = method("__repr__", {}, (self, { machine: m, at }) => {
    if (self.kind !== "instance") return str("", at);
    const value = m.repr(self.attributes.get("value") ?? none());
    return str(
      `<${self.class.name}.${textOf(self.attributes.get("name")) ?? ""}: ${typeof value === "string" ? value : ""}>`,
      at,
    );
  });
  const shownText = (m: Machine, self: Value, at: Location | undefined): Value => {
    if (self.kind !== "instance") return str("", at);
    const value = self.attributes.get("value") ?? none();
    const plain = self.class.mro.some((one) => isPlainText.has(one.name) && one.module === "enum");
    const written = plain ? m.str(value) : `${self.class.name}.${textOf(self.attributes.get("name")) ?? ""}`;
    return typeof written === "string" ? str(written, at) : written;
  };
  const text = method("__str__", {}, (self, { machine: m, at }) => shownText(m, self, at));
  const formatted = method("__format__", { required: ["spec"] }, (self, { machine: m, at, given }) => {
    const shown = m.str(self);
    return typeof shown === "string"
      ? m.call(m.attribute(m.import("builtins"), "format"), [str(shown, at), given.spec], undefined, at)
      : shown;
  });
  const meta = enumType(machine);
  const base = nativeClass(
    machine,
    "enum.Enum",
    [
      ["__class_build__", build],
      ["__class_call__", builtin("__class_call__", functional)],
      ...byName(shown, text),
    ],
    undefined,
    meta,
  );
  const sub = (name: string, ...bases: readonly Class[]): Class =>
    nativeClass(machine, `enum.${name}`, [], bases, meta);
  const intEnum = sub("IntEnum", machine.classNamed("int"), base);
  const classes = [
    base,
    intEnum,
    sub("StrEnum", machine.classNamed("str"), base),
    sub("Flag", base),
    sub("IntFlag", machine.classNamed("int"), base),
    auto,
  ];
  return [
    ["EnumMeta", meta],
    ["EnumType", meta],
    ...classes.map((one) => [one.name, one] as const),
    transparent("unique"),
    transparent("verify"),
  ];
}

/** What the class of all enums does for them. */
function enumType(machine: Machine): Class {
  const members = (of: Value): readonly Value[] => {
    const named = of.kind === "class" ? of.attributes.get("__members__") : undefined;
    return named?.kind === "dict" ? [...new Set([...named.entries.values()].map(({ value }) => value))] : [];
  };
  return nativeClass(
    machine,
    "enum.EnumType",
    byName(
      method("__len__", {}, (self, { at }) => int(members(self).length, at)),
      method("__iter__", {}, (self, { at }) => {
        const all = members(self);
        let next = 0;
        return { kind: "iterator", type: "generator", next: () => all[next++], at, env: [] };
      }),
      method("__contains__", { required: ["member"] }, (self, { machine: m, at, given: { member } }) =>
        member.kind === "opaque"
          ? m.opaque(member.because, at, [member], { type: "bool", cause: member.cause })
          : bool(
              members(self).some(
                (one) =>
                  one === member ||
                  (one.kind === "instance" &&
                    m.equal(one.attributes.get("value") ?? none(), member) === true),
              ),
              at,
            ),
      ),
    ),
    [machine.classNamed("type")],
  );
}

/** `Enum("Colour", "RED GREEN")`, `Enum("Colour", {"RED": 1})`: a class, by a call. */
function functional(machine: Machine, { positional: [of, name, names], at }: Args): Value {
  const named =
    names?.kind === "str"
      ? names.value
          .split(/[\s,]+/)
          .filter(Boolean)
          .map((one) => str(one, at))
      : undefined;
  const items = named ?? (names?.kind === "dict" ? [] : names && machine.iterate(names, at));
  if (of?.kind !== "class" || name?.kind !== "str" || !items || "kind" in items)
    return machine.opaque("makes an enum of what is not known", at, names ? [names] : []);
  const pairs =
    names?.kind === "dict"
      ? [...names.entries.values()].map((entry) => [entry.key, entry.value] as const)
      : items.map((item, i) =>
          item.kind === "tuple" || item.kind === "list"
            ? ([item.items[0] ?? none(), item.items[1] ?? none()] as const)
            : ([item, int(i + 1, at)] as const),
        );
  return machine.call(
    machine.classNamed("type"),
    [name, tuple([of], at), machine.dict(pairs, at)],
    undefined,
    at,
  );
}

/** Enums whose members are shown as their values. */
const isPlainText = new Set(["StrEnum", "IntEnum", "IntFlag"]);

/** A member; of an enum that derives from str or int, it is that text or number as well. */
function memberOf(of: Class, name: string, value: Value): Value {
  const isMixed = of.mro.some(
    (one) => one.module === "builtins" && ["str", "int", "float"].includes(one.name),
  );
  return instance(of, value.at, {
    env: value.env,
    data: isMixed ? internalData({ is: "derived", value }) : undefined,
    attributes: [
      ["name", str(name, value.at)],
      ["value", value],
      ["_value_", value],
    ],
  });
}

export const enumModels: readonly Model[] = [model("enum", enums)];
