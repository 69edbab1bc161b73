import type { Machine, Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { notModelled } from "./inert.ts";
import { bool, list, none, str, textOf } from "./make.ts";

/** dataclasses: an `__init__` made from annotations. */

/** The fields of a class body, by their annotations, with their defaults. */
export function fieldsOf(of: Class): {
  readonly names: readonly string[];
  readonly defaults: ReadonlyMap<string, Value>;
} {
  const annotations = of.attributes.get("__annotations__");
  const names =
    annotations?.kind === "dict" ? [...annotations.entries.values()].map(({ key }) => textOf(key) ?? "") : [];
  const defaults = names.flatMap((name) => {
    const value = of.attributes.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { names, defaults: new Map(defaults) };
}

function dataclasses(machine: Machine): (readonly [string, Value])[] {
  const fieldClass = nativeClass(machine, "dataclasses.Field", []);
  const field = define(
    "field",
    { others: true },
    ({ at, others }) => instance(fieldClass, at, { attributes: others }),
    { takesOpaque: true },
  );
  const defaultOf = (m: Machine, value: Value): Value | undefined => {
    if (value.kind !== "instance" || value.class !== fieldClass) return value;
    const factory = value.attributes.get("default_factory");
    return factory ? m.call(factory, []) : value.attributes.get("default");
  };
  const declared = new Map<Class, ReturnType<typeof fieldsOf>>();
  /** Own fields behind those of the base classes, as they were when these were decorated. */
  const all = (of: Class): ReturnType<typeof fieldsOf> => {
    const known = [...of.mro].reverse().flatMap((one) => declared.get(one) ?? []);
    return {
      names: [...new Set(known.flatMap(({ names }) => names))],
      defaults: new Map(known.flatMap(({ defaults }) => [...defaults])),
    };
  };
  const decorate = (of: Value): Value => {
    if (of.kind !== "class") return of;
    declared.set(of, fieldsOf(of));
    const { names, defaults } = all(of);
    const init = method(
      "__init__",
      { optional: names },
      (self, { machine: m, at, given }) => {
        const parts = given as Readonly<Record<string, Value | undefined>>;
        for (const name of names) {
          const otherwise = defaults.get(name);
          const value = parts[name] ?? (otherwise && defaultOf(m, otherwise));
          if (!value)
            return m.raise(
              "TypeError",
              `${of.name}.__init__() missing 1 required positional argument: '${name}'`,
              at,
            );
          if (self.kind === "instance") self.attributes.set(name, value);
        }
        if (self.kind === "instance" && of.mro.some((one) => one.attributes.has("__post_init__")))
          m.call(m.attribute(self, "__post_init__", at), [], undefined, at);
        return none(at);
      },
      { takesOpaque: true },
    );
    if (!of.attributes.has("__init__")) of.attributes.set("__init__", init);
    for (const name of names) {
      const value = of.attributes.get(name);
      if (value?.kind === "instance" && value.class === fieldClass) {
        const fixed = value.attributes.get("default");
        if (fixed) of.attributes.set(name, fixed);
        else of.attributes.delete(name);
      }
    }
    return of;
  };
  const dataclass: Value = define("dataclass", { optional: ["cls"], others: true }, ({ given }) =>
    given.cls
      ? decorate(given.cls)
      : define("wrap", { required: ["cls"] }, (call) => decorate(call.given.cls)),
  );
  const valuesOf = (m: Machine, self: Value, at: Parameters<typeof none>[0]): (readonly [Value, Value])[] =>
    self.kind === "instance"
      ? all(self.class).names.map((name) => [str(name, at), m.attribute(self, name, at)] as const)
      : [];
  return [
    ["Field", fieldClass],
    ["dataclass", dataclass],
    ...byName(
      field,
      define("asdict", { required: ["obj"], others: true }, ({ machine: m, at, given }) =>
        m.dict(valuesOf(m, given.obj, at), at),
      ),
      define("replace", { required: ["obj"], others: true }, ({ at, given, others }) =>
        given.obj.kind === "instance"
          ? instance(given.obj.class, at, { attributes: [...given.obj.attributes, ...others] })
          : given.obj,
      ),
      define("is_dataclass", { required: ["obj"] }, ({ at, given }) =>
        bool(
          (given.obj.kind === "class"
            ? given.obj
            : given.obj.kind === "instance"
              ? given.obj.class
              : undefined
          )?.attributes.has("__annotations__") ?? false,
          at,
        ),
      ),
      define("fields", { required: ["obj"] }, ({ machine: m, at, given }) => {
        const of =
          given.obj.kind === "class"
            ? given.obj
            : given.obj.kind === "instance"
              ? given.obj.class
              : undefined;
        return of
          ? list(
              all(of).names.map((name) =>
                instance(fieldClass, at, { attributes: [["name", str(name, at)]] }),
              ),
              at,
            )
          : notModelled(m, given.obj, "fields", at);
      }),
    ),
  ];
}

export const dataclassesModels: readonly Model[] = [model("dataclasses", dataclasses)];
