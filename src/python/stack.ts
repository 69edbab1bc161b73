/**
 * JavaScript's own stack, on which the calls of the project's code stand: one takes 2 to 6 KB of it. The usual
 * stack (1 MB) holds 150 to 500 calls inside one another, and CPython's limit is 1000, so a run can end because of
 * ours. It is then not known how it goes on; whoever started it can do so again on a larger stack (`cli.ts`).
 */
let exhausted = false;

/** Finishes "cannot be evaluated: it …". */
export const tooDeep = "nests calls or data more deeply than can be followed";

/** Notes that a run ended because the stack did. */
export function noteExhausted(): void {
  exhausted = true;
}

/** Whether a run ended because the stack did, since the program started. */
export function wasExhausted(): boolean {
  return exhausted;
}

/** Whether an error says that the stack is used up: no handler of other errors may take it for one of its own. */
export function isExhaustion(error: unknown): error is RangeError {
  return error instanceof RangeError && error.message.startsWith("Maximum call stack");
}
