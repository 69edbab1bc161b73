import { textKey } from "../hash.ts";
import { dict, none } from "../make.ts";
import type { Value } from "../value.ts";
import recorded from "./data/django-settings.json" with { type: "json" };
import { bool, float, int, list, str, tuple } from "./make.ts";

/** Django's own defaults, as `django.conf.global_settings` has them in every supported version. */

/** A default as JSON holds it; `{"$tuple": […]}` is a tuple. */
type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** What a setting was from which version on, oldest first. */
type History = readonly { readonly since: string; readonly value: Plain }[];

/** Recorded from the real packages by scripts/record-django-defaults.py. */
const histories: Readonly<Record<string, History>> = recorded.settings;
const versions = Object.keys(recorded.source);

/** The newest version of Django whose defaults are recorded: what is assumed where the requirements do not tell. */
const newestVersion = versions.at(-1) ?? "";

/**
 * Django's default for a setting in a version ("5.2.17", "4.2"; undefined: the newest), or undefined if
 * that version has no such setting. A version between two recorded ones has the defaults of the older.
 */
export function defaultOf(name: string, version: string | undefined): Value | undefined {
  const rank = orderOf(version);
  const history = Object.hasOwn(histories, name) ? (histories[name] ?? []) : [];
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
  if (plain === null) return none();
  if (typeof plain === "boolean") return bool(plain);
  if (typeof plain === "number") return Number.isInteger(plain) ? int(plain) : float(plain);
  if (typeof plain === "string") return str(plain);
  if (isList(plain)) return list(plain.map(toValue));
  const { $tuple } = plain;
  if (isList($tuple)) return tuple($tuple.map(toValue));
  const entries = Object.entries(plain).map(
    ([key, value]) => [textKey(key), { key: str(key), value: toValue(value) }] as const,
  );
  return dict(new Map(entries));
}

function isList(plain: Plain | undefined): plain is readonly Plain[] {
  return Array.isArray(plain);
}
