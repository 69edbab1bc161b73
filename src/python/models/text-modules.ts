import type { Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, model } from "./define.ts";
import { bytes, str, textOf } from "./make.ts";
import { encodedOpaque } from "./random.ts";
import { templateClass } from "./string-template.ts";

/** Python's modules about text and bytes. */

const lower = "abcdefghijklmnopqrstuvwxyz";
const punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
const whitespace = " \t\n\r\v\f";
const texts = {
  ascii_lowercase: lower,
  ascii_uppercase: lower.toUpperCase(),
  ascii_letters: lower + lower.toUpperCase(),
  digits: "0123456789",
  hexdigits: "0123456789abcdefABCDEF",
  octdigits: "01234567",
  punctuation,
  whitespace,
  printable: `0123456789${lower}${lower.toUpperCase()}${punctuation}${whitespace}`,
};

const bytesOf = (value: Value): Uint8Array | undefined =>
  value.kind === "bytes"
    ? value.value
    : value.kind === "str"
      ? new TextEncoder().encode(value.value)
      : undefined;

interface Code {
  /** How many characters it has for so many bytes. */
  readonly length: (size: number) => number;
  readonly alphabet: number;
}
const inBase64: Code = { length: (size) => Math.ceil(size / 3) * 4, alphabet: 64 };
const inBase32: Code = { length: (size) => Math.ceil(size / 5) * 8, alphabet: 32 };
const inBase16: Code = { length: (size) => 2 * size, alphabet: 16 };

function codec(
  name: string,
  convert: (input: Uint8Array) => Uint8Array | undefined,
  code: Code | undefined = undefined,
): Value {
  return define(
    name,
    { required: ["s"], others: true },
    ({ machine, at, given }) => {
      if (given.s.kind === "opaque")
        return code
          ? encodedOpaque(machine, given.s, code.length, code.alphabet, at)
          : machine.opaque(given.s.because, at, [given.s], { type: "bytes" });
      const input = bytesOf(given.s);
      if (!input || (given.s.kind === "str" && !name.includes("decode")))
        return machine.raise(
          "TypeError",
          `a bytes-like object is required, not '${machine.classOf(given.s).name}'`,
          at,
          given.s.env,
        );
      const output = convert(input);
      return output
        ? bytes(output, at, given.s.env)
        : machine.raise(machine.classNamed("binascii.Error"), "Incorrect padding", at, given.s.env);
    },
    { takesOpaque: true },
  );
}

const ascii = (data: Uint8Array): string => String.fromCharCode(...data.subarray(0, 100_000));
const fromAscii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const hexadecimal = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");
const urlSafe = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");

function decodeBase64(input: Uint8Array, isUrlSafe: boolean): Uint8Array | undefined {
  const text = isUrlSafe ? ascii(input).replaceAll("-", "+").replaceAll("_", "/") : ascii(input);
  const [data = ""] = text.replace(/[^A-Za-z0-9+/=]/g, "").split("=");
  // As CPython: one letter too many is an error, and so is missing padding.
  if (data.length % 4 === 1 || (data.length % 4 !== 0 && !/=/.test(text))) return undefined;
  return fromAscii(atob(data));
}

function dedent(text: string): string {
  const lines = text.split("\n").map((line) => (/^[ \t]+$/.test(line) ? "" : line));
  const margins = lines.filter((line) => line !== "").map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  let margin = margins[0] ?? "";
  for (const one of margins) while (!one.startsWith(margin)) margin = margin.slice(0, -1);
  return lines.map((line) => line.slice(margin.length)).join("\n");
}

const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 §6. */
function encodeBase32(data: Uint8Array): Uint8Array {
  const bits = [...data].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  const text = groups.map((group) => base32.charAt(Number.parseInt(group.padEnd(5, "0"), 2))).join("");
  return fromAscii(text.padEnd(Math.ceil(text.length / 8) * 8, "="));
}

function decodeBase32(input: Uint8Array): Uint8Array | undefined {
  const text = ascii(input);
  if (text.length % 8 !== 0 || !/^[A-Z2-7]*=*$/.test(text)) return undefined;
  const bits = [...text.replaceAll("=", "")]
    .map((char) => base32.indexOf(char).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

export const textModels: readonly Model[] = [
  model("string", (machine) => [
    ...Object.entries(texts).map(([name, text]) => [name, str(text)] as const),
    [
      "capwords",
      define("capwords", { required: ["s"] }, ({ at, given }) =>
        str(
          (textOf(given.s) ?? "")
            .split(/\s+/)
            .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
            .join(" "),
          at,
          given.s.env,
        ),
      ),
    ],
    ["Template", templateClass(machine)],
  ]),
  model("base64", (machine) => [
    ["b64encode", codec("b64encode", (input) => fromAscii(btoa(ascii(input))), inBase64)],
    ["standard_b64encode", codec("standard_b64encode", (input) => fromAscii(btoa(ascii(input))), inBase64)],
    [
      "urlsafe_b64encode",
      codec("urlsafe_b64encode", (input) => fromAscii(urlSafe(btoa(ascii(input)))), inBase64),
    ],
    ["b64decode", codec("b64decode", (input) => decodeBase64(input, false))],
    ["standard_b64decode", codec("standard_b64decode", (input) => decodeBase64(input, false))],
    ["urlsafe_b64decode", codec("urlsafe_b64decode", (input) => decodeBase64(input, true))],
    ["b32encode", codec("b32encode", encodeBase32, inBase32)],
    ["b32decode", codec("b32decode", decodeBase32)],
    ["b16encode", codec("b16encode", (input) => fromAscii([...input].map(hexadecimal).join("")), inBase16)],
    ["binascii", machine.import("binascii")],
  ]),
  model("textwrap", () =>
    byName(
      define(
        "dedent",
        { required: ["text"] },
        ({ at, given }) => str(dedent(textOf(given.text) ?? ""), at, given.text.env),
        { gives: "str" },
      ),
    ),
  ),
];
