import { footprint } from "./analysis.ts";
import { remove } from "./assign.ts";
import { makeFunction } from "./call.ts";
import { makeClass } from "./classes.ts";
import { baseException, exceptionClasses, exceptionWith, isExceptionClass } from "./exceptions.ts";
import type { Completion, Execution, Steps } from "./execution.ts";
import { hoist } from "./hoist.ts";
import { importFrom, importStatement } from "./imports.ts";
import { forLoop, whileLoop } from "./loops.ts";
import { bool, none } from "./make.ts";
import { matchStatement } from "./match.ts";
import { augmented } from "./operators.ts";
import { wentPast } from "./provenance.ts";
import { PythonException } from "./raised.ts";
import type { Scope } from "./scope.ts";
import { footprintOf, mangled } from "./scope.ts";
import type {
  AsyncFunctionDef,
  AugAssign,
  ClassDef,
  Expression,
  FunctionDef,
  If,
  Raise,
  Statement,
} from "./tree.ts";
import { tryStatement } from "./try.ts";
import { types } from "./types.ts";
import type { Value } from "./value.ts";
import { dependingOn, mergeEnv } from "./value.ts";
import { withStatement } from "./with.ts";

/** Runs statements that cannot yield. */
export function runBody(run: Execution, body: readonly Statement[], scope: Scope): Completion | undefined {
  for (const statement of body) {
    run.budget.spend();
    run.node = statement;
    const compound = compoundStatement(run, statement, scope);
    const ended = compound ? finish(compound) : simpleStatement(run, statement, scope);
    if (ended) return ended;
  }
  return undefined;
}

function finish(steps: Steps<Completion | undefined>): Completion | undefined {
  const step = steps.next();
  return step.done ? step.value : undefined;
}

/** Runs statements of a generator, which stops at every `yield`. */
export function* stepsOf(
  run: Execution,
  body: readonly Statement[],
  scope: Scope,
): Steps<Completion | undefined> {
  if (scope.kind !== "function" || !scope.answers) return runBody(run, body, scope);
  for (const statement of body) {
    run.budget.spend();
    run.node = statement;
    const compound = compoundStatement(run, statement, scope);
    let ended: Completion | undefined;
    if (compound) ended = yield* compound;
    else {
      yield* hoist(run, statement, scope);
      ended = simpleStatement(run, statement, scope);
    }
    if (ended) return ended;
  }
  return undefined;
}

function compoundStatement(
  run: Execution,
  node: Statement,
  scope: Scope,
): Steps<Completion | undefined> | undefined {
  switch (node.nodeType) {
    case "If":
      return ifStatement(run, node, scope);
    case "For":
    case "AsyncFor":
      return forLoop(run, node, scope);
    case "While":
      return whileLoop(run, node, scope);
    case "Try":
    case "TryStar":
      return tryStatement(run, node, scope);
    case "With":
    case "AsyncWith":
      return withStatement(run, node, scope);
    case "Match":
      return matchStatement(run, node, scope);
    default:
      return undefined;
  }
}

function simpleStatement(run: Execution, node: Statement, scope: Scope): Completion | undefined {
  switch (node.nodeType) {
    case "Expr": {
      const value = run.evaluate(node.value, scope);
      if (
        scope.kind === "module" &&
        node.value.nodeType === "Call" &&
        value.kind === "opaque" &&
        value.cause === "unmodelled"
      ) {
        scope.module.affected ??= value;
      }
      return undefined;
    }
    case "Assign": {
      const value = run.evaluate(node.value, scope);
      for (const target of node.targets) run.assign(target, value, scope);
      return undefined;
    }
    case "AnnAssign":
      if (node.value) run.assign(node.target, run.evaluate(node.value, scope), scope);
      return undefined;
    case "AugAssign":
      augment(run, node, scope);
      return undefined;
    case "Return": {
      const value = node.value ? run.evaluate(node.value, scope) : none(run.place(node));
      return { kind: "return", value: dependingOn(value, run.ambient) };
    }
    case "Delete":
      for (const target of node.targets) remove(run, target, scope);
      return undefined;
    case "FunctionDef":
    case "AsyncFunctionDef":
    case "ClassDef":
      define(run, node, scope);
      return undefined;
    case "Import":
      importStatement(run, node, scope);
      return undefined;
    case "ImportFrom":
      importFrom(run, node, scope);
      return undefined;
    case "Raise":
      return raise(run, node, scope);
    case "Assert": {
      const test = run.evaluate(node.test, scope);
      if (test.kind === "opaque" && run.truth(test) === undefined) return undefined;
      if (run.decide(test, node.test)) {
        run.risk = mergeEnv(run.risk, test.env);
        return undefined;
      }
      const env = mergeEnv(test.env, run.ambient);
      const message = node.msg ? run.evaluate(node.msg, scope) : undefined;
      const error = run.call(run.classNamed("AssertionError"), message ? [message] : []);
      if (error.kind === "instance") throw new PythonException(error, run.place(node), env);
      return undefined;
    }
    case "Break":
      return { kind: "break" };
    case "Continue":
      return { kind: "continue" };
    case "TypeAlias":
      run.assign(node.name, run.opaque("is a type alias", run.place(node)), scope);
      return undefined;
    default:
      return undefined;
  }
}

function* ifStatement(run: Execution, node: If, scope: Scope): Steps<Completion | undefined> {
  yield* hoist(run, node.test, scope);
  const test = run.evaluate(node.test, scope);
  const goesIn = run.decide(test, node.test);
  const [taken, passed] = goesIn ? [node.body, node.orelse] : [node.orelse, node.body];
  const { env } = test;
  const outer = run.ambient;
  run.ambient = mergeEnv(outer, env);
  const inner = run.ambient;
  const suspends = scope.kind === "function" && scope.answers !== undefined;
  const ended = suspends ? yield* run.steps(taken, scope) : run.body(taken, scope);
  // What a `return` further in decided goes on being decided; this branch ends here.
  if (run.ambient === inner) run.ambient = outer;
  if (!ended && env.length > 0) wentPast(run, footprint(passed), env, scope);
  return ended;
}

function augment(run: Execution, node: AugAssign, scope: Scope): void {
  const at = run.place(node);
  const { target } = node;
  const combine = (current: Value) => augmented(run, node.op, current, run.evaluate(node.value, scope), at);
  switch (target.nodeType) {
    case "Name":
      run.bind(scope, target.id, combine(run.lookup(target.id, scope, run.place(target))), run.place(target));
      return;
    case "Attribute": {
      const owner = run.evaluate(target.value, scope);
      const name = mangled(target.attr, scope);
      run.setAttribute(owner, name, combine(run.attribute(owner, name, at)), at);
      return;
    }
    case "Subscript": {
      const owner = run.evaluate(target.value, scope);
      const key = run.evaluate(target.slice, scope);
      run.setItem(owner, key, combine(run.subscript(owner, key, at)), at);
      return;
    }
    default:
      run.raise("SyntaxError", "illegal target for augmented assignment", at);
  }
}

function define(run: Execution, node: FunctionDef | AsyncFunctionDef | ClassDef, scope: Scope): void {
  const decorators = node.decorator_list.map((decorator) => run.evaluate(decorator, scope));
  let made: Value =
    node.nodeType === "ClassDef"
      ? makeClass(run, node, scope)
      : makeFunction(run, node, node.name, scope, footprintOf(node.body).yields);
  for (const [i, decorator] of decorators.reverse().entries()) {
    const written: Expression | undefined = node.decorator_list[node.decorator_list.length - 1 - i];
    const decorated = run.call(decorator, [made], undefined, written ? run.place(written) : undefined);
    // A decorator of a library without a model most often gives back something that behaves the same.
    made = decorated;
  }
  run.bind(scope, node.name, made, run.place(node));
}

function raise(run: Execution, node: Raise, scope: Scope): never | undefined {
  const at = run.place(node);
  if (!node.exc) {
    const current = run.handling.at(-1);
    if (!current) return run.raise("RuntimeError", "No active exception to reraise", at);
    throw current;
  }
  const given = run.evaluate(node.exc, scope);
  const cause = node.cause ? run.evaluate(node.cause, scope) : undefined;
  const made = isExceptionClass(given) ? run.call(given, [], undefined, at) : given;
  const context = run.handling.at(-1)?.value;
  if (made.kind === "instance") {
    if (context && context !== made) made.attributes.set("__context__", context);
    if (cause) {
      made.attributes.set("__cause__", isExceptionClass(cause) ? run.call(cause, []) : cause);
      made.attributes.set("__suppress_context__", bool(true, at));
    }
  }
  const env = mergeEnv(made.env, run.ambient);
  if (made.kind === "instance" && made.class.mro.some((entry) => entry === baseException || entry.open)) {
    throw new PythonException(made, at, env);
  }
  if (made.kind !== "opaque") return run.raise("TypeError", "exceptions must derive from BaseException", at);
  // Some exception is raised; which one is not known.
  const unknown = exceptionWith(exceptionClasses.get("Exception") ?? types.object, made.because, at, env);
  throw new PythonException(unknown, at, env);
}
