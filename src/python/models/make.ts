import type { Location } from "../../location.ts";
import { textOf } from "../inspect.ts";
import type { Machine } from "../machine.ts";
import { bool, bytes, float, int, list, none, str, tuple } from "../make.ts";
import type { Dict, EnvNames, Instance, Opaque, Value } from "../value.ts";
import { dependingOn, mergeEnv, noEnv } from "../value.ts";

export { bool, bytes, float, int, list, none, str, textOf, tuple };

/** JavaScript data that has one meaning in Python: a bigint is an int, a number a float, an array a list. */
export type Plain =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Plain[]
  | ReadonlyMap<string, Plain>
  | Value;

export function fromPlain(
  machine: Machine,
  plain: Plain,
  at: Location | undefined,
  env: EnvNames = noEnv,
): Value {
  if (plain === null) return none(at, env);
  switch (typeof plain) {
    case "boolean":
      return bool(plain, at, env);
    case "bigint":
      return int(plain, at, env);
    case "number":
      return float(plain, at, env);
    case "string":
      return str(plain, at, env);
    default:
      if (plain instanceof Uint8Array) return bytes(plain, at, env);
      if (plain instanceof Map) return dictOf(machine, plain, at, env);
      if ("kind" in plain) return plain;
      return list(
        [...(plain as readonly Plain[])].map((item) => fromPlain(machine, item, at, env)),
        at,
        env,
      );
  }
}

/** A dict with text for keys. */
export function dictOf(
  machine: Machine,
  entries: Iterable<readonly [string, Plain]>,
  at: Location | undefined,
  env: EnvNames = noEnv,
): Dict {
  const pairs = [...entries].map(
    ([key, value]) => [str(key, at, env), fromPlain(machine, value, at, env)] as const,
  );
  return machine.dict(pairs, at, env);
}

/**
 * What a lookup gives for an unset variable: the default, which now depends on the variable. A mutable
 * default is copied, so that the copy can say so.
 */
export function defaulted(machine: Machine, value: Value, ...names: readonly string[]): Value {
  const env = mergeEnv(value.env, names);
  switch (value.kind) {
    case "list":
      return { ...value, items: [...value.items], env };
    case "set":
      return { ...value, items: new Map(value.items), env };
    case "dict": {
      const copy = machine.dict(
        [...value.entries.values()].map((entry) => [entry.key, entry.value] as const),
        value.at,
        env,
      );
      if (value.open) copy.open = value.open;
      return copy;
    }
    case "instance":
      return { ...value, env };
    default:
      return dependingOn(value, names);
  }
}

/** An opaque value as what a cast makes of it: the same unknown, of another type. */
export function castOpaque(
  machine: Machine,
  value: Opaque,
  type: string,
  at: Location | undefined,
  truth?: boolean,
): Opaque {
  return machine.opaque(value.because, at ?? value.at, [value], {
    type,
    cause: value.cause,
    ...(truth === undefined ? {} : { truth }),
  });
}

/** What a method of an operator gives for an operand that it does not know. */
export const notImplemented = (machine: Machine): Value =>
  machine.attribute(machine.import("builtins"), "NotImplemented");

/** Why nobody can know what differs from start to start (`Opaque.because`). */
export const anewAtEveryStart = "is generated anew at every start";

/** Something that differs from start to start: a random key, the time. */
export function generated(machine: Machine, at: Location | undefined, type?: string): Opaque {
  return machine.opaque(anewAtEveryStart, at, [], {
    cause: "unmodelled",
    ...(type === undefined ? {} : { type }),
  });
}

/** Something the files do not tell: the host's name, whether a file outside the project exists. */
export function ofTheMachine(
  machine: Machine,
  at: Location | undefined,
  type?: string,
  from: readonly Value[] = [],
): Opaque {
  return machine.opaque("depends on the machine it runs on", at, from, {
    cause: "unmodelled",
    ...(type === undefined ? {} : { type }),
  });
}

/** What a model keeps about its own object. */
export function dataOf<T>(value: Value | undefined, is: (data: unknown) => data is T): T | undefined {
  return value?.kind === "instance" && is(value.data) ? value.data : undefined;
}

/** Python's truth of an argument that was not given, or of one that may not be known (then `unknown`). */
export function truthOr(machine: Machine, value: Value | undefined, otherwise: boolean): boolean {
  return value === undefined ? otherwise : (machine.truth(value) ?? otherwise);
}

export function isBuiltinClass(value: Value | undefined, name: string): boolean {
  return value?.kind === "class" && value.name === name && value.module === "builtins";
}

export function setAttribute(instance: Instance, name: string, value: Value): void {
  instance.attributes.set(name, value);
}
