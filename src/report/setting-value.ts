import { isOpen } from "../facts/dotenv/secrecy.ts";
import { projectRoot } from "../python/machine.ts";
import { type Plain, toPlain } from "../python/plain.ts";
import type { Value } from "../python/value.ts";
import { maskAll, maskKnownSecrets, namesSecret } from "./secret-text.ts";
import { undecided } from "./undecided.ts";

/**
 * The value of a setting as JSON that may be shown: a secret is `{"$secret": {length, unique, prefix}}`, the
 * password of an address is masked in it, and the project's own folder is `$REPO` (docs/settings-json.md). What is
 * different in others that it may be is opaque.
 */
export function shownValue(setting: string, value: Value, others: readonly OtherValue[] = []): Plain {
  const plain = others.map(({ value: other, because }) => ({ value: toPlain(other), because }));
  return shown(undecided(toPlain(value), plain), [setting]);
}

/** What it may be instead, and why that is not known; finishes "cannot be read statically: it …". */
export interface OtherValue {
  readonly value: Value;
  readonly because: string;
}

/** What a text of ours may quote of the project, with its secrets masked and without the folder it is in. */
export function shownText(text: string): string {
  return maskParameters(maskKnownSecrets(text)).replaceAll(projectRoot, "$REPO");
}

/** Why some part of a value is not known; undefined if all of it is. */
export function openIn(plain: Plain): string | undefined {
  if (typeof plain !== "object" || plain === null) return undefined;
  if (!isList(plain) && typeof plain.$opaque === "string") return plain.$opaque;
  for (const part of isList(plain) ? plain : Object.values(plain)) {
    const found = openIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Nothing of it is known. */
export function isOpaque(plain: Plain): boolean {
  const keys = typeof plain === "object" && plain !== null && !isList(plain) ? Object.keys(plain) : [];
  return keys.length === 1 && keys[0] === "$opaque";
}

/** `names` are the setting and the keys that lead to the value; positions in lists are left out. */
function shown(plain: Plain, names: readonly string[]): Plain {
  if (typeof plain === "string") return shownString(plain, names);
  if (typeof plain !== "object" || plain === null) return plain;
  if (isList(plain)) return plain.map((item) => shown(item, names));
  const { $bytes, $opaque, $path } = plain;
  if (typeof $bytes === "string") return isSecret(names, $bytes) ? secret($bytes) : plain;
  if (typeof $path === "string") return { $path: shownText($path) };
  const entries = Object.entries(plain).map(([key, item]): readonly [string, Plain] => {
    if (key === "$opaque") return [key, typeof $opaque === "string" ? shownText($opaque) : item];
    return [shownText(key), shown(item, key.startsWith("$") ? names : [...names, key])];
  });
  return Object.fromEntries(entries);
}

function shownString(text: string, names: readonly string[]): Plain {
  if (isSecret(names, text)) return secret(text);
  const masked = shownText(text);
  // A key that its form gives away is a secret as a whole.
  return /^\*+$/.test(masked) && !/^\*+$/.test(text) ? secret(text) : masked;
}

const insecurePrefix = "django-insecure-";

function secret(text: string): Plain {
  const characters = [...text];
  const prefix = text.startsWith(insecurePrefix) ? insecurePrefix : null;
  return { $secret: { length: characters.length, unique: new Set(characters).size, prefix } };
}

/** Names whose value is a secret whatever it looks like, and everything below them. */
const always =
  /(^|_)(SECRETS?(_KEYS?)?(_FALLBACKS)?|PASSWORDS?|PASSWD|PASS|PWD|PASSPHRASE|TOKENS?|CREDENTIALS?|(API|PRIVATE|SIGNING|ENCRYPTION|FERNET|MASTER|AUTH|ACCESS)_?KEYS?)$/;

/** As Django's debug page hides them (django.views.debug.SafeExceptionReporterFilter): too wide for what does not look random. */
const hiddenByDjango = /API|TOKEN|KEY|SECRET|PASS|SIGNATURE/;

function isSecret(names: readonly string[], text: string): boolean {
  if (text === "") return false;
  const words = names.map((name) =>
    name
      .replace(/([a-z\d])([A-Z])/g, "$1_$2")
      .replaceAll("-", "_")
      .toUpperCase(),
  );
  if (words.some((name) => always.test(name))) return true;
  const own = names.at(-1) ?? "";
  if (namesSecret(own)) return !isOpen(own) && !isHarmless(text);
  return hiddenByDjango.test(words.at(-1) ?? "") && looksRandom(text);
}

/** A switch, a class, a path or an address without a password: never a secret, if its name leaves it open. */
function isHarmless(text: string): boolean {
  return (
    /^(true|false|yes|no|on|off|none|null)$/i.test(text) ||
    /^[a-z_]\w*(\.\w+)+$/i.test(text) ||
    /^(\/|\.{1,2}\/)[\w./-]*$/.test(text) ||
    /^[a-z][a-z\d+.-]*:\/\/[^@\s]*$/i.test(text)
  );
}

function looksRandom(text: string): boolean {
  return (
    text.length >= 12 &&
    /^[\w+/=.-]+$/.test(text) &&
    /\d/.test(text) &&
    /[a-z]/i.test(text) &&
    !isHarmless(text)
  );
}

/** `?password=…`, `;AccountKey=…`: secrets that an address or a connection string names. */
function maskParameters(text: string): string {
  return text.replace(
    /((?:^|[?&;\s])(?:\w{0,30}(?:password|passwd|secret|token|signature|accountkey|api_?key)|pwd|sig)=)([^&;\s"']{1,1000})/gi,
    (_, name: string, value: string) => name + maskAll(value),
  );
}

function isList(plain: Plain | undefined): plain is readonly Plain[] {
  return Array.isArray(plain);
}
