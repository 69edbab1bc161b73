import type { Location } from "../location.ts";
import { bool, instance, none, str, tuple } from "./make.ts";
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
    if (!of.mro.some((entry) => entry.module === "builtins" && entry.name === base)) continue;
    if (base === "OSError" && args.length < 2) continue;
    for (const [i, name] of names.entries()) made.attributes.set(name, args[i] ?? none(at));
  }
  for (const name of ["__cause__", "__context__", "__traceback__"]) made.attributes.set(name, none(at));
  made.attributes.set("__suppress_context__", bool(false, at));
  return made;
}

/** What exceptions have beside `args`, from the arguments in order. */
const extras: Readonly<Record<string, readonly string[]>> = {
  StopIteration: ["value"],
  SystemExit: ["code"],
  ImportError: ["msg", "name", "path"],
  OSError: ["errno", "strerror", "filename"],
  BaseExceptionGroup: ["message", "exceptions"],
};

export function exceptionWith(of: Class, message: string, at?: Location, env: EnvNames = noEnv): Instance {
  const made = exceptionOf(of, [str(message, at, env)], at, env);
  const missing = /^No module named '([^']*)'/.exec(message)?.[1];
  if (missing !== undefined) made.attributes.set("name", str(missing, at, env));
  return made;
}
