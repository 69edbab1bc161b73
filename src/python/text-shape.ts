/** What is known of a text, or of bytes, that are not known. */
export interface TextShape {
  /** How it begins. */
  readonly prefix?: string;
  /** How it ends. */
  readonly suffix?: string;
  /** How many characters or bytes it has. */
  readonly length?: number;
  /** The characters in it that are random, by where they come from: what is used twice counts once. */
  readonly draws?: ReadonlyMap<object, Draw>;
}

/** Characters that are drawn independently of one another. */
export interface Draw {
  readonly count: number;
  /** From how many different ones each is drawn. */
  readonly from: number;
}

/** A text of so many characters, each drawn from so many; `others` of them are not drawn. */
export function drawn(length: number, from: number, others = 0): TextShape {
  return length > 0 ? { length, draws: new Map([[{}, { count: length - others, from }]]) } : { length };
}

type Part = string | TextShape;

/** The shape of texts one after the other. */
export function joinedShape(parts: readonly Part[]): TextShape {
  const filled = parts.filter((part) => part !== "");
  const prefix = beginning(filled, "prefix", (before, more) => before + more);
  const suffix = beginning([...filled].reverse(), "suffix", (after, more) => more + after);
  const lengths = filled.map((part) => (typeof part === "string" ? [...part].length : part.length));
  const draws = new Map<object, Draw>();
  for (const part of filled) {
    if (typeof part === "string") continue;
    for (const [source, draw] of part.draws ?? [])
      if (draw.count > (draws.get(source)?.count ?? 0)) draws.set(source, draw);
  }
  return {
    ...(prefix === "" ? {} : { prefix }),
    ...(suffix === "" ? {} : { suffix }),
    ...(lengths.includes(undefined) ? {} : { length: lengths.reduce<number>((sum, n) => sum + (n ?? 0), 0) }),
    ...(draws.size > 0 ? { draws } : {}),
  };
}

/** The known text up to the first part that is not known as a whole, and what that begins (or ends) with. */
function beginning(
  parts: readonly Part[],
  end: "prefix" | "suffix",
  add: (known: string, more: string) => string,
): string {
  let known = "";
  for (const part of parts) {
    if (typeof part !== "string") return add(known, part[end] ?? "");
    known = add(known, part);
  }
  return known;
}

/** `text[start:stop]`, with indexes as Python has them; nothing where the length is not known. */
export function slicedShape(
  shape: TextShape,
  start: number | undefined,
  stop: number | undefined,
): TextShape {
  const { length, prefix = "", suffix = "" } = shape;
  if (length === undefined) {
    const cut = start === undefined || start === 0 ? prefix.slice(0, within(stop)) : "";
    return cut === "" ? {} : { prefix: cut };
  }
  const index = (given: number) => Math.min(Math.max(given < 0 ? given + length : given, 0), length);
  const [from, to] = [index(start ?? 0), index(stop ?? length)];
  const size = Math.max(to - from, 0);
  const ends = length - suffix.length;
  const begun = prefix.slice(from, to);
  const ended = to > ends ? suffix.slice(Math.max(from - ends, 0), to - ends) : "";
  return {
    length: size,
    ...(begun === "" ? {} : { prefix: begun }),
    ...(ended === "" ? {} : { suffix: ended }),
    ...part(shape, size, Math.min(from, prefix.length) + Math.min(length - to, suffix.length)),
  };
}

const within = (stop: number | undefined) => (stop === undefined || stop < 0 ? 0 : stop);

/** The random characters that are left when so many characters of a text are, `gone` of the others being cut off. */
function part({ draws, length = 0 }: TextShape, size: number, gone: number): TextShape {
  const [source] = draws?.keys() ?? [];
  if (!draws || !source) return {};
  const all = [...draws.values()];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const count = Math.min(size - (length - total - gone), total);
  if (count <= 0) return {};
  return { draws: new Map([[source, { count, from: Math.min(...all.map(({ from }) => from)) }]]) };
}

/** The same with every character (or byte) written in so many others of a smaller alphabet. */
export function recoded(shape: TextShape, length: number, from: number): TextShape {
  const [source] = shape.draws?.keys() ?? [];
  const total = [...(shape.draws?.values() ?? [])].reduce((sum, { count }) => sum + count, 0);
  const count = shape.length ? Math.floor((length * total) / shape.length) : 0;
  return { length, ...(source && count > 0 ? { draws: new Map([[source, { count, from }]]) } : {}) };
}

/** How many characters are neither known to stand at an end nor random; any number where the length is not known. */
export function unaccounted({ prefix = "", suffix = "", length, draws }: TextShape): number {
  const random = [...(draws?.values() ?? [])].reduce((sum, { count }) => sum + count, 0);
  return (length ?? Number.POSITIVE_INFINITY) - prefix.length - suffix.length - random;
}

/** Whether every character is known or random, and none can be beyond ASCII: an encoding keeps them one by one. */
export function isAscii(shape: TextShape): boolean {
  const { prefix = "", suffix = "", draws } = shape;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
  const isPlain = /^[\x00-\x7f]*$/.test(prefix + suffix);
  return unaccounted(shape) <= 0 && isPlain && [...(draws?.values() ?? [])].every(({ from }) => from <= 128);
}

/** One in a thousand million: nobody waits for it. */
const negligible = 1e-9;

/** Whether a text has at least so many different characters but for a chance that can be neglected. */
export function isVaried({ draws }: TextShape, least: number): boolean {
  const useful = [...(draws?.values() ?? [])].filter(({ from }) => from > least);
  const count = useful.reduce((sum, draw) => sum + draw.count, 0);
  const from = Math.min(...useful.map((draw) => draw.from));
  if (count === 0) return false;
  // At most `few` different ones: each choice of them, times the chance that every draw is one of them.
  const few = least - 1;
  let choices = 1;
  for (let i = 0; i < few; i++) choices *= (from - i) / (i + 1);
  return choices * (few / from) ** count < negligible;
}

/** The parts of a shape, without what else the object holds. */
export function shapeOf({ prefix, suffix, length, draws }: TextShape): TextShape {
  return {
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(length === undefined ? {} : { length }),
    ...(draws === undefined ? {} : { draws }),
  };
}

/** The shape of `str(value)`; of bytes it is their repr, where nothing in it needs an escape. */
export function shownShape(value: TextShape & { readonly type?: string }): TextShape {
  if (value.type === "str" || value.type === undefined) return shapeOf(value);
  if (value.type === "UUID") return { length: 36, ...(value.draws ? { draws: value.draws } : {}) };
  const isPlain = isAscii(value) && [...(value.draws?.values() ?? [])].every(({ from }) => from <= 64);
  return value.type === "bytes" && isPlain ? joinedShape(["b'", shapeOf(value), "'"]) : {};
}
