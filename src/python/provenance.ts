import type { Footprint } from "./analysis.ts";
import type { Execution } from "./execution.ts";
import { touch } from "./make.ts";
import type { Scope } from "./scope.ts";
import { topOf } from "./scope.ts";
import type { Binding, EnvNames } from "./value.ts";
import { dependingOn, mergeEnv } from "./value.ts";

/**
 * Notes that control went past code that it would have gone through, had these variables been
 * different: every name that the code may bind now depends on them, and so does every object that it
 * may change. After a `return`, `break` or `continue` that was not reached, everything does.
 */
export function wentPast(run: Execution, found: Footprint, env: EnvNames, scope: Scope): void {
  if (env.length === 0) return;
  stamp(found.binds, env, scope, run);
  for (const name of found.changes) {
    const bound = bindingOf(name, scope)?.get(name);
    if (bound) touch(bound.value, env);
  }
  stamp(found.changes, env, scope, run);
  if (found.bindsAnything) stamp(topOf(scope).names.keys(), env, topOf(scope), run);
  if (found.returns || found.jumps) run.ambient = mergeEnv(run.ambient, env);
  if (found.raises) run.risk = mergeEnv(run.risk, env);
}

/** Notes that names depend on more variables than those of their values. */
export function stamp(names: Iterable<string>, env: EnvNames, scope: Scope, run: Execution): void {
  if (env.length === 0) return;
  for (const name of [...names]) {
    const names = bindingOf(name, scope);
    const bound = names?.get(name);
    if (!names || !bound || isFixture(bound) || env.every((one) => bound.env.includes(one))) continue;
    names.set(name, stamped(bound, env));
  }
  run.budget.spend();
}

function stamped(bound: Binding, env: EnvNames): Binding {
  return { value: dependingOn(bound.value, env), at: bound.at, env: mergeEnv(bound.env, env) };
}

/** Functions, classes and modules are what they are, however control came to them. */
function isFixture({ value }: Binding): boolean {
  return (
    value.kind === "module" || value.kind === "function" || value.kind === "class" || value.kind === "builtin"
  );
}

/** Where an assignment to a name would go from this scope. */
export function bindingOf(name: string, scope: Scope): Map<string, Binding> | undefined {
  if (scope.kind === "module") return scope.names;
  if (scope.plan.globals.has(name)) return scope.top.names;
  if (scope.plan.nonlocals.has(name) || (scope.kind === "function" && !scope.plan.locals.has(name))) {
    return bindingOf(name, scope.parent);
  }
  return scope.names;
}
