import { footprint } from "./analysis.ts";
import { afterHandlers, isGroup, split, wrapped } from "./exception-groups.ts";
import { baseException } from "./exceptions.ts";
import type { Completion, Execution, Steps } from "./execution.ts";
import { bindingOf, wentPast } from "./provenance.ts";
import { PythonException } from "./raised.ts";
import type { Scope } from "./scope.ts";
import type { ExceptHandler, Expression, Statement, Try, TryStar } from "./tree.ts";
import type { EnvNames, Instance, Value } from "./value.ts";
import { mergeEnv, noEnv } from "./value.ts";

/** `try`: handlers, `else` and `finally`, with what the way through them depends on. */
export function* tryStatement(
  run: Execution,
  node: Try | TryStar,
  scope: Scope,
): Steps<Completion | undefined> {
  let ended: Completion | undefined;
  try {
    ended = yield* guarded(run, node, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    run.handling.push(error);
    let last: Completion | undefined;
    try {
      last = yield* part(run, node.finalbody, scope);
    } finally {
      run.handling.pop();
    }
    if (last) return last;
    throw error;
  }
  return (yield* part(run, node.finalbody, scope)) ?? ended;
}

function part(run: Execution, body: readonly Statement[], scope: Scope): Steps<Completion | undefined> {
  return run.steps(body, scope);
}

function* guarded(run: Execution, node: Try | TryStar, scope: Scope): Steps<Completion | undefined> {
  const { ambient: outer, risk: outerRisk, depth } = run;
  const guards = node.handlers.some(({ type }) => catchesImportError(type)) ? 1 : 0;
  run.risk = noEnv;
  run.guards += guards;
  let ended: Completion | undefined;
  let raised: PythonException | undefined;
  try {
    ended = yield* part(run, node.body, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    raised = error;
  } finally {
    run.guards -= guards;
  }
  const { risk } = run;
  run.risk = mergeEnv(outerRisk, risk);
  if (raised) {
    run.ambient = outer;
    run.depth = depth;
    return node.nodeType === "TryStar"
      ? yield* handleParts(run, node, raised, scope)
      : yield* handle(run, node, raised, scope);
  }
  if (!ended && node.orelse.length > 0) ended = yield* part(run, node.orelse, scope);
  if (!ended) for (const { body } of node.handlers) wentPast(run, footprint(body), risk, scope);
  return ended;
}

function* handle(
  run: Execution,
  node: Try | TryStar,
  raised: PythonException,
  scope: Scope,
): Steps<Completion | undefined> {
  const outer = run.ambient;
  for (const handler of node.handlers) {
    if (!catches(run, handler, raised.value, scope)) continue;
    run.ambient = mergeEnv(outer, raised.env);
    const inner: EnvNames = run.ambient;
    run.handling.push(raised);
    if (handler.name !== null) run.bind(scope, handler.name, raised.value, run.place(handler));
    let ended: Completion | undefined;
    try {
      ended = yield* part(run, handler.body, scope);
    } finally {
      run.handling.pop();
      if (handler.name !== null) bindingOf(handler.name, scope)?.delete(handler.name);
    }
    if (run.ambient === inner) run.ambient = outer;
    if (!ended) wentPast(run, footprint([...node.body, ...node.orelse]), raised.env, scope);
    return ended;
  }
  throw raised;
}

/** `except*`: each handler takes its part of a group; what is left over goes on up. */
function* handleParts(
  run: Execution,
  node: TryStar,
  raised: PythonException,
  scope: Scope,
): Steps<Completion | undefined> {
  const outer = run.ambient;
  const { depth } = run;
  const anew: PythonException[] = [];
  const handled = new Set<Instance>();
  let rest: Instance | undefined = raised.value;
  for (const handler of node.handlers) {
    if (!rest) break;
    const type: Value | undefined = handler.type ? run.evaluate(handler.type, scope) : undefined;
    const [match, left]: readonly [Instance | undefined, Instance | undefined] = split(
      run,
      rest,
      (one) => type === undefined || matches(run, type, one),
    );
    if (!match) continue;
    rest = left;
    const group = isGroup(match) ? match : wrapped(run, [match]);
    handled.add(group);
    const caught = new PythonException(group, raised.at, raised.env);
    run.ambient = mergeEnv(outer, raised.env);
    run.handling.push(caught);
    if (handler.name !== null) run.bind(scope, handler.name, group, run.place(handler));
    try {
      yield* part(run, handler.body, scope);
    } catch (error) {
      if (!(error instanceof PythonException)) throw error;
      anew.push(error);
      run.depth = depth;
    } finally {
      run.handling.pop();
      if (handler.name !== null) bindingOf(handler.name, scope)?.delete(handler.name);
    }
    run.ambient = outer;
  }
  const after = afterHandlers(run, raised, rest, anew, handled);
  if (after) throw after;
  wentPast(run, footprint([...node.body, ...node.orelse]), raised.env, scope);
  return undefined;
}

function catches(run: Execution, handler: ExceptHandler, value: Instance, scope: Scope): boolean {
  if (!handler.type) return true;
  return matches(run, run.evaluate(handler.type, scope), value);
}

function matches(run: Execution, type: Value, value: Instance): boolean {
  if (type.kind === "tuple") return type.items.some((item) => matches(run, item, value));
  if (type.kind === "class") {
    if (type.mro.includes(baseException)) return value.class.mro.includes(type);
    if (type.open) return value.class.mro.includes(type);
  }
  // An exception class of a library without a model does not catch what Python itself raises.
  if (type.kind === "opaque") return false;
  return run.raise("TypeError", "catching classes that do not inherit from BaseException is not allowed");
}

const importCatchers = new Set(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"]);

/** Whether an `except` names a class that a failing import raises. */
export function catchesImportError(type: Expression | null): boolean {
  if (!type) return true;
  if (type.nodeType === "Tuple") return type.elts.some(catchesImportError);
  return type.nodeType === "Name" && importCatchers.has(type.id);
}
