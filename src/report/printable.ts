/**
 * Text from a project as it may be sent to a terminal: control characters, escape sequences, marks that
 * change the direction of writing and characters that cannot be seen are written out, as `\x1b` or `\u202e`.
 * Line breaks too, so that a file name cannot forge a line of the report.
 */
export function printable(text: string): string {
  return text.replace(unseen, (character) => (character === "\t" ? "    " : escaped(character)));
}

/** The same for text of several lines, which stay lines. */
export function printableLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map(printable);
}

/** JSON that is plain to look at: what cannot be seen is written as `\uXXXX`, which reads back as the same text. */
export function printableJson(json: string): string {
  return json.replace(unseen, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()].map((at) => unit(character.charCodeAt(at))).join(""),
  );
}

/**
 * Controls, formats (bidi overrides, zero-width characters), halves of surrogate pairs, private and
 * unassigned code points, separators, and spaces that are not the space.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? unit(code) : `\\u{${hex(code, 1)}}`;
}

function unit(code: number): string {
  return `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
