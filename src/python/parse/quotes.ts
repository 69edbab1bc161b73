import { SyntaxFailure, type TokenList } from "./token-list.ts";

/** What the prefix of a literal says. */
export interface Prefix {
  /** Of f-strings and t-strings. */
  readonly letter: "f" | "t" | undefined;
  readonly isRaw: boolean;
  readonly isBytes: boolean;
}

export const noPrefix: Prefix = { letter: undefined, isRaw: false, isBytes: false };

/** https://docs.python.org/3.14/reference/lexical_analysis.html#string-and-bytes-literals */
const prefixes = new Map<string, Prefix>();
for (const prefix of ["b", "r", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"]) {
  const letter = prefix.includes("f") ? "f" : prefix.includes("t") ? "t" : undefined;
  prefixes.set(prefix, { letter, isRaw: prefix.includes("r"), isBytes: prefix.includes("b") });
}

/** What the word between two offsets means before a quote; undefined if it is no prefix. */
export function prefixOf(source: string, start: number, end: number): Prefix | undefined {
  if (end === start) return noPrefix;
  return end - start > 2 ? undefined : prefixes.get(source.slice(start, end).toLowerCase());
}

/** How many quotes open the literal at `open`: one or three. */
export function quotesAt(source: string, open: number): 1 | 3 {
  const quote = source.charCodeAt(open);
  return source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote ? 3 : 1;
}

/** Finds the ends of literals, which are asked for in their order. */
export class LiteralEnds {
  private readonly source: string;
  private readonly tokens: TokenList;
  private readonly backslashes: Occurrences;
  private readonly lineFeeds: Occurrences;

  constructor(source: string, tokens: TokenList) {
    this.source = source;
    this.tokens = tokens;
    this.backslashes = new Occurrences(source, "\\");
    this.lineFeeds = new Occurrences(source, "\n");
  }

  /** The offset behind the literal whose first quote is at `open`. Counts the lines that it covers. */
  after(start: number, open: number): number {
    const { source } = this;
    const quote = source.charAt(open);
    if (quotesAt(source, open) === 3) return this.afterThree(start, open + 3, quote);
    const end = source.indexOf(quote, open + 1);
    const isPlain = end >= 0 && end < this.lineFeeds.from(open) && end < this.backslashes.from(open);
    return isPlain ? end + 1 : this.afterEscapes(start, open + 1, quote);
  }

  /** Of a literal that holds a backslash, or is not closed. */
  private afterEscapes(start: number, from: number, quote: string): number {
    const { source, tokens } = this;
    let escapesQuote = false;
    for (let index = from; index < source.length - 1; index++) {
      const character = source.charAt(index);
      if (character === quote) return index + 1;
      if (character === "\n") break;
      if (character === "\\") {
        const escaped = source.charAt(++index);
        if (escaped === quote) escapesQuote = true;
        else if (escaped === "\n") tokens.lineStarts.push(index + 1);
      }
    }
    const hint = escapesQuote ? "; perhaps you escaped the end quote?" : "";
    throw new SyntaxFailure(`unterminated string literal (detected at line ${tokens.line})${hint}`, start);
  }

  private afterThree(start: number, from: number, quote: string): number {
    const quotes = quote.repeat(3);
    let searched = from;
    for (;;) {
      const end = this.source.indexOf(quotes, searched);
      const backslash = this.backslashes.from(searched);
      if (end >= 0 && end < backslash) {
        this.countLines(from, end);
        return end + 3;
      }
      // A backslash takes the character behind it out of the search.
      if (end < 0 || backslash + 2 >= this.source.length) break;
      searched = backslash + 2;
    }
    this.countLines(from, this.source.length);
    const message = `unterminated triple-quoted string literal (detected at line ${this.tokens.line - 1})`;
    throw new SyntaxFailure(message, start);
  }

  private countLines(from: number, to: number): void {
    const { source, tokens } = this;
    let next = source.indexOf("\n", from);
    while (next >= 0 && next < to) {
      tokens.lineStarts.push(next + 1);
      next = source.indexOf("\n", next + 1);
    }
  }
}

/** Where a text occurs, asked for at offsets that grow. */
class Occurrences {
  private readonly source: string;
  private readonly text: string;
  private next = -1;

  constructor(source: string, text: string) {
    this.source = source;
    this.text = text;
  }

  /** The first occurrence at an offset or behind it; infinity if there is none. */
  from(offset: number): number {
    if (this.next < offset) {
      const found = this.source.indexOf(this.text, offset);
      this.next = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.next;
  }
}
