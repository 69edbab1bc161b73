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

/** 1 where an ASCII character may stand in an identifier, 2 where it may also begin one. */
const identifierClass = new Uint8Array(128);
for (let code = 48; code <= 57; code++) identifierClass[code] = 1;
for (let code = 65; code <= 90; code++) identifierClass[code] = 2;
for (let code = 97; code <= 122; code++) identifierClass[code] = 2;
identifierClass[95] = 2;

/** As CPython, the tokenizer takes every character outside ASCII for part of a name and looks at it later. */
export function beginsIdentifier(code: number): boolean {
  return code > 127 || identifierClass[code] === 2;
}

export function continuesIdentifier(code: number): boolean {
  return code > 127 || identifierClass[code] !== 0;
}

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
