import * as Token from "./parse/token.ts";
import { normalize } from "./parse.ts";
import { tokenize } from "./tokenize.ts";

/** Lines of a file, both included. They count from 1. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** A comment of a file. */
export interface Comment {
  readonly line: number;
  /** Of its mark, from 1. */
  readonly column: number;
  /** Without its marks. */
  readonly text: string;
  /** Whether nothing stands before it on its line. */
  readonly alone: boolean;
}

/** What a file has besides its content, and where comments may be added. Everything is in the order of the file. */
export interface Commented {
  readonly comments: readonly Comment[];
  /** Statements over several lines: what is said of their first line is said of all of them. */
  readonly statements: readonly Lines[];
  /** Lines between which no comment can be put. */
  readonly solid: readonly Lines[];
}

/** The comments of a Python module; of one that is no Python, those before the place where that shows. */
export function pythonComments(text: string): Commented {
  const source = normalize(text);
  const tokens = tokenize(source);
  const comments: Comment[] = [];
  const statements: Lines[] = [];
  const solid: Lines[] = [];
  const templates: number[] = [];
  let reached = 0;
  let line = 1;
  let lineStart = 0;
  let begun: number | undefined;
  let afterNewline = true;
  let decorates = false;

  /** What stands between two tokens: blanks, ends of lines, joined lines and comments. */
  const readGap = (to: number) => {
    for (let at = reached; at < to; at += 1) {
      const character = source[at];
      if (character === "\n") {
        line += 1;
        lineStart = at + 1;
      } else if (character === "\\") {
        solid.push({ from: line, to: line + 1 });
      } else if (character === "#") {
        const end = source.indexOf("\n", at);
        comments.push({
          line,
          column: at - lineStart + 1,
          text: source.slice(at + 1, end),
          alone: source.slice(lineStart, at).trim() === "",
        });
        at = end - 1;
      }
    }
  };

  for (let index = 0; index < tokens.length; index += 1) {
    const kind = tokens.kinds[index] ?? Token.unknown;
    const start = tokens.starts[index] ?? 0;
    const end = tokens.ends[index] ?? start;
    const from = tokens.lines[index] ?? line;
    const to = tokens.endLines[index] ?? from;
    readGap(start);
    // What is beyond a failure was not read, and may be anything.
    if (kind === Token.unknown && index === tokens.length - 1) break;
    for (let at = Math.max(start, reached); at < end; at += 1)
      if (source[at] === "\n") {
        line += 1;
        lineStart = at + 1;
      }
    reached = Math.max(reached, end);
    if (to > from && kind !== Token.newline) solid.push({ from, to });
    if (kind === Token.templateStart) templates.push(from);
    const opened = kind === Token.templateEnd ? templates.pop() : undefined;
    if (opened !== undefined && to > opened) solid.push({ from: opened, to });
    if (kind === Token.newline) {
      // A decorator belongs to what it decorates.
      if (begun !== undefined && from > begun && !decorates) statements.push({ from: begun, to: from });
      if (!decorates) begun = undefined;
      afterNewline = true;
    } else if (kind !== Token.indent && kind !== Token.dedent && kind !== Token.endMarker) {
      begun ??= from;
      if (afterNewline) decorates = kind === Token.at;
      afterNewline = false;
    }
  }
  return { comments, statements, solid: merged(solid) };
}

/** Stretches that share a line become one. */
export function merged(stretches: readonly Lines[]): readonly Lines[] {
  const found: Lines[] = [];
  for (const next of [...stretches].sort((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last && next.from <= last.to)
      found[found.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else found.push(next);
  }
  return found;
}
