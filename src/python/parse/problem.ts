import type { SyntaxProblem } from "../syntax.ts";
import { SyntaxFailure, type TokenList } from "./token-list.ts";

/** What keeps a file from being Python 3 at all, by how the line looks on which reading it failed. */
const foreign: readonly { readonly looksLike: RegExp; readonly message: (found: string) => string }[] = [
  {
    looksLike: /\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<%.*?%>|\$\{.*?\}/,
    message: (found) => `${found} is a placeholder: this is a template, not a Python file`,
  },
  {
    looksLike: /^\s*(?:.*[:;]\s*)?(print|exec)\b(?!\s*[(=.,:[])/,
    message: (found) => `${/print|exec/.exec(found)?.[0]} is a statement here, as in Python 2; it is a function in Python 3`,
  },
  { looksLike: /`/, message: () => "a backtick is Python 2's repr(), which Python 3 does not have" },
  { looksLike: /<>/, message: () => "<> is Python 2's !=, which Python 3 does not have" },
  { looksLike: /^\s*raise\s+[\w.]+\s*,/, message: () => "raise with a comma is Python 2" },
  { looksLike: /\b\d+[lL]\b/, message: (found) => `${found} is a long integer of Python 2, which Python 3 does not have` },
  { looksLike: /\b[uU][rR]["']/, message: (found) => `${found.slice(0, 2)} before a string is Python 2` },
];

/** The sentence and the place for the user. */
export function explain(failure: SyntaxFailure, source: string, tokens: TokenList, file: string): SyntaxProblem {
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$/m.exec(source);
  const isConflict = conflict !== null && /^(?:<{7}|>{7}) /m.test(source);
  if (isConflict) {
    return at(new SyntaxFailure(`${conflict[0]} is a merge-conflict marker`, conflict.index), source, file);
  }
  const named = foreignTo(failure, source);
  return at(named ?? moreExact(failure, tokens), source, file);
}

function foreignTo(failure: SyntaxFailure, source: string): SyntaxFailure | undefined {
  const start = source.lastIndexOf("\n", failure.offset - 1) + 1;
  const end = source.indexOf("\n", failure.offset);
  const line = source.slice(start, end < 0 ? source.length : end);
  for (const { looksLike, message } of foreign) {
    const found = looksLike.exec(line);
    if (found !== null) return new SyntaxFailure(message(found[0]), start + found.index);
  }
  return undefined;
}

/** As CPython: a plain "invalid syntax" gives way to what the tokenizer found, or to a bracket left open. */
function moreExact(failure: SyntaxFailure, tokens: TokenList): SyntaxFailure {
  if (!failure.generic) return failure;
  if (tokens.failure !== null) return tokens.failure;
  const open = tokens.unclosed.at(-1);
  const character = open === undefined ? "" : String.fromCharCode(0);
  return open === undefined ? failure : new SyntaxFailure(`'${character}' was never closed`, open.offset);
}

function at(failure: SyntaxFailure, source: string, file: string): SyntaxProblem {
  const before = source.slice(0, failure.offset);
  const line = before.split("\n").length;
  const column = failure.offset - before.lastIndexOf("\n");
  return { message: failure.message, at: { file, line, column } };
}
