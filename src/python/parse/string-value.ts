import { characterNamed } from "./character-names.ts";
import { SyntaxFailure } from "./token-list.ts";

/** Escape sequences: https://docs.python.org/3.14/reference/lexical_analysis.html#escape-sequences */

const backslash = 92;

/** What one character after a backslash stands for. An escaped newline stands for nothing. */
const simpleEscapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** How many hexadecimal digits follow the letter. */
const hexadecimalEscapes: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** The characters that a text literal stands for. `offset` is where the literal starts, to report a bad escape. */
export function decodeText(raw: string, offset: number): string {
  let next = raw.indexOf("\\");
  if (next < 0) return raw;
  let text = "";
  let done = 0;
  while (next >= 0) {
    text += raw.slice(done, next);
    const letter = raw.charAt(next + 1);
    const simple = simpleEscapes[letter];
    if (simple !== undefined) {
      text += simple;
      done = next + 2;
    } else if (letter >= "0" && letter <= "7") {
      done = octalEnd(raw, next + 1);
      text += String.fromCharCode(Number.parseInt(raw.slice(next + 1, done), 8));
    } else if (letter === "N") {
      done = namedEnd(raw, next, offset);
      text += named(raw, next, done, offset);
    } else {
      const length = hexadecimalEscapes[letter];
      if (length === undefined) {
        // Unknown escapes stay as they are, with a warning.
        text += "\\";
        done = next + 1;
        next = raw.indexOf("\\", letter === "" ? raw.length : next + 1);
        continue;
      }
      done = next + 2 + length;
      const digits = raw.slice(next + 2, done);
      const code = digits.length === length && isHexadecimal(digits) ? Number.parseInt(digits, 16) : -1;
      if (code < 0 || code > 0x10ffff) throw badEscape(raw, next, length, code, offset);
      text += String.fromCodePoint(code);
    }
    next = raw.indexOf("\\", done);
  }
  return text + raw.slice(done);
}

/** The bytes that a bytes literal stands for. */
export function decodeBytes(raw: string, isRaw: boolean, offset: number): Uint8Array {
  const bytes = new Uint8Array(raw.length);
  let length = 0;
  let index = 0;
  while (index < raw.length) {
    const code = raw.charCodeAt(index);
    if (code > 127) throw new SyntaxFailure("bytes can only contain ASCII literal characters", offset);
    if (code !== backslash || isRaw) {
      bytes[length++] = code;
      index++;
      continue;
    }
    const letter = raw.charAt(index + 1);
    const simple = simpleEscapes[letter];
    if (simple !== undefined) {
      if (simple !== "") bytes[length++] = simple.charCodeAt(0);
      index += 2;
    } else if (letter >= "0" && letter <= "7") {
      const end = octalEnd(raw, index + 1);
      bytes[length++] = Number.parseInt(raw.slice(index + 1, end), 8) & 255;
      index = end;
    } else if (letter === "x") {
      const digits = raw.slice(index + 2, index + 4);
      if (digits.length < 2 || !isHexadecimal(digits)) {
        throw new SyntaxFailure(`(value error) invalid \\x escape at position ${index}`, offset);
      }
      bytes[length++] = Number.parseInt(digits, 16);
      index += 4;
    } else {
      bytes[length++] = backslash;
      index++;
    }
  }
  return bytes.slice(0, length);
}

function isHexadecimal(digits: string): boolean {
  return /^[0-9a-fA-F]+$/.test(digits);
}

function octalEnd(raw: string, start: number): number {
  let end = start;
  while (end < start + 3 && raw.charCodeAt(end) >= 48 && raw.charCodeAt(end) <= 55) end++;
  return end;
}

function namedEnd(raw: string, start: number, offset: number): number {
  const close = raw.charAt(start + 2) === "{" ? raw.indexOf("}", start) : -1;
  if (close > start + 3) return close + 1;
  throw unicodeFailure(start, start + 1, "malformed \\N character escape", offset);
}

function named(raw: string, start: number, end: number, offset: number): string {
  const text = characterNamed(raw.slice(start + 3, end - 1));
  if (text === undefined) throw unicodeFailure(start, end - 1, "unknown Unicode character name", offset);
  return text;
}

function badEscape(raw: string, start: number, length: number, code: number, offset: number): SyntaxFailure {
  if (code > 0x10ffff) return unicodeFailure(start, start + 9, "illegal Unicode character", offset);
  const found = /^[0-9a-fA-F]*/.exec(raw.slice(start + 2, start + 2 + length));
  const end = start + 1 + (found === null ? 0 : found[0].length);
  const shape = `\\${raw.charAt(start + 1)}${"X".repeat(length)}`;
  return unicodeFailure(start, end, `truncated ${shape} escape`, offset);
}

/** CPython's words for an escape that is none; the positions count inside the literal. */
function unicodeFailure(start: number, end: number, reason: string, offset: number): SyntaxFailure {
  const message = `(unicode error) 'unicodeescape' codec can't decode bytes in position ${start}-${end}: ${reason}`;
  return new SyntaxFailure(message, offset);
}
