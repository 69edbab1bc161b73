/**
 * The kinds of token, as small integers so that tables can be indexed by them.
 * https://docs.python.org/3.14/library/token.html; every keyword has a kind of its own.
 */
export type Kind = number;

// ── Layout ──
export const endMarker: Kind = 0;
export const newline: Kind = 1;
export const indent: Kind = 2;
export const dedent: Kind = 3;

// ── Words and literals ──
export const name: Kind = 4;
export const number: Kind = 5;
export const string: Kind = 6;
/** Opens an f-string or a t-string; between it and its end are middles and bracketed expressions. */
export const templateStart: Kind = 7;
export const templateMiddle: Kind = 8;
export const templateEnd: Kind = 9;
/** What no token begins with (`$`, `?`, a backtick), or where the tokenizer gave up. */
export const unknown: Kind = 10;

// ── Brackets and punctuation ──
export const openParenthesis: Kind = 11;
export const closeParenthesis: Kind = 12;
export const openBracket: Kind = 13;
export const closeBracket: Kind = 14;
export const openBrace: Kind = 15;
export const closeBrace: Kind = 16;
export const colon: Kind = 17;
export const comma: Kind = 18;
export const semicolon: Kind = 19;
export const dot: Kind = 20;
export const ellipsis: Kind = 21;
export const arrow: Kind = 22;
export const exclamation: Kind = 23;
export const equal: Kind = 24;
export const colonEqual: Kind = 25;

// ── Operators ──
export const plus: Kind = 26;
export const minus: Kind = 27;
export const star: Kind = 28;
export const slash: Kind = 29;
export const doubleSlash: Kind = 30;
export const percent: Kind = 31;
export const at: Kind = 32;
export const doubleStar: Kind = 33;
export const leftShift: Kind = 34;
export const rightShift: Kind = 35;
export const ampersand: Kind = 36;
export const bar: Kind = 37;
export const caret: Kind = 38;
export const tilde: Kind = 39;
export const equalEqual: Kind = 40;
export const notEqual: Kind = 41;
export const less: Kind = 42;
export const lessEqual: Kind = 43;
export const greater: Kind = 44;
export const greaterEqual: Kind = 45;

// ── Augmented assignment: each is its operator plus `augmented` ──
export const augmented = 20;
export const plusEqual: Kind = 46;
export const caretEqual: Kind = 58;

// ── Keywords ──
export const False_: Kind = 60;
export const None_: Kind = 61;
export const True_: Kind = 62;
export const and: Kind = 63;
export const as: Kind = 64;
export const assert: Kind = 65;
export const async: Kind = 66;
export const await_: Kind = 67;
export const break_: Kind = 68;
export const class_: Kind = 69;
export const continue_: Kind = 70;
export const def: Kind = 71;
export const del: Kind = 72;
export const elif: Kind = 73;
export const else_: Kind = 74;
export const except: Kind = 75;
export const finally_: Kind = 76;
export const for_: Kind = 77;
export const from: Kind = 78;
export const global: Kind = 79;
export const if_: Kind = 80;
export const import_: Kind = 81;
export const in_: Kind = 82;
export const is: Kind = 83;
export const lambda: Kind = 84;
export const nonlocal: Kind = 85;
export const not: Kind = 86;
export const or: Kind = 87;
export const pass: Kind = 88;
export const raise: Kind = 89;
export const return_: Kind = 90;
export const try_: Kind = 91;
export const while_: Kind = 92;
export const with_: Kind = 93;
export const yield_: Kind = 94;

/** One more than the highest kind. */
export const kindCount = 95;

const keywords = new Map<string, Kind>();
let keyword = False_;
for (const word of [
  "False None True and as assert async await break class continue def del elif else except finally for from",
  "global if import in is lambda nonlocal not or pass raise return try while with yield",
]
  .join(" ")
  .split(" ")) {
  keywords.set(word, keyword++);
}

/** The kind of the word between two offsets: that of its keyword, or `name`. */
export function wordKind(source: string, start: number, end: number): Kind {
  const length = end - start;
  if (length < 2 || length > 8) return name;
  return keywords.get(source.slice(start, end)) ?? name;
}

/** Whether a kind is an augmented assignment such as `+=`. */
export function isAugmented(kind: Kind): boolean {
  return kind >= plusEqual && kind <= caretEqual;
}
