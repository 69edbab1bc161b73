import type { SyntaxProblem } from "../syntax.ts";
import { SyntaxFailure, type TokenList } from "./token-list.ts";

/** Other languages that are taken for Python 3, by what stands before the failure and what begins there. */
const foreign: readonly {
  readonly before: RegExp;
  readonly behind: RegExp;
  readonly message: (before: string, behind: string) => string;
}[] = [
  {
    before: /\b(?:print|exec)[ \t]+$/,
    behind: /^/,
    message: (before) => {
      const name = before.trim();
      return `${name} is a statement here, as in Python 2; in Python 3 it is a function: ${name}(…)`;
    },
  },
  {
    before: /$/,
    behind: /^`/,
    message: () => "`…` is Python 2; in Python 3 it is repr(…)",
  },
  {
    before: /<$/,
    behind: /^>/,
    message: () => "<> is Python 2; in Python 3 it is !=",
  },
  {
    before: /\braise[ \t]+[\w.]+[ \t]*$/,
    behind: /^,/,
    message: () => "raise with a comma is Python 2; in Python 3 it is raise Exception(…)",
  },
  {
    before: /\b\d*$/,
    behind: /^\d[lL]\b/,
    message: (before, behind) => `${before}${behind} is a long integer of Python 2; in Python 3 it has no L`,
  },
  {
    before: /\b[uU][rR]$/,
    behind: /^["']/,
    message: (before) => `${before} before a string is Python 2; in Python 3 it is r`,
  },
];

/** Placeholders of Jinja and Django, of ERB and Lodash, and of shells. */
const placeholder = /\{%-?\s*\w.*?%\}|\{\{-?\s*[\w.]+.*?\}\}|<%.*?%>|\$\{.*?\}/;

/** The sentence and the place for the user. */
export function explain(
  failure: SyntaxFailure,
  source: string,
  tokens: TokenList,
  file: string,
): SyntaxProblem {
  const conflict = /^(?:<{7}|>{7})(?: .*)?$/m.exec(source);
  if (conflict !== null) {
    const marker = new SyntaxFailure(`${conflict[0]} is the marker of a merge conflict`, conflict.index);
    return problemAt(marker, source, file);
  }
  const heaviest = heavierThan(failure, source, tokens);
  return problemAt(foreignTo(failure, source) ?? foreignTo(heaviest, source) ?? heaviest, source, file);
}

/** Says that the file is in another language than Python 3, if the failure looks like that. */
function foreignTo({ reached, weight }: SyntaxFailure, source: string): SyntaxFailure | undefined {
  if (weight === "final") return undefined;
  // Of a long line, what is near; a search in all of it could take long.
  const start = Math.max(source.lastIndexOf("\n", reached - 1) + 1, reached - 500);
  const line = source.slice(start, reached + 500).split("\n", 1)[0] ?? "";
  const found = placeholder.exec(line);
  if (found !== null) {
    const message = `${found[0]} is a placeholder: this is a template, not a Python file`;
    return new SyntaxFailure(message, start + found.index);
  }
  const before = line.slice(0, reached - start);
  const behind = line.slice(reached - start);
  for (const rule of foreign) {
    const left = rule.before.exec(before);
    const right = rule.behind.exec(behind);
    if (left === null || right === null) continue;
    return new SyntaxFailure(rule.message(left[0], right[0]), start + left.index);
  }
  return undefined;
}

/** The failure that CPython reports, of the parser's and those of the tokenizer. */
function heavierThan(failure: SyntaxFailure, source: string, tokens: TokenList): SyntaxFailure {
  if (failure.weight === "final") return failure;
  const last = tokens.starts[tokens.length - 1] ?? 0;
  const reachedEnd = failure.weight === "generic" && failure.reached >= last;
  if (tokens.failure !== null && (reachedEnd || tokens.failure.weight === "exact")) return tokens.failure;
  const open = tokens.unclosed.at(-1);
  if (open === undefined || (!reachedEnd && lineOf(source, failure.reached) <= open.line)) return failure;
  return new SyntaxFailure(`'${source.charAt(open.offset)}' was never closed`, open.offset);
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length;
}

function problemAt(failure: SyntaxFailure, source: string, file: string): SyntaxProblem {
  const { message, exception, offset } = failure;
  const column = offset - source.lastIndexOf("\n", offset - 1);
  return { message, exception, at: { file, line: lineOf(source, offset), column } };
}
