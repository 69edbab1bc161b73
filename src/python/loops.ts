import { boundBy, footprint } from "./analysis.ts";
import type { Completion, Execution, Steps } from "./execution.ts";
import { hoist } from "./hoist.ts";
import { bindingOf, stamp, wentPast } from "./provenance.ts";
import type { Scope } from "./scope.ts";
import type { AsyncFor, For, While } from "./tree.ts";
import type { EnvNames, Opaque } from "./value.ts";
import { mergeEnv } from "./value.ts";

/** A `for` loop. Over what is not known, its body runs once with an item that is not known. */
export function* forLoop(run: Execution, node: For | AsyncFor, scope: Scope): Steps<Completion | undefined> {
  yield* hoist(run, node.iter, scope);
  const source = run.evaluate(node.iter, scope);
  const walk = run.iterator(source, run.place(node.iter));
  const outer = run.ambient;
  const { env } = source;
  run.ambient = mergeEnv(outer, env);
  const around = { run, node, scope };
  const ended = "kind" in walk ? yield* unknownRound(around, walk) : yield* rounds(around, walk);
  return yield* afterLoop(around, ended, outer, env);
}

interface Around<Node> {
  readonly run: Execution;
  readonly node: Node;
  readonly scope: Scope;
}

type Walked = Exclude<ReturnType<Execution["iterator"]>, Opaque>;

function* rounds({ run, node, scope }: Around<For | AsyncFor>, walk: Walked): Steps<Completion | undefined> {
  const suspends = scope.kind === "function" && scope.answers !== undefined;
  for (let item = walk.next(); item !== undefined; item = walk.next()) {
    run.budget.spend();
    run.assign(node.target, item, scope);
    const ended = suspends ? yield* run.steps(node.body, scope) : run.body(node.body, scope);
    if (ended?.kind === "break" || ended?.kind === "return") return ended;
  }
  if (walk.open) openChanged(run, node, scope, walk.open);
  return undefined;
}

function* unknownRound(around: Around<For | AsyncFor>, source: Opaque): Steps<Completion | undefined> {
  const { run, node, scope } = around;
  const runs = run.decide({ ...source, truth: source.truth ?? true }, node.iter);
  if (!runs) {
    openChanged(run, node, scope, source);
    return undefined;
  }
  const at = run.place(node.iter);
  run.assign(node.target, run.opaque(source.because, at, [source]), scope);
  const suspends = scope.kind === "function" && scope.answers !== undefined;
  const ended = suspends ? yield* run.steps(node.body, scope) : run.body(node.body, scope);
  openChanged(run, node, scope, source);
  return ended?.kind === "continue" ? undefined : ended;
}

/** Containers that the body changes may have been changed more often than we saw. */
function openChanged(run: Execution, node: For | AsyncFor, scope: Scope, reason: Opaque): void {
  const { changes } = footprint(node.body);
  for (const name of changes) {
    const bound = bindingOf(name, scope)?.get(name);
    const value = bound?.value;
    if (value?.kind === "list" || value?.kind === "dict" || value?.kind === "set") {
      value.open ??= run.opaque(reason.because, run.place(node), [reason]);
    }
  }
}

/** A `while` loop. A test that is not known is decided once; the second time the loop ends. */
export function* whileLoop(run: Execution, node: While, scope: Scope): Steps<Completion | undefined> {
  const outer = run.ambient;
  const suspends = scope.kind === "function" && scope.answers !== undefined;
  let env: EnvNames = [];
  let decided = false;
  let ended: Completion | undefined;
  for (;;) {
    yield* hoist(run, node.test, scope);
    const test = run.evaluate(node.test, scope);
    env = mergeEnv(env, test.env);
    if (test.kind === "opaque" && decided) break;
    decided = test.kind === "opaque";
    if (!run.decide(test, node.test)) break;
    run.ambient = mergeEnv(run.ambient, test.env);
    run.budget.spend();
    ended = suspends ? yield* run.steps(node.body, scope) : run.body(node.body, scope);
    if (ended?.kind === "break" || ended?.kind === "return") break;
    ended = undefined;
  }
  return yield* afterLoop({ run, node, scope }, ended, outer, env);
}

/** The `else` of a loop, and what its names depend on. */
function* afterLoop(
  { run, node, scope }: Around<For | AsyncFor | While>,
  ended: Completion | undefined,
  outer: EnvNames,
  env: EnvNames,
): Steps<Completion | undefined> {
  const found = footprint(node.body);
  if (ended?.kind === "return") return ended;
  // A `break` or `continue` that depended on variables has an effect within the loop only; a `return` beyond.
  const inside = run.ambient;
  if (!found.returns) run.ambient = outer;
  if (env.length > 0) {
    wentPast(run, { ...found, jumps: false, returns: false }, env, scope);
    if (node.nodeType !== "While") stamp(boundBy(node.target), env, scope, run);
  }
  if (ended?.kind === "break") return undefined;
  if (node.orelse.length === 0) return undefined;
  const before = run.ambient;
  run.ambient = inside;
  const suspends = scope.kind === "function" && scope.answers !== undefined;
  const last = suspends ? yield* run.steps(node.orelse, scope) : run.body(node.orelse, scope);
  run.ambient = before;
  return last;
}
