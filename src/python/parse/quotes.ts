import * as Character from "./characters.ts";
import { SyntaxFailure, type TokenList } from "./token-list.ts";

/** https://docs.python.org/3.14/reference/lexical_analysis.html#string-and-bytes-literals */
const prefixes: ReadonlySet<string> = new Set(["b", "r", "u", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"]);

/** Whether the word before a quote is a prefix of the literal. */
export function isPrefix(word: string): boolean {
  return prefixes.has(word.toLowerCase());
}

/** How many quotes open the literal at `open`: one or three. */
export function quotesAt(source: string, open: number): 1 | 3 {
  const quote = source.charCodeAt(open);
  return source.charCodeAt(open + 1) === quote && source.charCodeAt(open + 2) === quote ? 3 : 1;
}

/** The offset behind the literal whose first quote is at `open`. Counts the lines that it covers. */
export function literalEnd(source: string, tokens: TokenList, start: number, open: number): number {
  const quote = source.charCodeAt(open);
  if (quotesAt(source, open) === 3) return tripleQuotedEnd(source, tokens, start, open + 3, quote);
  return quotedEnd(source, tokens, start, open + 1, quote);
}

function quotedEnd(source: string, tokens: TokenList, start: number, from: number, quote: number): number {
  let escapesQuote = false;
  for (let index = from; index < source.length - 1; index++) {
    const code = source.charCodeAt(index);
    if (code === quote) return index + 1;
    if (code === Character.lineFeed) break;
    if (code === Character.backslash) {
      index++;
      const escaped = source.charCodeAt(index);
      if (escaped === quote) escapesQuote = true;
      else if (escaped === Character.lineFeed) tokens.lineStarts.push(index + 1);
    }
  }
  const hint = escapesQuote ? "; perhaps you escaped the end quote?" : "";
  throw new SyntaxFailure(`unterminated string literal (detected at line ${tokens.line})${hint}`, start);
}

function tripleQuotedEnd(
  source: string,
  tokens: TokenList,
  start: number,
  from: number,
  quote: number,
): number {
  for (let index = from; index < source.length - 1; index++) {
    const code = source.charCodeAt(index);
    if (code === quote) {
      if (source.charCodeAt(index + 1) === quote && source.charCodeAt(index + 2) === quote) return index + 3;
    } else if (code === Character.lineFeed) {
      tokens.lineStarts.push(index + 1);
    } else if (code === Character.backslash) {
      index++;
      if (source.charCodeAt(index) === Character.lineFeed) tokens.lineStarts.push(index + 1);
    }
  }
  const message = `unterminated triple-quoted string literal (detected at line ${tokens.line - 1})`;
  throw new SyntaxFailure(message, start);
}
