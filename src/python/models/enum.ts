import type { Location } from "../../location.ts";
import type { Args, Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Builtin, Class, Instance, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { bitsOf, type FlagClasses, flagMethods, flagOf, lowerName, nextBit, singles } from "./enum-flags.ts";
import { bodyWatcher, isMember, memberOf, unnamed } from "./enum-members.ts";
import { enumType } from "./enum-type.ts";
import { transparent } from "./inert.ts";
import { list, none, str, textOf, tuple } from "./make.ts";

/** enum: the attributes of a class become its members when the class is made. */

function enums(machine: Machine): (readonly [string, Value])[] {
  const auto = nativeClass(machine, "enum.auto", []);
  const [wrapped, unwrapped] = ["member", "nonmember"].map((name) =>
    nativeClass(machine, `enum.${name}`, []),
  );
  const made = new WeakMap<Class, ReadonlyMap<string, Instance>>();
  const combined = new WeakMap<Class, Map<bigint, Instance>>();
  const membersOf = (of: Class): readonly Instance[] => [...new Set(made.get(of)?.values())];
  const meta = enumType(machine, (of) => (isFlag(of) ? singles(membersOf(of)) : membersOf(of)));
  const isFlag = (of: Class): boolean => of.mro.some((one) => isOf(one, "Flag", "IntFlag"));
  const flags: FlagClasses = {
    members: membersOf,
    keeps: (of) => of.mro.some((one) => isOf(one, "IntFlag")),
    combined: (of) => {
      const known = combined.get(of) ?? new Map<bigint, Instance>();
      combined.set(of, known);
      return known;
    },
    make: unnamed,
  };

  const prepare = define("__class_prepare__", { required: ["bases"] }, ({ machine: m, given: { bases } }) =>
    bodyWatcher(m, bases.kind === "tuple" ? bases.items.filter((one) => one.kind === "class") : [], auto),
  );
  const build = builtin(
    "__class_build__",
    (m, { positional: [of], at }) => {
      if (of?.kind !== "class") return none(at);
      const whole = of.mro.slice(1).find((one) => membersOf(one).length > 0);
      if (whole) m.raise("TypeError", `<enum '${of.name}'> cannot extend <enum '${whole.name}'>`, at);
      for (const name of ignored(m, of.attributes.get("_ignore_"), at)) of.attributes.delete(name);
      const members = new Map<string, Instance>();
      const isText = of.mro.some((one) => isOf(one, "StrEnum"));
      for (const [name, given] of [...of.attributes]) {
        const [asMember, asValue] = [wrapped, unwrapped].map((one) =>
          given.kind === "instance" && given.class === one ? given.attributes.get("value") : undefined,
        );
        if (asValue) of.attributes.set(name, asValue);
        if (asValue || !(asMember || isMember(of.name, name, given))) continue;
        const value = asMember ?? given;
        if (isText && value.kind !== "str" && value.kind !== "tuple" && value.kind !== "opaque") {
          const shown = m.repr(value);
          m.raise("TypeError", `${typeof shown === "string" ? shown : "it"} is not a string`, at);
        }
        const member = memberOf(m, of, name, value);
        if (member.kind !== "instance") continue;
        const held = member.attributes.get("value") ?? none(at);
        const same = [...members.values()].find((one) =>
          m.equal(one.attributes.get("value") ?? none(at), held),
        );
        members.set(name, same ?? member);
      }
      made.set(of, members);
      for (const [name, member] of members) of.attributes.set(name, member);
      // Before those of a built-in that it derives from as well; a class's own stay.
      for (const method of [shown, text, formatted, ...copies])
        if (
          !of.attributes.has(method.name) &&
          !of.mro
            .slice(1)
            .some((one) => !["builtins", "enum"].includes(one.module) && one.attributes.has(method.name))
        )
          of.attributes.set(method.name, method);
      describe(m, of, members, membersOf(of), at);
      of.attributes.set(
        "__class_getitem__",
        builtin("__class_getitem__", (inner, args) => {
          const key = args.positional.at(-1) ?? none(args.at);
          const found = key.kind === "str" ? members.get(key.value) : undefined;
          const error = () => inner.call(inner.classNamed("KeyError"), [key], undefined, args.at);
          return found ?? inner.raiseObject(error(), args.at);
        }),
      );
      of.attributes.set(
        "__class_call__",
        members.size === 0
          ? builtin("__class_call__", functional)
          : builtin("__class_call__", byValue, { takesOpaque: true }),
      );
      return of;
    },
    { takesOpaque: true },
  );

  /** `Colour("red")`: the member of a value. */
  const byValue = (m: Machine, { positional: [of, first], named, at }: Args): Value => {
    const value = first ?? named.get("value");
    if (of?.kind !== "class" || !value)
      return m.raise("TypeError", "EnumType.__call__() missing 1 required positional argument: 'value'", at);
    const held = (one: Instance): Value => one.attributes.get("value") ?? none();
    const all = membersOf(of);
    if (value.kind === "opaque") {
      for (const one of all) m.candidate(value, textOf(held(one)) ?? "");
      return m.opaque(value.because, at, [value], { cause: value.cause, type: of.name });
    }
    const found = all.find((one) => one === value || m.equal(held(one), value));
    if (found) return found;
    const missing = of.mro.find((one) => one.at !== undefined && one.attributes.has("_missing_"));
    if (missing) {
      const other = m.call(m.attribute(of, "_missing_", at), [value], undefined, at);
      if (other.kind === "opaque" || (other.kind === "instance" && other.class === of)) return other;
    }
    if (value.kind === "instance" && value.class === of) return value;
    const bits = bitsOf(value);
    if (isFlag(of) && bits !== undefined) return flagOf(m, flags, of, bits, at);
    const shown = m.repr(value);
    const name = textOf(of.attributes.get("__qualname__")) ?? of.name;
    return m.raise(
      "ValueError",
      `${typeof shown === "string" ? shown : "value"} is not a valid ${name}`,
      at,
      value.env,
    );
  };

  const shown = method("__repr__", {}, (self, { machine: m, at }) => {
    if (self.kind !== "instance") return str("", at);
    const value = m.repr(self.attributes.get("value") ?? none());
    const name = textOf(self.attributes.get("name"));
    return typeof value === "string"
      ? str(`<${self.class.name}${name === undefined ? "" : `.${name}`}: ${value}>`, at)
      : value;
  });
  const shownText = (m: Machine, self: Value, at: Location | undefined): Value => {
    if (self.kind !== "instance") return str("", at);
    const value = self.attributes.get("value") ?? none();
    const name = textOf(self.attributes.get("name"));
    const written = isPlain(self.class)
      ? m.str(value)
      : name === undefined
        ? m.repr(value)
        : `${self.class.name}.${name}`;
    if (typeof written !== "string") return written;
    return str(isPlain(self.class) || name !== undefined ? written : `${self.class.name}(${written})`, at);
  };
  const text = method("__str__", {}, (self, { machine: m, at }) => shownText(m, self, at));
  const formatted = method("__format__", { required: ["spec"] }, (self, { machine: m, at, given }) => {
    const format = (value: Value): Value =>
      m.call(m.attribute(m.import("builtins"), "format"), [value, given.spec], undefined, at);
    if (self.kind === "instance" && isPlain(self.class))
      return format(self.attributes.get("value") ?? none(at));
    const written = m.str(self);
    return typeof written === "string" ? format(str(written, at)) : written;
  });
  const copies = [
    method("__copy__", {}, (self) => self),
    method("__deepcopy__", { optional: ["memo"] }, (self) => self),
  ];
  const base = nativeClass(
    machine,
    "enum.Enum",
    [
      ["__class_build__", build],
      ["__class_prepare__", prepare],
      ["__class_call__", builtin("__class_call__", functional)],
      ...byName(shown, text, assignment),
    ],
    undefined,
    meta,
  );
  const sub = (name: string, members: readonly Builtin[], ...bases: readonly Class[]): Class =>
    nativeClass(machine, `enum.${name}`, byName(...members), bases, meta);
  const bits = [...flagMethods(flags), nextBit];
  const classes = [
    base,
    sub("ReprEnum", [], base),
    sub("IntEnum", [], machine.classNamed("int"), base),
    sub("StrEnum", [lowerName], machine.classNamed("str"), base),
    sub("Flag", bits, base),
    sub("IntFlag", bits, machine.classNamed("int"), base),
    auto,
  ];
  const holder = (of: Class | undefined, name: string): Builtin =>
    define(
      name,
      { required: ["value"] },
      ({ at, given }) => (of ? instance(of, at, { attributes: [["value", given.value]] }) : given.value),
      { takesOpaque: true },
    );
  return [
    ["EnumMeta", meta],
    ["EnumType", meta],
    ...classes.map((one) => [one.name, one] as const),
    ...byName(holder(wrapped, "member"), holder(unwrapped, "nonmember"), unique),
    ["property", machine.classNamed("property")],
    transparent("verify"),
    transparent("global_enum"),
  ];
}

const isOf = (of: Class, ...names: readonly string[]): boolean =>
  of.module === "enum" && names.includes(of.name);

/** Enums whose members are shown as their values. */
const isPlain = (of: Class): boolean =>
  of.mro.some((one) => isOf(one, "StrEnum", "IntEnum", "IntFlag", "ReprEnum"));

function ignored(machine: Machine, value: Value | undefined, at: Location | undefined): readonly string[] {
  if (!value) return [];
  const names =
    value.kind === "str" ? value.value.replaceAll(",", " ").split(/\s+/) : machine.iterate(value, at);
  return "kind" in names
    ? []
    : ["_ignore_", ...names.map((one) => (typeof one === "string" ? one : (textOf(one) ?? "")))];
}

/** What a class of members tells of them. */
function describe(
  machine: Machine,
  of: Class,
  named: ReadonlyMap<string, Instance>,
  members: readonly Instance[],
  at: Location | undefined,
): void {
  const byKey = machine.dict(
    [...named].map(([name, member]) => [str(name), member] as const),
    at,
  );
  of.attributes.set("__members__", byKey);
  of.attributes.set("_member_map_", byKey);
  of.attributes.set(
    "_member_names_",
    list(
      members.map((member) => member.attributes.get("name") ?? none(at)),
      at,
    ),
  );
  const values = members.map((member) => [member.attributes.get("value") ?? none(at), member] as const);
  if (values.every(([value]) => ["str", "int", "float", "bool", "none"].includes(value.kind)))
    of.attributes.set("_value2member_map_", machine.dict(values, at));
}

/** `name` and `value` are nobody's to assign. */
const assignment = method(
  "__setattr__",
  { required: ["name", "value"] },
  (self, { machine, at, given }) => {
    const name = textOf(given.name) ?? "";
    if (name === "name" || name === "value")
      machine.raise("AttributeError", `<enum 'Enum'> cannot set attribute '${name}'`, at);
    if (self.kind === "instance") self.attributes.set(name, given.value);
    return none(at);
  },
  { takesOpaque: true },
);

const unique = define("unique", { required: ["enumeration"] }, ({ machine, at, given: { enumeration } }) => {
  const members = enumeration.kind === "class" ? enumeration.attributes.get("__members__") : undefined;
  const all = members?.kind === "dict" ? [...members.entries.values()] : [];
  const twice = all.flatMap(({ key, value }) => {
    const name = value.kind === "instance" ? textOf(value.attributes.get("name")) : undefined;
    return name === textOf(key) ? [] : `${textOf(key)} -> ${name}`;
  });
  if (twice.length > 0 && enumeration.kind === "class")
    machine.raise(
      "ValueError",
      `duplicate values found in <enum '${enumeration.name}'>: ${twice.join(", ")}`,
      at,
    );
  return enumeration;
});

/** `Enum("Colour", "RED GREEN")`, `Enum("Colour", {"RED": 1})`: a class, by a call. */
function functional(machine: Machine, { positional: [of, name, second], named: options, at }: Args): Value {
  const names = second ?? options.get("names");
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
  const given =
    names?.kind === "dict"
      ? [...names.entries.values()].map((entry) => [entry.key, entry.value] as const)
      : items.map((item) =>
          item.kind === "tuple" || item.kind === "list"
            ? ([item.items[0] ?? none(), item.items[1] ?? none()] as const)
            : ([item, undefined] as const),
        );
  const generate = of.mro.find((one) => one.attributes.has("_generate_next_value_"))?.attributes;
  const generator = generate?.get("_generate_next_value_");
  const values: Value[] = [];
  const pairs = given.map(([key, value], index): readonly [Value, Value] => {
    const count: Value = { kind: "int", value: BigInt(index), at, env: [] };
    const one: Value = { kind: "int", value: 1n, at, env: [] };
    const next: Value = { kind: "int", value: BigInt(index + 1), at, env: [] };
    const held =
      value ??
      (generator ? machine.call(generator, [key, one, count, list([...values], at)], undefined, at) : next);
    values.push(held);
    return [key, held];
  });
  const type = options.get("type");
  const bases = type?.kind === "class" ? [type, of] : [of];
  return machine.call(
    machine.classNamed("type"),
    [name, tuple(bases, at), machine.dict(pairs, at)],
    undefined,
    at,
  );
}

export const enumModels: readonly Model[] = [model("enum", enums)];
