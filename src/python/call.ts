import type { Location } from "../location.ts";
import { bindArguments } from "./arguments.ts";
import { limits } from "./budget.ts";
import type { Execution } from "./execution.ts";
import type { FunctionBody } from "./function.ts";
import { makeGenerator } from "./generators.ts";
import { internalAs, internalData } from "./internal.ts";
import type { Args } from "./machine.ts";
import { envOf, instance, none, touch } from "./make.ts";
import { beyondModel, classOf, findInClass, openBase, specialMethod, typeName } from "./names.ts";
import { Stopped } from "./raised.ts";
import type { FunctionScope, Scope } from "./scope.ts";
import { planOf, topOf } from "./scope.ts";
import { tooDeep } from "./stack.ts";
import type { Expression } from "./tree.ts";
import { types } from "./types.ts";
import type { Builtin, Class, FunctionValue, Opaque, Value } from "./value.ts";
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
      const beyond = beyondModel(callee);
      if (beyond) return run.opaque(beyond, args.at, [callee, ...args.positional]);
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
  const unknown = unknownArgument(callee, args, all);
  if (unknown) return run.opaque(unknown.because, at, args.open ? [...all, args.open] : all);
  run.budget.spend();
  const result = callee.call(run, args);
  if (env.length === 0 || all.includes(result)) return result;
  touch(result, env);
  return dependingOn(result, env);
}

/** An argument, or a lack of knowledge of the arguments, that the builtin cannot deal with. */
function unknownArgument(callee: Builtin, args: Args, all: readonly Value[]): Opaque | undefined {
  if (args.open) return takesAnyNumber(callee, args) ? undefined : args.open;
  if (callee.takesOpaque) return undefined;
  const found = all.find((value) => value.kind === "opaque");
  return found?.kind === "opaque" ? found : undefined;
}

/** `dict(a=1, **unknown)`, `d.update(**unknown)`, `"{a}".format(**unknown)`: these look at `args.open`. */
function takesAnyNumber({ name }: Builtin, { positional: [first] }: Args): boolean {
  return name === "update" || name === "format" || (name === "__new__" && first === types.dict);
}

/** Makes an object: `Class(…)`. */
function construct(run: Execution, of: Class, args: Args): Value {
  const own = specialMethod(of, "__call__");
  return own
    ? invoke(run, own, { ...args, positional: [of, ...args.positional] })
    : makeInstance(run, of, args);
}

/** As `type.__call__` does it: `__new__`, then `__init__`. */
export function makeInstance(run: Execution, of: Class, args: Args): Value {
  const { positional, named, at } = args;
  if (of === types.type && positional.length === 1 && positional[0]) {
    const [value] = positional;
    if (value.kind !== "opaque") return classOf(value);
    return run.opaque(value.because, at, [value]);
  }
  const all = [...positional, ...named.values()];
  if (isAbstract(of)) {
    const method = firstAbstract(of);
    if (method)
      run.raise(
        "TypeError",
        `Can't instantiate abstract class ${of.name} with abstract method ${method}`,
        at,
      );
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
    const found = findInClass(of, name)?.value;
    const value = (found && internalAs(found, "property")?.get) ?? found;
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
  if (run.depth >= run.recursionLimit)
    return run.raise("RecursionError", "maximum recursion depth exceeded", run.here());
  // The code allows itself more than we do.
  if (run.depth >= limits.depth) throw new Stopped(tooDeep);
  run.depth++;
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
    body: {
      node,
      scope,
      file: scope.file,
      defaults,
      namedDefaults,
      isGenerator,
      ...(returns ? { returns } : {}),
    },
    attributes: new Map(),
    at: run.place(node),
    env: noEnv,
  };
}
