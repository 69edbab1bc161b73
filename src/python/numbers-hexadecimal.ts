/** Floats in base 16, as `float.hex()` writes and `float.fromhex()` reads them. */

export function floatHex(value: number): string {
  if (Number.isNaN(value)) return "nan";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (!Number.isFinite(value)) return `${sign}inf`;
  if (value === 0) return `${sign}0x0.0p+0`;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const digits = (bits & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const biased = Number(bits >> 52n);
  const exponent = biased === 0 ? -1022 : biased - 1023;
  return `${sign}0x${biased === 0 ? 0 : 1}.${digits}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

const pattern = /^([-+]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([-+]?\d{1,6}))?$/i;

/** The number of such a text; undefined for what is none. */
export function parseFloat16(given: string): number | undefined {
  const text = given.trim();
  const word = /^([-+]?)(inf|infinity|nan)$/i.exec(text);
  if (word) {
    const size = word[2]?.toLowerCase() === "nan" ? Number.NaN : Number.POSITIVE_INFINITY;
    return word[1] === "-" ? -size : size;
  }
  const [found, sign, whole = "", fraction = "", exponent = "0"] = pattern.exec(text) ?? [];
  const digits = whole + fraction;
  if (found === undefined || digits === "") return undefined;
  const size = scaled(BigInt(`0x${digits}`), Number(exponent) - 4 * fraction.length);
  return sign === "-" ? -size : size;
}

/** `digits * 2 ** exponent`, rounded once, half to even. */
function scaled(digits: bigint, exponent: number): number {
  if (digits === 0n) return 0;
  const length = digits.toString(2).length;
  if (length + exponent > 1024) return Number.POSITIVE_INFINITY;
  // What a float can hold of it: 53 bits, fewer near zero.
  const spare = Math.max(length - 53, -1074 - exponent);
  if (spare <= 0) return times(Number(digits), exponent);
  if (spare > length + 1) return 0;
  const unit = 1n << BigInt(spare);
  const [quotient, rest] = [digits / unit, digits % unit];
  const isUp = rest * 2n > unit || (rest * 2n === unit && quotient % 2n === 1n);
  return times(Number(isUp ? quotient + 1n : quotient), exponent + spare);
}

/** `value * 2 ** exponent`, which is exact, in steps that are. */
function times(value: number, exponent: number): number {
  let [size, left] = [value, exponent];
  for (; left > 1000; left -= 1000) size *= 2 ** 1000;
  for (; left < -1000; left += 1000) size *= 2 ** -1000;
  return size * 2 ** left;
}
