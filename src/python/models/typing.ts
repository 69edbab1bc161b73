import { instanceOfInternal, internalAs } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import { types } from "../types.ts";
import type { Builtin, Class, Value } from "../value.ts";
import { namedTuple } from "./collections.ts";
import { fieldsOf } from "./dataclasses.ts";
import { byName, define, instance, model, nativeClass } from "./define.ts";
import { inertClass, transparent } from "./inert.ts";
import { bool, none, tuple } from "./make.ts";

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
        define("get_type_hints", { rest: true, others: true }, ({ machine: m, at }) => m.dict([], at), {
          takesOpaque: true,
        }),
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
      ["ModuleType", inertClass(machine, "types.ModuleType")],
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
