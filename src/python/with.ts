import type { Completion, Execution, Steps } from "./execution.ts";
import { hoist } from "./hoist.ts";
import { none } from "./make.ts";
import { classOf, findInClass, typeName } from "./names.ts";
import { PythonException } from "./raised.ts";
import type { Scope } from "./scope.ts";
import type { AsyncWith, Expression, With } from "./tree.ts";
import { catchesImportError } from "./try.ts";
import type { Value } from "./value.ts";

/** `with`: enters each context manager in turn, and leaves them in reverse. */
export function* withStatement(
  run: Execution,
  node: With | AsyncWith,
  scope: Scope,
): Steps<Completion | undefined> {
  return yield* enter(run, node, 0, scope);
}

function* enter(
  run: Execution,
  node: With | AsyncWith,
  index: number,
  scope: Scope,
): Steps<Completion | undefined> {
  const item = node.items[index];
  if (!item) return yield* run.steps(node.body, scope);
  yield* hoist(run, item.context_expr, scope);
  const at = run.place(item.context_expr);
  const manager = run.evaluate(item.context_expr, scope);
  const entered =
    manager.kind === "opaque"
      ? run.opaque(manager.because, at, [manager])
      : special(run, manager, "__enter__", []);
  if (!entered)
    return run.raise(
      "TypeError",
      `'${typeName(manager)}' object does not support the context manager protocol`,
      at,
    );
  if (item.optional_vars) run.assign(item.optional_vars, entered, scope);
  const guards = suppressesImportError(item.context_expr) ? 1 : 0;
  const { ambient, depth } = run;
  run.guards += guards;
  let ended: Completion | undefined;
  try {
    ended = yield* enter(run, node, index + 1, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    run.ambient = ambient;
    run.depth = depth;
    const left = special(run, manager, "__exit__", [error.value.class, error.value, none()]);
    if (left && run.truth(left)) return undefined;
    throw error;
  } finally {
    run.guards -= guards;
  }
  special(run, manager, "__exit__", [none(), none(), none()]);
  return ended;
}

function special(run: Execution, manager: Value, name: string, args: readonly Value[]): Value | undefined {
  if (manager.kind === "opaque") return undefined;
  const found = findInClass(classOf(manager), name);
  if (found) return run.call(found.value, [manager, ...args]);
  const open = manager.kind === "instance" ? manager.class.mro.find((entry) => entry.open)?.open : undefined;
  return open ? run.opaque(open.because, run.here(), [open]) : undefined;
}

/** `with suppress(ImportError):` */
function suppressesImportError(expression: Expression): boolean {
  if (expression.nodeType !== "Call") return false;
  const { func, args } = expression;
  const name = func.nodeType === "Name" ? func.id : func.nodeType === "Attribute" ? func.attr : "";
  return name === "suppress" && args.some(catchesImportError);
}
