import type { Location } from "../../location.ts";
import { textKey } from "../../python/hash.ts";
import { pathOf } from "../../python/models/pathlib.ts";
import type { Outcome, Run } from "../../python/scenario.ts";
import type { EnvNames, Value } from "../../python/value.ts";
import { defaultOf, orderOf } from "./defaults.ts";
import { isNamedTimeZone } from "./time-zones.ts";

// What Django itself does with a settings module that has been imported: `Settings.__init__` in
// django/conf/__init__.py of Django 3.2.25 to 6.1.3, read on 2026-11-20.

type Raised = Extract<Outcome, { readonly kind: "raised" }>;
type Names = Run["names"];

/** Settings that must be a list or a tuple, and since when. */
const sequences: readonly { readonly name: string; readonly since: string }[] = [
  { name: "ALLOWED_HOSTS", since: "4.0" },
  { name: "INSTALLED_APPS", since: "3.2" },
  { name: "LOCALE_PATHS", since: "3.2" },
  { name: "SECRET_KEY_FALLBACKS", since: "4.1" },
  { name: "TEMPLATE_DIRS", since: "3.2" },
];

/** Settings of which only one may be set, the versions in which they stand for the same, and what is raised. */
const exclusive: readonly {
  readonly names: readonly [string, string];
  readonly since: string;
  readonly until: string;
}[] = [
  { names: ["PASSWORD_RESET_TIMEOUT_DAYS", "PASSWORD_RESET_TIMEOUT"], since: "3.2", until: "4.0" },
  { names: ["DEFAULT_FILE_STORAGE", "STORAGES"], since: "4.2", until: "5.1" },
  { names: ["STATICFILES_STORAGE", "STORAGES"], since: "4.2", until: "5.1" },
];

/** Settings that MAILERS replaces in 6.1. */
const oldMailSettings = [
  "EMAIL_BACKEND",
  "EMAIL_FILE_PATH",
  "EMAIL_HOST",
  "EMAIL_HOST_PASSWORD",
  "EMAIL_HOST_USER",
  "EMAIL_PORT",
  "EMAIL_SSL_CERTFILE",
  "EMAIL_SSL_KEYFILE",
  "EMAIL_TIMEOUT",
  "EMAIL_USE_SSL",
  "EMAIL_USE_TLS",
];

/** Whether a name of the module is a setting: `name.isupper()`. */
export function isSettingName(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase();
}

/**
 * Why Django does not start with settings that import, as its traceback would end; undefined if it does.
 * A value that is not known is taken to be right.
 */
export function refusal({ names }: Pick<Run, "names">, version: string | undefined): Raised | undefined {
  return wrongType(names, version) ?? oldMail(names, version) ?? noTimeZone(names) ?? both(names, version);
}

function wrongType(names: Names, version: string | undefined): Raised | undefined {
  for (const { name, since } of sequences) {
    const binding = names.get(name);
    if (!binding || orderOf(version) < orderOf(since) || isSequence(binding.value)) continue;
    // The oldest version has a space at the end.
    const space = orderOf(version) < orderOf("4.0") ? " " : "";
    return raised(
      "ImproperlyConfigured",
      `The ${name} setting must be a list or a tuple.${space}`,
      names,
      name,
    );
  }
  return undefined;
}

/** Other types that a library makes from list or tuple pass, too. */
function isSequence(value: Value): boolean {
  if (value.kind === "opaque") return value.type === undefined || !plainTypes.has(value.type);
  return (
    value.kind === "list" ||
    value.kind === "tuple" ||
    (value.kind === "instance" && pathOf(value) === undefined)
  );
}

const plainTypes: ReadonlySet<string> = new Set([
  "str",
  "bool",
  "int",
  "float",
  "bytes",
  "dict",
  "set",
  "NoneType",
]);

function both(names: Names, version: string | undefined): Raised | undefined {
  const order = orderOf(version);
  const found = exclusive.find(
    (each) =>
      orderOf(each.since) <= order &&
      order < orderOf(each.until) &&
      each.names.every((name) => names.has(name)),
  );
  if (!found) return undefined;
  const message = `${found.names.join("/")} are mutually exclusive.`;
  return raised("ImproperlyConfigured", message, names, found.names[0]);
}

function oldMail(names: Names, version: string | undefined): Raised | undefined {
  if (orderOf(version) < orderOf("6.1") || !names.has("MAILERS")) return undefined;
  const old = oldMailSettings.filter((name) => names.has(name));
  const message = `Deprecated email settings are not allowed when MAILERS is defined: ${old.join(", ")}.`;
  return old[0] === undefined ? undefined : raised("ImproperlyConfigured", message, names, old[0]);
}

/** Files and folders of /usr/share/zoneinfo that are no time zones of `Intl`. */
const otherZoneFiles =
  /^(posix|right|Etc|Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Indian|Mexico|Pacific|US|SystemV)(\/|$)|^(Factory|localtime|posixrules|leapseconds|leap-seconds\.list|tzdata\.zi|(zone|zone1970|iso3166|zonenow)\.tab|\+VERSION)$/;

/** Only a name that is known nowhere is refused; which files a machine has is not to be seen. */
function noTimeZone(names: Names): Raised | undefined {
  const value = names.get("TIME_ZONE")?.value;
  if (value?.kind !== "str" || value.value === "" || isTimeZone(value.value)) return undefined;
  return raised("ValueError", `Incorrect timezone setting: ${value.value}`, names, "TIME_ZONE");
}

function isTimeZone(name: string): boolean {
  if (isNamedTimeZone(name)) return true;
  const [, area = ""] = /^(?:posix|right)\/(.+)$/.exec(name) ?? [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: area || name });
    return true;
  } catch {
    // A folder alone is a file that exists, too.
    return otherZoneFiles.test(name) && (!name.includes("/") || name.startsWith("Etc/"));
  }
}

function raised(error: string, message: string, names: Names, name: string): Raised {
  const binding = names.get(name);
  const at: Location | undefined = binding?.at ?? binding?.value.at;
  const env: EnvNames = binding?.env ?? [];
  return { kind: "raised", error, message, at, env };
}

/** The old names of the parts of STORAGES, from 4.2 until 5.1. */
const storages = [
  { old: "DEFAULT_FILE_STORAGE", alias: "default" },
  { old: "STATICFILES_STORAGE", alias: "staticfiles" },
] as const;

/**
 * What a setting that the module lacks has instead of its default, because the module sets another name
 * for the same: STORAGES, DEFAULT_FILE_STORAGE and STATICFILES_STORAGE from 4.2 until 5.1, and
 * PASSWORD_RESET_TIMEOUT in 3.2.
 */
export function derived(
  { names }: Pick<Run, "names">,
  name: string,
  version: string | undefined,
): Value | undefined {
  const order = orderOf(version);
  if (names.has(name)) return undefined;
  if (name === "PASSWORD_RESET_TIMEOUT" && order < orderOf("4.0")) {
    const days = names.get("PASSWORD_RESET_TIMEOUT_DAYS")?.value;
    return days?.kind === "int" ? { ...days, value: days.value * 86_400n } : days;
  }
  if (order < orderOf("4.2") || order >= orderOf("5.1")) return undefined;
  const part = storages.find(({ old }) => old === name);
  const whole = names.get("STORAGES")?.value;
  if (part && whole) return backendOf(whole, part.alias);
  return name === "STORAGES" ? fromOldNames(names, version) : undefined;
}

function backendOf(storages: Value, alias: string): Value {
  if (storages.kind !== "dict") return storages;
  const none: Value = { kind: "none", at: undefined, env: [] };
  const one = storages.entries.get(textKey(alias))?.value ?? storages.open;
  if (one?.kind !== "dict") return one ?? none;
  return one.entries.get(textKey("BACKEND"))?.value ?? one.open ?? none;
}

function fromOldNames(names: Names, version: string | undefined): Value | undefined {
  const byDefault = defaultOf("STORAGES", version);
  if (byDefault?.kind !== "dict" || !storages.some(({ old }) => names.has(old))) return undefined;
  const entries = new Map(byDefault.entries);
  for (const { old, alias } of storages) {
    const value = names.get(old)?.value;
    const entry = entries.get(textKey(alias));
    if (!value || !entry) continue;
    const { at, env } = value;
    const key: Value = { kind: "str", value: "BACKEND", at: undefined, env: [] };
    const backend = new Map([[textKey("BACKEND"), { key, value }]]);
    entries.set(textKey(alias), { key: entry.key, value: { kind: "dict", entries: backend, at, env } });
  }
  return { ...byDefault, entries };
}
