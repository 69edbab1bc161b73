import * as Token from "./token.ts";

/** https://docs.python.org/3.14/reference/lexical_analysis.html#operators-and-delimiters */
interface Operator {
  readonly text: string;
  readonly kind: number;
}

const simple = "( ) [ ] { } : , ; . ... -> ! = := + - * / // % @ ** << >> & | ^ ~ == != < <= > >=".split(" ");
const augmented = "+= -= *= /= //= %= @= **= <<= >>= &= |= ^=".split(" ");

/** The operators that begin with a character, by its code, longest first. */
const byFirstCharacter: Operator[][] = [];
for (const [index, text] of simple.entries()) add(text, Token.openParenthesis + index);
for (const [index, text] of augmented.entries()) add(text, Token.plusEqual + index);

function add(text: string, kind: number): void {
  const code = text.charCodeAt(0);
  const list = byFirstCharacter[code] ?? [];
  byFirstCharacter[code] = list;
  list.push({ text, kind });
  list.sort((left, right) => right.text.length - left.text.length);
}

/** The longest operator at an offset; undefined where there is none. `code` is its first character. */
export function operatorAt(source: string, offset: number, code: number): Operator | undefined {
  const candidates = byFirstCharacter[code];
  if (candidates === undefined) return undefined;
  for (const operator of candidates) {
    if (operator.text.length === 1 || source.startsWith(operator.text, offset)) return operator;
  }
  return undefined;
}
