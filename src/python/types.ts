import type { Class, Value } from "./value.ts";
import { noEnv } from "./value.ts";

/** Makes a class that Python or a library has. Its MRO is the class, then its bases' in order. */
export function nativeClass(
  name: string,
  module: string,
  bases: readonly Class[],
  attributes: Iterable<readonly [string, Value]> = [],
  meta?: Class,
): Class {
  const own: Class[] = [];
  const made: Class = {
    kind: "class",
    name,
    module,
    bases,
    mro: own,
    attributes: new Map(attributes),
    at: undefined,
    env: noEnv,
    ...(meta ? { meta } : {}),
  };
  own.push(made, ...new Set(bases.flatMap((base) => base.mro)));
  // `object` is in every base's MRO and comes last.
  const last = own.findIndex((entry) => entry.name === "object" && entry.bases.length === 0);
  if (last > 0) own.push(...own.splice(last, 1));
  return made;
}

const object = nativeClass("object", "builtins", []);
const builtin = (name: string, ...bases: Class[]) =>
  nativeClass(name, "builtins", bases.length > 0 ? bases : [object]);
const int = builtin("int");

/** Python's own classes. Their methods are put in by `builtins/install.ts`. */
export const types = {
  object,
  type: builtin("type"),
  NoneType: builtin("NoneType"),
  int,
  bool: builtin("bool", int),
  float: builtin("float"),
  str: builtin("str"),
  bytes: builtin("bytes"),
  ellipsis: builtin("ellipsis"),
  NotImplementedType: builtin("NotImplementedType"),
  list: builtin("list"),
  tuple: builtin("tuple"),
  set: builtin("set"),
  frozenset: builtin("frozenset"),
  dict: builtin("dict"),
  range: builtin("range"),
  slice: builtin("slice"),
  function: builtin("function"),
  builtin_function_or_method: builtin("builtin_function_or_method"),
  method: builtin("method"),
  module: builtin("module"),
  iterator: builtin("iterator"),
  generator: builtin("generator"),
  property: builtin("property"),
  staticmethod: builtin("staticmethod"),
  classmethod: builtin("classmethod"),
  super: builtin("super"),
  dict_keys: builtin("dict_keys"),
  dict_values: builtin("dict_values"),
  dict_items: builtin("dict_items"),
  code: builtin("code"),
  GenericAlias: nativeClass("GenericAlias", "types", [object]),
  UnionType: nativeClass("UnionType", "types", [object]),
  file: nativeClass("TextIOWrapper", "_io", [object]),
} as const;

/** Classes that a name in `builtins` gives. */
export const namedTypes: readonly Class[] = [
  types.object,
  types.type,
  types.int,
  types.bool,
  types.float,
  types.str,
  types.bytes,
  types.list,
  types.tuple,
  types.set,
  types.frozenset,
  types.dict,
  types.range,
  types.slice,
  types.property,
  types.staticmethod,
  types.classmethod,
  types.super,
];
