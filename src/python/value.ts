import type { Location } from "../location.ts";
import type { FunctionBody } from "./function.ts";
import type { Native } from "./machine.ts";
import type { TextShape } from "./text-shape.ts";

/**
 * What an expression evaluates to: a Python object, or an opaque value where the object cannot be known.
 *
 * Mutable objects (list, dict, set, instance, module, class) are JavaScript objects shared by
 * reference, so aliasing is as in CPython. Everything else is never changed after it was made.
 */
export type Value =
  | None
  | Bool
  | Int
  | Float
  | Str
  | Bytes
  | Ellipsis
  | List
  | Tuple
  | SetValue
  | Dict
  | Iterator
  | FunctionValue
  | Builtin
  | BoundMethod
  | Class
  | Instance
  | Module
  | Opaque;

/** Environment variables a value was computed from, also through branches. Sorted, each once. */
export type EnvNames = readonly string[];
export const noEnv: EnvNames = [];

/** Where a value comes from. Carried by every value. */
export interface Origin {
  /** The expression that made the value, not the name it was read through. Undefined for what no project file made. */
  readonly at: Location | undefined;
  readonly env: EnvNames;
}

export interface None extends Origin {
  readonly kind: "none";
}
export interface Bool extends Origin {
  readonly kind: "bool";
  readonly value: boolean;
}
export interface Int extends Origin {
  readonly kind: "int";
  readonly value: bigint;
}
export interface Float extends Origin {
  readonly kind: "float";
  readonly value: number;
}
/** `lazy` marks a translation (`gettext_lazy`) or a reversed URL: text only when rendered. */
export interface Str extends Origin {
  readonly kind: "str";
  readonly value: string;
  readonly lazy?: true;
}
export interface Bytes extends Origin {
  readonly kind: "bytes";
  readonly value: Uint8Array;
}
export interface Ellipsis extends Origin {
  readonly kind: "ellipsis";
}
export interface List extends Origin {
  readonly kind: "list";
  items: Value[];
  /** Set when there may be more items, anywhere, than are known; says why. */
  open?: Opaque;
}
export interface Tuple extends Origin {
  readonly kind: "tuple";
  readonly items: readonly Value[];
  readonly open?: Opaque;
}
export interface SetValue extends Origin {
  readonly kind: "set";
  readonly frozen: boolean;
  /** By key (see `hash.ts`), in order of insertion. */
  readonly items: Map<string, Value>;
  open?: Opaque;
}
/** A dict of hashable known keys. */
export interface Dict extends Origin {
  readonly kind: "dict";
  readonly entries: Map<string, DictEntry>;
  /** Set when there may be other keys, or other values than are known for these; says why. */
  open?: Opaque;
}
export interface DictEntry {
  readonly key: Value;
  value: Value;
}
/** What `iter()`, a generator, `map`, `zip` … return: can be walked once. */
export interface Iterator extends Origin {
  readonly kind: "iterator";
  /** For `type()`: "generator", "zip", "list_iterator". */
  readonly type: string;
  next(): Value | undefined;
  readonly open?: Opaque;
}

/** A function or lambda of the project. */
export interface FunctionValue extends Origin {
  readonly kind: "function";
  readonly name: string;
  readonly body: FunctionBody;
  readonly attributes: Map<string, Value>;
}
/** A function of Python's or a library's, as a model. */
export interface Builtin extends Origin {
  readonly kind: "builtin";
  readonly name: string;
  readonly call: Native;
  /** Whether the model deals with opaque arguments itself. If not, any opaque argument makes the result opaque. */
  readonly takesOpaque: boolean;
  /** Behaves as a method when found on a class (as functions do, and types do not). */
  readonly binds: boolean;
}
export interface BoundMethod extends Origin {
  readonly kind: "method";
  readonly self: Value;
  readonly function: Value;
}
export interface Class extends Origin {
  readonly kind: "class";
  readonly name: string;
  /** `__module__`: "builtins", "pathlib", "shop.settings". */
  readonly module: string;
  readonly bases: readonly Class[];
  /** Method resolution order, the class itself first. */
  readonly mro: readonly Class[];
  readonly attributes: Map<string, Value>;
  /** Set when a base class is not known, so that any attribute may exist. */
  readonly open?: Opaque;
  /** Classes of the project that derive from it directly, if it is the project's. */
  readonly subclasses?: Class[];
  /** The class that it is an instance of, if that is a class of the project instead of `type`. */
  readonly meta?: Class;
}
export interface Instance extends Origin {
  readonly kind: "instance";
  readonly class: Class;
  readonly attributes: Map<string, Value>;
  /** What a model keeps about its object; only the model that made it looks inside. */
  readonly data?: unknown;
}
export interface Module extends Origin {
  readonly kind: "module";
  readonly name: string;
  readonly names: Map<string, Binding>;
  /** Set for a library without a model: every attribute is opaque. */
  readonly open?: Opaque;
}

/** A name of a module or a class, and what it is bound to. */
export interface Binding {
  readonly value: Value;
  /** The statement that bound it last. */
  readonly at: Location | undefined;
  /** What the value depends on, together with the branches that led to the assignment, or past it. */
  readonly env: EnvNames;
}

/**
 * A value that cannot be known. `because` finishes the sentence "cannot be read statically: it …".
 *
 * `cause` tells who decides: "environment", the operator, by a variable that is set to something we do
 * not see, through operations we understand; "unmodelled", code that we do not understand.
 */
export interface Opaque extends Origin, TextShape {
  readonly kind: "opaque";
  readonly because: string;
  readonly cause: "environment" | "unmodelled";
  /** Its type's name, where that is known. */
  readonly type?: string;
  /** Its truth, where that is known: text from a variable that is set is true unless said otherwise. */
  readonly truth?: boolean;
}

export type Known = Exclude<Value, Opaque>;

export function isKnown(value: Value): value is Known {
  return value.kind !== "opaque";
}

/** What was merged before, by the lists themselves: the same few meet again and again. */
const merged = new WeakMap<EnvNames, WeakMap<EnvNames, EnvNames>>();

/** Every variable that any of these depends on. */
export function mergeEnv(...lists: readonly EnvNames[]): EnvNames {
  let all = noEnv;
  for (const list of lists) {
    if (list.length === 0 || list === all) continue;
    all = all.length === 0 ? list : mergeTwo(all, list);
  }
  return all;
}

function mergeTwo(one: EnvNames, other: EnvNames): EnvNames {
  let known = merged.get(one);
  if (!known) {
    known = new WeakMap();
    merged.set(one, known);
  }
  const found = known.get(other);
  if (found) return found;
  const union = new Set(one);
  for (const name of other) union.add(name);
  const result = union.size === one.length ? one : [...union].sort();
  known.set(other, result);
  return result;
}

/** The same value, depending on more variables. Shared objects are changed by nobody, so they are returned as they are. */
export function dependingOn<V extends Value>(value: V, env: EnvNames): V {
  if (env.length === 0 || env.every((name) => value.env.includes(name))) return value;
  switch (value.kind) {
    case "list":
    case "set":
    case "dict":
    case "iterator":
    case "class":
    case "instance":
    case "module":
      return value;
    default:
      return { ...value, env: mergeEnv(value.env, env) };
  }
}
