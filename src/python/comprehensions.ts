import { boundBy } from "./analysis.ts";
import { inside } from "./call.ts";
import type { Execution, Iteration, Steps } from "./execution.ts";
import { dict, envOf, list, set, touch } from "./make.ts";
import type { FunctionScope, Scope } from "./scope.ts";
import { topOf } from "./scope.ts";
import { setEntry } from "./subscripts.ts";
import type { Comprehension, DictComp, Expression, GeneratorExp, ListComp, SetComp } from "./tree.ts";
import type { EnvNames, Iterator, Opaque, Value } from "./value.ts";
import { dependingOn, mergeEnv, noEnv } from "./value.ts";

type Node = ListComp | SetComp | DictComp | GeneratorExp;

/** What is learned on the way through a comprehension, beside its items. */
interface Walk {
  /** Why there may be more items than those that were met. */
  open: Opaque | undefined;
  /** What decided which items there are. */
  env: EnvNames;
}

/** A comprehension or generator expression, in a scope of its own. */
export function comprehension(run: Execution, node: Node, outer: Scope): Value {
  const at = run.place(node);
  const [first] = node.generators;
  if (!first) return list([], at);
  // As in CPython, the first iterable is evaluated outside and at once.
  const source = run.evaluate(first.iter, outer);
  const scope: FunctionScope = {
    kind: "function",
    file: outer.file,
    names: new Map(),
    top: topOf(outer),
    parent: outer,
    plan: {
      locals: new Set(node.generators.flatMap(({ target }) => [...boundBy(target)])),
      globals: new Set(),
      nonlocals: new Set(),
    },
    body: undefined,
    answers: undefined,
  };
  const walk: Walk = { open: undefined, env: noEnv };
  const rounds = loop(run, node.generators, 0, source, scope, walk);
  if (node.nodeType === "GeneratorExp") return generator(run, node, scope, rounds, walk);
  return inside(run, scope, () => {
    const made = collect(run, node, scope, rounds);
    if (walk.open) made.open = walk.open;
    touch(made, mergeEnv(walk.env, run.ambient));
    return made;
  });
}

function collect(run: Execution, node: Exclude<Node, GeneratorExp>, scope: Scope, rounds: Steps<void>) {
  const at = run.place(node);
  const met: Value[] = [];
  if (node.nodeType === "DictComp") {
    const made = dict(new Map(), at);
    for (let round = rounds.next(); !round.done; round = rounds.next()) {
      const key = run.evaluate(node.key, scope);
      const value = run.evaluate(node.value, scope);
      setEntry(run, made, key, value, at);
      touch(made, envOf([key, value]));
    }
    return made;
  }
  for (let round = rounds.next(); !round.done; round = rounds.next()) {
    met.push(run.evaluate(node.elt, scope));
    run.budget.make(1);
  }
  if (node.nodeType === "ListComp") return list(met, at);
  const made = set(new Map(), false, at, envOf(met));
  for (const item of met) {
    const key = run.hashKey(item);
    if (key !== undefined) made.items.set(key, made.items.get(key) ?? item);
    else made.open = item.kind === "opaque" ? item : run.opaque("has a member that is not known", at, [item]);
  }
  return made;
}

function generator(
  run: Execution,
  node: GeneratorExp,
  scope: Scope,
  rounds: Steps<void>,
  walk: Walk,
): Iterator {
  const next = () =>
    inside(run, scope, () => {
      if (rounds.next().done) return undefined;
      return dependingOn(run.evaluate(node.elt, scope), walk.env);
    });
  return {
    kind: "iterator",
    type: "generator",
    at: run.place(node),
    get env() {
      return walk.env;
    },
    next,
    get open() {
      return walk.open as Opaque;
    },
  };
}

/** Goes through the `for … if …` clauses, and stops at every combination that passes. */
function* loop(
  run: Execution,
  clauses: readonly Comprehension[],
  index: number,
  source: Value,
  scope: FunctionScope,
  walk: Walk,
): Steps<void> {
  const clause = clauses[index];
  if (!clause) return;
  walk.env = mergeEnv(walk.env, source.env);
  const items: Iteration | Opaque = run.iterator(source, run.place(clause.iter));
  if ("kind" in items) {
    walk.open ??= items;
    return;
  }
  for (let item = items.next(); item !== undefined; item = items.next()) {
    run.budget.spend();
    run.assign(clause.target, item, scope);
    if (!passes(run, clause.ifs, scope, walk)) continue;
    const inner = clauses[index + 1];
    if (inner) yield* loop(run, clauses, index + 1, run.evaluate(inner.iter, scope), scope, walk);
    else yield item;
  }
  walk.open ??= items.open;
}

/** Whether an item passes the tests. If that cannot be known it is left out, and the result is open. */
function passes(run: Execution, tests: readonly Expression[], scope: Scope, walk: Walk): boolean {
  for (const test of tests) {
    const value = run.evaluate(test, scope);
    walk.env = mergeEnv(walk.env, value.env);
    const truth = run.truth(value);
    if (truth === undefined) {
      walk.open ??=
        value.kind === "opaque"
          ? value
          : run.opaque("has a test that cannot be known", run.place(test), [value]);
    }
    if (!truth) return false;
  }
  return true;
}
