import { itemsOf, textOf } from "../../python/inspect.ts";
import type { Setting, Settings } from "./settings.ts";

/** An entry of a list of origins, with its place. */
export interface Origin {
  readonly text: string;
  readonly at: Setting["at"];
}

/** The origins that are known in a setting such as CSRF_TRUSTED_ORIGINS; undefined where it is no list. */
export function originsIn(setting: Setting): readonly Origin[] | undefined {
  return itemsOf(setting.value)?.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, at: item.at ?? setting.at }];
  });
}

/** The scheme, host and rest of an origin, as Python's `urlsplit` takes them apart. */
export function partsOf(origin: string): {
  readonly scheme: string;
  readonly host: string;
  readonly rest: string;
} {
  const [, scheme = "", behind = origin] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(origin) ?? [];
  const [, host = "", rest = ""] = /^\/\/([^/?#]*)(.*)$/s.exec(behind) ?? ["", "", behind];
  return { scheme, host, rest };
}

/** Variables that nothing declares and that change a list when they hold an origin: the operator's to set. */
export function originVariables(settings: Settings, name: string): readonly string[] {
  const origin = "https://host.named.by.the.operator";
  return settings
    .get(name)
    .env.filter((variable) => !settings.given.has(variable))
    .filter((variable) => {
      const { value } = settings.under({ [variable]: origin }).get(name);
      return value.kind === "opaque" || (itemsOf(value) ?? []).some((item) => textOf(item) === origin);
    });
}
