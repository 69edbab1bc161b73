/** Character codes and classes that the tokenizer asks for. */

export const tab = 9;
export const lineFeed = 10;
export const formFeed = 12;
export const space = 32;
export const doubleQuote = 34;
export const hash = 35;
export const singleQuote = 39;
export const colon = 58;
export const dot = 46;
export const upperN = 78;
export const backslash = 92;
export const openBrace = 123;
export const closeBrace = 125;
export const deleteCode = 127;
export const byteOrderMark = 0xfeff;

// ── Classes: what a character can begin or go on with ──
/** Space, tab or form feed. */
export const blank = 1;
export const letter = 2;
export const digit = 3;
/** Not ASCII: as CPython, the tokenizer takes it for part of a name, and looks at the name later. */
export const wide = 4;
export const quote = 5;

/** The class of each UTF-16 code unit; 0 for the rest of ASCII. */
export const classes = new Uint8Array(0x10000);
classes.fill(wide, 128);
classes.fill(digit, 48, 58);
classes.fill(letter, 65, 91);
classes.fill(letter, 97, 123);
classes[95] = letter;
for (const code of [tab, formFeed, space]) classes[code] = blank;
for (const code of [singleQuote, doubleQuote]) classes[code] = quote;

/**
 * The index of the first character that makes `word` no identifier, or -1.
 * https://docs.python.org/3.14/reference/lexical_analysis.html#identifiers
 */
export function invalidIdentifierCharacter(word: string): number {
  if (/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(word)) return -1;
  const valid = /^[\p{XID_Start}_]\p{XID_Continue}*/u.exec(word);
  return valid === null ? 0 : valid[0].length;
}

/** CPython's complaint about a character that belongs to no token. */
export function invalidCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const printable = !/[\p{C}\p{Z}]/u.test(character) || character === " ";
  return printable
    ? `invalid character '${character}' (U+${code})`
    : `invalid non-printable character U+${code}`;
}
