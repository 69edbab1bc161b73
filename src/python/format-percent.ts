import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { floatBody } from "./format.ts";
import { unwrap } from "./internal.ts";
import { bytes, envOf, str } from "./make.ts";
import { specialMethod, typeName } from "./names.ts";
import { intText } from "./numbers.ts";
import { digitsLimit, reprOf, strOf } from "./repr.ts";
import { asciiOnly, lengthOf } from "./text.ts";
import { joinedShape, shapeOf, type TextShape } from "./text-shape.ts";
import type { Opaque, Value } from "./value.ts";
import { dependingOn } from "./value.ts";

const pattern = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([hlL]?)(.|$)/gsu;

/** `format % values`: https://docs.python.org/3.14/library/stdtypes.html#printf-style-string-formatting */
export function percentFormat(
  run: Execution,
  format: Extract<Value, { kind: "str" | "bytes" }>,
  values: Value,
  at?: Location,
): Value {
  const template = format.kind === "str" ? format.value : String.fromCharCode(...format.value);
  const isMapping = /%\(/.test(template);
  const rest: readonly Value[] = values.kind === "tuple" && !isMapping ? values.items : [values];
  if (values.kind === "tuple" && values.open)
    return run.opaque(values.open.because, at, [values.open], { type: "str" });
  let used = 0;
  const take = (): Value =>
    rest[used++] ?? run.raise("TypeError", "not enough arguments for format string", at);
  let unknown: Opaque | undefined;
  const parts: (string | TextShape)[] = [];
  let before = 0;
  let done = "";
  let from = 0;
  for (const found of template.matchAll(pattern)) {
    done += template.slice(from, found.index);
    from = found.index + found[0].length;
    const [, key, flags = "", width, precisionText, , type = ""] = found;
    if (type === "%") {
      done += "%";
      continue;
    }
    const size = width === "*" ? integerOf(run, take(), at) : Number(width ?? 0);
    const hasPrecision = /\.(\*|\d*)[hlL]?.$/su.test(found[0]);
    const precision =
      precisionText === "*"
        ? integerOf(run, take(), at)
        : hasPrecision
          ? Number(precisionText ?? 0)
          : undefined;
    if (size > 1_000_000 || (precision ?? 0) > 1_000_000)
      return run.opaque("formats to a very long text", at);
    const value = key === undefined ? take() : run.subscript(values, str(key, at), at);
    if (key !== undefined) used = rest.length;
    const isRaw = format.kind === "bytes" && value.kind === "bytes" && type === "s";
    const shown = isRaw ? String.fromCharCode(...value.value) : one(run, value, type, flags, precision, at);
    if (typeof shown !== "string") {
      unknown ??= shown;
      parts.push(
        done.slice(before),
        type === "s" && size === 0 && precision === undefined ? shapeOf(shown) : {},
      );
      before = done.length;
      continue;
    }
    done += padded(shown, flags, size, type);
  }
  done += template.slice(from);
  if (used < rest.length && !isMapping && !(rest.length === 1 && isMappingValue(values))) {
    const unsure = values.kind === "opaque";
    if (!unsure) return run.raise("TypeError", "not all arguments converted during string formatting", at);
  }
  const env = envOf([format, values]);
  if (unknown) {
    return dependingOn(
      run.opaque(unknown.because, at, [unknown], {
        type: format.kind,
        ...joinedShape([...parts, done.slice(before)]),
        ...(done !== "" || unknown.truth ? { truth: true } : {}),
      }),
      env,
    );
  }
  run.budget.make(done.length);
  if (format.kind === "bytes")
    return bytes(
      Uint8Array.from(done, (c) => c.charCodeAt(0)),
      at,
      env,
    );
  return str(done, at, env);
}

function isMappingValue(value: Value): boolean {
  return (
    value.kind === "dict" ||
    value.kind === "list" ||
    (value.kind === "instance" && unwrap(value).kind === "dict")
  );
}

function integerOf(run: Execution, value: Value, at?: Location): number {
  return value.kind === "int" ? Number(value.value) : run.raise("TypeError", "* wants int", at);
}

function one(
  run: Execution,
  given: Value,
  type: string,
  flags: string,
  precision: number | undefined,
  at?: Location,
): string | Opaque {
  if (given.kind === "opaque") return given;
  const value = asNumber(run, unwrap(given), type, at);
  if (value.kind === "opaque") return value;
  const sign = (isNegative: boolean) =>
    isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  switch (type) {
    case "s":
    case "r":
    case "a": {
      const text = type === "s" ? strOf(run, given) : reprOf(run, given);
      if (typeof text !== "string") return text;
      const cut = precision === undefined ? text : [...text].slice(0, precision).join("");
      return type === "a" ? asciiOnly(cut) : cut;
    }
    case "c":
      if (value.kind === "str") return value.value;
      return value.kind === "int"
        ? String.fromCodePoint(Number(value.value))
        : run.raise("TypeError", "%c requires int or char", at);
    case "d":
    case "i":
    case "u": {
      const number =
        value.kind === "float" && Number.isFinite(value.value)
          ? BigInt(Math.trunc(value.value))
          : wholeOf(value);
      if (number === undefined)
        return run.raise(
          "TypeError",
          `%${type} format: a real number is required, not ${typeName(given)}`,
          at,
        );
      const digits = intText(number < 0n ? -number : number) ?? run.raise("ValueError", digitsLimit, at);
      return sign(number < 0n) + digits.padStart(precision ?? 0, "0");
    }
    case "o":
    case "x":
    case "X": {
      const number = wholeOf(value);
      if (number === undefined)
        return run.raise("TypeError", `%${type} format: an integer is required, not ${typeName(given)}`, at);
      const digits = (number < 0n ? -number : number)
        .toString(type === "o" ? 8 : 16)
        .padStart(precision ?? 0, "0");
      const text = (flags.includes("#") ? `0${type}` : "") + (type === "X" ? digits.toUpperCase() : digits);
      return sign(number < 0n) + text;
    }
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G": {
      const number =
        value.kind === "float"
          ? value.value
          : Number(
              wholeOf(value) ?? run.raise("TypeError", `must be real number, not ${typeName(given)}`, at),
            );
      const prefix = sign(number < 0 || Object.is(number, -0));
      if (!Number.isFinite(number)) return prefix + (Number.isNaN(number) ? "nan" : "inf");
      return prefix + floatBody(number, type, precision ?? 6, flags.includes("#"));
    }
    default:
      if (type === "") return run.raise("ValueError", "incomplete format", at);
      return run.raise(
        "ValueError",
        `unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)})`,
        at,
      );
  }
}

/** An object that is a number in its own way, where one is asked for. */
function asNumber(run: Execution, value: Value, type: string, at?: Location): Value {
  if (value.kind !== "instance") return value;
  const name = /[eEfFgG]/.test(type) ? "__float__" : /[diu]/.test(type) ? "__int__" : undefined;
  const method = name === undefined ? undefined : specialMethod(value, name);
  return method ? run.call(method, [value], undefined, at) : value;
}

function wholeOf(value: Value): bigint | undefined {
  return value.kind === "int" || value.kind === "bool" ? BigInt(value.value) : undefined;
}

function padded(text: string, flags: string, width: number, type: string): string {
  const room = Math.max(width - lengthOf(text), 0);
  if (flags.includes("-")) return text + " ".repeat(room);
  if (!flags.includes("0") || "srac".includes(type)) return " ".repeat(room) + text;
  const prefix = /^[-+ ]?(0[xXo])?/.exec(text)?.[0] ?? "";
  return prefix + "0".repeat(room) + text.slice(prefix.length);
}
