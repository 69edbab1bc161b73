import type { Location } from "../../location.ts";
import { textKey } from "../hash.ts";
import { unwrap } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { Dict, EnvNames, List, Value } from "../value.ts";
import { dependingOn } from "../value.ts";
import { instance, nativeClass } from "./define.ts";
import { list, textOf } from "./make.ts";

/** The data that dynaconf keeps: dicts whose keys are found in any case, and marks that act when they are set or read. */

/** A text that is filled in when it is read: `@format {this.NAME}`. */
export interface Lazy {
  readonly dynaconf: "lazy";
  readonly by: "format" | "jinja" | "get" | "read_file";
  readonly template: string;
  readonly cast: ((value: Value) => Value) | undefined;
}
/** What is done with the value that is there already: `@merge`, `@insert`, `@del`. */
export interface Action {
  readonly dynaconf: "merge" | "merge_unique" | "insert" | "del" | "reset";
  readonly value: Value;
  readonly index: number;
}

export function marked(
  machine: Machine,
  data: Lazy | Action,
  at: Location | undefined,
  env: EnvNames,
): Value {
  return instance(nativeClass(machine, "dynaconf.utils.parse_conf.Mark", []), at, { data, env });
}

export function markOf(value: Value): Lazy | Action | undefined {
  if (value.kind !== "instance") return undefined;
  const { data } = value;
  return typeof data === "object" && data !== null && "dynaconf" in data
    ? (data as Lazy | Action)
    : undefined;
}

export function lazyOf(value: Value): Lazy | undefined {
  const mark = markOf(value);
  return mark?.dynaconf === "lazy" ? mark : undefined;
}

export function actionOf(value: Value): Action | undefined {
  const mark = markOf(value);
  return mark && mark.dynaconf !== "lazy" ? mark : undefined;
}

/** A dict, also inside an instance of a class derived from dict. */
export function dictIn(value: Value | undefined): Dict | undefined {
  const inner = value && unwrap(value);
  return inner?.kind === "dict" ? inner : undefined;
}

/** The key of an entry whose text is the same in any case (`find_the_correct_casing`), if there is one. */
export function keyIn({ entries }: Dict, name: string): string | undefined {
  if (entries.has(textKey(name))) return textKey(name);
  const lower = name.toLowerCase();
  for (const [key, entry] of entries) {
    const text = textOf(entry.key)?.toLowerCase();
    if (text === lower || text?.replaceAll(" ", "_") === lower) return key;
  }
  return undefined;
}

export function entryIn(dict: Dict, name: string): Value | undefined {
  const key = keyIn(dict, name);
  return key === undefined ? undefined : dict.entries.get(key)?.value;
}

/** `dict.pop(name, None)`: the exact key only. */
export function taken(dict: Dict, name: string): Value | undefined {
  const value = dict.entries.get(textKey(name))?.value;
  dict.entries.delete(textKey(name));
  return value;
}

/** Takes the first item of this text out of a list; whether there was one. */
export function takenFrom(items: List, text: string): boolean {
  const index = items.items.findIndex((item) => textOf(item) === text);
  if (index >= 0) items.items.splice(index, 1);
  return index >= 0;
}

export function hasText({ items }: List, text: string): boolean {
  return items.some((item) => textOf(item) === text);
}

/** A copy down to what is no dict or list, with what it depends on besides. */
export function copied(machine: Machine, value: Value, env: EnvNames = []): Value {
  switch (value.kind) {
    case "list": {
      const items = value.items.map((item) => copied(machine, item, env));
      const copy = list(items, value.at, [...new Set([...value.env, ...env])].sort());
      return value.open ? { ...copy, open: value.open } : copy;
    }
    case "dict": {
      const copy = machine.dict(
        [...value.entries.values()].map((one) => [one.key, copied(machine, one.value, env)] as const),
        value.at,
        [...new Set([...value.env, ...env])].sort(),
      );
      if (value.open) copy.open = value.open;
      return copy;
    }
    default:
      return dependingOn(value, env);
  }
}

/** Whether anything inside is filled in when it is read. */
export function holdsLazy(value: Value): boolean {
  if (value.kind === "list") return value.items.some(holdsLazy);
  if (value.kind === "dict") return [...value.entries.values()].some((entry) => holdsLazy(entry.value));
  return lazyOf(value) !== undefined;
}

/** `upperfy`: upper case up to the first `__`. */
export function upperfy(key: string): string {
  const [first = "", ...rest] = key.split("__");
  return [first.toUpperCase(), ...rest].join("__");
}
