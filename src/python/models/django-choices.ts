import { builtin, type Machine, type Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { define, method, model, nativeClass } from "./define.ts";
import { list, none, str, textOf, tuple } from "./make.ts";

/** `django.db.models.TextChoices` and its like: enums whose members have labels. */

const isLabelled = (value: Value): value is Extract<Value, { kind: "tuple" }> =>
  value.kind === "tuple" && value.items.length > 1 && value.items.at(-1)?.kind === "str";

/** "IN_STOCK" → "In Stock", as `str.title()` does it for names. */
const titled = (name: string): string =>
  name
    .replaceAll("_", " ")
    .replace(/[A-Za-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** What `auto()` is in TextChoices. */
const nameItself = define(
  "_generate_next_value_",
  { required: ["name"], rest: true },
  ({ given }) => given.name,
);

function choices(machine: Machine, name: string, mixin: string | undefined): Class {
  const base = machine.classNamed("enum.Enum");
  const buildEnum = base.attributes.get("__class_build__") ?? none();
  const build = builtin(
    "__class_build__",
    (m, { positional: [of], at }) => {
      if (of?.kind !== "class") return none(at);
      const labels = new Map<string, Value>();
      for (const [key, value] of of.attributes) {
        if (!isLabelled(value)) continue;
        const label = value.items.at(-1);
        const rest = value.items.slice(0, -1);
        const [only] = rest;
        if (label) labels.set(key, label);
        if (only) of.attributes.set(key, rest.length === 1 ? only : tuple(rest, value.at));
      }
      const made = m.call(buildEnum, [of], undefined, at);
      const members = of.attributes.get("__members__");
      const all = members?.kind === "dict" ? [...members.entries.values()] : [];
      for (const { key, value: member } of all) {
        if (member.kind !== "instance" || member.attributes.has("label")) continue;
        const own = textOf(key) ?? "";
        member.attributes.set("label", labels.get(own) ?? str(titled(own), member.at));
      }
      const each = (pick: (member: Value) => Value): Value => list(all.map(({ value }) => pick(value)));
      const part = (member: Value, key: string): Value => m.attribute(member, key, at);
      of.attributes.set(
        "names",
        each((member) => part(member, "name")),
      );
      of.attributes.set(
        "values",
        each((member) => part(member, "value")),
      );
      of.attributes.set(
        "labels",
        each((member) => part(member, "label")),
      );
      of.attributes.set(
        "choices",
        each((member) => tuple([part(member, "value"), part(member, "label")])),
      );
      return made;
    },
    { takesOpaque: true },
  );
  const shown = method("__str__", {}, (self, { machine: m, at }) => {
    const text = m.str(m.attribute(self, "value", at));
    return typeof text === "string" ? str(text, at) : text;
  });
  const bases = [...(mixin === undefined ? [] : [machine.classNamed(mixin)]), base];
  return nativeClass(
    machine,
    `django.db.models.enums.${name}`,
    [
      ["__class_build__", build],
      ["__str__", shown],
      ...(mixin === "str" ? [["_generate_next_value_", nameItself] as const] : []),
    ],
    bases,
    base.meta,
  );
}

export const djangoChoicesModels: readonly Model[] = ["django.db.models", "django.db.models.enums"].map(
  (module) =>
    model(module, (machine) => [
      ["Choices", choices(machine, "Choices", undefined)],
      ["TextChoices", choices(machine, "TextChoices", "str")],
      ["IntegerChoices", choices(machine, "IntegerChoices", "int")],
    ]),
);
