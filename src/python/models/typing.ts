import { internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { namedTuple } from "./collections.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, notModelled, transparent } from "./inert.ts";
import { bool, list, none, str, textOf } from "./make.ts";

/** typing, types, abc, dataclasses and enum: what describes values and classes. */

const forms = [
  "Any", "Optional", "Union", "Callable", "Literal", "Final", "ClassVar", "Annotated", "Generic", "Protocol", "Type", "Iterable", "Iterator", "Sequence", "Mapping",
  "MutableMapping", "Generator", "Awaitable", "Hashable", "Text", "AnyStr", "NoReturn", "Never", "Self", "TypeAlias", "Required", "NotRequired", "Concatenate", "TypeGuard",
  "SupportsInt", "SupportsFloat", "Collection", "Container", "IO", "TextIO", "BinaryIO", "Pattern", "Match", "LiteralString", "Unpack", "ContextManager", "AsyncIterator",
]; // biome-ignore format: a list of names
const builtins = {
  List: "list",
  Dict: "dict",
  Tuple: "tuple",
  Set: "set",
  FrozenSet: "frozenset",
  DefaultDict: "dict",
  OrderedDict: "dict",
  TypedDict: "dict",
};

/** The fields of a class body, by their annotations, with their defaults. */
function fieldsOf(of: Class): {
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

function namedTupleBase(machine: Machine): Class {
  return nativeClass(machine, "typing.NamedTuple", [
    [
      "__class_build__",
      builtin(
        "__class_build__",
        (m, { positional: [of] }) => {
          if (of?.kind !== "class") return none();
          const { names, defaults } = fieldsOf(of);
          return namedTuple(
            m,
            `${of.module}.${of.name}`,
            names,
            defaults,
            [...of.attributes].filter(([name]) => !names.includes(name)),
          );
        },
        { takesOpaque: true },
      ),
    ],
  ]);
}

export const typingModels: readonly Model[] = [
  ...["typing", "typing_extensions"].map((module) =>
    model(module, (machine) => [
      ...forms.map((name) => [name, nativeClass(machine, `typing.${name}`, [])] as const),
      ...Object.entries(builtins).map(([name, of]) => [name, machine.classNamed(of)] as const),
      ["TYPE_CHECKING", bool(false)],
      ["NamedTuple", namedTupleBase(machine)],
      ...["TypeVar", "ParamSpec", "TypeVarTuple", "NewType"].map(
        (name) =>
          [
            name,
            define(name, { rest: true, others: true }, ({ machine: m, rest }) =>
              name === "NewType" && rest[1] ? rest[1] : m.classNamed("object"),
            ),
          ] as const,
      ),
      ...["overload", "final", "no_type_check", "runtime_checkable", "override"].map(transparent),
      ...byName(
        define("cast", { required: ["typ", "val"] }, ({ given }) => given.val, { takesOpaque: true }),
        define("get_type_hints", { rest: true, others: true }, ({ machine: m, at }) => m.dict([], at), {
          takesOpaque: true,
        }),
        define("assert_never", { rest: true }, ({ at }) => none(at)),
      ),
    ]),
  ),
  model("types", (machine) => {
    const namespace = inertNamespace(machine);
    return [
      ["SimpleNamespace", namespace],
      ["MappingProxyType", machine.classNamed("dict")],
      ["ModuleType", inertClass(machine, "types.ModuleType")],
      ...[
        "FunctionType",
        "MethodType",
        "GeneratorType",
        "BuiltinFunctionType",
        "TracebackType",
        "NoneType",
        "LambdaType",
      ].map((name) => [name, nativeClass(machine, `types.${name}`, [])] as const),
    ];
  }),
  model("abc", (machine) => [
    ["ABC", nativeClass(machine, "abc.ABC", [])],
    ["ABCMeta", nativeClass(machine, "abc.ABCMeta", [])],
    [
      "abstractmethod",
      define("abstractmethod", { required: ["funcobj"] }, ({ given }) => {
        if (given.funcobj.kind === "function")
          given.funcobj.attributes.set("__isabstractmethod__", bool(true));
        return given.funcobj;
      }),
    ],
    ...["abstractproperty", "abstractclassmethod", "abstractstaticmethod"].map(transparent),
  ]),
  model("dataclasses", dataclasses),
  model("enum", enums),
];

function inertNamespace(machine: Machine): Class {
  const create = define(
    "__new__",
    { required: ["cls"], others: true },
    ({ at, given, others }) =>
      given.cls.kind === "class" ? instance(given.cls, at, { attributes: others }) : given.cls,
    { takesOpaque: true },
  );
  return nativeClass(machine, "types.SimpleNamespace", byName(create));
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
