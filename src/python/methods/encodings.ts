import type { Execution } from "../execution.ts";
import type { Args } from "../machine.ts";

const utf8 = new Set(["utf8", "utf", "u8", "utf_8", "cp65001"]);
const latin1 = new Set(["latin1", "latin_1", "iso_8859_1", "iso8859_1", "l1", "8859"]);
const ascii = new Set(["ascii", "us_ascii", "646"]);

const normalised = (name: string) => name.toLowerCase().replace(/[-\s]/g, "_");

/** What stands for a character that an encoding lacks. */
function escaped(code: number, errors: "xmlcharrefreplace" | "backslashreplace"): string {
  if (errors === "xmlcharrefreplace") return `&#${code};`;
  const [mark, width] = code <= 0xff ? ["x", 2] : code <= 0xffff ? ["u", 4] : ["U", 8];
  return `\\${mark}${code.toString(16).padStart(width, "0")}`;
}

/** `str.encode`. */
export function encodeText(
  run: Execution,
  text: string,
  encoding: string,
  errors: string,
  args: Args,
): Uint8Array {
  const name = normalised(encoding);
  if (utf8.has(name)) return new TextEncoder().encode(text);
  const most = latin1.has(name) ? 0xff : ascii.has(name) ? 0x7f : undefined;
  if (most === undefined) return run.raise("LookupError", `unknown encoding: ${encoding}`, args.at);
  const codes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= most) codes.push(code);
    else if (errors === "replace") codes.push(63);
    else if (errors === "xmlcharrefreplace" || errors === "backslashreplace")
      codes.push(...[...escaped(code, errors)].map((each) => each.charCodeAt(0)));
    else if (errors !== "ignore") {
      const shown = most === 0xff ? "latin-1" : "ascii";
      run.raise(
        "UnicodeEncodeError",
        `'${shown}' codec can't encode character in position ${codes.length}: ordinal not in range(${most + 1})`,
        args.at,
      );
    }
  }
  return Uint8Array.from(codes);
}

/** The first bytes that are no UTF-8, as CPython names them. */
function invalidUtf8(data: Uint8Array): string {
  for (let start = 0; start < data.length; ) {
    const first = data[start] ?? 0;
    const more =
      first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    let read = 1;
    while (read <= more && isContinuation(first, read, data[start + read])) read++;
    if (read > more && more >= 0) {
      start += read;
      continue;
    }
    const end = start + read - 1;
    const what =
      end > start
        ? `bytes in position ${start}-${end}`
        : `byte 0x${first.toString(16).padStart(2, "0")} in position ${start}`;
    const why =
      more < 0
        ? "invalid start byte"
        : start + read >= data.length
          ? "unexpected end of data"
          : "invalid continuation byte";
    return `${what}: ${why}`;
  }
  return "byte";
}

/** The byte after the first one of a character excludes overlong forms, surrogates and what is beyond Unicode. */
function isContinuation(first: number, index: number, byte: number | undefined): boolean {
  if (byte === undefined || byte < 0x80 || byte > 0xbf) return false;
  if (index > 1) return true;
  if (first === 0xe0) return byte >= 0xa0;
  if (first === 0xed) return byte < 0xa0;
  if (first === 0xf0) return byte >= 0x90;
  return first !== 0xf4 || byte < 0x90;
}

/** `bytes.decode`. */
export function decodeBytes(
  run: Execution,
  data: Uint8Array,
  encoding: string,
  errors: string,
  args: Args,
): string {
  const name = normalised(encoding);
  if (utf8.has(name)) {
    try {
      const text = new TextDecoder("utf-8", { fatal: errors === "strict", ignoreBOM: true }).decode(data);
      return errors === "ignore" ? text.replaceAll("\ufffd", "") : text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return run.raise("UnicodeDecodeError", `'utf-8' codec can't decode ${invalidUtf8(data)}`, args.at);
    }
  }
  const isLatin = latin1.has(name);
  if (!isLatin && !ascii.has(name)) return run.raise("LookupError", `unknown encoding: ${encoding}`, args.at);
  let text = "";
  for (const [i, code] of data.entries()) {
    if (isLatin || code < 0x80) text += String.fromCharCode(code);
    else if (errors === "replace") text += "\ufffd";
    else if (errors !== "ignore") {
      const shown = code.toString(16).padStart(2, "0");
      run.raise(
        "UnicodeDecodeError",
        `'ascii' codec can't decode byte 0x${shown} in position ${i}: ordinal not in range(128)`,
        args.at,
      );
    }
  }
  return text;
}
