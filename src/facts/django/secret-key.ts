import { textOf } from "../../python/inspect.ts";
import { anewAtEveryStart } from "../../python/models/make.ts";
import type { Value } from "../../python/value.ts";
import type { Settings } from "./settings.ts";

/** Where production's SECRET_KEY comes from. */
export type SecretKeySource =
  /** Written in the code, whatever the environment says. */
  | { readonly kind: "literal" }
  /** Written in the code, for the case that these variables are unset. */
  | { readonly kind: "fallback"; readonly variables: readonly string[] }
  /** Read from these variables, by code that insists on them or that gives nothing usable without them. */
  | { readonly kind: "environment"; readonly variables: readonly string[] }
  /** Empty or None, so that Django refuses to start. */
  | { readonly kind: "empty" }
  | { readonly kind: "opaque"; readonly because: string };

const somethingElse = "a-text-that-no-project-has-as-its-key-0123456789";

export function secretKeySource(settings: Settings): SecretKeySource {
  const { value, env } = settings.get("SECRET_KEY");
  if (value.kind === "opaque") {
    return value.cause === "environment"
      ? { kind: "environment", variables: value.env.filter((name) => name !== "DJANGO_SETTINGS_MODULE") }
      : { kind: "opaque", because: value.because };
  }
  const key = keyIn(value);
  const own = env.filter((name) => name !== "DJANGO_SETTINGS_MODULE");
  const deciding = own.filter((name) => !settings.given.has(name) && replaces(settings, name, key));
  if (key === undefined || key === "")
    return deciding.length > 0 ? { kind: "environment", variables: deciding } : { kind: "empty" };
  if (deciding.length > 0) return { kind: "fallback", variables: deciding };
  // A value that came in from outside the code is not a literal, even where a manifest shows it.
  const given = own.filter((name) => settings.given.has(name) && value.env.includes(name));
  return given.length > 0 ? { kind: "environment", variables: given } : { kind: "literal" };
}

function replaces(settings: Settings, name: string, key: string | undefined): boolean {
  const other = settings.under({ [name]: somethingElse }).get("SECRET_KEY").value;
  if (other.kind === "opaque") return other.env.includes(name);
  return keyIn(other) !== key;
}

/** The key as text; bytes are compared by what they would decode to. */
function keyIn(value: Value): string | undefined {
  return value.kind === "bytes" ? new TextDecoder().decode(value.value) : textOf(value);
}

/** Whether a key differs from start to start. */
export function isGenerated(value: Value): boolean {
  return value.kind === "opaque" && value.because === anewAtEveryStart;
}

/** What kind of key it is, without showing it (design.md §5). */
export function describeKey(value: Value): string {
  const key = keyIn(value) ?? "";
  const kind = key.startsWith("django-insecure-") ? ", which begins with django-insecure-" : "";
  return `a text of ${[...key].length} characters${kind}`;
}
