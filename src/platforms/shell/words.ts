/**
 * Reads shell commands as far as it takes to see which programs they start. Linear, total, and never a
 * shell: what only a shell could know (`$(…)`, arithmetic) is kept as "computed".
 */

/** A part of a word. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string; readonly fallback: readonly Piece[] | undefined }
  /** `$@` and `$*`: every argument of the script. */
  | { readonly kind: "arguments" }
  | { readonly kind: "computed"; readonly source: string };

export interface Word {
  readonly pieces: readonly Piece[];
  /** Offsets into the text that was parsed. */
  readonly start: number;
  readonly end: number;
}

/** Words up to an operator; `end` is the operator, "pattern" behind the pattern of a `case`. */
export interface RawCommand {
  readonly words: readonly Word[];
  readonly end: string;
}

/** The commands of a text, as they stand between operators and line ends. */
export function* splitCommands(text: string): Generator<RawCommand> {
  let words: Word[] = [];
  let pieces: Piece[] | undefined;
  let literal = "";
  let wordStart = 0;
  let redirects = false;
  let parentheses = 0;
  const heredocs: string[] = [];
  let index = 0;

  const begin = () => {
    if (!pieces) {
      pieces = [];
      wordStart = index;
    }
    return pieces;
  };
  const flush = () => {
    if (literal !== "") pieces?.push({ kind: "text", text: literal });
    literal = "";
  };
  const endWord = () => {
    if (!pieces) return;
    if (literal !== "" || pieces.length === 0) pieces.push({ kind: "text", text: literal });
    literal = "";
    if (!redirects) words.push({ pieces, start: wordStart, end: index });
    redirects = false;
    pieces = undefined;
  };
  const take = (end: string): RawCommand => {
    endWord();
    const command = { words, end };
    words = [];
    redirects = false;
    return command;
  };
  const dollar = () => {
    const { piece, next } = readDollar(text, index, 0);
    const list = begin();
    if (piece.kind === "text") literal += piece.text;
    else {
      flush();
      list.push(piece);
    }
    index = next;
  };

  while (index < text.length) {
    const char = text.charAt(index);
    const two = text.slice(index, index + 2);
    if (char === "\\") {
      const newline = /^\\\r?\n/.exec(text.slice(index, index + 3));
      if (newline) index += newline[0].length;
      else {
        begin();
        literal += text.charAt(index + 1);
        index += 2;
      }
    } else if (char === "'") {
      begin();
      const end = text.indexOf("'", index + 1);
      literal += text.slice(index + 1, end < 0 ? undefined : end);
      index = end < 0 ? text.length : end + 1;
    } else if (char === '"') {
      begin();
      index += 1;
      while (index < text.length && text.charAt(index) !== '"') {
        const inner = text.charAt(index);
        if (inner === "\\") {
          const escaped = text.charAt(index + 1);
          literal += /[$`"\\]/.test(escaped) ? escaped : escaped === "\n" ? "" : `\\${escaped}`;
          index += 2;
        } else if (inner === "$" || inner === "`") dollar();
        else {
          literal += inner;
          index += 1;
        }
      }
      index += 1;
    } else if (char === "$" || char === "`") dollar();
    else if (char === "#" && !pieces) {
      const end = text.indexOf("\n", index);
      index = end < 0 ? text.length : end;
    } else if (char === "\n") {
      yield take("\n");
      index += 1;
      for (const delimiter of heredocs.splice(0)) index = skipHeredoc(text, index, delimiter);
    } else if (char === " " || char === "\t" || char === "\r") {
      endWord();
      index += 1;
    } else if (char === "<" || char === ">" || two === "&>") {
      if (pieces?.length === 0 && /^\d+$/.test(literal)) {
        pieces = undefined;
        literal = "";
      } else endWord();
      const heredoc = /^<<-?[ \t]*(["']?)([A-Za-z0-9_]+)\1/.exec(text.slice(index, index + 80));
      if (heredoc?.[2] !== undefined) {
        heredocs.push(heredoc[2]);
        index += heredoc[0].length;
      } else {
        index += /^(?:&>>?|>>?&?|<{1,3}&?|>\|)/.exec(text.slice(index, index + 3))?.[0].length ?? 1;
        redirects = true;
      }
    } else if (two === "&&" || two === "||" || two === ";;") {
      yield take(two);
      index += 2;
    } else if (char === "(") {
      const end = /^\([ \t]*\)/.exec(text.slice(index, index + 20));
      endWord();
      const head = words[0]?.pieces[0];
      const isFunction = words.length === 2 && head?.kind === "text" && head.text === "function";
      if (end && (words.length === 1 || isFunction)) {
        index += end[0].length;
        yield take("()");
      } else {
        yield take("(");
        parentheses += 1;
        index += 1;
      }
    } else if (char === ")") {
      yield take(parentheses > 0 ? ")" : "pattern");
      parentheses = Math.max(0, parentheses - 1);
      index += 1;
    } else if (char === ";" || char === "|" || char === "&") {
      yield take(char);
      index += 1;
    } else {
      begin();
      literal += char;
      index += 1;
    }
  }
  yield take("");
}

function skipHeredoc(text: string, from: number, delimiter: string): number {
  let start = from;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? undefined : end);
    start = end < 0 ? text.length : end + 1;
    if (line.trim() === delimiter) break;
  }
  return start;
}

/** `$NAME`, `${NAME:-…}`, `$(…)` or `` `…` `` at `start`. */
function readDollar(text: string, start: number, depth: number): { piece: Piece; next: number } {
  const computed = (next: number) => ({
    piece: { kind: "computed", source: text.slice(start, next) } as const,
    next,
  });
  if (text.charAt(start) === "`") {
    const end = text.indexOf("`", start + 1);
    return computed(end < 0 ? text.length : end + 1);
  }
  const after = text.charAt(start + 1);
  if (after === "(" || after === "{") {
    const next = closingBracket(text, start + 1, after, after === "(" ? ")" : "}");
    if (after === "(") return computed(next);
    const match = /^([A-Za-z_][A-Za-z0-9_]*|\d+|@|\*)(?::?([-=])([\s\S]*))?$/.exec(
      text.slice(start + 2, next - 1),
    );
    if (!match?.[1] || depth > 8) return computed(next);
    if (match[1] === "@" || match[1] === "*") return { piece: { kind: "arguments" }, next };
    const fallback = match[2] === undefined ? undefined : readPieces(match[3] ?? "", depth + 1);
    return { piece: { kind: "variable", name: match[1], fallback }, next };
  }
  if (after === "@" || after === "*") return { piece: { kind: "arguments" }, next: start + 2 };
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|\d)/.exec(text.slice(start + 1, start + 200))?.[0];
  if (name !== undefined) {
    return { piece: { kind: "variable", name, fallback: undefined }, next: start + 1 + name.length };
  }
  if (/[?$!#-]/.test(after)) return computed(start + 2);
  return { piece: { kind: "text", text: "$" }, next: start + 1 };
}

/** The pieces of a text that is no command, such as what stands behind `:-`. */
export function readPieces(text: string, depth = 0): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = "";
  let index = 0;
  while (index < text.length) {
    const char = text.charAt(index);
    if (char === "$" || char === "`") {
      if (literal !== "") pieces.push({ kind: "text", text: literal });
      literal = "";
      const { piece, next } = readDollar(text, index, depth);
      pieces.push(piece);
      index = next;
    } else {
      if (char !== '"' && char !== "'") literal += char;
      index += 1;
    }
  }
  if (literal !== "" || pieces.length === 0) pieces.push({ kind: "text", text: literal });
  return pieces;
}

/** The offset behind the bracket that closes the one at `start`; the end of the text if none does. */
function closingBracket(text: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === "\\") index += 1;
    else if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return text.length;
}
