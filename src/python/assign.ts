import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { bool, list, str } from "./make.ts";
import { typeName } from "./names.ts";
import { drain } from "./protocols.ts";
import { bindingOf } from "./provenance.ts";
import type { Scope } from "./scope.ts";
import { mangled, topOf } from "./scope.ts";
import type { Expression } from "./tree.ts";
import type { Binding, Value } from "./value.ts";
import { dependingOn, mergeEnv } from "./value.ts";

/** Binds a name, with what decided that control came here. Held names of modules keep their value. */
export function bind(
  run: Execution,
  scope: Scope,
  name: string,
  value: Value,
  at: Location | undefined,
): void {
  const names = bindingOf(name, scope) ?? scope.names;
  const bound =
    scope.kind === "class" && scope.watch ? run.call(scope.watch, [str(name), value], undefined, at) : value;
  const depending = dependingOn(bound, run.ambient);
  const env = mergeEnv(depending.env, run.ambient);
  const held =
    run.scenario.held.size > 0 && names === topOf(scope).names ? run.scenario.held.get(name) : undefined;
  names.set(name, { value: held === undefined ? depending : bool(held, value.at, env), at, env });
}

/** Assigns to a target of any form. */
export function assign(run: Execution, target: Expression, value: Value, scope: Scope): void {
  switch (target.nodeType) {
    case "Name":
      bind(run, scope, target.id, value, run.place(target));
      return;
    case "Attribute":
      run.setAttribute(
        run.evaluate(target.value, scope),
        mangled(target.attr, scope),
        value,
        run.place(target),
      );
      return;
    case "Subscript":
      run.setItem(
        run.evaluate(target.value, scope),
        run.evaluate(target.slice, scope),
        value,
        run.place(target),
      );
      return;
    case "List":
    case "Tuple":
      unpack(run, target.elts, value, scope, run.place(target));
      return;
    case "Starred":
      assign(run, target.value, value, scope);
      return;
    default:
      run.raise("SyntaxError", "cannot assign to expression", run.place(target));
  }
}

function unpack(
  run: Execution,
  targets: readonly Expression[],
  value: Value,
  scope: Scope,
  at: Location,
): void {
  const star = targets.findIndex(({ nodeType }) => nodeType === "Starred");
  const walk = value.kind === "opaque" ? value : unpackable(run, value, at);
  if ("kind" in walk || walk.open) {
    const reason = "kind" in walk ? walk : (walk.open ?? walk);
    for (const target of targets) {
      const part = run.opaque(
        "because" in reason ? reason.because : "is unpacked from what is not known",
        at,
        [value],
      );
      assign(
        run,
        target,
        target.nodeType === "Starred" ? { ...list([], at, value.env), open: part } : part,
        scope,
      );
    }
    return;
  }
  const items = drain(run, walk).map((item) => dependingOn(item, value.kind === "str" ? value.env : []));
  const least = star < 0 ? targets.length : targets.length - 1;
  if (items.length < least) {
    const wanted = star < 0 ? `expected ${least}` : `expected at least ${least}`;
    run.raise("ValueError", `not enough values to unpack (${wanted}, got ${items.length})`, at, value.env);
  }
  if (star < 0 && items.length > least) {
    run.raise("ValueError", `too many values to unpack (expected ${least})`, at, value.env);
  }
  const extra = items.length - least;
  for (const [i, target] of targets.entries()) {
    if (i === star) assign(run, target, list(items.slice(star, star + extra), at, value.env), scope);
    else {
      const item = items[star >= 0 && i > star ? i - 1 + extra : i];
      if (item) assign(run, target, item, scope);
    }
  }
}

function unpackable(run: Execution, value: Value, at: Location) {
  if (isPlain(value))
    return run.raise("TypeError", `cannot unpack non-iterable ${typeName(value)} object`, at, value.env);
  return run.iterator(value, at);
}

const isPlain = ({ kind }: Value) =>
  ["none", "int", "float", "bool", "function", "builtin", "method", "module"].includes(kind);

/** `del target`. */
export function remove(run: Execution, target: Expression, scope: Scope): void {
  const at = run.place(target);
  switch (target.nodeType) {
    case "Name": {
      const names = bindingOf(target.id, scope) ?? scope.names;
      if (names.delete(target.id) || topOf(scope).module.open) return;
      if (scope.kind === "function" && names === scope.names) unbound(run, target.id, at);
      run.raise("NameError", `name '${target.id}' is not defined`, at);
      return;
    }
    case "Attribute":
      run.deleteAttribute(run.evaluate(target.value, scope), mangled(target.attr, scope), at);
      return;
    case "Subscript":
      run.deleteItem(run.evaluate(target.value, scope), run.evaluate(target.slice, scope), at);
      return;
    case "List":
    case "Tuple":
      for (const part of target.elts) remove(run, part, scope);
      return;
    default:
      run.raise("SyntaxError", `cannot delete ${typeName(str(""))}`, at);
  }
}

function unbound(run: Execution, name: string, at: Location): never {
  return run.raise(
    "UnboundLocalError",
    `cannot access local variable '${name}' where it is not associated with a value`,
    at,
  );
}

/** The value of a name, by Python's scopes: its own function, those around, the module, the builtins. */
export function lookup(
  run: Execution,
  name: string,
  scope: Scope,
  at: Location | undefined,
  builtins: ReadonlyMap<string, Value>,
): Value {
  const found = find(run, name, scope, at);
  if (found) return found.value;
  const builtin = builtins.get(name);
  if (builtin) return builtin;
  const { module } = topOf(scope);
  const reason = module.open ?? module.affected;
  if (reason) return run.opaque(reason.because, at, [reason]);
  return run.raise("NameError", `name '${name}' is not defined`, at);
}

function find(run: Execution, name: string, scope: Scope, at: Location | undefined): Binding | undefined {
  const top = topOf(scope);
  if (scope.kind !== "module" && scope.plan.globals.has(name)) return top.names.get(name);
  if (scope.kind === "class") {
    const own = scope.names.get(name);
    if (own) return own;
  } else if (scope.kind === "function" && scope.plan.locals.has(name)) {
    return (
      scope.names.get(name) ??
      run.raise(
        "UnboundLocalError",
        `cannot access local variable '${name}' where it is not associated with a value`,
        at,
      )
    );
  }
  for (let around = scope; around.kind !== "module"; ) {
    around = around.parent;
    if (around.kind !== "function") continue;
    if (around.plan.globals.has(name)) break;
    if (around.plan.locals.has(name)) return around.names.get(name) ?? free(run, name, at);
  }
  return top.names.get(name) ?? (name === "__class__" ? enclosingClass(scope) : undefined);
}

function free(run: Execution, name: string, at: Location | undefined): never {
  return run.raise(
    "NameError",
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
    at,
  );
}

function enclosingClass(scope: Scope): Binding | undefined {
  for (let around = scope; around.kind !== "module"; around = around.parent) {
    if (around.kind === "class" && around.class) return { value: around.class, at: undefined, env: [] };
  }
  return undefined;
}
