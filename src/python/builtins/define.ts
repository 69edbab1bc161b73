import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { builtin } from "../machine.ts";
import { typeName } from "../names.ts";
import type { Builtin, Class, Value } from "../value.ts";

/** A builtin that may use all of the interpreter, where a model has only a `Machine`. */
export type Native = (run: Execution, args: Args) => Value;

export function native(
  name: string,
  call: Native,
  options: { readonly takesOpaque?: boolean; readonly binds?: boolean } = {},
): Builtin {
  // The only machine there is, is an execution.
  return builtin(name, (machine, args) => call(machine as Execution, args), options);
}

/** Puts methods into one of Python's classes. */
export function addMethods(
  to: Class,
  methods: Readonly<Record<string, Native>>,
  options: { readonly takesOpaque?: boolean } = {},
): void {
  for (const [name, call] of Object.entries(methods)) {
    to.attributes.set(name, native(name, call, { ...options, binds: true }));
  }
}

/**
 * The arguments of a builtin in the order of its parameters, `self` included; undefined where one was
 * not given. Raises TypeError for too few, too many or unknown ones.
 */
export function take(
  run: Execution,
  name: string,
  { positional, named, at }: Args,
  parameters: readonly string[],
  least: number,
): (Value | undefined)[] {
  if (positional.length > parameters.length) {
    run.raise(
      "TypeError",
      `${name}() takes at most ${parameters.length} arguments (${positional.length} given)`,
      at,
    );
  }
  const values: (Value | undefined)[] = parameters.map((_, i) => positional[i]);
  for (const [key, value] of named) {
    const index = parameters.indexOf(key);
    if (index < 0) run.raise("TypeError", `${name}() got an unexpected keyword argument '${key}'`, at);
    if (values[index])
      run.raise(
        "TypeError",
        `argument for ${name}() given by name ('${key}') and position (${index + 1})`,
        at,
      );
    values[index] = value;
  }
  const given = values.slice(0, least).filter((value) => value !== undefined).length;
  if (given < least)
    run.raise(
      "TypeError",
      `${name}() missing required argument '${parameters[given]}' (pos ${given + 1})`,
      at,
    );
  return values;
}

/** Raises the TypeError of a builtin that was given the wrong thing. */
export function wrongType(run: Execution, message: string, args: Args): never {
  return run.raise("TypeError", message, args.at);
}

/** An argument that must be an integer. */
export function asInt(run: Execution, value: Value | undefined, args: Args): bigint {
  const inner = value && unwrap(value);
  if (inner?.kind === "int" || inner?.kind === "bool") return BigInt(inner.value);
  return run.raise(
    "TypeError",
    `'${inner ? typeName(inner) : "nothing"}' object cannot be interpreted as an integer`,
    args.at,
  );
}
