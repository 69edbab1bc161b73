import type { Location } from "../../location.ts";
import { internalAs } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import type { Builtin, Class, Value } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { bool, dictOf, list, none, str, textOf, tuple } from "./make.ts";

/** dataclasses: methods made from annotations. */

/** The fields of a class body, by their annotations, with their defaults. */
export function fieldsOf(of: Class): {
  readonly names: readonly string[];
  readonly defaults: ReadonlyMap<string, Value>;
} {
  const annotations = of.attributes.get("__annotations__");
  const names =
    annotations?.kind === "dict"
      ? [...annotations.entries.values()].flatMap(({ key, value }) =>
          isClassVariable(value) ? [] : (textOf(key) ?? ""),
        )
      : [];
  const defaults = names.flatMap((name) => {
    const value = of.attributes.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { names, defaults: new Map(defaults) };
}

/** `ClassVar[…]` is not a field. */
function isClassVariable(annotation: Value): boolean {
  const of = internalAs(annotation, "alias")?.origin ?? annotation;
  return of.kind === "class" && of.name === "ClassVar" && of.module === "typing";
}

interface Field {
  readonly name: string;
  readonly default?: Value | undefined;
  readonly factory?: Value | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly onlyNamed: boolean;
  /** `InitVar`: an argument that is handed to `__post_init__`, and no attribute. */
  readonly onlyInit: boolean;
  readonly type: Value | undefined;
  readonly metadata: Value | undefined;
}

/** Which methods a class gets, as its decorator asks. */
type Options = ReadonlyMap<string, Value>;

function dataclasses(machine: Machine): (readonly [string, Value])[] {
  const fieldClass = nativeClass(machine, "dataclasses.Field", []);
  const frozenError = exceptionClass(machine, "dataclasses.FrozenInstanceError", "AttributeError");
  const keywordsOnly = instance(nativeClass(machine, "dataclasses._KW_ONLY_TYPE", []), undefined);
  const initVariable = nativeClass(machine, "dataclasses.InitVar", []);
  const missing = instance(nativeClass(machine, "dataclasses._MISSING_TYPE", []), undefined);
  const declared = new Map<Class, readonly Field[]>();
  const asked = (m: Machine, options: Options, name: string, otherwise: boolean): boolean => {
    const given = options.get(name);
    return given ? (m.truth(given) ?? otherwise) : otherwise;
  };

  /** Own fields behind those of the base classes, as they were when these were decorated. */
  const all = (of: Class): readonly Field[] => everything(of).filter(({ onlyInit }) => !onlyInit);
  const everything = (of: Class): readonly Field[] => {
    const fields = new Map<string, Field>();
    for (const one of [...of.mro].reverse())
      for (const field of declared.get(one) ?? []) fields.set(field.name, field);
    return [...fields.values()];
  };

  const own = (m: Machine, of: Class, options: Options): readonly Field[] => {
    const { names, defaults } = fieldsOf(of);
    const annotations = of.attributes.get("__annotations__");
    const kinds = annotations?.kind === "dict" ? [...annotations.entries.values()] : [];
    const split = kinds.findIndex(({ value }) => value === keywordsOnly);
    const late = new Set(split < 0 ? [] : kinds.slice(split).map(({ key }) => textOf(key)));
    return names
      .filter((name) => !kinds.some(({ key, value }) => textOf(key) === name && value === keywordsOnly))
      .map((name): Field => {
        const given = defaults.get(name);
        const details: Options =
          given?.kind === "instance" && given.class === fieldClass
            ? given.attributes
            : new Map(given ? [["default", given]] : []);
        const type = kinds.find(({ key }) => textOf(key) === name)?.value;
        return {
          name,
          type,
          onlyInit: type !== undefined && (internalAs(type, "alias")?.origin ?? type) === initVariable,
          metadata: details.get("metadata"),
          default: details.get("default"),
          factory: details.get("default_factory"),
          init: asked(m, details, "init", true),
          repr: asked(m, details, "repr", true),
          compare: asked(m, details, "compare", true),
          onlyNamed: asked(m, details, "kw_only", late.has(name) || asked(m, options, "kw_only", false)),
        };
      });
  };

  const initial = (of: Class, fields: readonly Field[]): Builtin => {
    const taken = fields.filter(({ init }) => init);
    const isRequired = (one: Field) => !one.default && !one.factory;
    return method(
      "__init__",
      {
        required: taken.filter(isRequired).map(({ name }) => name),
        optional: taken.filter((one) => !isRequired(one)).map(({ name }) => name),
        named: taken.filter(({ onlyNamed }) => onlyNamed).map(({ name }) => name),
        called: `${of.name}.__init__`,
      },
      (self, { machine: m, at, given: parts }) => {
        const values = parts as Readonly<Record<string, Value | undefined>>;
        if (self.kind !== "instance") return none(at);
        const passed: Value[] = [];
        for (const one of fields) {
          const value =
            (one.init ? values[one.name] : undefined) ??
            one.default ??
            (one.factory && m.call(one.factory, [], undefined, at));
          if (value && one.onlyInit) passed.push(value);
          else if (value) self.attributes.set(one.name, value);
        }
        if (of.mro.some((entry) => entry.attributes.has("__post_init__")))
          m.call(m.attribute(self, "__post_init__", at), passed, undefined, at);
        return none(at);
      },
      { takesOpaque: true },
    );
  };

  const compared = (m: Machine, self: Value, at: Location | undefined): Value =>
    tuple(
      self.kind === "instance"
        ? all(self.class)
            .filter(({ compare }) => compare)
            .map(({ name }) => m.attribute(self, name, at))
        : [],
      at,
    );
  const comparison = (name: string, op: "Eq" | "Lt" | "LtE" | "Gt" | "GtE"): Builtin =>
    method(name, { required: ["other"] }, (self, { machine: m, at, given: { other } }) =>
      self.kind === "instance" && other.kind === "instance" && self.class === other.class
        ? m.operate(op, compared(m, self, at), compared(m, other, at), at)
        : m.attribute(m.import("builtins"), "NotImplemented"),
    );
  const orders = [
    comparison("__lt__", "Lt"),
    comparison("__le__", "LtE"),
    comparison("__gt__", "Gt"),
    comparison("__ge__", "GtE"),
  ];
  const shown = method("__repr__", {}, (self, { machine: m, at }) => {
    if (self.kind !== "instance") return str("", at);
    const parts = all(self.class)
      .filter(({ repr }) => repr)
      .map(({ name }) => [name, m.repr(m.attribute(self, name, at))] as const);
    const unknown = parts.find(([, text]) => typeof text !== "string")?.[1];
    if (unknown && typeof unknown !== "string") return unknown;
    const qualified = textOf(self.class.attributes.get("__qualname__")) ?? self.class.name;
    return str(`${qualified}(${parts.map(([name, text]) => `${name}=${String(text)}`).join(", ")})`, at);
  });
  const frozen = (verb: string): Builtin =>
    method(
      verb === "assign to" ? "__setattr__" : "__delattr__",
      { required: ["name"], optional: ["value"] },
      (_, { machine: m, at, given }) =>
        m.raise(frozenError, `cannot ${verb} field '${textOf(given.name) ?? ""}'`, at),
    );

  const decorate = (m: Machine, of: Value, options: Options): Value => {
    if (of.kind !== "class") return of;
    const fields = own(m, of, options);
    declared.set(of, fields);
    checkDefaults(m, fields, of.at);
    if (asked(m, options, "init", true)) checkOrder(m, everything(of), of.at);
    const put = (when: boolean, ...members: readonly Builtin[]): void => {
      if (when) for (const one of members) if (!of.attributes.has(one.name)) of.attributes.set(one.name, one);
    };
    put(asked(m, options, "init", true), initial(of, everything(of)));
    put(asked(m, options, "repr", true), shown);
    put(asked(m, options, "eq", true), comparison("__eq__", "Eq"));
    put(asked(m, options, "order", false), ...orders);
    if (asked(m, options, "frozen", false)) {
      put(true, frozen("assign to"), frozen("delete"));
      put(
        true,
        method("__hash__", {}, (self, call) => compared(call.machine, self, call.at)),
      );
    }
    if (asked(m, options, "slots", false) && !of.attributes.has("__slots__"))
      of.attributes.set(
        "__slots__",
        tuple(fields.filter(({ onlyInit }) => !onlyInit).map(({ name }) => str(name))),
      );
    const positional = everything(of).filter(({ init, onlyNamed }) => init && !onlyNamed);
    of.attributes.set("__match_args__", tuple(positional.map(({ name }) => str(name))));
    of.attributes.set(
      "__dataclass_fields__",
      dictOf(
        m,
        all(of).map((one) => [one.name, fieldObject(one, undefined)] as const),
        undefined,
      ),
    );
    for (const { name } of fields) {
      const value = of.attributes.get(name);
      if (value?.kind !== "instance" || value.class !== fieldClass) continue;
      const fixed = value.attributes.get("default");
      if (fixed) of.attributes.set(name, fixed);
      else of.attributes.delete(name);
    }
    return of;
  };

  /** `x: list = []` would be one list for all. */
  const checkDefaults = (m: Machine, fields: readonly Field[], at: Location | undefined): void => {
    for (const { name, default: value } of fields) {
      if (!value || value.kind === "opaque" || !isUnhashable(value)) continue;
      const shown = m.repr(m.classOf(value));
      m.raise(
        "ValueError",
        `mutable default ${String(shown)} for field ${name} is not allowed: use default_factory`,
        at,
      );
    }
  };
  /** Whether its class says that it cannot be hashed: data classes that compare do, unless they are frozen. */
  const isUnhashable = (value: Value): boolean => {
    if (value.kind === "list" || value.kind === "dict") return true;
    if (value.kind === "set") return !value.frozen;
    if (value.kind !== "instance") return false;
    for (const { attributes, module } of value.class.mro) {
      const hash = attributes.get("__hash__");
      if (hash) return hash.kind === "none";
      if (module !== "builtins" && attributes.has("__eq__")) return declared.has(value.class);
    }
    return false;
  };
  const checkOrder = (m: Machine, fields: readonly Field[], at: Location | undefined): void => {
    let before = false;
    for (const one of fields) {
      if (!one.init || one.onlyNamed) continue;
      const has = one.default !== undefined || one.factory !== undefined;
      if (before && !has)
        m.raise("TypeError", `non-default argument '${one.name}' follows default argument`, at);
      before ||= has;
    }
  };

  const fieldObject = (one: Field, at: Location | undefined): Value =>
    instance(fieldClass, at, {
      attributes: [
        ["name", str(one.name, at)],
        ["init", bool(one.init, at)],
        ["repr", bool(one.repr, at)],
        ["compare", bool(one.compare, at)],
        ["kw_only", bool(one.onlyNamed, at)],
        ["default", one.default ?? missing],
        ["default_factory", one.factory ?? missing],
        ["metadata", one.metadata ?? machine.dict([], at)],
        ...(one.type ? [["type", one.type] as const] : []),
      ],
    });
  const classFor = (value: Value): Class | undefined => {
    const of = value.kind === "instance" ? value.class : value.kind === "class" ? value : undefined;
    return of?.mro.some((one) => declared.has(one)) ? of : undefined;
  };
  /** As `asdict` and `astuple` copy: data classes, lists, tuples and dicts all the way down. */
  const plain = (m: Machine, value: Value, at: Location | undefined, asDict: boolean): Value => {
    const inner = (one: Value): Value => plain(m, one, at, asDict);
    const of = value.kind === "instance" ? classFor(value) : undefined;
    if (of) {
      const parts = all(of).map(({ name }) => [name, inner(m.attribute(value, name, at))] as const);
      return asDict
        ? dictOf(m, parts, at)
        : tuple(
            parts.map(([, part]) => part),
            at,
          );
    }
    switch (value.kind) {
      case "list":
        return value.open ? value : list(value.items.map(inner), at, value.env);
      case "tuple":
        return value.open ? value : tuple(value.items.map(inner), at, value.env);
      case "dict":
        return value.open
          ? value
          : m.dict(
              [...value.entries.values()].map((entry) => [inner(entry.key), inner(entry.value)] as const),
              at,
              value.env,
            );
      default:
        return value;
    }
  };
  const copying = (name: string, asDict: boolean): Builtin =>
    define(name, { required: ["obj"], others: true }, ({ machine: m, at, given: { obj } }) =>
      obj.kind === "instance" && classFor(obj)
        ? plain(m, obj, at, asDict)
        : m.raise("TypeError", `${name}() should be called on dataclass instances`, at),
    );

  const dataclass: Value = define(
    "dataclass",
    { optional: ["cls"], others: true },
    ({ machine: m, given, others }) =>
      given.cls
        ? decorate(m, given.cls, others)
        : define("wrap", { required: ["cls"] }, (call) => decorate(call.machine, call.given.cls, others)),
  );
  return [
    ["Field", fieldClass],
    ["KW_ONLY", keywordsOnly],
    ["FrozenInstanceError", frozenError],
    ["InitVar", initVariable],
    ["MISSING", missing],
    ["dataclass", dataclass],
    ...byName(
      define(
        "field",
        { others: true },
        ({ at, others }) => instance(fieldClass, at, { attributes: others }),
        { takesOpaque: true },
      ),
      copying("asdict", true),
      copying("astuple", false),
      define("replace", { required: ["obj"], others: true }, ({ machine: m, at, given: { obj }, others }) => {
        if (obj.kind !== "instance" || !classFor(obj))
          return m.raise("TypeError", "replace() should be called on dataclass instances", at);
        const kept = all(obj.class)
          .filter(({ init, name }) => init && !others.has(name))
          .map(({ name }) => [name, m.attribute(obj, name, at)] as const);
        return m.call(obj.class, [], new Map([...kept, ...others]), at);
      }),
      define(
        "make_dataclass",
        { required: ["cls_name", "fields"], optional: ["bases", "namespace"], others: true },
        ({ machine: m, at, given, others }) => {
          const items = m.iterate(given.fields, at);
          const name = textOf(given.cls_name);
          if ("kind" in items || name === undefined)
            return m.opaque("makes a class of what is not known", at, [given.fields]);
          const annotations: [string, Value][] = [];
          const attributes: [string, Value][] = [];
          for (const item of items) {
            const [key = none(at), type, value] =
              item.kind === "tuple" || item.kind === "list" ? item.items : [item];
            annotations.push([textOf(key) ?? "", type ?? str("typing.Any", at)]);
            if (value) attributes.push([textOf(key) ?? "", value]);
          }
          const namespace = dictOf(m, [...attributes, ["__annotations__", dictOf(m, annotations, at)]], at);
          if (given.namespace?.kind === "dict")
            for (const { key, value } of given.namespace.entries.values())
              m.setItem(namespace, key, value, at);
          const bases = given.bases?.kind === "tuple" ? given.bases : tuple([], at);
          return decorate(
            m,
            m.call(m.classNamed("type"), [str(name, at), bases, namespace], undefined, at),
            others,
          );
        },
      ),
      define("is_dataclass", { required: ["obj"] }, ({ at, given }) =>
        bool(classFor(given.obj) !== undefined, at),
      ),
      define("fields", { required: ["class_or_instance"] }, ({ machine: m, at, given }) => {
        const of = classFor(given.class_or_instance);
        return of
          ? tuple(
              all(of).map((one) => fieldObject(one, at)),
              at,
            )
          : m.raise("TypeError", "must be called with a dataclass type or instance", at);
      }),
    ),
  ];
}

export const dataclassesModels: readonly Model[] = [model("dataclasses", dataclasses)];
