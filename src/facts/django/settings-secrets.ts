import type { Location } from "../../location.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import { holds, looksRandom } from "../dotenv/secrecy.ts";
import { isLocal } from "../secrets/written.ts";
import type { Settings } from "./settings.ts";

/** A text in the settings that is written in the code. The text itself is not in here (design.md §5). */
export interface LiteralSecret {
  /** "EMAIL_HOST_PASSWORD", `SIMPLE_JWT["SIGNING_KEY"]`. */
  readonly name: string;
  readonly length: number;
  readonly at: Location | undefined;
  /** The variables that replace it where they are set; empty for a literal. */
  readonly unless: readonly string[];
  /** As a generator makes them, and not as people make up a placeholder. */
  readonly random: boolean;
}

/** Settings that other checks answer for. */
const elsewhere =
  /^(?:SECRET_KEY(?:_FALLBACKS)?|DATABASES|SIMPLE_JWT|JWT_\w+|GRAPHQL_JWT|CSRF_\w+|AUTH_PASSWORD_VALIDATORS|LOGGING|TEMPLATES|MIDDLEWARE|INSTALLED_APPS|LANGUAGES)$/;

/** How deep dictionaries are looked into. */
const deepest = 4;

/** Secrets by name and value among the settings of production, but for those of other checks. */
export function literalSecrets(settings: Settings): readonly LiteralSecret[] {
  return settings.names
    .filter((name) => !elsewhere.test(name))
    .flatMap((name) => {
      const { value, at, env } = settings.get(name);
      return [...inside(name, name, value, at, 0)].map(({ secret, value: found }) => ({
        ...secret,
        unless: found.env.length > 0 ? found.env : ownEnv(found, env),
      }));
    })
    .filter(
      ({ unless, random }) =>
        !unless.some((name) => settings.given.has(name)) && (random || unless.length === 0),
    );
}

/** Keys that browsers get, and addresses of a machine at hand. */
function isPublic(name: string, text: string): boolean {
  const host = /^[a-z][\w+.-]*:\/\/[^@/]*@([^:/?#]*)/i.exec(text)?.[1];
  return (
    /MAP|TILES|WRITE_KEY|THROTTLE|_(?:MODEL|CLASS|BACKEND)$/i.test(name) ||
    (host !== undefined && (isLocal(host) || !host.includes(".")))
  );
}

/** A list or a dictionary depends on what its branches do; a text in it only on its own. */
function ownEnv(value: Value, env: readonly string[]): readonly string[] {
  return value.kind === "str" ? env.filter((name) => name !== "DJANGO_SETTINGS_MODULE") : [];
}

function* inside(
  path: string,
  key: string,
  value: Value,
  at: Location | undefined,
  depth: number,
): Generator<{ readonly secret: Omit<LiteralSecret, "unless">; readonly value: Value }> {
  const text = textOf(value);
  if (text !== undefined) {
    if (holds(key, text) === "secret" && !isPublic(key, text))
      yield {
        secret: { name: path, length: [...text].length, at: value.at ?? at, random: looksRandom(text) },
        value,
      };
  } else if (value.kind === "dict" && depth < deepest) {
    for (const { key: inner, value: item } of value.entries.values()) {
      const name = textOf(inner);
      if (name !== undefined) yield* inside(`${path}["${name}"]`, name, item, value.at ?? at, depth + 1);
    }
  }
}

/** A text at a place of the settings that is a literal, or what is left without some variables; undefined otherwise. */
export function literalAt(
  settings: Settings,
  name: string,
  ...keys: readonly string[]
): (LiteralSecret & { readonly text: string }) | undefined {
  const setting = settings.get(name);
  const value = keys.reduce<Value | undefined>((one, key) => entryOf(one, key), setting.value);
  const text = textOf(value);
  if (!setting.explicit || value === undefined || text === undefined || text === "" || text === "None")
    return undefined;
  if (value.env.some((variable) => settings.given.has(variable))) return undefined;
  return {
    name: [name, ...keys.map((key) => `["${key}"]`)].join(""),
    text,
    length: [...text].length,
    at: value.at ?? setting.at,
    unless: value.env.filter((variable) => variable !== "DJANGO_SETTINGS_MODULE"),
    random: looksRandom(text),
  };
}

/** "unless $A is set" as the condition of a finding. */
export function unlessSet(names: readonly string[]): readonly string[] {
  return names.length === 0
    ? []
    : [`${names.map((name) => `$${name}`).join(", ")} ${names.length === 1 ? "is" : "are"} unset`];
}
