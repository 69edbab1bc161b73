/** Text as Python counts it: by code points, where JavaScript counts UTF-16 units. */

const hasPairs = (text: string) => /[\ud800-\udbff][\udc00-\udfff]/.test(text);

export function lengthOf(text: string): number {
  return hasPairs(text) ? [...text].length : text.length;
}

/** Characters by index: the string itself where its units are its characters. */
export function charactersOf(text: string): string | readonly string[] {
  return hasPairs(text) ? [...text] : text;
}

/** A JavaScript index into `text` as Python counts it. */
export function pythonIndex(text: string, index: number): number {
  return index < 0 ? index : lengthOf(text.slice(0, index));
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** `repr(str)`. */
export function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(
    /[\\\n\r\t]|[^\x20-\x7e]/gu,
    (character) => named[character] ?? escapeUnprintable(character),
  );
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function escapeUnprintable(character: string): string {
  // CPython shows what is neither a separator (but the space) nor of a category without a shape.
  return /[\p{C}\p{Z}]/u.test(character) ? escaped(character) : character;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** `ascii(str)`, from its repr. */
export function asciiOnly(repr: string): string {
  return repr.replace(/[^\0-\x7e]/gu, escaped);
}

/** `repr(bytes)`. */
export function bytesRepr(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, 60_000));
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(
    /[\\\n\r\t]|[^\x20-\x7e]/g,
    (character) => named[character] ?? escaped(character),
  );
  return `b${quote}${quote === "'" ? body.replaceAll("'", "\\'") : body}${quote}`;
}

/** What Python's `str.strip` and `str.split` take for white space. */
export const spaces =
  "\\t\\n\\v\\f\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const lineEnds = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const line = new RegExp(`[^${lineEnds}]*(?:\\r\\n|[${lineEnds}]|$)`, "g");
const lineEnd = new RegExp(`(?:\\r\\n|[${lineEnds}])$`);

/** `str.splitlines`. */
export function linesOf(text: string, keepEnds: boolean): readonly string[] {
  const lines = (text.match(line) ?? []).slice(0, -1);
  return keepEnds ? lines : lines.map((each) => each.replace(lineEnd, ""));
}
