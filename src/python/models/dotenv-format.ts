/**
 * `.env` text as python-dotenv 1.2 reads it (https://github.com/theskumar/python-dotenv). The npm library
 * of the same name differs: in escapes, in `export`, in keys without a value, in interpolation.
 */

/** A line of the file; the value is undefined for a key that stands alone. */
export interface DotenvBinding {
  readonly key: string;
  readonly value: string | undefined;
}

class Unparseable extends Error {}

class Reader {
  readonly text: string;
  position = 0;
  constructor(text: string) {
    this.text = text.replace(/^\uFEFF/, "");
  }
  get next(): string {
    return this.text[this.position] ?? "";
  }
  get ended(): boolean {
    return this.position >= this.text.length;
  }
  /** What a sticky expression matches here: its first group, or the whole. */
  read(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) throw new Unparseable();
    this.position += match[0].length;
    return match[1] ?? match[0];
  }
}

const blanks = /[^\S\r\n]*/y;
const export_ = /(?:export[^\S\r\n]+)?/y;
const quotedKey = /'([^']+)'/y;
const plainKey = /([^=#\s]+)/y;
const equals = /=[^\S\r\n]*/y;
const singleQuoted = /'((?:\\[\s\S]|[^'\\])*)'/y;
const doubleQuoted = /"((?:\\[\s\S]|[^"\\])*)"/y;
const restOfLine = /[^\r\n]*/y;
const comment = /(?:[^\S\r\n]*#[^\r\n]*)?/y;
const endOfLine = /[^\S\r\n]*(?:\r\n|\n|\r|$)/y;
const wholeLine = /[^\r\n]*(?:\r\n|\r|\n)?/y;

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

export function parseDotenv(text: string): readonly DotenvBinding[] {
  const reader = new Reader(text);
  const bindings: DotenvBinding[] = [];
  while (!reader.ended) {
    try {
      const binding = readBinding(reader);
      if (binding) bindings.push(binding);
    } catch (error) {
      if (!(error instanceof Unparseable)) throw error;
      reader.read(wholeLine);
    }
  }
  return bindings;
}

function readBinding(reader: Reader): DotenvBinding | undefined {
  reader.read(/\s*/y);
  if (reader.ended) return undefined;
  reader.read(export_);
  const key = reader.next === "#" ? undefined : reader.read(reader.next === "'" ? quotedKey : plainKey);
  reader.read(blanks);
  const value = reader.next === "=" ? readValue(reader) : undefined;
  reader.read(comment);
  reader.read(endOfLine);
  return key === undefined ? undefined : { key, value };
}

function readValue(reader: Reader): string {
  const sign = reader.read(equals);
  switch (reader.next) {
    case "":
    case "\n":
    case "\r":
      return "";
    case "'":
      return reader.read(singleQuoted).replace(/\\([\\'])/g, "$1");
    case '"':
      return reader
        .read(doubleQuoted)
        .replace(/\\([\\'"abfnrtv])/g, (_, char: string) => escapes[char] ?? char);
    case "#":
      if (sign.length > 1) return "";
  }
  return reader
    .read(restOfLine)
    .replace(/\s+#.*/, "")
    .trimEnd();
}

export interface Interpolation {
  readonly name: string;
  readonly fallback: string;
}

/** The parts of a value: literal text, and `${NAME}` or `${NAME:-fallback}`. */
export function interpolations(value: string): readonly (string | Interpolation)[] {
  const parts: (string | Interpolation)[] = [];
  let end = 0;
  for (const match of value.matchAll(/\$\{([^}:]*)(?::-([^}]*))?\}/g)) {
    if (match.index > end) parts.push(value.slice(end, match.index));
    parts.push({ name: match[1] ?? "", fallback: match[2] ?? "" });
    end = match.index + match[0].length;
  }
  if (end < value.length) parts.push(value.slice(end));
  return parts;
}

/** `.env` text as django-environ 0.14 reads it: line by line, no interpolation. Later lines win. */
export function parseEnvironFile(text: string, comments: boolean): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of splitLines(text)) {
    const [, key, written = ""] = /^(?:export )?([A-Za-z_0-9]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) found.set(key, environValue(written, comments));
  }
  return found;
}

function environValue(written: string, comments: boolean): string {
  const single = comments ? /^\s*'(.*)'\s*(?:#.*\s*)?$/.exec(written) : /^'(.*)'$/.exec(written);
  const value = single?.[1] ?? (comments ? written.replace(/#.*$/, "") : written);
  const double = /^"(.*)"$/.exec(value)?.[1];
  if (double === undefined) return value;
  return double.replace(/\\(.)/g, (written, char: string) => ("rnt".includes(char) ? written : char));
}

/** `.env` text as python-decouple 3.8 reads it: everything after the first `=`, and one pair of quotes off. */
export function parseDecoupleFile(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    const sign = line.indexOf("=");
    if (line === "" || line.startsWith("#") || sign === -1) continue;
    const value = line.slice(sign + 1).trim();
    const quoted = value.length >= 2 && /^(['"]).*\1$/s.test(value);
    found.set(line.slice(0, sign).trim(), quoted ? value.slice(1, -1) : value);
  }
  return found;
}

/** `str.splitlines()`. */
export function splitLines(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these do end lines
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
