/** How many columns of a terminal a printable text takes: two for a wide character, none for a mark upon another. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += mark.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

const mark = /^[\p{Mn}\p{Me}]$/u;
/** Unicode's East Asian wide characters, as far as text has them, and emoji. */
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

/** Breaks prose at spaces into lines of at most `width` columns; a longer word stands alone. */
export function wrap(prose: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of prose.split(" ").filter((each) => each !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** What is written beside each other: the first line begins with `first`, the others are indented as far. */
export function hanging(first: string, lines: readonly string[]): readonly string[] {
  const indent = " ".repeat(textWidth(first));
  return lines.map((line, at) => `${at === 0 ? first : indent}${line}`);
}
