import type { Imaginary } from "../tree.ts";
import { SyntaxFailure } from "./token-list.ts";

/** Numeric literals: https://docs.python.org/3.14/reference/lexical_analysis.html#numeric-literals */

/** CPython refuses to convert longer decimal integers (sys.int_info.default_max_str_digits). */
const maximumDigits = 4300;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHexadecimal(code: number): boolean {
  const lower = code | 32;
  return isDigit(code) || (lower >= 97 && lower <= 102);
}

function isOctal(code: number): boolean {
  return code >= 48 && code <= 55;
}

function isBinary(code: number): boolean {
  return code === 48 || code === 49;
}

const radixes: Readonly<Record<string, { name: string; isDigit: (code: number) => boolean }>> = {
  x: { name: "hexadecimal", isDigit: isHexadecimal },
  o: { name: "octal", isDigit: isOctal },
  b: { name: "binary", isDigit: isBinary },
};

/** The offset behind the number that starts at `start` (with a digit, or with a dot before one). */
export function scanNumber(source: string, start: number): number {
  if (source.charCodeAt(start) === 48) {
    const radix = radixes[source.charAt(start + 1).toLowerCase()];
    if (radix !== undefined) return scanRadix(source, start + 2, radix);
  }
  let position = start;
  let code = source.charCodeAt(position);
  if (code !== 46) {
    position = scanDigits(source, position);
    code = source.charCodeAt(position);
    if (source.charCodeAt(start) === 48 && code !== 46 && (code | 32) !== 101 && (code | 32) !== 106) {
      for (let zero = start; zero < position; zero++) {
        if (source.charCodeAt(zero) > 48 && source.charCodeAt(zero) <= 57) {
          const message =
            "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
          throw new SyntaxFailure(message, start);
        }
      }
    }
  }
  if (code === 46) {
    position++;
    if (isDigit(source.charCodeAt(position))) position = scanDigits(source, position);
    code = source.charCodeAt(position);
  }
  if ((code | 32) === 101) {
    const sign = source.charCodeAt(position + 1);
    const signed = sign === 43 || sign === 45;
    const digits = signed ? position + 2 : position + 1;
    if (isDigit(source.charCodeAt(digits))) {
      position = scanDigits(source, digits);
      code = source.charCodeAt(position);
    } else if (signed) {
      throw new SyntaxFailure("invalid decimal literal", position + 1);
    }
  }
  if ((code | 32) === 106) return endNumber(source, position + 1, "imaginary");
  return endNumber(source, position, "decimal");
}

function scanRadix(
  source: string,
  start: number,
  { name, isDigit: accepts }: (typeof radixes)[string],
): number {
  let position = start;
  do {
    if (source.charCodeAt(position) === 95) position++;
    if (!accepts(source.charCodeAt(position))) throw wrongDigit(source, position, name);
    while (accepts(source.charCodeAt(position))) position++;
  } while (source.charCodeAt(position) === 95);
  if (isDigit(source.charCodeAt(position))) throw wrongDigit(source, position, name);
  return endNumber(source, position, name);
}

function wrongDigit(source: string, position: number, name: string): SyntaxFailure {
  if (!isDigit(source.charCodeAt(position)))
    return new SyntaxFailure(`invalid ${name} literal`, position - 1);
  return new SyntaxFailure(`invalid digit '${source.charAt(position)}' in ${name} literal`, position);
}

/** Digits with single underscores between them. */
function scanDigits(source: string, start: number): number {
  let position = start;
  for (;;) {
    while (isDigit(source.charCodeAt(position))) position++;
    if (source.charCodeAt(position) !== 95) return position;
    position++;
    if (!isDigit(source.charCodeAt(position)))
      throw new SyntaxFailure("invalid decimal literal", position - 1);
  }
}

/** A number may run into one of these words (`1if x else 2`), with a warning, but into no other name. */
const mayFollow = /(?:(?:and|else|for|or|not)(?![A-Za-z0-9_\u0080-\uffff])|i[fns])/y;

function endNumber(source: string, position: number, name: string): number {
  const code = source.charCodeAt(position);
  const runsOn = isDigit(code) || code === 95 || ((code | 32) >= 97 && (code | 32) <= 122);
  if (!runsOn) return position;
  mayFollow.lastIndex = position;
  if (mayFollow.test(source)) return position;
  throw new SyntaxFailure(`invalid ${name} literal`, position - 1);
}

/** What the literal between two offsets stands for: bigint for int, number for float. */
export function numberValue(source: string, start: number, end: number): bigint | number | Imaginary {
  let text = source.slice(start, end);
  if (text.includes("_")) text = text.replaceAll("_", "");
  const last = text.charCodeAt(text.length - 1);
  const prefixed = text.charCodeAt(0) === 48 && text.charCodeAt(1) > 57;
  if (prefixed && (text.charCodeAt(1) | 32) !== 101 && (text.charCodeAt(1) | 32) !== 106) return BigInt(text);
  if ((last | 32) === 106) return { imag: Number(text.slice(0, -1)) };
  for (let index = 0; index < text.length; index++) {
    if (!isDigit(text.charCodeAt(index))) return Number(text);
  }
  if (text.length > maximumDigits) {
    const message = `Exceeds the limit (${maximumDigits} digits) for integer string conversion: value has ${text.length} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.`;
    throw new SyntaxFailure(message, start);
  }
  return text.length < 16 ? BigInt(Number(text)) : BigInt(text);
}
