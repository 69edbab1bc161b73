import type { Argument } from "./expand.ts";
import { plainText, type SimpleCommand } from "./tree.ts";
import type { Piece, Word } from "./words.ts";

/**
 * What a script itself fixes: its arguments, and the variables that it assigns. A variable of the
 * environment is not among them, even where a value is declared: who deploys may set another.
 */
export interface Settled {
  readonly parameters: readonly Argument[] | undefined;
  readonly assigned: ReadonlyMap<string, string | undefined>;
  /** Whether the project has this folder. */
  isFolder(path: string): boolean;
}

/** The text of a word, if nothing outside of the script has a say in it. */
export function settledText(pieces: readonly Piece[], settled: Settled, depth = 0): string | undefined {
  const texts = pieces.map((piece) => settledPiece(piece, settled, depth));
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

function settledPiece(piece: Piece, settled: Settled, depth: number): string | undefined {
  const { parameters } = settled;
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "arguments":
      return parameters?.every(({ known }) => known)
        ? parameters.map(({ text }) => text).join(" ")
        : undefined;
    case "variable": {
      const value = settledVariable(piece.name, settled);
      if (value === undefined || value !== "" || !piece.fallback || depth > 8) return value;
      return settledText(piece.fallback, settled, depth + 1);
    }
    case "computed": {
      if (piece.source === "$#") return parameters === undefined ? undefined : String(parameters.length);
      // `${1#-}`: without what it begins with. `${1:0:1}`: a part of it.
      const [, stripped, prefix] = /^\$\{(\w+)#([^*?[\]#}]*)\}$/.exec(piece.source) ?? [];
      if (stripped !== undefined) {
        const value = settledVariable(stripped, settled);
        return prefix && value?.startsWith(prefix) ? value.slice(prefix.length) : value;
      }
      const [, sliced, from, length] = /^\$\{(\w+):(\d+):(\d+)\}$/.exec(piece.source) ?? [];
      return sliced === undefined
        ? undefined
        : settledVariable(sliced, settled)?.substr(Number(from), Number(length));
    }
  }
}

function settledVariable(name: string, { parameters, assigned }: Settled): string | undefined {
  if (!/^\d+$/.test(name)) return assigned.get(name);
  if (parameters === undefined || name === "0") return undefined;
  const parameter = parameters[Number(name) - 1];
  if (!parameter) return "";
  return parameter.known ? parameter.text : undefined;
}

/** Whether `[ … ]` holds; undefined if that is decided elsewhere. */
export function evaluateTest(command: SimpleCommand, settled: Settled): boolean | undefined {
  const name = plainText(command.words[0]);
  const words = name === "test" ? command.words.slice(1) : command.words.slice(1, -1);
  const isNot = plainText(words[0]) === "!";
  const result = testOf(isNot ? words.slice(1) : words, settled, name === "[[");
  return result === undefined ? undefined : result !== isNot;
}

function testOf(words: readonly Word[], settled: Settled, globs: boolean): boolean | undefined {
  const text = (word: Word | undefined) => word && settledText(word.pieces, settled);
  const [first, second, third, ...more] = words;
  if (more.length > 0 || !first) return undefined;
  if (!second) {
    const value = text(first);
    return value === undefined ? undefined : value !== "";
  }
  if (!third) {
    const value = text(second);
    if (value === undefined) return undefined;
    const operator = plainText(first);
    if (operator === "-z") return value === "";
    if (operator === "-n") return value !== "";
    return operator === "-d" && settled.isFolder(value) ? true : undefined;
  }
  const [left, right] = [text(first), text(third)];
  if (left === undefined || right === undefined) return undefined;
  const same = globs ? matches(left, right) : left === right;
  switch (plainText(second)) {
    case "=":
    case "==":
      return same;
    case "!=":
      return !same;
    case "-eq":
      return Number(left) === Number(right);
    case "-ne":
      return Number(left) !== Number(right);
    case "-gt":
      return Number(left) > Number(right);
    case "-ge":
      return Number(left) >= Number(right);
    case "-lt":
      return Number(left) < Number(right);
    case "-le":
      return Number(left) <= Number(right);
    default:
      return undefined;
  }
}

/** Whether a text fits a pattern of the shell, with `*` and `?`. Linear in practice: a star never looks back twice. */
export function matches(text: string, pattern: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < text.length) {
    const char = pattern.charAt(at);
    if (char === "*") {
      star = at;
      resume = index;
      at += 1;
    } else if (char === "?" || (char !== "" && char === text.charAt(index))) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
