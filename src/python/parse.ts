import { explain } from "./parse/problem.ts";
import { StatementParser } from "./parse/statements.ts";
import { SyntaxFailure } from "./parse/token-list.ts";
import type { Parsed } from "./syntax.ts";
import { tokenize } from "./tokenize.ts";

/**
 * The syntax tree of a module, as CPython 3.14's `ast.parse` makes it, or what is wrong with its syntax
 * and where. `file` is what places name. Takes time linear in the length of the text.
 */
export function parseModule(text: string, file: string): Parsed {
  const source = normalize(text);
  const tokens = tokenize(source);
  try {
    const nul = source.indexOf("\0");
    if (nul < source.length - 1) {
      throw new SyntaxFailure("source code cannot contain null bytes", nul, "SyntaxError", "final");
    }
    return { kind: "module", module: new StatementParser(source, tokens).module() };
  } catch (error) {
    if (error instanceof SyntaxFailure)
      return { kind: "error", problem: explain(error, source, tokens, file) };
    throw error;
  }
}

/** Line feeds for newlines of every kind, one at the end, and a NUL that no token can run past. */
export function normalize(text: string): string {
  const lines = text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
  return lines.endsWith("\n") || lines === "" ? `${lines}\0` : `${lines}\n\0`;
}
