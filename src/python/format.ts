import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { unwrap } from "./internal.ts";
import { str } from "./make.ts";
import { specialMethod, typeName } from "./names.ts";
import { exponentText, fixed, floatRepr, intText, significant } from "./numbers.ts";
import { digitsLimit, reprOf, strOf } from "./repr.ts";
import { asciiOnly, lengthOf } from "./text.ts";
import { shownShape } from "./text-shape.ts";
import type { Opaque, Value } from "./value.ts";

/** A part of an f-string or of `str.format`: `{value!conversion:spec}`. */
export function formatted(
  run: Execution,
  value: Value,
  conversion: number,
  spec: Value | undefined,
  at: Location | undefined,
): string | Opaque {
  let shown: Value = value;
  if (conversion > 0) {
    const text = conversion === 115 ? strOf(run, value) : reprOf(run, value);
    if (typeof text !== "string")
      return value.kind === "opaque" && conversion === 115 ? asText(value) : nameless(text);
    shown = str(conversion === 97 ? asciiOnly(text) : text);
  }
  if (spec && spec.kind !== "str") return nameless(run.opaque("has a format that is not known", at, [spec]));
  return formatValue(run, shown, spec?.kind === "str" ? spec.value : "", at);
}

function asText(value: Opaque): Opaque {
  const isTrue = value.truth === true && (value.type === "str" || value.type === undefined);
  return { ...nameless(value), ...shownShape(value), ...(isTrue ? { truth: true } : {}) };
}

/** An opaque text of which not even the beginning is known. */
function nameless({ because, cause, at, env }: Opaque): Opaque {
  return { kind: "opaque", because, cause, at, env, type: "str" };
}

/** `format(value, spec)`. */
export function formatValue(run: Execution, value: Value, spec: string, at?: Location): string | Opaque {
  if (value.kind === "opaque") return spec === "" ? asText(value) : nameless(value);
  const method = specialMethod(value, "__format__");
  if (method) {
    const text = unwrap(run.call(method, [value, str(spec)], undefined, at));
    if (text.kind === "str") return text.value;
    return text.kind === "opaque"
      ? text
      : run.raise("TypeError", `__format__ must return a str, not ${typeName(text)}`, at);
  }
  if (spec === "") return strOf(run, value);
  const inner = unwrap(value);
  const fail = (message: string): never => run.raise("ValueError", message, at);
  const parts = parseSpec(spec);
  if (!parts) return fail("Invalid format specifier");
  if (parts.width > 1_000_000 || (parts.precision ?? 0) > 1_000_000)
    return run.opaque("formats to a very long text", at);
  run.budget.make(parts.width);
  switch (inner.kind) {
    case "str":
      return formatText(inner.value, parts, fail);
    case "bool":
    case "int":
      return formatInt(run, BigInt(inner.value), parts, fail);
    case "float":
      return formatFloat(inner.value, parts, fail);
    default:
      return run.raise("TypeError", `unsupported format string passed to ${typeName(value)}.__format__`, at);
  }
}

export interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

/** https://docs.python.org/3.14/library/string.html#format-specification-mini-language */
function parseSpec(spec: string): Spec | undefined {
  const found = /^(?:(.)?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)$/su.exec(spec);
  if (!found) return undefined;
  const [, fill, align, sign = "", , alternate, zero, width, grouping = "", precision, type = ""] = found;
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero ? "0" : ""),
    sign,
    alternate: alternate === "#",
    width: Number(width || 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

type Fail = (message: string) => never;

function unknownCode(type: string, of: string): string {
  return `Unknown format code '${type}' for object of type '${of}'`;
}

function formatText(text: string, spec: Spec, fail: Fail): string {
  if (spec.type !== "" && spec.type !== "s") return fail(unknownCode(spec.type, "str"));
  if (spec.sign !== "")
    return fail(
      spec.sign === " "
        ? "Space not allowed in string format specifier"
        : "Sign not allowed in string format specifier",
    );
  if (spec.alternate) return fail("Alternate form (#) not allowed in string format specifier");
  if (spec.grouping !== "") return fail(`Cannot specify '${spec.grouping}' with 's'.`);
  if (spec.align === "=") return fail("'=' alignment not allowed in string format specifier");
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join("");
  return pad("", cut, { ...spec, align: spec.align === "0" ? "<" : spec.align }, "<");
}

function pad(sign: string, body: string, { fill, align, width }: Spec, usual: string): string {
  const room = width - lengthOf(sign + body);
  if (room <= 0) return sign + body;
  switch (align || usual) {
    case "<":
      return sign + body + fill.repeat(room);
    case "^":
      return fill.repeat(room >> 1) + sign + body + fill.repeat(room - (room >> 1));
    // A zero before the width: the same, but for text.
    case "0":
    case "=":
      return sign + fill.repeat(room) + body;
    default:
      return fill.repeat(room) + sign + body;
  }
}

function signOf(isNegative: boolean, spec: Spec): string {
  return isNegative ? "-" : spec.sign === "-" ? "" : spec.sign;
}

const radixes: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

function formatInt(run: Execution, value: bigint, spec: Spec, fail: Fail): string {
  const { type, grouping } = spec;
  const groups =
    type === "" || type === "d" || (grouping === "_" && "bBoxX".includes(type)) || "eEfFgG%".includes(type);
  if (grouping !== "" && !groups) return fail(`Cannot specify '${grouping}' with '${type}'.`);
  if (type !== "" && "eEfFgG%".includes(type)) return formatFloat(Number(value), spec, fail);
  if (spec.precision !== undefined) return fail("Precision not allowed in integer format specifier");
  if (type === "c") return pad("", String.fromCodePoint(Number(value)), spec, "<");
  const radix = type === "" || type === "d" || type === "n" ? 10 : radixes[type];
  if (radix === undefined) return fail(unknownCode(type, "int"));
  const positive = value < 0n ? -value : value;
  const plain =
    radix === 10 ? (intText(positive) ?? run.raise("ValueError", digitsLimit)) : positive.toString(radix);
  const digits = type === "X" ? plain.toUpperCase() : plain;
  const prefix = spec.alternate && radix !== 10 ? `0${type}` : "";
  const sign = signOf(value < 0n, spec) + prefix;
  return pad(sign, grouped(digits, grouping, radix === 10 ? 3 : 4, spec, sign), spec, ">");
}

/** Puts separators between the digits; with zeros for filling, between those too. */
function grouped(digits: string, separator: string, size: number, spec: Spec, sign: string): string {
  if (separator === "") return digits;
  const [whole = "", ...rest] = size === 3 ? digits.split(/(?=[.e%])/i) : [digits];
  const tail = rest.join("");
  const join = (text: string) => text.replace(new RegExp(`\\B(?=(?:\\w{${size}})+$)`, "g"), separator);
  let padded = whole;
  if (spec.fill === "0" && (spec.align === "=" || spec.align === "0")) {
    while (join(padded).length + sign.length + tail.length < spec.width) padded = `0${padded}`;
    // A separator may not stand first.
    if (join(padded).length + sign.length + tail.length > spec.width && padded.length > whole.length) {
      const shorter = padded.slice(1);
      if (join(shorter).length + sign.length + tail.length >= spec.width) padded = shorter;
    }
  }
  return join(padded) + tail;
}

function formatFloat(given: number, spec: Spec, fail: Fail): string {
  const { type, precision } = spec;
  const value = type === "%" ? given * 100 : given;
  if (spec.grouping !== "" && type === "n") return fail(`Cannot specify '${spec.grouping}' with 'n'.`);
  if (type !== "" && !"eEfFgGn%".includes(type)) return fail(unknownCode(type, "float"));
  const isNegative = value < 0 || Object.is(value, -0);
  const sign = signOf(isNegative, spec);
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? "nan" : "inf";
    return pad(sign, /[EFG]/.test(type) ? word.toUpperCase() : word + (type === "%" ? "%" : ""), spec, ">");
  }
  const body = floatBody(value, type, precision, spec.alternate);
  return pad(sign, grouped(body, spec.grouping, 3, spec, sign), spec, ">");
}

/** The digits of `|value|` in one of the formats, without a sign. */
export function floatBody(
  value: number,
  type: string,
  precision: number | undefined,
  alternate: boolean,
): string {
  switch (type) {
    case "f":
    case "F":
      return fixed(value, precision ?? 6) + (alternate && precision === 0 ? "." : "");
    case "%":
      return `${fixed(value, precision ?? 6)}${alternate && precision === 0 ? "." : ""}%`;
    case "e":
    case "E": {
      const text = scientific(value, precision ?? 6, alternate);
      return type === "E" ? text.toUpperCase() : text;
    }
    case "g":
    case "G":
    case "n": {
      const text = general(value, precision ?? 6, alternate);
      return type === "G" ? text.toUpperCase() : text;
    }
    default:
      if (precision === undefined) return floatRepr(Math.abs(value));
      return asFloat(general(value, precision, alternate, 1));
  }
}

/** Without a type there is at least one digit after the point. */
function asFloat(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function scientific(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = significant(value, precision + 1);
  const point = precision > 0 || alternate ? "." : "";
  return `${digits.slice(0, 1)}${point}${digits.slice(1)}e${exponentText(exponent)}`;
}

/** `%g`: `shift` is how much earlier the exponent is used where a digit after the point is due. */
function general(value: number, wanted: number, alternate: boolean, shift = 0): string {
  const precision = Math.max(wanted, 1);
  const { digits, exponent } = significant(value, precision);
  const trim = (text: string) =>
    alternate
      ? text.includes(".")
        ? text
        : `${text}.`
      : text.includes(".")
        ? text.replace(/\.?0+$/, "")
        : text;
  if (
    exponent < -4 ||
    exponent >= precision - (precision > exponent && shift > 0 && exponent === precision - 1 ? shift : 0)
  ) {
    const mantissa = trim(digits.length > 1 ? `${digits.slice(0, 1)}.${digits.slice(1)}` : digits);
    return `${mantissa}e${exponentText(exponent)}`;
  }
  return trim(fixed(value, Math.max(precision - 1 - exponent, 0)));
}
