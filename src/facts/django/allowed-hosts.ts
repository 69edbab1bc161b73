import { itemsOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { Setting, Settings } from "./settings.ts";

/** ALLOWED_HOSTS in production, and who decides it. */
export interface AllowedHosts {
  readonly setting: Setting;
  /** Known entries, with their places; others may exist if `open`. */
  readonly entries: readonly { readonly text: string; readonly at: Setting["at"] }[];
  readonly open: boolean;
  /** Variables that nothing declares and that change the value when they name a host: the operator's to set. */
  readonly variables: readonly string[];
}

/** The hosts, or undefined where ALLOWED_HOSTS is opaque or is no list at all. */
export function allowedHosts(settings: Settings): AllowedHosts | undefined {
  const setting = settings.get("ALLOWED_HOSTS");
  const items = itemsOf(setting.value);
  if (!items) return undefined;
  const entries = items.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, at: item.at ?? setting.at }];
  });
  const value = setting.value;
  const open = entries.length < items.length || ("open" in value && value.open !== undefined);
  return { setting, entries, open, variables: operatorsVariables(settings) };
}

/** Variables that, naming a host, put it into ALLOWED_HOSTS. */
export function operatorsVariables(settings: Settings): readonly string[] {
  const host = "host.named.by.the.operator";
  return settings
    .get("ALLOWED_HOSTS")
    .env.filter((name) => !settings.given.has(name))
    .filter((name) => holds(settings.under({ [name]: host }).get("ALLOWED_HOSTS").value, host));
}

function holds(value: Value, host: string): boolean {
  if (value.kind === "opaque") return true;
  return (itemsOf(value) ?? [value]).some((item) => item.kind === "opaque" || textOf(item)?.includes(host));
}

/**
 * Why an entry can never match a Host header, or undefined if it can
 * (django.http.request.validate_host: an exact name, `.suffix` or `*`, without scheme and port).
 */
export function whyNeverMatches(entry: string): string | undefined {
  if (entry === "") return "an empty text matches no host";
  if (entry.includes("://")) return "it holds a scheme, and a Host header has none";
  if (/["']/.test(entry)) return "it holds quotes";
  if (/\s/.test(entry)) return "it holds white space";
  if (entry.includes("/")) return "it holds a path, and a Host header has none";
  if (entry.includes(",")) return "it holds a comma: it was not split into hosts";
  if (/^[^:[\]]+:\d+$|\]:\d+$/.test(entry))
    return "it holds a port, which Django removes from the Host header before comparing";
  if (entry !== "*" && entry.includes("*"))
    return `Django knows no patterns; a leading dot ("${entry.replace(/^\*/, "")}") matches subdomains`;
  return undefined;
}

/** Entries that accept every host. */
export function acceptsAnything(entry: string): boolean {
  return entry === "*" || /^\.(com|org|net|io|dev|app|co)$/.test(entry);
}

/** "unless $HOSTS is set", as conditions of a finding: one for each variable that would change it. */
export function unsetConditions(variables: readonly string[]): readonly string[] {
  return variables.map((name) => `$${name} is unset`);
}
