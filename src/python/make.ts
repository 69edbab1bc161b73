import type { Location } from "../location.ts";
import type {
  Bool,
  Bytes,
  Class,
  Dict,
  DictEntry,
  EnvNames,
  Float,
  Instance,
  Int,
  List,
  None,
  SetValue,
  Str,
  Tuple,
  Value,
} from "./value.ts";
import { mergeEnv, noEnv } from "./value.ts";

/** Constructors of values. `env` is what the value depends on beyond the parts it is made of. */

export function none(at?: Location, env: EnvNames = noEnv): None {
  return { kind: "none", at, env };
}

export function bool(value: boolean, at?: Location, env: EnvNames = noEnv): Bool {
  return { kind: "bool", value, at, env };
}

export function int(value: bigint | number, at?: Location, env: EnvNames = noEnv): Int {
  return { kind: "int", value: BigInt(value), at, env };
}

export function float(value: number, at?: Location, env: EnvNames = noEnv): Float {
  return { kind: "float", value, at, env };
}

export function str(value: string, at?: Location, env: EnvNames = noEnv): Str {
  return { kind: "str", value, at, env };
}

export function bytes(value: Uint8Array, at?: Location, env: EnvNames = noEnv): Bytes {
  return { kind: "bytes", value, at, env };
}

export function list(items: Value[], at?: Location, env: EnvNames = noEnv): List {
  return { kind: "list", items, at, env: envOf(items, env) };
}

export function tuple(items: readonly Value[], at?: Location, env: EnvNames = noEnv): Tuple {
  return { kind: "tuple", items, at, env: envOf(items, env) };
}

/** `items` is by hash key. */
export function set(
  items: Map<string, Value>,
  frozen: boolean,
  at?: Location,
  env: EnvNames = noEnv,
): SetValue {
  return { kind: "set", frozen, items, at, env: envOf(items.values(), env) };
}

/** `entries` is by hash key. */
export function dict(entries: Map<string, DictEntry>, at?: Location, env: EnvNames = noEnv): Dict {
  let all = env;
  for (const { key, value } of entries.values()) all = addTo(addTo(all, key.env), value.env);
  return { kind: "dict", entries, at, env: all };
}

export function instance(of: Class, at?: Location, env: EnvNames = noEnv, data?: unknown): Instance {
  return { kind: "instance", class: of, attributes: new Map(), at, env, data };
}

/** The variables that any of the values depends on, together with `env`. */
export function envOf(values: Iterable<Value>, env: EnvNames = noEnv): EnvNames {
  let all = env;
  for (const value of values) all = addTo(all, value.env);
  return all;
}

function addTo(all: EnvNames, more: EnvNames): EnvNames {
  if (more.length === 0 || more === all) return all;
  if (all.length === 0) return more;
  return more.every((name) => all.includes(name)) ? all : mergeEnv(all, more);
}

/** Notes that the contents of a shared object now depend on more variables. Other values are left as they are. */
export function touch(value: Value, env: EnvNames): void {
  if (env.length === 0) return;
  switch (value.kind) {
    case "list":
    case "dict":
    case "set":
    case "instance": {
      const shared: { env: EnvNames } = value;
      shared.env = addTo(value.env, env);
    }
  }
}
