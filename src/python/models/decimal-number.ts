import { fractionOf } from "../numbers.ts";

/** Decimal numbers as `decimal` of Python keeps them, computed with in its default context. */
export interface Finite {
  readonly negative: boolean;
  /** Without the sign. */
  readonly coefficient: bigint;
  readonly exponent: number;
}
export type Special = "Infinity" | "-Infinity" | "NaN";
export type DecimalNumber = Finite | Special;

/** Exponents beyond this are not computed with: their digits would fill the memory. */
const maxExponent = 1000;
const precision = 28;

export const isSpecial = (number: DecimalNumber): number is Special => typeof number === "string";

export function finite(signed: bigint, exponent: number, negative = signed < 0n): Finite {
  return { negative, coefficient: signed < 0n ? -signed : signed, exponent };
}

const signed = ({ negative, coefficient }: Finite): bigint => (negative ? -coefficient : coefficient);
const digitsOf = (coefficient: bigint): number => String(coefficient).length;

/** What `Decimal(text)` makes of a text; undefined for one that is no number. */
export function decimalFrom(text: string): DecimalNumber | undefined {
  const plain = text.trim().replaceAll("_", "");
  const named = /^([+-]?)(?:(inf(?:inity)?)|(?:nan\d*))$/i.exec(plain);
  if (named) return named[2] ? (named[1] === "-" ? "-Infinity" : "Infinity") : "NaN";
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^([+-]?)(?=\d|\.\d)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(plain) ?? [];
  if (sign === undefined) return undefined;
  const number = finite(BigInt(whole + fraction), Number(exponent) - fraction.length, sign === "-");
  return Math.abs(number.exponent) > 1e6 ? undefined : number;
}

/** The exact value of a float. */
export function decimalFromFloat(value: number): DecimalNumber {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  let { numerator, denominator } = fractionOf(value);
  while (numerator % 2n === 0n && denominator > 1n) {
    numerator /= 2n;
    denominator /= 2n;
  }
  const twos = denominator.toString(2).length - 1;
  return finite(numerator * 5n ** BigInt(twos), -twos, Object.is(value, -0) || value < 0);
}

export function decimalText(number: DecimalNumber): string {
  if (isSpecial(number)) return number;
  const digits = String(number.coefficient);
  const left = number.exponent + digits.length;
  const plain = number.exponent <= 0 && left > -6;
  const dot = plain ? left : 1;
  const padded = dot <= 0 ? `0.${"0".repeat(-dot)}${digits}` : withDot(digits, dot);
  const shift = left - dot;
  const power = plain || shift === 0 ? "" : `E${shift < 0 ? "" : "+"}${shift}`;
  return `${number.negative ? "-" : ""}${padded}${power}`;
}

const withDot = (digits: string, dot: number): string =>
  dot >= digits.length ? digits.padEnd(dot, "0") : `${digits.slice(0, dot)}.${digits.slice(dot)}`;

export const roundings = [
  "ROUND_HALF_EVEN",
  "ROUND_HALF_UP",
  "ROUND_HALF_DOWN",
  "ROUND_DOWN",
  "ROUND_UP",
  "ROUND_FLOOR",
  "ROUND_CEILING",
] as const;
export type Rounding = (typeof roundings)[number];

function roundsUp(
  mode: Rounding,
  { negative, coefficient }: Finite,
  half: -1 | 0 | 1,
  any: boolean,
): boolean {
  switch (mode) {
    case "ROUND_HALF_EVEN":
      return half > 0 || (half === 0 && coefficient % 2n === 1n);
    case "ROUND_HALF_UP":
      return half >= 0;
    case "ROUND_HALF_DOWN":
      return half > 0;
    case "ROUND_DOWN":
      return false;
    case "ROUND_UP":
      return any;
    case "ROUND_FLOOR":
      return any && negative;
    case "ROUND_CEILING":
      return any && !negative;
  }
}

/** The same number with another exponent, rounded where digits are lost. */
export function rescaled(number: Finite, exponent: number, mode: Rounding = "ROUND_HALF_EVEN"): Finite {
  const { negative, coefficient } = number;
  if (exponent <= number.exponent)
    return { negative, coefficient: coefficient * 10n ** BigInt(number.exponent - exponent), exponent };
  const unit = 10n ** BigInt(Math.min(exponent - number.exponent, digitsOf(coefficient) + 1));
  const kept = coefficient / unit;
  const lost = coefficient % unit;
  const half = lost * 2n > unit ? 1 : lost * 2n === unit ? 0 : -1;
  const up = roundsUp(mode, { negative, coefficient: kept, exponent }, half, lost > 0n);
  return { negative, coefficient: kept + (up ? 1n : 0n), exponent };
}

/** Rounded to the digits of the context. */
function fixed(number: Finite): Finite {
  const over = digitsOf(number.coefficient) - precision;
  if (over <= 0) return number;
  const rounded = rescaled(number, number.exponent + over);
  return digitsOf(rounded.coefficient) > precision ? rescaled(rounded, rounded.exponent + 1) : rounded;
}

export type Operation = "add" | "sub" | "mul" | "truediv" | "floordiv" | "mod";

/** "zero" for a division by it; undefined where the numbers are too far apart to compute with. */
export function computed(operation: Operation, a: Finite, b: Finite): Finite | "zero" | undefined {
  if (Math.max(Math.abs(a.exponent), Math.abs(b.exponent)) > maxExponent) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [signed(rescaled(a, exponent)), signed(rescaled(b, exponent))];
  switch (operation) {
    case "add":
    case "sub": {
      const total = operation === "add" ? x + y : x - y;
      const bothNegative = a.negative && b.negative === (operation === "add");
      return fixed(finite(total, exponent, total === 0n ? bothNegative : total < 0n));
    }
    case "mul": {
      const product = a.coefficient * b.coefficient;
      return fixed(finite(product, a.exponent + b.exponent, a.negative !== b.negative));
    }
    case "truediv":
      return b.coefficient === 0n ? "zero" : divided(a, b);
    case "floordiv":
      return y === 0n ? "zero" : finite(x / y, 0, a.negative !== b.negative);
    case "mod":
      return y === 0n ? "zero" : fixed(finite(x % y, exponent, a.negative));
  }
}

/** As CPython's own `_pydecimal` divides. */
function divided(a: Finite, b: Finite): Finite {
  const negative = a.negative !== b.negative;
  const ideal = a.exponent - b.exponent;
  if (a.coefficient === 0n) return { negative, coefficient: 0n, exponent: ideal };
  const shift = Math.max(0, digitsOf(b.coefficient) - digitsOf(a.coefficient) + precision + 1);
  const dividend = a.coefficient * 10n ** BigInt(shift);
  let coefficient = dividend / b.coefficient;
  let exponent = ideal - shift;
  if (dividend % b.coefficient !== 0n) {
    if (coefficient % 5n === 0n) coefficient++;
  } else {
    while (exponent < ideal && coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent++;
    }
  }
  return fixed({ negative, coefficient, exponent });
}

/** Which is larger: below, at or above zero; undefined if one of them is no number, or they are too far apart. */
export function compared(a: DecimalNumber, b: DecimalNumber): number | undefined {
  if (a === "NaN" || b === "NaN") return undefined;
  const rank = (number: DecimalNumber): number =>
    number === "Infinity" ? 1 : number === "-Infinity" ? -1 : 0;
  if (isSpecial(a) || isSpecial(b)) return rank(a) - rank(b);
  if (Math.max(Math.abs(a.exponent), Math.abs(b.exponent)) > maxExponent) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const difference = signed(rescaled(a, exponent)) - signed(rescaled(b, exponent));
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Without trailing zeros. */
export function normalized(number: Finite): Finite {
  if (number.coefficient === 0n) return { ...number, exponent: 0 };
  let { coefficient, exponent } = fixed(number);
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return { negative: number.negative, coefficient, exponent };
}

/** Toward zero; undefined for a number with too many digits. */
export function wholePart(number: Finite): bigint | undefined {
  return number.exponent > maxExponent ? undefined : signed(rescaled(number, 0, "ROUND_DOWN"));
}

export { fixed as rounded };
