import { textOf, truthOf } from "../../../python/inspect.ts";
import { pathOf } from "../../../python/models/pathlib.ts";
import type { Opaque, Value } from "../../../python/value.ts";

import { type Answer, any, crashes, unread } from "./answer.ts";

// Questions that Django's conditions ask of a value. `name` is what the value is called in an answer that
// says why it cannot be told.

/** `bool(value)` */
export function truthy(name: string, value: Value): Answer {
  if (pathOf(value) !== undefined) return true;
  return truthOf(value) ?? unread(name, value.kind === "opaque" ? value : undefined);
}

/** `value is True` */
export function isTrue(name: string, value: Value): Answer {
  if (value.kind === "bool") return value.value;
  if (value.kind !== "opaque") return false;
  const cannotBe = value.truth === false || (value.type !== undefined && value.type !== "bool");
  return cannotBe ? false : unread(name, value);
}

/** `value is None` */
export function isNone(name: string, value: Value): Answer {
  if (value.kind !== "opaque") return value.kind === "none";
  const cannotBe = value.truth === true || (value.type !== undefined && value.type !== "NoneType");
  return cannotBe ? false : unread(name, value);
}

/** `value == text` */
export function equals(name: string, value: Value, text: string): Answer {
  if (value.kind !== "opaque") return textOf(value) === text;
  return couldBe(value, text) ? unread(name, value) : false;
}

/** `isinstance(value, …)` for types by name, such as "str". */
export function isOne(name: string, value: Value, ...types: readonly string[]): Answer {
  if (value.kind !== "opaque") return types.includes(value.kind);
  return value.type === undefined ? unread(name, value) : types.includes(value.type);
}

/** `text in value` */
export function holds(name: string, value: Value, text: string): Answer {
  if (value.kind === "str") return value.value.includes(text);
  if (value.kind === "dict")
    return any(...keysOf(value).map((key) => equals(name, key, text)), open(name, value));
  const items = itemsIn(value);
  if (items) return any(...items.map((item) => equals(name, item, text)), open(name, value));
  return value.kind === "opaque" ? unread(name, value) : crashes(name, value, "TypeError");
}

/** Whether something holds for some item of an iterable, which `about` is asked of. */
export function some(name: string, value: Value, about: (item: Value) => Answer): Answer {
  const items =
    value.kind === "str" ? letters(value.value) : value.kind === "dict" ? keysOf(value) : itemsIn(value);
  if (items) return any(...items.map(about), open(name, value));
  return value.kind === "opaque" ? unread(name, value) : crashes(name, value, "TypeError");
}

/** The known items of a list, tuple or set. */
function itemsIn(value: Value): readonly Value[] | undefined {
  if (value.kind === "list" || value.kind === "tuple") return value.items;
  return value.kind === "set" ? [...value.items.values()] : undefined;
}

function keysOf(value: Extract<Value, { readonly kind: "dict" }>): readonly Value[] {
  return [...value.entries.values()].map(({ key }) => key);
}

function letters(text: string): readonly Value[] {
  return [...text].map((letter) => ({ kind: "str", value: letter, at: undefined, env: [] }));
}

/** What a container may hold besides what is known. */
function open(name: string, value: Value): Answer {
  return "open" in value && value.open !== undefined ? unread(name, value.open) : false;
}

function couldBe({ type, truth, prefix }: Opaque, text: string): boolean {
  if (type !== undefined && type !== "str") return false;
  if (truth !== undefined && truth !== text.length > 0) return false;
  return prefix === undefined || text.startsWith(prefix);
}

/** The value at a key of a dict: absent is undefined; where it may be there, or is not known, opaque. */
export function at(value: Value, key: string): Value | undefined {
  if (value.kind === "opaque") return value;
  if (value.kind !== "dict") return undefined;
  const entry = [...value.entries.values()].find((each) => textOf(each.key) === key);
  return entry?.value ?? value.open;
}

/** What stands for a path: a text or a `Path`. */
export function pathIn(value: Value): string | undefined {
  return textOf(value) ?? pathOf(value);
}
