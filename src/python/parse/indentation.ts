import { SyntaxFailure } from "./token-list.ts";

/** CPython's MAXINDENT. */
const maximumIndents = 100;

/**
 * The indentation of the open blocks, measured twice: with tab stops every eight columns, and with a tab
 * as one column. Where the two disagree about what belongs to what, the file means something else in
 * another editor, and Python refuses it.
 */
export class Indentation {
  private readonly columns = [0];
  private readonly alternatives = [0];

  /** A line starts at that indentation: 1 if it opens a block, minus the number of blocks that it closes, or 0. */
  change(column: number, alternative: number, offset: number): number {
    const { columns, alternatives } = this;
    const current = columns.at(-1) ?? 0;
    if (column > current) {
      if (columns.length >= maximumIndents) {
        throw new SyntaxFailure("too many levels of indentation", offset, "IndentationError", "late");
      }
      if (alternative <= (alternatives.at(-1) ?? 0)) throw inconsistent(offset);
      columns.push(column);
      alternatives.push(alternative);
      return 1;
    }
    let closed = 0;
    while (columns.length > 1 && column < (columns.at(-1) ?? 0)) {
      columns.pop();
      alternatives.pop();
      closed++;
    }
    if (column !== columns.at(-1)) {
      const message = "unindent does not match any outer indentation level";
      throw new SyntaxFailure(message, offset, "IndentationError", "late");
    }
    if (alternative !== alternatives.at(-1)) throw inconsistent(offset);
    return -closed;
  }
}

function inconsistent(offset: number): SyntaxFailure {
  return new SyntaxFailure("inconsistent use of tabs and spaces in indentation", offset, "TabError", "late");
}
