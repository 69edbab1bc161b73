import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { textKey } from "./hash.ts";
import type { Args } from "./machine.ts";
import { dict, str, tuple } from "./make.ts";
import { typeName } from "./names.ts";
import type { Scope } from "./scope.ts";
import { qualifiedName } from "./scope.ts";
import type { Arguments, Expression } from "./tree.ts";
import type { Binding, FunctionValue, Opaque, Value } from "./value.ts";
import { missingArguments, tooManyArguments } from "./wrong-calls.ts";

const noNames: ReadonlyMap<string, Value> = new Map();

/** The arguments of a call expression, unpacked. */
export function evaluateArguments(
  run: Execution,
  node: {
    readonly args: readonly Expression[];
    readonly keywords: readonly { readonly arg: string | null; readonly value: Expression }[];
  },
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
  if (node.keywords.length === 0)
    return open ? { positional, named: noNames, at, open } : { positional, named: noNames, at };
  const named = new Map<string, Value>();
  for (const { arg, value: expression } of node.keywords) {
    const value = run.evaluate(expression, scope);
    if (arg !== null) named.set(arg, value);
    else open = unpackNamed(run, value, named, at) ?? open;
  }
  return open ? { positional, named, at, open } : { positional, named, at };
}

function unpackNamed(
  run: Execution,
  value: Value,
  named: Map<string, Value>,
  at: Location | undefined,
): Opaque | undefined {
  if (value.kind === "opaque") return value;
  const keys = run.findAttribute(value, "keys", at);
  if (!keys) return run.raise("TypeError", `argument after ** must be a mapping, not ${typeName(value)}`, at);
  const items = run.iterate(run.call(keys, [], undefined, at), at);
  if (!Array.isArray(items)) return value.kind === "dict" ? openNames(value, named) : (items as Opaque);
  for (const key of items as readonly Value[]) {
    if (key.kind !== "str") return run.raise("TypeError", "keywords must be strings", at);
    if (named.has(key.value))
      return run.raise("TypeError", `got multiple values for keyword argument '${key.value}'`, at);
    named.set(key.value, run.subscript(value, key, at));
  }
  return undefined;
}

function openNames(value: Extract<Value, { kind: "dict" }>, named: Map<string, Value>): Opaque | undefined {
  for (const { key, value: item } of value.entries.values())
    if (key.kind === "str") named.set(key.value, item);
  return value.open;
}

/** The names of a function when it starts: https://docs.python.org/3.14/reference/expressions.html#calls */
export function bindArguments(run: Execution, callee: FunctionValue, args: Args): Map<string, Binding> {
  const { node, defaults, namedDefaults } = callee.body;
  const declared: Arguments = node.args;
  const names = new Map<string, Binding>();
  const put = (name: string, value: Value) => names.set(name, { value, at: undefined, env: value.env });
  const fail = (message: string): never =>
    run.raise("TypeError", `${qualifiedName(callee)}() ${message}`, args.at);
  const ordered = [...declared.posonlyargs, ...declared.args].map(({ arg }) => arg);
  const { positional, named, open } = args;
  const given = Math.min(positional.length, ordered.length);
  for (let i = 0; i < given; i++) {
    const [name, value] = [ordered[i], positional[i]];
    if (name !== undefined && value) put(name, value);
  }
  if (declared.vararg) {
    const rest = tuple(positional.slice(given), args.at);
    put(declared.vararg.arg, open ? { ...rest, open } : rest);
  }
  const byName = new Set([...declared.args, ...declared.kwonlyargs].map(({ arg }) => arg));
  const rest: [string, Value][] = [];
  for (const [name, value] of named) {
    if (!byName.has(name)) {
      if (declared.kwarg) rest.push([name, value]);
      else refuseNamed(declared, named, name, fail);
    } else if (names.has(name)) fail(`got multiple values for argument '${name}'`);
    else put(name, value);
  }
  if (!declared.vararg && positional.length > ordered.length) {
    const onlyNamed = declared.kwonlyargs.filter(({ arg }) => names.has(arg)).length;
    fail(tooManyArguments(ordered.length, defaults.length, positional.length, onlyNamed));
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
  if (missing.length > 0) fail(missingArguments("positional", missing));
  for (const { arg: name } of declared.kwonlyargs) {
    if (names.has(name)) continue;
    const fallback = namedDefaults.get(name);
    if (open) put(name, run.opaque(open.because, args.at, [open]));
    else if (fallback) put(name, fallback);
    else missing.push(name);
  }
  if (missing.length > 0) fail(missingArguments("keyword-only", missing));
  return names;
}

/** A name that is no parameter, or one that can only be given by position. */
function refuseNamed(
  declared: Arguments,
  named: ReadonlyMap<string, Value>,
  name: string,
  fail: (message: string) => never,
): void {
  const wrong = declared.posonlyargs.map(({ arg }) => arg).filter((arg) => named.has(arg));
  if (wrong.length > 0)
    fail(`got some positional-only arguments passed as keyword arguments: '${wrong.join(", ")}'`);
  fail(`got an unexpected keyword argument '${name}'`);
}
