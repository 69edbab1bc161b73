import { inside } from "./call.ts";
import type { Execution } from "./execution.ts";
import { textKey } from "./hash.ts";
import { instanceOfInternal, internalAs } from "./internal.ts";
import type { Args } from "./machine.ts";
import { none, str } from "./make.ts";
import { bindingStore, moduleOf, namespaceDict } from "./namespaces.ts";
import type { ModuleScope, ProjectModule } from "./scope.ts";
import { topOf } from "./scope.ts";
import { parse } from "./syntax.ts";
import type { Module } from "./tree.ts";
import { types } from "./types.ts";
import type { Binding, Dict, Value } from "./value.ts";
import { noEnv } from "./value.ts";

/** Code that is made of text while the program runs: `exec`, `eval`, `compile`. */

interface Code {
  readonly module: Module;
  /** The project file that the code is in, for its places. */
  readonly file: string;
}

/** Parses text as Python does for `exec`; raises SyntaxError. Text that was read from a file of the project keeps its places. */
function parsed(run: Execution, source: string, args: Args): Code {
  run.budget.make(source.length);
  const own = run.texts.get(source);
  const file = own ?? run.currentFile;
  // Other text is as if it stood where it is executed.
  const lead = own === undefined ? "\n".repeat(Math.max((args.at?.line ?? 1) - 1, 0)) : "";
  const found = parse(lead + source, file);
  if (found.kind === "error")
    return run.raise(found.problem.exception ?? "SyntaxError", found.problem.message, found.problem.at);
  return { module: found.module, file };
}

/** `compile(text, filename, mode)`. */
export function compile(run: Execution, args: Args): Value {
  const source = textOf(args.positional[0]);
  if (source === undefined) return run.opaque("is compiled code", args.at, args.positional);
  parsed(run, source, args);
  return instanceOfInternal(types.code, { is: "code", source }, args.at, args.positional[0]?.env);
}

function textOf(value: Value | undefined): string | undefined {
  if (value?.kind === "str") return value.value;
  if (value?.kind === "bytes") return new TextDecoder().decode(value.value);
  return value && internalAs(value, "code")?.source;
}

/** `exec(source, globals, locals)`. */
export function execute(run: Execution, args: Args): Value {
  const { names, locals, store } = namespaceOf(run, args);
  const source = textOf(args.positional[0]);
  if (source === undefined) {
    const reason = run.opaque(
      "comes from exec(), which is not modelled",
      args.at,
      args.positional.slice(0, 1),
    );
    if (locals) locals.open = reason;
    else if (names) names.module.open = reason;
    return none(args.at);
  }
  if (!names) return none(args.at);
  const { module, file } = parsed(run, source, args);
  const scope: ModuleScope = { ...names, file };
  inside(run, scope, () => run.body(module.body, scope));
  store();
  return none(args.at);
}

/** `eval(source, globals, locals)`. */
export function evaluateText(run: Execution, args: Args): Value {
  const source = textOf(args.positional[0]);
  const { names, store } = namespaceOf(run, args);
  if (source === undefined || !names) return run.opaque("is computed by eval()", args.at, args.positional);
  const { module, file } = parsed(run, source.replace(/^[ \t]+/, ""), args);
  const [only, ...more] = module.body;
  if (only?.nodeType !== "Expr" || more.length > 0)
    return run.raise("SyntaxError", "invalid syntax", args.at);
  const scope: ModuleScope = { ...names, file };
  const value = inside(run, scope, () => run.evaluate(only.value, scope));
  store();
  return value;
}

interface Namespace {
  /** Where the code runs; undefined where that is not known. */
  readonly names: ModuleScope | undefined;
  /** The dict that gets its names, unless that is a module. */
  readonly locals: Dict | undefined;
  /** Writes the names into that dict. */
  store(): void;
}

function namespaceOf(run: Execution, args: Args): Namespace {
  const [, first, second] = args.positional;
  const given = args.named.get("globals") ?? first;
  const globals = given?.kind === "dict" ? given : undefined;
  const inner = args.named.get("locals") ?? second;
  const locals = inner?.kind === "dict" ? inner : undefined;
  const module = globals ? moduleOf(globals) : run.scope.kind === "module" ? run.scope.module : undefined;
  const own = module && run.scopes.get(module);
  if (own && (!locals || moduleOf(locals) === module)) return { names: own, locals: undefined, store() {} };
  if (given && given.kind !== "dict" && given.kind !== "none")
    return { names: undefined, locals, store() {} };
  const top = topOf(run.scope);
  const outer = globals ?? namespaceDict(bindingStore(run, top.module), args.at);
  // A function's names are copies: what is set in them is lost, as in CPython.
  const target = locals ?? globals;
  const before = new Map<string, Binding>();
  const layers = [outer, ...(locals ? [locals] : globals ? [] : [frameNames(run)])];
  for (const layer of layers)
    for (const { key, value } of layer.entries.values())
      if (key.kind === "str") before.set(key.value, { value, at: value.at, env: value.env });
  const name = before.get("__name__")?.value;
  const made: ProjectModule = {
    kind: "module",
    name: name?.kind === "str" ? name.value : "builtins",
    names: new Map(before),
    at: args.at,
    env: noEnv,
  };
  return {
    names: { kind: "module", file: run.currentFile, names: made.names, module: made, package: top.package },
    locals: target,
    store() {
      if (!target) return;
      if (target === globals) set(target, "__builtins__", run.importModule("builtins", args.at));
      for (const [key, { value }] of made.names)
        if (before.get(key)?.value !== value) set(target, key, value);
      if (made.open) target.open = made.open;
    },
  };
}

function frameNames(run: Execution): Dict {
  const names = run.functionScope()?.names ?? new Map<string, Binding>();
  return {
    kind: "dict",
    entries: new Map([...names].map(([name, { value }]) => [textKey(name), { key: str(name), value }])),
    at: undefined,
    env: noEnv,
  };
}

function set(target: Dict, name: string, value: Value): void {
  target.entries.set(textKey(name), { key: str(name), value });
}
