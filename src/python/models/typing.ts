import type { Location } from "../../location.ts";
import { instanceOfInternal, internalAs } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import { types } from "../types.ts";
import type { Builtin, Class, Value } from "../value.ts";
import { fieldsOf } from "./dataclasses.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { transparent } from "./inert.ts";
import { bool, dictOf, none, notImplemented, str, textOf, tuple } from "./make.ts";
import { namedTuple } from "./named-tuple.ts";

/** typing, types, abc, dataclasses and enum: what describes values and classes. */

const forms = [
  "Any", "Optional", "Union", "Callable", "Final", "ClassVar", "Annotated", "Generic", "Protocol", "Type", "Iterable", "Iterator", "Sequence", "Mapping",
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
};

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

/** `class Name(TypedDict)` and `TypedDict("Name", {…})`: calling what they make gives a plain dict. */
function typedDictBase(machine: Machine): Class {
  const create = builtin(
    "__new__",
    (m, { positional: [of, ...more], named, at }) => {
      const [name] = more;
      if (of !== base) return m.call(m.classNamed("dict"), more, named, at);
      return name?.kind === "str" ? nativeClass(m, `typing.${name.value}`, [], [base]) : none(at);
    },
    { takesOpaque: true },
  );
  const accept = define("__init_subclass__", { rest: true, others: true }, ({ at }) => none(at));
  const base: Class = nativeClass(machine, "typing.TypedDict", [
    ["__new__", create],
    ["__init_subclass__", accept],
  ]);
  return base;
}

function aliasOf(value: Value): { readonly origin: Value; readonly args: readonly Value[] } | undefined {
  return value.kind === "instance" ? internalAs(value, "alias") : undefined;
}

/** `Literal["a", "b"]` is asked for its values where they are a setting's choices. */
function literalClass(machine: Machine): Class {
  const item = define(
    "__class_getitem__",
    { required: ["cls", "values"] },
    ({ at, given: { cls, values } }) => {
      const all = values.kind === "tuple" ? values.items : [values];
      const args = all.flatMap((one) => {
        const inner = aliasOf(one);
        return inner?.origin === cls ? inner.args : [one];
      });
      return cls.kind === "class"
        ? instanceOfInternal(types.GenericAlias, { is: "alias", origin: cls, args }, at)
        : none(at);
    },
    { takesOpaque: true },
  );
  return nativeClass(machine, "typing.Literal", [["__class_getitem__", machine.classMethod(item)]]);
}

/** What a type is made of is kept of some only. */
const ofAlias = (name: string, part: (alias: NonNullable<ReturnType<typeof aliasOf>>) => Value): Builtin =>
  define(
    name,
    { required: ["tp"] },
    ({ machine, at, given: { tp } }) => {
      const alias = aliasOf(tp);
      return alias
        ? part(alias)
        : machine.opaque("asks what a type is made of, which is not modelled", at, [tp]);
    },
    { takesOpaque: true },
  );

export const typingModels: readonly Model[] = [
  ...["typing", "typing_extensions"].map((module) =>
    model(module, (machine) => [
      ...forms.map((name) => [name, nativeClass(machine, `typing.${name}`, [])] as const),
      ...Object.entries(builtins).map(([name, of]) => [name, machine.classNamed(of)] as const),
      ["TYPE_CHECKING", bool(false)],
      ["NamedTuple", namedTupleBase(machine)],
      ["TypedDict", typedDictBase(machine)],
      ["Literal", literalClass(machine)],
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
        typeHints,
        define("assert_never", { rest: true }, ({ at }) => none(at)),
        ofAlias("get_args", ({ args }) => tuple([...args])),
        ofAlias("get_origin", ({ origin }) => origin),
      ),
    ]),
  ),
  model("types", (machine) => {
    const namespace = inertNamespace(machine);
    return [
      ["SimpleNamespace", namespace],
      ["MappingProxyType", machine.classNamed("dict")],
      ["ModuleType", moduleType(machine)],
      ["TracebackType", nativeClass(machine, "types.TracebackType", [])],
      ["FunctionType", types.function],
      ["LambdaType", types.function],
      ["MethodType", types.method],
      ["GeneratorType", types.generator],
      ["BuiltinFunctionType", types.builtin_function_or_method],
      ["BuiltinMethodType", types.builtin_function_or_method],
      ["NoneType", types.NoneType],
      ["EllipsisType", types.ellipsis],
      ["UnionType", types.UnionType],
      ["GenericAlias", types.GenericAlias],
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
];

/** `types.ModuleType("name")`: a module without code. */
function moduleType(machine: Machine): Class {
  const create = define(
    "__new__",
    { required: ["cls", "name"], optional: ["doc"] },
    ({ at, given: { cls, name, doc } }) =>
      cls.kind === "class"
        ? instance(cls, at, {
            attributes: [
              ["__name__", name],
              ["__doc__", doc ?? none(at)],
              ["__package__", none(at)],
              ["__loader__", none(at)],
              ["__spec__", none(at)],
            ],
          })
        : cls,
  );
  return nativeClass(machine, "types.ModuleType", byName(create));
}

/** The annotations of a class and its bases, or of a function: texts are names that are looked up later, so not known. */
const typeHints = define(
  "get_type_hints",
  { required: ["obj"], others: true },
  ({ machine, at, given: { obj } }) => {
    if (obj.kind === "opaque") return machine.opaque(obj.because, at, [obj], { type: "dict" });
    const hints = new Map<string, Value>();
    const read = (annotations: Value | undefined): void => {
      if (annotations?.kind !== "dict") return;
      for (const { key, value } of annotations.entries.values()) {
        const name = textOf(key) ?? "";
        hints.delete(name);
        hints.set(name, hintOf(machine, value, at));
      }
    };
    if (obj.kind === "class")
      for (const one of [...obj.mro].reverse()) read(one.attributes.get("__annotations__"));
    else if (obj.kind === "function") read(machine.attribute(obj, "__annotations__", at));
    else return machine.opaque("asks for the annotations of an object", at, [obj], { type: "dict" });
    return dictOf(machine, hints, at);
  },
  { takesOpaque: true },
);

function hintOf(machine: Machine, value: Value, at: Location | undefined): Value {
  if (value.kind === "none") return machine.classOf(value);
  if (value.kind !== "str") return value;
  const known = ["int", "str", "bool", "float", "bytes", "list", "dict", "set", "tuple", "object"];
  return known.includes(value.value)
    ? machine.classNamed(value.value)
    : machine.opaque("is an annotation that is text", at, [value]);
}

function inertNamespace(machine: Machine): Class {
  const create = define(
    "__new__",
    { required: ["cls"], others: true },
    ({ at, given, others }) =>
      given.cls.kind === "class" ? instance(given.cls, at, { attributes: others }) : given.cls,
    { takesOpaque: true },
  );
  const held = (value: Value): readonly (readonly [string, Value])[] =>
    value.kind === "instance" ? [...value.attributes] : [];
  const of = nativeClass(
    machine,
    "types.SimpleNamespace",
    byName(
      create,
      method("__eq__", { required: ["other"] }, (self, { machine: m, at, given: { other } }) => {
        if (other.kind !== "instance" || !other.class.mro.includes(of)) return notImplemented(m);
        return m.operate("Eq", dictOf(m, held(self), at), dictOf(m, held(other), at), at);
      }),
      method("__repr__", {}, (self, { machine: m, at }) => {
        const parts = held(self).map(([name, value]) => [name, m.repr(value)] as const);
        const unknown = parts.find(([, text]) => typeof text !== "string")?.[1];
        if (unknown && typeof unknown !== "string") return unknown;
        const name = self.kind === "instance" && self.class !== of ? self.class.name : "namespace";
        return str(`${name}(${parts.map(([key, text]) => `${key}=${String(text)}`).join(", ")})`, at);
      }),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given: { name } }) =>
        m.raise(
          "AttributeError",
          `'${self.kind === "instance" && self.class !== of ? self.class.name : "types.SimpleNamespace"}' object has no attribute '${textOf(name) ?? ""}'`,
          at,
        ),
      ),
    ),
  );
  return of;
}
