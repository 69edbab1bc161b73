import type { Execution } from "../execution.ts";
import type { Args } from "../machine.ts";

const utf8 = new Set(["utf8", "utf", "u8", "utf_8", "cp65001"]);
const latin1 = new Set(["latin1", "latin_1", "iso_8859_1", "iso8859_1", "l1", "8859"]);
const ascii = new Set(["ascii", "us_ascii", "646"]);

const normalised = (name: string) => name.toLowerCase().replace(/[-\s]/g, "_");

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
      return run.raise("UnicodeDecodeError", "'utf-8' codec can't decode bytes: invalid start byte", args.at);
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
