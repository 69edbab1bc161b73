import { storeAttribute } from "../attributes.ts";
import { makeInstance } from "../call.ts";
import { classFrom, finish } from "../classes.ts";
import { groupClassFor } from "../exception-groups.ts";
import { baseException, errorNumbers, exceptionClasses, exceptionOf } from "../exceptions.ts";
import type { Execution } from "../execution.ts";
import { instanceOfInternal } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, instance, list, none, str, touch, tuple } from "../make.ts";
import { exceptionText, reprOf, strOf } from "../repr.ts";
import { topOf } from "../scope.ts";
import { types } from "../types.ts";
import type { Class, Value } from "../value.ts";
import type { Native } from "./define.ts";
import { addMethods, native } from "./define.ts";

function text(run: Execution, shown: ReturnType<Execution["str"]>, args: Args): Value {
  return typeof shown === "string"
    ? str(shown, args.at)
    : run.opaque(shown.because, args.at, [shown], { type: "str" });
}

function comparison(run: Execution, answer: boolean | undefined, args: Args): Value {
  return answer === undefined
    ? run.opaque("compares what cannot be known", args.at, args.positional, { type: "bool" })
    : bool(answer, args.at);
}

/** What every object can do; the interpreter does most of it without asking. */
const objectMethods: Readonly<Record<string, Native>> = {
  __init__: (_run, args) => none(args.at),
  __setattr__: (run, args) => {
    const [self, name, value = none()] = args.positional;
    if (self?.kind === "instance" && name?.kind === "str")
      storeAttribute(run, self, name.value, value, args.at);
    else if (self?.kind === "class" && name?.kind === "str") self.attributes.set(name.value, value);
    return none(args.at);
  },
  __delattr__: (run, args) => {
    const [self, name] = args.positional;
    if (self?.kind !== "instance" || name?.kind !== "str") return none(args.at);
    if (!self.attributes.delete(name.value)) run.raise("AttributeError", name.value, args.at);
    return none(args.at);
  },
  __getattribute__: (run, args) => {
    const [self = none(), name] = args.positional;
    if (name?.kind !== "str") return none(args.at);
    const own = self.kind === "instance" ? self.attributes.get(name.value) : undefined;
    return own ?? run.attribute(self, name.value, args.at);
  },
  __eq__: (run, args) => {
    const [a = none(), b = none()] = args.positional;
    return a === b ? bool(true, args.at) : notImplemented(run);
  },
  __ne__: (run, args) => {
    const [a = none(), b = none()] = args.positional;
    const same = run.equal(a, b);
    return comparison(run, same === undefined ? undefined : !same, args);
  },
  __hash__: (run, args) =>
    run.opaque("is a hash, which differs from run to run", args.at, args.positional, { type: "int" }),
  __str__: (run, args) => text(run, reprOf(run, args.positional[0] ?? none()), args),
  __repr__: (run, args) =>
    run.opaque("contains an address, which differs from run to run", args.at, args.positional, {
      type: "str",
    }),
  __format__: (run, args) => text(run, strOf(run, args.positional[0] ?? none()), args),
};

export const notImplementedValue = instanceOfInternal(types.NotImplementedType, { is: "not-implemented" });
function notImplemented(_run: Execution): Value {
  return notImplementedValue;
}

/** `object.__new__(cls)`. */
const objectNew: Native = (run, args) => {
  const [of] = args.positional;
  if (of?.kind === "class") return instance(of, args.at, run.ambient);
  return run.raise("TypeError", "object.__new__(X): X is not a type object", args.at);
};

/** `type(name, bases, namespace)`. */
const typeNew: Native = (run, args) => {
  const [meta, name, bases, namespace] = args.positional;
  if (name?.kind !== "str" || bases?.kind !== "tuple" || namespace?.kind !== "dict") {
    return run.opaque("makes a class of what is not known", args.at, args.positional);
  }
  const known = bases.items.filter((base): base is Class => base.kind === "class");
  const attributes = new Map<string, Value>();
  for (const { key, value } of namespace.entries.values())
    if (key.kind === "str") attributes.set(key.value, value);
  const unknown = bases.items.find((base) => base.kind === "opaque");
  const given = attributes.get("__module__");
  const module = given?.kind === "str" ? given.value : topOf(run.scope).module.name;
  attributes.delete("__module__");
  const made = classFrom(run, name.value, module, known, attributes, {
    at: args.at,
    env: [],
    ...(meta?.kind === "class" && meta !== types.type ? { meta } : {}),
    ...(unknown?.kind === "opaque" ? { open: unknown } : {}),
  });
  return finish(run, made, args.named);
};

const exceptionMethods: Readonly<Record<string, Native>> = {
  __init__: (_run, args) => {
    const [self, ...rest] = args.positional;
    if (self?.kind === "instance") {
      // What belongs to the file of a system's error is kept apart.
      const file = self.attributes.get("filename");
      const isSystem = file !== undefined && file.kind !== "none" && rest.length > 2;
      self.attributes.set("args", tuple(isSystem ? rest.slice(0, 2) : rest, args.at));
      touch(self, tuple(rest).env);
    }
    return none(args.at);
  },
  with_traceback: (_run, args) => args.positional[0] ?? none(),
  add_note: (_run, args) => {
    const [self, note] = args.positional;
    if (self?.kind !== "instance" || !note) return none(args.at);
    const notes = self.attributes.get("__notes__");
    if (notes?.kind === "list") notes.items.push(note);
    else self.attributes.set("__notes__", list([note], args.at));
    return none(args.at);
  },
  __str__: (run, args) => {
    const [self] = args.positional;
    return self?.kind === "instance" ? text(run, exceptionText(run, self), args) : none(args.at);
  },
};

/** The class that an exception is of, which its arguments can decide. */
function classFor(run: Execution, of: Class, args: readonly Value[]): Class {
  if (of.mro.some(({ name, module }) => module === "builtins" && name === "BaseExceptionGroup"))
    return groupClassFor(run, of, args);
  const [errno] = args;
  if (of !== exceptionClasses.get("OSError") || errno?.kind !== "int" || args.length < 2) return of;
  return exceptionClasses.get(errorNumbers[String(errno.value)] ?? "OSError") ?? of;
}

/** Sets what an exception of this class has beside `args`. */
const exceptionNew: Native = (run, args) => {
  const [of, ...rest] = args.positional;
  if (of?.kind !== "class")
    return run.raise("TypeError", "exceptions must derive from BaseException", args.at);
  const made = exceptionOf(classFor(run, of, rest), rest, args.at);
  for (const name of ["name", "path"]) {
    const value = args.named.get(name);
    if (value) made.attributes.set(name, value);
  }
  return made;
};

/** `Class.mro()`, and what a metaclass calls as `super().__call__()`. */
const typeMethods: Readonly<Record<string, Native>> = {
  __call__: (run, args) => {
    const [of, ...positional] = args.positional;
    return of?.kind === "class"
      ? makeInstance(run, of, { ...args, positional })
      : run.opaque("makes an object of an unknown class", args.at, args.positional);
  },
  mro: (run, args) => {
    const [of] = args.positional;
    return of?.kind === "class"
      ? { kind: "list", items: [...of.mro], at: args.at, env: [] }
      : run.opaque("asks for an unknown order", args.at);
  },
};

export function installObject(): void {
  addMethods(types.object, objectMethods, { takesOpaque: true });
  types.object.attributes.set("__new__", native("__new__", objectNew, { takesOpaque: true }));
  const hook = native("__init_subclass__", (_run, args) => none(args.at), { takesOpaque: true, binds: true });
  types.object.attributes.set(
    "__init_subclass__",
    instanceOfInternal(types.classmethod, { is: "classmethod", function: hook }),
  );
  types.type.attributes.set("__new__", native("__new__", typeNew, { takesOpaque: true }));
  addMethods(types.type, typeMethods, { takesOpaque: true });
  addMethods(baseException, exceptionMethods, { takesOpaque: true });
  baseException.attributes.set("__new__", native("__new__", exceptionNew, { takesOpaque: true }));
}
