import type { Location } from "../../location.ts";
import type { Args, Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import { nativeClass as makeClass } from "../types.ts";
import type { Builtin, Class, Instance, Opaque, Value } from "../value.ts";
import { missingArguments, tooManyArguments } from "../wrong-calls.ts";

/** The parameters of a native function, in the order in which they can be given by position. */
export interface Signature<Required extends string, Optional extends string> {
  readonly required?: readonly Required[];
  readonly optional?: readonly Optional[];
  /** Of them, those that can only be given by name. */
  readonly named?: readonly (Required | Optional)[];
  /** Takes any further positional arguments. */
  readonly rest?: true;
  /** Takes any further named arguments. */
  readonly others?: true;
  /** Its name in errors, of what is a method written in Python: they count `self`. */
  readonly called?: string;
}

export type Given<Required extends string, Optional extends string> = {
  readonly [K in Required]: Value;
} & { readonly [K in Optional]?: Value };

/** What a native function is called with. */
export interface Call<Required extends string, Optional extends string> {
  readonly machine: Machine;
  readonly at: Location | undefined;
  readonly given: Given<Required, Optional>;
  readonly rest: readonly Value[];
  readonly others: ReadonlyMap<string, Value>;
}

interface FunctionOptions {
  /** See `Builtin.takesOpaque`. */
  readonly takesOpaque?: boolean;
  /** The type of what it gives, for when an argument is opaque and the result therefore, too. */
  readonly gives?: string;
}

/** A native function: its arguments are matched with its parameters as CPython does it. */
export function define<const R extends string = never, const O extends string = never>(
  name: string,
  signature: Signature<R, O>,
  body: (call: Call<R, O>) => Value,
  options: FunctionOptions = {},
): Builtin {
  const call = (machine: Machine, args: Args): Value =>
    ofOpaque(machine, args, options.gives) ?? body(match(machine, name, signature, args));
  return builtin(name, call, { takesOpaque: options.takesOpaque ?? options.gives !== undefined });
}

/** A native method: as `define`, with `self` for a first parameter. */
export function method<const R extends string = never, const O extends string = never>(
  name: string,
  signature: Signature<R, O>,
  body: (self: Value, call: Call<R, O>) => Value,
  options: FunctionOptions = {},
): Builtin {
  const call = (machine: Machine, args: Args): Value => {
    const [self, ...positional] = args.positional;
    if (!self) return machine.raise("TypeError", `${name}() needs an argument`, args.at);
    return (
      ofOpaque(machine, args, options.gives) ??
      body(self, match(machine, name, signature, { ...args, positional }))
    );
  };
  return builtin(name, call, {
    takesOpaque: options.takesOpaque ?? options.gives !== undefined,
    binds: true,
  });
}

/** The result of a function of known type when one of its arguments is opaque; undefined if none is. */
function ofOpaque(
  machine: Machine,
  { positional, named, at, open }: Args,
  type: string | undefined,
): Opaque | undefined {
  if (type === undefined) return undefined;
  const all = [...positional, ...named.values(), ...(open ? [open] : [])];
  const unseen = all.find((value) => value.kind === "opaque");
  return unseen?.kind === "opaque" ? machine.opaque(unseen.because, at, all, { type }) : undefined;
}

/** What an instance is made with. */
export interface InstanceDetails {
  readonly data?: unknown;
  readonly env?: readonly string[];
  readonly attributes?: Iterable<readonly [string, Value]>;
}

/** `__new__` of a native class, which makes the instance whole: there is no `__init__`. */
export function creator<const R extends string = never, const O extends string = never>(
  signature: Signature<R, O>,
  details: (call: Call<R, O>) => InstanceDetails,
): [string, Value] {
  const call = (machine: Machine, args: Args): Value => {
    const [of, ...positional] = args.positional;
    if (of?.kind !== "class")
      return machine.raise("TypeError", "__new__(X): X is not a type object", args.at);
    return instance(of, args.at, details(match(machine, of.name, signature, { ...args, positional })));
  };
  return ["__new__", builtin("__new__", call, { takesOpaque: true })];
}

function match<R extends string, O extends string>(
  machine: Machine,
  name: string,
  signature: Signature<R, O>,
  { positional, named, at, open }: Args,
): Call<R, O> {
  const required = signature.required ?? [];
  const optional = signature.optional ?? [];
  const onlyNamed: readonly string[] = signature.named ?? [];
  const byPosition: readonly string[] = [...required, ...optional].filter((one) => !onlyNamed.includes(one));
  const given: Record<string, Value> = {};
  byPosition.slice(0, positional.length).forEach((parameter, index) => {
    const value = positional[index];
    if (value) given[parameter] = value;
  });
  const rest = positional.slice(byPosition.length);
  const shown = signature.called ?? name;
  const self = signature.called === undefined ? 0 : 1;
  if (
    rest.length > 0 &&
    !signature.rest &&
    self > 0 &&
    [...named.keys()].every((key) => onlyNamed.includes(key))
  ) {
    const defaults = byPosition.filter((one) => !(required as readonly string[]).includes(one)).length;
    const text = tooManyArguments(byPosition.length + self, defaults, positional.length + self, named.size);
    machine.raise("TypeError", `${shown}() ${text}`, at);
  }
  if (rest.length > 0 && !signature.rest) {
    const count = `${byPosition.length} positional argument${byPosition.length === 1 ? "" : "s"}`;
    const were = positional.length === 1 ? "was" : "were";
    machine.raise("TypeError", `${name}() takes ${count} but ${positional.length} ${were} given`, at);
  }
  const others = new Map<string, Value>();
  const known = new Set<string>([...required, ...optional]);
  for (const [key, value] of named) {
    if (!known.has(key)) {
      if (!signature.others)
        machine.raise("TypeError", `${shown}() got an unexpected keyword argument '${key}'`, at);
      others.set(key, value);
    } else if (key in given) {
      machine.raise("TypeError", `${shown}() got multiple values for argument '${key}'`, at);
    } else given[key] = value;
  }
  // What was unpacked and is not known may hold whatever is lacking.
  if (open) for (const parameter of required) given[parameter] ??= open;
  const lacking = required.filter((parameter) => !(parameter in given));
  if (lacking.length > 0) {
    const kind = lacking.every((one) => onlyNamed.includes(one)) ? "keyword-only" : "positional";
    const first = lacking.filter((one) => kind === "keyword-only" || !onlyNamed.includes(one));
    machine.raise("TypeError", `${shown}() ${missingArguments(kind, first)}`, at);
  }
  return { machine, at, given: given as Given<R, O>, rest, others };
}

/** A class whose instances are native, by its dotted path. */
export function nativeClass(
  machine: Machine,
  path: string,
  members: Iterable<readonly [string, Value]>,
  bases: readonly Class[] = [machine.classNamed("object")],
  meta?: Class,
): Class {
  const dot = path.lastIndexOf(".");
  return makeClass(path.slice(dot + 1), path.slice(0, dot), bases, members, meta);
}

/** Every function under its own name: the members of a class, or the names of a module. */
export function byName(...builtins: readonly Builtin[]): [string, Value][] {
  return builtins.map((one) => [one.name, one]);
}

export function instance(of: Class, at: Location | undefined, details: InstanceDetails = {}): Instance {
  return {
    kind: "instance",
    class: of,
    attributes: new Map(details.attributes ?? []),
    data: details.data,
    at,
    env: details.env ?? [],
  };
}

/** An exception class of a library. */
export function exceptionClass(machine: Machine, path: string, base = "Exception"): Class {
  return nativeClass(machine, path, [], [machine.classNamed(base)]);
}

export function model(
  module: string,
  names: (machine: Machine) => Iterable<readonly [string, Value]>,
  absent?: (machine: Machine) => Iterable<string>,
): Model {
  return absent ? { module, names, absent } : { module, names };
}
