import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { World } from "./scenario.ts";
import type { TextShape } from "./text-shape.ts";
import type { BinaryOperator, CompareOperator } from "./tree.ts";
import type { Builtin, Class, Dict, EnvNames, Known, Module, Opaque, Value } from "./value.ts";

/** The arguments of a call. */
export interface Args {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** The call expression. */
  readonly at: Location | undefined;
  /** Set when there may be further arguments, from unpacking what is not known; says why. */
  readonly open?: Opaque;
}

/** A model of a function that is not the project's. Python exceptions are raised by `machine.raise`. */
export type Native = (machine: Machine, args: Args) => Value;

/** Where project files seem to live: `__file__` is below it, and the folder above it is the machine's own. */
export const projectRoot = "/srv/deploy-check/project";

/** What a model may ask of the interpreter, and nothing else. */
export interface Machine {
  readonly files: ProjectFiles;
  readonly world: World;
  readonly environment: Environment;

  // Making values. `at` and `env` say where the value comes from.
  opaque(because: string, at: Location | undefined, from?: readonly Value[], details?: OpaqueDetails): Opaque;
  dict(entries: Iterable<readonly [Value, Value]>, at: Location | undefined, env?: EnvNames): Dict;

  // Python's protocols. Each may raise a Python exception, and gives an opaque value for an opaque operand.
  call(callee: Value, positional: readonly Value[], named?: ReadonlyMap<string, Value>, at?: Location): Value;
  attribute(value: Value, name: string, at?: Location): Value;
  subscript(value: Value, key: Value, at?: Location): Value;
  setItem(target: Value, key: Value, value: Value, at?: Location): void;
  /** Every item of an iterable; an opaque value if they cannot all be known. */
  iterate(value: Value, at?: Location): readonly Value[] | Opaque;
  /** `bool(value)`; undefined if that cannot be known. */
  truth(value: Value): boolean | undefined;
  /** `str(value)`. */
  str(value: Value): string | Opaque;
  /** `repr(value)`. */
  repr(value: Value): string | Opaque;
  /** `a == b`; undefined if that cannot be known. */
  equal(a: Value, b: Value): boolean | undefined;
  isInstance(value: Value, of: Class): boolean | undefined;
  /** Python's class for a value: `type(value)`. */
  classOf(value: Known): Class;

  /** Imports a module of the project or a modelled library. */
  import(module: string, at?: Location): Module;
  /** A class from `builtins` or from a modelled library, by dotted path: "ValueError", "pathlib.Path". */
  classNamed(path: string): Class;
  /** Raises a Python exception. */
  raise(exception: string | Class, message: string, at?: Location, env?: EnvNames): never;
  /** Raises an exception object, as `raise` with it does. */
  raiseObject(exception: Value, at?: Location): never;
  /** Notes a text that is worth trying for the variables that `value` depends on (see `Run.candidates`). */
  candidate(value: Value, text: string): void;
  /** A builtin as a class method: found on a class or its instance, it is given the class first. */
  classMethod(method: Builtin): Value;
  /**
   * Runs a file of the project in the module whose statement is being executed, as `exec(code, globals())`
   * would. Opaque, where it is not known which file: the module is then as after a star import of an unknown module.
   */
  execute(file: string | Opaque, at?: Location): void;
  /** Spends what work in proportion to `size` costs: a model that loops says so beforehand. */
  work(size: number): void;
  /** `left op right`, for a binary operator or a comparison. */
  operate(op: BinaryOperator | CompareOperator, left: Value, right: Value, at?: Location): Value;
  /** `sys.getrecursionlimit()`, which the code may set. */
  recursionLimit: number;
  /** Notes that the code has read a text from a project file, whose places it keeps if it is executed. */
  noteText(text: string, file: string): void;
  /** The file of the project that a dotted module is; undefined for a library, or a folder without `__init__.py`. */
  locate(module: string): string | undefined;
  /** Files of the project that the code has written, and folders that it has made; relative to the root. */
  readonly written: Set<string>;
  readonly folders: Set<string>;
  /** The file of the statement being executed, relative to the root: what `__file__` and frame inspection give. */
  readonly currentFile: string;
}

export interface OpaqueDetails extends TextShape {
  readonly type?: string;
  readonly truth?: boolean;
  /** "environment" if the operation is understood and only the operator's values are missing. Default: "unmodelled", unless every opaque source is "environment" and this is not a call into unmodelled code. */
  readonly cause?: Opaque["cause"];
}

/** `os.environ` in this scenario. */
export interface Environment {
  /** A Str, an opaque value if it is set to something, or undefined if it is unset. Notes the read. */
  get(name: string, at: Location | undefined, fallback?: Value): Value | undefined;
  /** As `get`, but raises as the caller's library does (`KeyError` unless `raise` says otherwise) if it is unset. */
  require(name: string, at: Location | undefined, raise?: () => never): Value;
  has(name: string): boolean;
  set(name: string, value: Value): void;
  delete(name: string): void;
  /** Every variable that is set, as far as is known: in an open scenario there may be others. */
  readonly names: readonly string[];
}

/**
 * A library as a model: its names by dotted path below the module's own name.
 *
 * What the models rely on:
 * - A name that a model does not give is opaque ("is not modelled"), unless `absent` lists it. Packages
 *   on the way to a model (`django.core` of `django.core.exceptions`) exist, and are as open.
 * - A native class is called as in CPython: `__new__`, looked up along the MRO, is given the class and
 *   the arguments; if what it returns is an instance of the class, `__init__` follows, where there is one.
 *   Special methods (`__call__`, `__truediv__`, `__contains__`, `__eq__`, `__iter__`, `__str__`, …) are
 *   looked up on the class, whoever wrote it; `__getattr__` is asked for attributes that are not found.
 * - A builtin in a class that does not bind is a static method; a `classmethod` is wrapped by
 *   `machine.classMethod`.
 */
export interface Model {
  /** "os.path" */
  readonly module: string;
  /** Called once a run, when the module is first imported. */
  names(machine: Machine): Iterable<readonly [name: string, value: Value]>;
  /** Names that the library certainly does not have in this world: importing one raises ImportError. */
  absent?(machine: Machine): Iterable<string>;
  /** Called when a module of the project has run to its end, once the library was imported. */
  ended?(machine: Machine, module: Module, packageName: string): void;
  /** What all its names begin with: `from … import *` brings its own settings and none of Django's. */
  readonly prefix?: string;
}

/** A native function as a value. */
export function builtin(
  name: string,
  call: Native,
  options: { readonly takesOpaque?: boolean; readonly binds?: boolean } = {},
): Builtin {
  return {
    kind: "builtin",
    name,
    call,
    takesOpaque: options.takesOpaque ?? false,
    binds: options.binds ?? false,
    at: undefined,
    env: [],
  };
}
