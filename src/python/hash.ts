import type { Execution } from "./execution.ts";
import { internalOf, unwrap } from "./internal.ts";
import { findInClass, typeName } from "./names.ts";
import { types } from "./types.ts";
import type { Value } from "./value.ts";

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A number for an object that no other object has, as `id()`. */
export function identity(of: object): number {
  // A function that depends on a variable is a copy of the same function (see `dependingOn`).
  const value = "body" in of && typeof of.body === "object" && of.body ? of.body : of;
  const known = ids.get(value);
  if (known !== undefined) return known;
  ids.set(value, ++lastId);
  return lastId;
}

/** The key of a text among dict entries; the most frequent case, and needed without an interpreter. */
export function textKey(text: string): string {
  return `s${text}`;
}

/**
 * A text that is the same for values that are equal as dict keys (`1 == 1.0 == True`), and for no
 * others. Undefined for an opaque value, or one that has opaque parts. Raises TypeError for what
 * cannot be hashed.
 */
export function hashKey(run: Execution, value: Value): string | undefined {
  switch (value.kind) {
    case "opaque":
      return undefined;
    case "none":
      return "n";
    case "ellipsis":
      return "e";
    case "bool":
      return value.value ? "i1" : "i0";
    case "int":
      return `i${value.value}`;
    case "float":
      return Number.isInteger(value.value) ? `i${BigInt(value.value)}` : `f${value.value}`;
    case "str":
      return textKey(value.value);
    case "bytes":
      return `b${value.value.join()}`;
    case "tuple": {
      if (value.open) return undefined;
      const keys = value.items.map((item) => hashKey(run, item));
      return keys.includes(undefined) ? undefined : `t${keys.map((key) => `${key?.length}:${key}`).join("")}`;
    }
    case "set":
      if (!value.frozen) return run.raise("TypeError", "unhashable type: 'set'");
      return value.open
        ? undefined
        : `z${[...value.items.keys()]
            .sort()
            .map((key) => `${key.length}:${key}`)
            .join("")}`;
    case "list":
    case "dict":
      return run.raise("TypeError", `unhashable type: '${value.kind}'`);
    case "instance":
      return instanceKey(run, value);
    default:
      return `o${identity(value)}`;
  }
}

function instanceKey(run: Execution, value: Extract<Value, { kind: "instance" }>): string | undefined {
  const internal = internalOf(value);
  if (internal?.is === "range") return `r${internal.start}:${internal.stop}:${internal.step}`;
  const own = findInClass(value.class, "__hash__");
  if (own?.value.kind === "none") return run.raise("TypeError", `unhashable type: '${typeName(value)}'`);
  if (own && own.owner !== types.object) {
    const hash = run.call(own.value, [value]);
    return hash.kind === "opaque" ? undefined : `h${hashKey(run, hash)}`;
  }
  const equality = findInClass(value.class, "__eq__");
  if (
    equality &&
    equality.owner.module !== "builtins" &&
    !value.class.mro
      .slice(0, value.class.mro.indexOf(equality.owner))
      .some((c) => c.attributes.has("__hash__"))
  ) {
    return run.raise("TypeError", `unhashable type: '${typeName(value)}'`);
  }
  const inner = unwrap(value);
  return inner === value ? `o${identity(value)}` : hashKey(run, inner);
}
