import type { AsyncFunctionDef, Expression, FunctionDef, Lambda } from "./tree.ts";
import type { Value } from "./value.ts";

/** What a function of the project needs to be called: its code, and where it was defined. */
export interface FunctionBody {
  readonly node: FunctionDef | AsyncFunctionDef | Lambda;
  /** The interpreter's own: the scope it closes over. */
  readonly scope: unknown;
  readonly file: string;
  /** Evaluated when the function was defined, in the order of `node.args`. */
  readonly defaults: readonly Value[];
  readonly namedDefaults: ReadonlyMap<string, Value>;
  readonly isGenerator: boolean;
  readonly returns?: Expression;
}
