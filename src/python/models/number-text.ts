/** What `int(text)` makes of text, else what `float(text)` does; undefined where both raise. */
export function parseNumber(text: string): bigint | number | undefined {
  const plain = text.trim().replace(/(\d)_(?=\d)/g, "$1");
  if (/^[+-]?\d+$/.test(plain)) return BigInt(plain.replace(/^\+/, ""));
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return Number(plain);
  const named = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(plain);
  if (!named) return undefined;
  return named[2] ? (named[1] === "-" ? -Infinity : Infinity) : Number.NaN;
}
