/** Numbers as CPython computes and shows them. */

/** `repr(float)`: JavaScript finds the same shortest digits, and writes the exponent differently. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) {
    const plain = decimalOf(mantissa, exponent);
    return plain.includes(".") ? plain : `${plain}.0`;
  }
  return `${mantissa}e${exponentText(exponent)}`;
}

export function exponentText(exponent: number): string {
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${exponent < 0 ? "-" : "+"}${digits}`;
}

/** Writes `d.ddd × 10^exponent` without an exponent. */
function decimalOf(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace("-", "").replace(".", "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, "0");
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A finite double as an exact fraction with a power of two below. */
export function fractionOf(value: number): { numerator: bigint; denominator: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const power = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = power === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (power === 0 ? 1 : power) - 1075;
  const sign = bits >> 63n ? -1n : 1n;
  return exponent >= 0
    ? { numerator: sign * (mantissa << BigInt(exponent)), denominator: 1n }
    : { numerator: sign * mantissa, denominator: 1n << BigInt(-exponent) };
}

/** The nearest whole number to a fraction, halves to even. */
export function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const floor = floorDivide(numerator, denominator);
  const twice = 2n * (numerator - floor * denominator);
  if (twice > denominator) return floor + 1n;
  if (twice < denominator) return floor;
  return floor % 2n === 0n ? floor : floor + 1n;
}

/** `|value|` with `digits` digits after the point, correctly rounded. */
export function fixed(value: number, digits: number): string {
  const { numerator, denominator } = fractionOf(Math.abs(value));
  const scaled = roundHalfEven(numerator * 10n ** BigInt(digits), denominator)
    .toString()
    .padStart(digits + 1, "0");
  return digits === 0 ? scaled : `${scaled.slice(0, -digits)}.${scaled.slice(-digits)}`;
}

/** `|value|` as `digits` significant digits and a power of ten, correctly rounded: 1234.5 → "1235" and 3 for four. */
export function significant(value: number, digits: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: "0".repeat(digits), exponent: 0 };
  const { numerator, denominator } = fractionOf(Math.abs(value));
  let exponent = Number(Math.abs(value).toExponential().split("e")[1]);
  const round = () => {
    const shift = digits - 1 - exponent;
    return shift >= 0
      ? roundHalfEven(numerator * 10n ** BigInt(shift), denominator)
      : roundHalfEven(numerator, denominator * 10n ** BigInt(-shift));
  };
  let rounded = round().toString();
  if (rounded.length > digits) {
    exponent++;
    rounded = round().toString();
  }
  return { digits: rounded, exponent };
}

/** `round(value, digits)` of a float. */
export function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 340) return value;
  if (digits < -310) return value < 0 ? -0 : 0;
  const { numerator, denominator } = fractionOf(value);
  if (digits >= 0) {
    const text = fixed(value, digits);
    return Number(value < 0 || Object.is(value, -0) ? `-${text}` : text);
  }
  const unit = 10n ** BigInt(-digits);
  const rounded = Number(roundHalfEven(numerator, denominator * unit) * unit);
  return value < 0 && rounded === 0 ? -0 : rounded;
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Python's `%`: has the sign of the divisor. */
export function modulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

export function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/** CPython's `float_divmod`. */
export function floatFloorDivide(a: number, b: number): number {
  const rest = floatModulo(a, b);
  const quotient = (a - rest) / b;
  if (quotient === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** `a / b` of integers, correctly rounded also where they do not fit a double; undefined on overflow. */
export function trueDivide(a: bigint, b: bigint): number | undefined {
  const small = (n: bigint) => n >= -0x1fffffffffffffn && n <= 0x1fffffffffffffn;
  if (small(a) && small(b)) return Number(a) / Number(b);
  const negative = a < 0n !== b < 0n;
  const top = a < 0n ? -a : a;
  const bottom = b < 0n ? -b : b;
  // Keep 66 bits of the quotient, with whatever is lost stuck to the last one, and let Number() round.
  const shift = 66 - (bitLength(top) - bitLength(bottom));
  const scaled = shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift));
  const exact =
    shift >= 0 ? scaled * bottom === top << BigInt(shift) : (scaled * bottom) << BigInt(-shift) === top;
  const result = scaledBy(Number(exact ? scaled : scaled | 1n), -shift);
  return Number.isFinite(result) ? (negative ? -result : result) : undefined;
}

/** `value × 2^power`, also where `2^power` alone is out of range. */
function scaledBy(value: number, power: number): number {
  let result = value;
  for (let rest = power; rest !== 0 && result !== 0 && Number.isFinite(result); ) {
    const step = Math.max(-1000, Math.min(1000, rest));
    result *= 2 ** step;
    rest -= step;
  }
  return result;
}

/** `base ** exponent` of floats. JavaScript's own is off by the last digit now and then; whole exponents are computed exactly. */
export function floatPower(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && !Number.isFinite(exponent))) return 1;
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64 || !Number.isFinite(base) || base === 0)
    return base ** exponent;
  const { numerator, denominator } = fractionOf(base);
  const [top, bottom] = exponent < 0 ? [denominator, numerator] : [numerator, denominator];
  const times = BigInt(Math.abs(exponent));
  return trueDivide(top ** times, bottom ** times) ?? (base < 0 && exponent % 2 !== 0 ? -Infinity : Infinity);
}

export function bitLength(value: bigint): number {
  const positive = value < 0n ? -value : value;
  if (positive === 0n) return 0;
  const hex = positive.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex[0] ?? "0", 16)));
}

/** The text of an integer, or undefined beyond CPython's limit of 4300 digits. */
export function intText(value: bigint): string | undefined {
  if (value < 1n << 14280n && value > -(1n << 14280n)) return value.toString();
  if (bitLength(value) > 14_290) return undefined;
  const text = value.toString();
  return text.replace("-", "").length > 4300 ? undefined : text;
}

/** `int(text, base)`; undefined if it is no number, "huge" beyond CPython's limit. */
export function parseInt10(text: string, base: number): bigint | undefined | "huge" {
  const found = /^\s*([+-]?)\s*(?:0([xob])_?)?([0-9a-z]+(?:_[0-9a-z]+)*)\s*$/iu.exec(asciiDigits(text));
  if (!found || / /.test(found[0].trim())) return undefined;
  const [, sign = "", letter, body = ""] = found;
  const named = letter === undefined ? undefined : { x: 16, o: 8, b: 2 }[letter.toLowerCase()];
  let digits = body.replaceAll("_", "").toLowerCase();
  let radix = base;
  if (named !== undefined) {
    if (base === 0 || base === named) radix = named;
    else digits = `0${letter?.toLowerCase()}${digits}`;
  } else if (base === 0) {
    radix = 10;
    if (/^0+[1-9]/.test(digits)) return undefined;
  }
  for (const digit of digits) if (Number.parseInt(digit, 36) >= radix) return undefined;
  if (digits.length > 4300 && ![2, 4, 8, 16, 32].includes(radix)) return "huge";
  const value = digitsToInt(digits, radix);
  return sign === "-" ? -value : value;
}

function digitsToInt(digits: string, radix: number): bigint {
  if (radix === 10) return BigInt(digits);
  const prefix = { 16: "0x", 8: "0o", 2: "0b" }[radix];
  if (prefix) return BigInt(prefix + digits);
  let value = 0n;
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, 36));
  return value;
}

/** Digits of any script, as ASCII: Python reads them in `int()` and `float()`. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    if (digit <= "9") return digit;
    // Digits of a script stand together, and a run starts with its zero.
    const code = digit.codePointAt(0) ?? 0;
    for (let value = 0; value < 10; value++) {
      if (!/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) return String(value);
    }
    return String(code % 10);
  });
}

/** `float(text)`; undefined if it is no number. */
export function parseFloat10(text: string): number | undefined {
  const body = asciiDigits(text).trim();
  const word = /^([+-]?)(inf|infinity|nan)$/i.exec(body);
  if (word) {
    if (word[2]?.toLowerCase() === "nan") return Number.NaN;
    return word[1] === "-" ? -Infinity : Infinity;
  }
  if (!/^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(body)) return undefined;
  return Number(body.replaceAll("_", ""));
}
