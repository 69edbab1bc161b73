import * as Token from "./token.ts";

/** https://docs.python.org/3.14/reference/lexical_analysis.html#operators-and-delimiters */
const simple = "( ) [ ] { } : , ; . ... -> ! = := + - * / // % @ ** << >> & | ^ ~ == != < <= > >=";
const augmented = "+= -= *= /= //= %= @= **= <<= >>= &= |= ^=";

/** The kinds of operators of one character, by its code, and of longer ones. */
const singles = new Uint8Array(128);
const longer = new Map<string, Token.Kind>();
/** The length of an operator, by its kind. */
export const operatorLengths = new Uint8Array(Token.kindCount);
/** Whether a character, by its code, can be the second of an operator. */
const isSecond = new Uint8Array(128);

function define(texts: string, first: Token.Kind): void {
  let kind = first;
  for (const text of texts.split(" ")) {
    operatorLengths[kind] = text.length;
    if (text.length === 1) singles[text.charCodeAt(0)] = kind;
    else {
      longer.set(text, kind);
      isSecond[text.charCodeAt(1)] = 1;
    }
    kind++;
  }
}
define(simple, Token.openParenthesis);
define(augmented, Token.plusEqual);

/** The kind of the longest operator at an offset; 0 where there is none. `code` is its first character. */
export function operatorAt(source: string, offset: number, code: number): Token.Kind {
  if (isSecond[source.charCodeAt(offset + 1)] === 1) {
    const found =
      longer.get(source.slice(offset, offset + 3)) ?? longer.get(source.slice(offset, offset + 2));
    if (found !== undefined) return found;
  }
  return singles[code] ?? 0;
}
