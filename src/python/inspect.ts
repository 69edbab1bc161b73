import { textKey } from "./hash.ts";
import type { Value } from "./value.ts";

/** Python's truth of a value that asks no method of its class; undefined where it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case "none":
      return false;
    case "bool":
      return value.value;
    case "int":
      return value.value !== 0n;
    case "float":
      return value.value !== 0;
    case "str":
    case "bytes":
      return value.value.length > 0;
    case "list":
    case "tuple":
      return value.items.length > 0 || (value.open ? undefined : false);
    case "set":
      return value.items.size > 0 || (value.open ? undefined : false);
    case "dict":
      return value.entries.size > 0 || (value.open ? undefined : false);
    case "opaque":
      return value.truth;
    case "instance":
      return undefined;
    default:
      return true;
  }
}

/** The text of a known `str`; undefined for everything else. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "str" ? value.value : undefined;
}

/** The items of a list, tuple or set as far as they are known; undefined for everything else. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === "list" || value?.kind === "tuple") return value.items;
  return value?.kind === "set" ? [...value.items.values()] : undefined;
}

/** The known texts in a list, tuple or set. */
export function textsIn(value: Value | undefined): readonly string[] {
  return (itemsOf(value) ?? []).map(textOf).filter((text) => text !== undefined);
}

/** The value at a text key of a dict; undefined when it is no dict or has no such key. */
export function entryOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "dict" ? value.entries.get(textKey(key))?.value : undefined;
}

const longest = 60;

/** A value as Python would write it, shortened, for a sentence. Never call it for a secret. */
export function show(value: Value): string {
  const text = written(value, 0);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function written(value: Value, depth: number): string {
  const inner = (items: readonly Value[], open: boolean) =>
    depth > 2 ? "…" : [...items.map((item) => written(item, depth + 1)), ...(open ? ["…"] : [])].join(", ");
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return String(value.value);
    case "float":
      return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
    case "str":
      return JSON.stringify(value.value);
    case "list":
      return `[${inner(value.items, value.open !== undefined)}]`;
    case "tuple":
      return `(${inner(value.items, value.open !== undefined)}${value.items.length === 1 ? "," : ""})`;
    case "opaque":
      return "…";
    case "dict":
    case "set":
      return value.kind === "dict"
        ? "{…}"
        : `{${inner([...value.items.values()], value.open !== undefined)}}`;
    default:
      return `a ${value.kind}`;
  }
}
