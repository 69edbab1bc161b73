import { internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, instance, method, model, nativeClass } from "./define.ts";
import { transparent } from "./inert.ts";
import { list, none, str, textOf } from "./make.ts";

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
      const all = [...new Set(members.values())];
      of.attributes.set(
        "__class_iter__",
        builtin("__class_iter__", () => list([...all])),
      );
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
          return members.get(name) ?? inner.raise("KeyError", `'${name}'`, args.at);
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
  const text = method("__str__", {}, (self, { machine: m, at }) => {
    if (self.kind !== "instance") return str("", at);
    const value = self.attributes.get("value") ?? none();
    const plain = self.class.mro.some(
      (one) => one.name === "StrEnum" || one.name === "IntEnum" || one.name === "IntFlag",
    );
    const written = plain ? m.str(value) : `${self.class.name}.${textOf(self.attributes.get("name")) ?? ""}`;
    return typeof written === "string" ? str(written, at) : written;
  });
  const base = nativeClass(machine, "enum.Enum", [["__class_build__", build], ...byName(shown, text)]);
  const sub = (name: string, ...bases: readonly Class[]): Class =>
    nativeClass(machine, `enum.${name}`, [], bases);
  const intEnum = sub("IntEnum", machine.classNamed("int"), base);
  const classes = [
    base,
    intEnum,
    sub("StrEnum", machine.classNamed("str"), base),
    sub("Flag", base),
    sub("IntFlag", machine.classNamed("int"), base),
    auto,
  ];
  return [...classes.map((one) => [one.name, one] as const), transparent("unique"), transparent("verify")];
}

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
