import { textKey } from "../hash.ts";
import type { Machine } from "../machine.ts";
import type { Dict, List, Value } from "../value.ts";
import { actionOf, dictIn, hasText, keyIn, taken, takenFrom } from "./dynaconf-nodes.ts";
import { list, textOf } from "./make.ts";

/** How lists are merged: put together, or replaced by the new one. */
export type ListMerge = "merge" | "shallow";

export interface MergeOptions {
  readonly unique?: boolean;
  /** The keys that lead to the one value that is set, which replaces what is there. */
  readonly path?: readonly string[];
  readonly lists?: ListMerge;
}

/** `dynaconf.utils.object_merge`: the new value with what only the old one has. Changes the new one. */
export function merged(
  machine: Machine,
  old: Value | undefined,
  fresh: Value,
  options: MergeOptions = {},
): Value {
  const { unique = false, path = [], lists = "merge" } = options;
  if (old === undefined || old.kind === "none" || fresh.kind === "none") return fresh;
  if (old.kind === "opaque" || fresh.kind === "opaque")
    return old.kind === "opaque" && (fresh.kind === "list" || fresh.kind === "dict")
      ? machine.opaque(old.because, old.at, [old, fresh], { cause: old.cause })
      : fresh;
  if (machine.equal(old, fresh) === true) return fresh;
  if (old.kind === "list" && fresh.kind === "list") {
    const alone = takenFrom(fresh, "dynaconf_merge_unique") || unique;
    if (lists === "merge" || alone) putBefore(machine, old, fresh, alone);
  }
  const from = dictIn(old);
  const to = dictIn(fresh);
  if (from && to) mergeDicts(machine, from, to, path, lists);
  return fresh;
}

/** The old items first; `unique`: only those that the new list lacks. */
function putBefore(machine: Machine, old: List, fresh: List, unique: boolean): void {
  for (const item of [...old.items].reverse())
    if (!(unique && fresh.items.some((one) => machine.equal(one, item) === true))) fresh.items.unshift(item);
  if (old.open) fresh.open ??= old.open;
}

function mergeDicts(
  machine: Machine,
  old: Dict,
  fresh: Dict,
  path: readonly string[],
  lists: ListMerge,
): void {
  if (old.open) fresh.open ??= old.open;
  for (const [key, entry] of [...fresh.entries]) {
    const name = textOf(entry.key);
    const known = name === undefined ? undefined : keyIn(old, name);
    const right = known === undefined ? undefined : old.entries.get(known)?.key;
    fresh.entries.delete(key);
    fresh.entries.set(known ?? key, { key: right ?? entry.key, value: entry.value });
  }
  const wanted = taken(fresh, "dynaconf_merge");
  if (wanted === undefined || machine.truth(wanted) !== false) {
    for (const [key, entry] of old.entries) {
      const last = path.length === 1 ? path[0] : undefined;
      if (last !== undefined && textOf(entry.key)?.toLowerCase() === last.toLowerCase()) continue;
      const own = fresh.entries.get(key);
      const value = own
        ? merged(machine, entry.value, own.value, { path: path.slice(1), lists })
        : entry.value;
      fresh.entries.set(key, { key: entry.key, value });
    }
    const order = [...old.entries.keys()].filter((key) => fresh.entries.has(key));
    const others = [...fresh.entries.keys()].filter((key) => !old.entries.has(key));
    const sorted = [...order, ...others].flatMap((key) => {
      const entry = fresh.entries.get(key);
      return entry ? [[key, entry] as const] : [];
    });
    fresh.entries.clear();
    for (const [key, entry] of sorted) fresh.entries.set(key, entry);
  }
  actOn(machine, old, fresh, lists);
}

/** `handle_metavalues`: the marks among the new values act on the old ones. */
function actOn(machine: Machine, old: Dict, fresh: Dict, lists: ListMerge): void {
  for (const [key, entry] of [...fresh.entries]) {
    const before = old.entries.get(key)?.value;
    const action = actionOf(entry.value);
    if (action?.dynaconf === "del") {
      fresh.entries.delete(key);
      old.entries.delete(key);
      continue;
    }
    if (action) entry.value = acted(machine, before, entry.value);
    const { value } = entry;
    if (
      value.kind === "list" &&
      (hasText(value, "dynaconf_merge") || hasText(value, "dynaconf_merge_unique"))
    ) {
      const made = { ...list([...value.items], value.at, value.env) };
      const unique = !takenFrom(made, "dynaconf_merge") && takenFrom(made, "dynaconf_merge_unique");
      if (before?.kind === "list") putBefore(machine, before, made, unique);
      entry.value = made;
    } else if (value.kind === "dict") {
      const { wanted, rest } = localMerge(machine, value);
      entry.value = rest;
      if (wanted) entry.value = merged(machine, before, rest, { lists });
      else if (!old.entries.has(key)) stripTokens(rest);
    }
  }
}

/** What a mark makes of the value that was there. */
export function acted(machine: Machine, before: Value | undefined, value: Value): Value {
  const action = actionOf(value);
  if (!action) return value;
  const isThere = before !== undefined && machine.truth(before) !== false;
  switch (action.dynaconf) {
    case "merge":
    case "merge_unique":
      return isThere
        ? merged(machine, before, action.value, { unique: action.dynaconf === "merge_unique" })
        : action.value;
    case "insert": {
      if (before?.kind !== "list") return list([action.value], value.at, value.env);
      const items = [...before.items];
      const { index } = action;
      items.splice(index < 0 ? Math.max(items.length + index, 0) : index, 0, action.value);
      return { ...before, items };
    }
    default:
      return action.value;
  }
}

/** `dynaconf_merge` inside a dict: whether it is wanted, forbidden or not mentioned; and the dict without it. */
export function localMerge(
  machine: Machine,
  value: Dict,
): { readonly wanted: boolean | undefined; readonly rest: Value } {
  const unique = taken(value, "dynaconf_merge_unique");
  const said = taken(value, "dynaconf_merge") ?? unique;
  if (said === undefined || said.kind === "none") return { wanted: undefined, rest: value };
  // `dynaconf_merge = {…}` or `[…]` alone holds what is to be merged.
  const holds = said.kind !== "bool" && value.entries.size === 0;
  return { wanted: machine.truth(said) ?? true, rest: holds ? said : value };
}

function stripTokens(value: Value): void {
  const dict = dictIn(value);
  if (!dict) return;
  for (const { value: inner } of dict.entries.values()) {
    const nested = dictIn(inner);
    if (!nested) continue;
    for (const token of ["dynaconf_merge", "dynaconf_merge_unique"]) nested.entries.delete(textKey(token));
    stripTokens(nested);
  }
}
