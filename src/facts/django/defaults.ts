import { textKey } from "../../python/hash.ts";
import type { Value } from "../../python/value.ts";
import recorded from "./global-settings.json" with { type: "json" };

/** A default as JSON holds it; `{"$tuple": […]}` is a tuple. */
type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** What a setting was from which version on, oldest first. */
type History = readonly { readonly since: string; readonly value: Plain }[];

/** Recorded from the real packages by scripts/record-django-defaults.py. */
const histories: Readonly<Record<string, History>> = recorded.settings;
const versions = Object.keys(recorded.source);

/** The newest version of Django whose defaults are recorded: what is assumed where the requirements do not tell. */
export const newestVersion = versions.at(-1) ?? "";

/**
 * Django's default for a setting in a version ("5.2.17", "4.2"; undefined: the newest), or undefined if
 * that version has no such setting. A version between two recorded ones has the defaults of the older.
 */
export function defaultOf(name: string, version: string | undefined): Value | undefined {
  const rank = orderOf(version);
  const history = histories[name] ?? [];
  const entry = history.findLast(({ since }, index) => index === 0 || orderOf(since) <= rank);
  return entry && !isAbsent(entry.value) ? toValue(entry.value) : undefined;
}

/** The settings that a version has. */
export function defaultNames(version: string | undefined): readonly string[] {
  return Object.keys(histories).filter((name) => defaultOf(name, version) !== undefined);
}

/** "5.2.17" → 502: major and minor as one number; undefined stands for the newest. */
export function orderOf(version: string | undefined): number {
  const [major = 0, minor = 0] = (version ?? newestVersion).split(".").map(Number);
  return major * 100 + minor;
}

function isAbsent(plain: Plain): boolean {
  return typeof plain === "object" && plain !== null && "$absent" in plain;
}

function toValue(plain: Plain): Value {
  const origin = { at: undefined, env: [] };
  if (plain === null) return { kind: "none", ...origin };
  if (typeof plain === "boolean") return { kind: "bool", value: plain, ...origin };
  if (typeof plain === "number") {
    return Number.isInteger(plain)
      ? { kind: "int", value: BigInt(plain), ...origin }
      : { kind: "float", value: plain, ...origin };
  }
  if (typeof plain === "string") return text(plain);
  if (isList(plain)) return { kind: "list", items: plain.map(toValue), ...origin };
  const { $tuple } = plain;
  if (isList($tuple)) return { kind: "tuple", items: $tuple.map(toValue), ...origin };
  const entries = Object.entries(plain).map(
    ([key, value]) => [textKey(key), { key: text(key), value: toValue(value) }] as const,
  );
  return { kind: "dict", entries: new Map(entries), ...origin };
}

function text(value: string): Value {
  return { kind: "str", value, at: undefined, env: [] };
}

function isList(plain: Plain | undefined): plain is readonly Plain[] {
  return Array.isArray(plain);
}
