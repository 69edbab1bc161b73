import type { Location } from "../location.ts";
import { limits } from "./budget.ts";
import type { Execution } from "./execution.ts";
import type { FunctionBody } from "./function.ts";
import { makeGenerator } from "./generators.ts";
import { textKey } from "./hash.ts";
import { internalAs, internalData } from "./internal.ts";
import type { Args } from "./machine.ts";
import { dict, envOf, instance, none, str, touch, tuple } from "./make.ts";
import { classOf, findInClass, openBase, specialMethod, typeName } from "./names.ts";
import type { FunctionScope, Scope } from "./scope.ts";
import { planOf, qualifiedName, topOf } from "./scope.ts";
import type { Arguments, Expression } from "./tree.ts";
import { types } from "./types.ts";
import type { Binding, Builtin, Class, FunctionValue, Opaque, Value } from "./value.ts";
import { dependingOn, mergeEnv, noEnv } from "./value.ts";

const noNames: ReadonlyMap<string, Value> = new Map();

/** Calls anything that can be called, as Python does. */
export function invoke(run: Execution, callee: Value, args: Args): Value {
  switch (callee.kind) {
    case "function":
      return callFunction(run, callee, args);
    case "builtin":
      return callBuiltin(run, callee, args);
    case "method":
      return invoke(run, callee.function, { ...args, positional: [callee.self, ...args.positional] });
    case "class":
      return construct(run, callee, args);
    case "opaque":
      return run.opaque(callee.because, args.at, [callee, ...args.positional, ...args.named.values()], {
        cause: "unmodelled",
      });
    case "instance": {
      const method = specialMethod(callee, "__call__");
      if (method) return invoke(run, method, { ...args, positional: [callee, ...args.positional] });
      const wrapped = internalAs(callee, "staticmethod");
      if (wrapped) return invoke(run, wrapped.function, args);
      const open = openBase(callee.class)?.open;
      if (open) return run.opaque(open.because, args.at, [open, ...args.positional]);
    }
  }
  return run.raise("TypeError", `'${typeName(callee)}' object is not callable`, args.at);
}

/** The usual call from within the interpreter or a model. */
export function callValue(
  run: Execution,
  callee: Value,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value> = noNames,
  at: Location | undefined = run.here(),
): Value {
  return invoke(run, callee, { positional, named, at });
}

function callBuiltin(run: Execution, callee: Builtin, args: Args): Value {
  const { positional, named, at } = args;
  const all = named.size > 0 ? [...positional, ...named.values()] : positional;
  const env = envOf(all);
  if (env.length > 0) run.risk = mergeEnv(run.risk, env);
  if (!callee.takesOpaque) {
    const unknown = args.open ?? all.find((value) => value.kind === "opaque");
    if (unknown?.kind === "opaque") return run.opaque(unknown.because, at, args.open ? [...all, args.open] : all);
  }
  run.budget.spend();
  const result = callee.call(run, args);
  if (env.length === 0 || all.includes(result)) return result;
  touch(result, env);
  return dependingOn(result, env);
}

/** Makes an object: `Class(…)`. */
function construct(run: Execution, of: Class, args: Args): Value {
  const { positional, named, at } = args;
  if (of === types.type && positional.length === 1 && positional[0]) {
    const [value] = positional;
    if (value.kind !== "opaque") return classOf(value);
    return run.opaque(value.because, at, [value]);
  }
  const all = [...positional, ...named.values()];
  if (isAbstract(of)) {
    const method = firstAbstract(of);
    if (method) run.raise("TypeError", `Can't instantiate abstract class ${of.name} with abstract method ${method}`, at);
  }
  const meta = findInClass(of, "__class_call__");
  if (meta) return invoke(run, meta.value, { ...args, positional: [of, ...positional] });
  const maker = findInClass(of, "__new__");
  const open = openBase(of)?.open;
  let made: Value;
  if (!maker || maker.owner === types.object) {
    const initial = findInClass(of, "__init__");
    if (!open && all.length > 0 && (!initial || initial.owner === types.object)) {
      run.raise("TypeError", `${of.name}() takes no arguments`, at);
    }
    made = instance(of, at, mergeEnv(envOf(all), run.ambient), undefined);
  } else {
    made = invoke(run, staticOf(maker.value), { ...args, positional: [of, ...positional] });
    touch(made, mergeEnv(envOf(all), run.ambient));
    if (made.kind === "opaque" || !classOf(made).mro.includes(of)) return made;
  }
  const starter = findInClass(of, "__init__");
  if (starter && starter.owner !== types.object) {
    const result = invoke(run, starter.value, { ...args, positional: [made, ...positional] });
    if (result.kind !== "none" && result.kind !== "opaque") {
      run.raise("TypeError", `__init__() should return None, not '${typeName(result)}'`, at);
    }
  }
  return made;
}

function staticOf(value: Value): Value {
  return internalAs(value, "staticmethod")?.function ?? value;
}

const isAbstract = (of: Class) => of.mro.some(({ name, module }) => module === "abc" && name === "ABC");

function firstAbstract(of: Class): string | undefined {
  const names = new Set(of.mro.flatMap((entry) => [...entry.attributes.keys()]));
  for (const name of names) {
    const value = findInClass(of, name)?.value;
    if (value?.kind === "function" && value.attributes.get("__isabstractmethod__")) return name;
  }
  return undefined;
}

/** An object of a class that derives from a builtin, with that builtin's part. */
export function derived(of: Class, value: Value, at: Location | undefined): Value {
  return instance(of, at, value.env, internalData({ is: "derived", value }));
}

function callFunction(run: Execution, callee: FunctionValue, args: Args): Value {
  const { body } = callee;
  const { node, file } = body;
  run.budget.spend();
  const parent = body.scope as Scope;
  const scope: FunctionScope = {
    kind: "function",
    file,
    names: bindArguments(run, callee, args),
    top: topOf(parent),
    parent,
    plan: planOf(node),
    body,
    answers: body.isGenerator ? new Map() : undefined,
  };
  if (body.isGenerator && node.nodeType !== "Lambda") return makeGenerator(run, scope, node.body, args.at);
  if (node.nodeType === "AsyncFunctionDef") return run.opaque("is a coroutine", args.at, [], { truth: true });
  return inside(run, scope, () => {
    const before = run.ambient;
    if (node.nodeType === "Lambda") return run.evaluate(node.body, scope);
    const ended = run.body(node.body, scope);
    const value = ended?.kind === "return" ? ended.value : none(args.at);
    if (run.ambient === before) return value;
    touch(value, run.ambient);
    return dependingOn(value, run.ambient);
  });
}

/** Runs something in a function's scope, and comes back to where control was. */
export function inside<Result>(run: Execution, scope: Scope, work: () => Result): Result {
  const { scope: outer, ambient, node } = run;
  if (++run.depth > limits.depth) {
    run.depth--;
    return run.raise("RecursionError", "maximum recursion depth exceeded");
  }
  run.scope = scope;
  try {
    return work();
  } finally {
    run.depth--;
    run.scope = outer;
    run.ambient = ambient;
    run.node = node;
  }
}

/** The names of a function when it starts: https://docs.python.org/3.14/reference/expressions.html#calls */
function bindArguments(run: Execution, callee: FunctionValue, args: Args): Map<string, Binding> {
  const { node, defaults, namedDefaults } = callee.body;
  const declared: Arguments = node.args;
  const names = new Map<string, Binding>();
  const put = (name: string, value: Value) => names.set(name, { value, at: undefined, env: value.env });
  const fail = (message: string): never => run.raise("TypeError", `${qualifiedName(callee)}() ${message}`, args.at);
  const ordered = [...declared.posonlyargs, ...declared.args].map(({ arg }) => arg);
  const { positional, named, open } = args;
  const given = Math.min(positional.length, ordered.length);
  for (let i = 0; i < given; i++) {
    const [name, value] = [ordered[i], positional[i]];
    if (name !== undefined && value) put(name, value);
  }
  if (declared.vararg) put(declared.vararg.arg, tuple(positional.slice(given), args.at));
  else if (positional.length > ordered.length) {
    const least = ordered.length - defaults.length;
    const range = defaults.length > 0 ? `from ${least} to ${ordered.length}` : `${ordered.length}`;
    fail(`takes ${range} positional argument${ordered.length === 1 && defaults.length === 0 ? "" : "s"} but ${positional.length} ${positional.length === 1 ? "was" : "were"} given`);
  }
  const byName = new Set([...declared.args, ...declared.kwonlyargs].map(({ arg }) => arg));
  const rest: [string, Value][] = [];
  for (const [name, value] of named) {
    if (!byName.has(name)) {
      if (declared.kwarg) rest.push([name, value]);
      else fail(`got an unexpected keyword argument '${name}'`);
    } else if (names.has(name)) fail(`got multiple values for argument '${name}'`);
    else put(name, value);
  }
  if (declared.kwarg) {
    const entries = new Map(rest.map(([name, value]) => [textKey(name), { key: str(name), value }]));
    const extra = dict(entries, args.at);
    if (open) extra.open = open;
    put(declared.kwarg.arg, extra);
  }
  const firstDefault = ordered.length - defaults.length;
  const missing: string[] = [];
  for (const [i, name] of ordered.entries()) {
    if (names.has(name)) continue;
    const fallback = defaults[i - firstDefault];
    if (open) put(name, run.opaque(open.because, args.at, [open]));
    else if (i >= firstDefault && fallback) put(name, fallback);
    else missing.push(name);
  }
  if (missing.length > 0) fail(`missing ${missing.length} required positional argument${missing.length === 1 ? "" : "s"}: ${listed(missing)}`);
  for (const { arg: name } of declared.kwonlyargs) {
    if (names.has(name)) continue;
    const fallback = namedDefaults.get(name);
    if (open) put(name, run.opaque(open.because, args.at, [open]));
    else if (fallback) put(name, fallback);
    else missing.push(name);
  }
  if (missing.length > 0) fail(`missing ${missing.length} required keyword-only argument${missing.length === 1 ? "" : "s"}: ${listed(missing)}`);
  return names;
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length <= 2) return quoted.join(" and ");
  return `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
}

/** Makes the function that a `def` or `lambda` stands for. Defaults are evaluated now. */
export function makeFunction(
  run: Execution,
  node: FunctionBody["node"],
  name: string,
  scope: Scope,
  isGenerator: boolean,
): FunctionValue {
  const { args } = node;
  const namedDefaults = new Map<string, Value>();
  const defaults = args.defaults.map((expression: Expression) => run.evaluate(expression, scope));
  for (const [i, { arg }] of args.kwonlyargs.entries()) {
    const fallback = args.kw_defaults[i];
    if (fallback) namedDefaults.set(arg, run.evaluate(fallback, scope));
  }
  const returns = node.nodeType === "Lambda" ? null : node.returns;
  return {
    kind: "function",
    name,
    body: { node, scope, file: scope.file, defaults, namedDefaults, isGenerator, ...(returns ? { returns } : {}) },
    attributes: new Map(),
    at: run.place(node),
    env: noEnv,
  };
}

/** The arguments of a call expression, unpacked. */
export function evaluateArguments(
  run: Execution,
  node: { readonly args: readonly Expression[]; readonly keywords: readonly { readonly arg: string | null; readonly value: Expression }[] },
  scope: Scope,
  at: Location | undefined,
): Args {
  const positional: Value[] = [];
  let open: Opaque | undefined;
  for (const argument of node.args) {
    if (argument.nodeType !== "Starred") {
      positional.push(run.evaluate(argument, scope));
      continue;
    }
    const walk = run.iterator(run.evaluate(argument.value, scope), at);
    if ("kind" in walk) {
      open = walk;
      continue;
    }
    for (let item = walk.next(); item; item = walk.next()) positional.push(item);
    open ??= walk.open;
  }
  if (node.keywords.length === 0) return open ? { positional, named: noNames, at, open } : { positional, named: noNames, at };
  const named = new Map<string, Value>();
  for (const { arg, value: expression } of node.keywords) {
    const value = run.evaluate(expression, scope);
    if (arg !== null) named.set(arg, value);
    else open = unpackNamed(run, value, named, at) ?? open;
  }
  return open ? { positional, named, at, open } : { positional, named, at };
}

function unpackNamed(run: Execution, value: Value, named: Map<string, Value>, at: Location | undefined): Opaque | undefined {
  if (value.kind === "opaque") return value;
  const keys = run.findAttribute(value, "keys", at);
  if (!keys) return run.raise("TypeError", `argument after ** must be a mapping, not ${typeName(value)}`, at);
  const items = run.iterate(run.call(keys, [], undefined, at), at);
  if (!Array.isArray(items)) return value.kind === "dict" ? openNames(value, named) : (items as Opaque);
  for (const key of items as readonly Value[]) {
    if (key.kind !== "str") return run.raise("TypeError", "keywords must be strings", at);
    if (named.has(key.value)) return run.raise("TypeError", `got multiple values for keyword argument '${key.value}'`, at);
    named.set(key.value, run.subscript(value, key, at));
  }
  return undefined;
}

function openNames(value: Extract<Value, { kind: "dict" }>, named: Map<string, Value>): Opaque | undefined {
  for (const { key, value: item } of value.entries.values()) if (key.kind === "str") named.set(key.value, item);
  return value.open;
}

