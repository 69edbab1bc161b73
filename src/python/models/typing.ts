import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class } from "../value.ts";
import { namedTuple } from "./collections.ts";
import { fieldsOf } from "./dataclasses.ts";
import { byName, define, instance, model, nativeClass } from "./define.ts";
import { inertClass, transparent } from "./inert.ts";
import { bool, none } from "./make.ts";

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
