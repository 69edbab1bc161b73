import type { Location } from "../location.ts";
import type { Module } from "./tree.ts";

/** What does not parse: one sentence, and where. */
export interface SyntaxProblem {
  readonly message: string;
  readonly at: Location;
}

export type Parsed =
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "error"; readonly problem: SyntaxProblem };
