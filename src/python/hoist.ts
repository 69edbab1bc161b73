import { footprint } from "./analysis.ts";
import type { Execution, Steps } from "./execution.ts";
import { isGenerator } from "./generators.ts";
import { none } from "./make.ts";
import { PythonException } from "./raised.ts";
import type { FunctionScope, Scope } from "./scope.ts";
import type { Expression, Statement, Yield, YieldFrom } from "./tree.ts";
import type { Value } from "./value.ts";

/**
 * Stops at every `yield` of a statement or expression before it is evaluated, and keeps what was
 * answered for the evaluation. So expressions need not know how to stop. The difference to CPython
 * shows only where something with effects stands left of a `yield` in the same statement.
 */
export function* hoist(run: Execution, node: Statement | Expression, scope: Scope): Steps<void> {
  if (scope.kind !== "function" || !scope.answers) return;
  for (const found of yieldsIn(node)) {
    const value = found.value ? run.evaluate(found.value, scope) : none(run.place(found));
    const answer = found.nodeType === "Yield" ? yield value : yield* delegate(run, value, found, scope);
    scope.answers.set(found, answer);
  }
}

/** `yield from value`. */
function* delegate(run: Execution, value: Value, node: YieldFrom, scope: FunctionScope): Steps<Value> {
  const walk = run.iterator(value, run.place(node));
  if ("kind" in walk) {
    yield run.opaque(walk.because, run.place(node), [walk]);
    return none();
  }
  let item = walk.next();
  while (item !== undefined) {
    let sent: Value;
    try {
      sent = yield item;
    } catch (error) {
      if (!(error instanceof PythonException) || !isGenerator(value)) throw error;
      run.scope = scope;
      item = value.throw(error);
      continue;
    }
    run.scope = scope;
    item = isGenerator(value) && sent.kind !== "none" ? value.send(sent) : walk.next();
  }
  return isGenerator(value) ? value.returned() : none();
}

const known = new WeakMap<Statement | Expression, readonly (Yield | YieldFrom)[]>();

/** The yields in a statement's own expressions, inner ones first, left to right. */
function yieldsIn(node: Statement | Expression): readonly (Yield | YieldFrom)[] {
  const before = known.get(node);
  if (before) return before;
  const found: (Yield | YieldFrom)[] = [];
  if (footprint([node]).yields) visit(node, found);
  known.set(node, found);
  return found;
}

function visit(node: unknown, found: (Yield | YieldFrom)[]): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, found);
    return;
  }
  if (typeof node !== "object" || node === null || !("nodeType" in node)) return;
  if (node.nodeType === "Lambda" || node.nodeType === "FunctionDef" || node.nodeType === "ClassDef") return;
  for (const value of Object.values(node)) visit(value, found);
  if (node.nodeType === "Yield" || node.nodeType === "YieldFrom") found.push(node as Yield | YieldFrom);
}
