import type { Location } from "../location.ts";
import { bool, instance, int, none, str, tuple } from "./make.ts";
import { nativeClass, types } from "./types.ts";
import type { Class, EnvNames, Instance, Value } from "./value.ts";
import { noEnv } from "./value.ts";

/** Python's exceptions, each under its base: https://docs.python.org/3.14/library/exceptions.html */
const hierarchy = `
BaseException
  BaseExceptionGroup
  GeneratorExit
  KeyboardInterrupt
  SystemExit
  Exception
    ArithmeticError
      FloatingPointError
      OverflowError
      ZeroDivisionError
    AssertionError
    AttributeError
    BufferError
    EOFError
    ImportError
      ModuleNotFoundError
    LookupError
      IndexError
      KeyError
    MemoryError
    NameError
      UnboundLocalError
    OSError
      BlockingIOError
      ChildProcessError
      ConnectionError
        BrokenPipeError
        ConnectionAbortedError
        ConnectionRefusedError
        ConnectionResetError
      FileExistsError
      FileNotFoundError
      InterruptedError
      IsADirectoryError
      NotADirectoryError
      PermissionError
      ProcessLookupError
      TimeoutError
    ReferenceError
    RuntimeError
      NotImplementedError
      RecursionError
    StopAsyncIteration
    StopIteration
    SyntaxError
      IndentationError
        TabError
    SystemError
    TypeError
    ValueError
      UnicodeError
        UnicodeDecodeError
        UnicodeEncodeError
        UnicodeTranslateError
    Warning
      BytesWarning
      DeprecationWarning
      EncodingWarning
      FutureWarning
      ImportWarning
      PendingDeprecationWarning
      ResourceWarning
      RuntimeWarning
      SyntaxWarning
      UnicodeWarning
      UserWarning
`;

/** By name, with the old names of OSError. */
export const exceptionClasses: ReadonlyMap<string, Class> = build();

function build(): Map<string, Class> {
  const classes = new Map<string, Class>();
  const path: Class[] = [];
  for (const line of hierarchy.trim().split("\n")) {
    const name = line.trim();
    const depth = (line.length - name.length) / 2;
    const made = nativeClass(name, "builtins", [path[depth - 1] ?? types.object]);
    path[depth] = made;
    classes.set(name, made);
  }
  for (const [alias, name] of [
    ["IOError", "OSError"],
    ["EnvironmentError", "OSError"],
  ] as const) {
    const target = classes.get(name);
    if (target) classes.set(alias, target);
  }
  const group = classes.get("BaseExceptionGroup");
  const exception = classes.get("Exception");
  if (group && exception) {
    classes.set("ExceptionGroup", nativeClass("ExceptionGroup", "builtins", [group, exception]));
  }
  return classes;
}

export const baseException = exceptionClasses.get("BaseException") ?? types.object;

export function isExceptionClass(value: Value): value is Class {
  return value.kind === "class" && value.mro.includes(baseException);
}

/** An exception object, as `Class(message)` makes it. */
export function exceptionOf(
  of: Class,
  args: readonly Value[],
  at?: Location,
  env: EnvNames = noEnv,
): Instance {
  const made = instance(of, at, env);
  made.attributes.set("args", tuple(args, at, env));
  for (const [base, names] of Object.entries(extras)) {
    if (!isKindOf(of, base)) continue;
    for (const [i, name] of names.entries()) made.attributes.set(name, args[i] ?? none(at));
  }
  if (isKindOf(of, "OSError")) systemError(made, args, at, env);
  const parts = made.attributes.get("exceptions");
  if (parts?.kind === "list") made.attributes.set("exceptions", tuple(parts.items, at, env));
  for (const name of ["__cause__", "__context__", "__traceback__"]) made.attributes.set(name, none(at));
  made.attributes.set("__suppress_context__", bool(false, at));
  return made;
}

function isKindOf(of: Class, name: string): boolean {
  return of.mro.some((entry) => entry.module === "builtins" && entry.name === name);
}

/** An error of the system has a number and a text, and often a file, which `args` leaves out. */
function systemError(made: Instance, args: readonly Value[], at: Location | undefined, env: EnvNames): void {
  const isWhole = args.length >= 2 && args.length <= 5;
  const [errno, strerror, filename, , filename2] = isWhole ? args : [];
  for (const [name, value] of Object.entries({ errno, strerror, filename, filename2 }))
    made.attributes.set(name, value ?? none(at));
  if (errno && strerror && filename && filename.kind !== "none")
    made.attributes.set("args", tuple([errno, strerror], at, env));
}

/** The classes that OSError makes of its numbers: https://docs.python.org/3.14/library/exceptions.html#os-exceptions */
export const errorNumbers: Readonly<Record<string, string>> = {
  1: "PermissionError",
  2: "FileNotFoundError",
  3: "ProcessLookupError",
  4: "InterruptedError",
  10: "ChildProcessError",
  11: "BlockingIOError",
  13: "PermissionError",
  17: "FileExistsError",
  20: "NotADirectoryError",
  21: "IsADirectoryError",
  32: "BrokenPipeError",
  103: "ConnectionAbortedError",
  104: "ConnectionResetError",
  110: "TimeoutError",
  111: "ConnectionRefusedError",
};

/** What exceptions have beside `args`, from the arguments in order. */
const extras: Readonly<Record<string, readonly string[]>> = {
  StopIteration: ["value"],
  SystemExit: ["code"],
  ImportError: ["msg", "name", "path"],
  BaseExceptionGroup: ["message", "exceptions"],
};

export function exceptionWith(of: Class, message: string, at?: Location, env: EnvNames = noEnv): Instance {
  const system = isKindOf(of, "OSError") ? /^\[Errno (\d+)\] (.*?)(?:: '(.*)')?$/.exec(message) : null;
  const parts = system
    ? [
        int(BigInt(system[1] ?? 0), at, env),
        ...system.slice(2).flatMap((part) => (part === undefined ? [] : str(part, at, env))),
      ]
    : [str(message, at, env)];
  const made = exceptionOf(of, parts, at, env);
  const missing = /^No module named '([^']*)'/.exec(message)?.[1];
  if (missing !== undefined) made.attributes.set("name", str(missing, at, env));
  return made;
}
