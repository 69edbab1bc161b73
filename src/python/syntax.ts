import type { Location } from "../location.ts";
import { startOf } from "../location.ts";
import { parseModule } from "./parse.ts";
import type { Module } from "./tree.ts";

/** What does not parse: one sentence, and where. */
export interface SyntaxProblem {
  readonly message: string;
  /** What importing the file raises; SyntaxError if absent. */
  readonly exception?: "SyntaxError" | "IndentationError" | "TabError";
  readonly at: Location;
}

export type Parsed =
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "error"; readonly problem: SyntaxProblem };

/** Parses a file of Python. Never throws: what nests too deeply for us is too deep for CPython's parser too. */
export function parse(text: string, file: string): Parsed {
  try {
    return parseModule(text, file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "error", problem: { message: "too many nested parentheses", at: startOf(file) } };
  }
}
