import type { Location } from "../location.ts";
import { evaluateArguments } from "./arguments.ts";
import { makeFunction } from "./call.ts";
import { compare } from "./compare.ts";
import { comprehension } from "./comprehensions.ts";
import { dictDisplay, elements, joined, setDisplay } from "./displays.ts";
import type { Execution } from "./execution.ts";
import { instanceOfInternal } from "./internal.ts";
import { bool, bytes, envOf, float, int, list, none, str, tuple } from "./make.ts";
import { classOf, findInClass } from "./names.ts";
import { callOpaqueMethod } from "./opaque.ts";
import { binary, unary } from "./operators.ts";
import { PythonException } from "./raised.ts";
import type { Scope } from "./scope.ts";
import { footprintOf, mangled } from "./scope.ts";
import type { BinOp, BoolOp, Call, Compare, Constant, Expression } from "./tree.ts";
import { ellipsis } from "./tree.ts";
import { types } from "./types.ts";
import type { Value } from "./value.ts";
import { dependingOn, noEnv } from "./value.ts";

/** What an expression gives. Every value it makes says where. */
export function evaluate(run: Execution, node: Expression, scope: Scope): Value {
  run.budget.spend();
  switch (node.nodeType) {
    case "Constant":
      return constant(run, node, scope.file);
    case "Name":
      return run.lookup(node.id, scope, run.place(node));
    case "Attribute":
      return run.attribute(run.evaluate(node.value, scope), mangled(node.attr, scope), run.place(node));
    case "Subscript":
      return run.subscript(run.evaluate(node.value, scope), run.evaluate(node.slice, scope), run.place(node));
    case "Call":
      return call(run, node, scope);
    case "BinOp":
      return binaryChain(run, node, scope);
    case "UnaryOp": {
      const operand = run.evaluate(node.operand, scope);
      return node.op === "Not"
        ? not(run, operand, run.place(node))
        : unary(run, node.op, operand, run.place(node));
    }
    case "BoolOp":
      return boolean(run, node, scope);
    case "Compare":
      return comparison(run, node, scope);
    case "IfExp": {
      const test = run.evaluate(node.test, scope);
      const before = run.ambient;
      const value = run.evaluate(run.decide(test, node.test) ? node.body : node.orelse, scope);
      run.ambient = before;
      return dependingOn(value, test.env);
    }
    case "List":
    case "Tuple": {
      const { items, open } = elements(run, node.elts, scope);
      const made =
        node.nodeType === "List" ? list(items, run.place(node), run.ambient) : tuple(items, run.place(node));
      return open ? { ...made, open } : made;
    }
    case "Set":
      return setDisplay(run, node.elts, scope, run.place(node));
    case "Dict":
      return dictDisplay(run, node, scope);
    case "JoinedStr":
      return joined(run, node, scope);
    case "FormattedValue":
    case "Interpolation":
    case "TemplateStr":
      return run.opaque("is a template string", run.place(node));
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehension(run, node, scope);
    case "Lambda":
      return makeFunction(run, node, "<lambda>", scope, footprintOf(node.body).yields);
    case "NamedExpr": {
      const value = run.evaluate(node.value, scope);
      let target = scope;
      while (target.kind === "function" && !target.body) target = target.parent;
      run.bind(target, node.target.id, value, run.place(node));
      return value;
    }
    case "Slice": {
      const part = (expression: Expression | null) => (expression ? run.evaluate(expression, scope) : none());
      const [start, stop, step] = [part(node.lower), part(node.upper), part(node.step)];
      return instanceOfInternal(
        types.slice,
        { is: "slice", start, stop, step },
        run.place(node),
        envOf([start, stop, step]),
      );
    }
    case "Await":
      run.evaluate(node.value, scope);
      return run.opaque("awaits a coroutine", run.place(node));
    case "Yield":
    case "YieldFrom":
      // Answered beforehand, by `hoist` in generator bodies.
      return (scope.kind === "function" ? scope.answers?.get(node) : undefined) ?? none(run.place(node));
    case "Starred":
      return run.raise("SyntaxError", "can't use starred expression here", run.place(node));
  }
}

const constants = new WeakMap<Constant, Value>();

function constant(run: Execution, node: Constant, file: string): Value {
  const known = constants.get(node);
  if (known && known.at?.file === file) return known;
  const at = run.place(node);
  const made = constantOf(run, node, at);
  constants.set(node, made);
  return made;
}

function constantOf(run: Execution, { value }: Constant, at: Location): Value {
  switch (typeof value) {
    case "string":
      return str(value, at);
    case "bigint":
      return int(value, at);
    case "number":
      return float(value, at);
    case "boolean":
      return bool(value, at);
  }
  if (value === null) return none(at);
  if (value === ellipsis) return { kind: "ellipsis", at, env: noEnv };
  if (value instanceof Uint8Array) return bytes(value, at);
  return run.opaque("is a complex number", at, [], { type: "complex" });
}

/** Long sums of text are deep trees that lean left; they are computed without recursion. */
function binaryChain(run: Execution, node: BinOp, scope: Scope): Value {
  const chain = [node];
  let first = node.left;
  while (first.nodeType === "BinOp") {
    chain.push(first);
    first = first.left;
  }
  let value = run.evaluate(first, scope);
  for (let next = chain.pop(); next; next = chain.pop()) {
    run.budget.spend();
    value = binary(run, next.op, value, run.evaluate(next.right, scope), run.place(next));
  }
  return value;
}

function not(run: Execution, value: Value, at: Location): Value {
  const truth = run.truth(value);
  if (value.kind === "opaque" || truth === undefined) {
    const because = value.kind === "opaque" ? value.because : "has a truth that cannot be known";
    return run.opaque(because, at, [value], {
      type: "bool",
      ...(truth === undefined ? {} : { truth: !truth }),
    });
  }
  return bool(!truth, at, value.env);
}

/**
 * `and`, `or`. An operand of unknown truth leaves the result unknown, but for what the others settle:
 * `x or True` is true, `x and False` false.
 */
function boolean(run: Execution, node: BoolOp, scope: Scope): Value {
  const stop = node.op === "Or";
  let env = noEnv;
  const unknown: Value[] = [];
  let value: Value | undefined;
  for (const [i, operand] of node.values.entries()) {
    const isLast = i === node.values.length - 1;
    value = unknown.length === 0 ? run.evaluate(operand, scope) : attempt(run, operand, scope);
    if (!value) break;
    const truth = run.truth(value);
    if (truth === undefined) {
      unknown.push(value);
      continue;
    }
    if (truth === stop || isLast) {
      if (unknown.length > 0)
        return unsettled(run, node, [...unknown, value], truth === stop ? stop : undefined);
      if (value.kind === "opaque" && !isLast) run.decide(value, operand);
      return dependingOn(value, env);
    }
    env = envOf([value], env);
  }
  const [only] = unknown;
  if (unknown.length === 1 && only === value && value) return dependingOn(value, env);
  return unsettled(run, node, unknown, undefined);
}

function unsettled(
  run: Execution,
  node: BoolOp,
  operands: readonly Value[],
  truth: boolean | undefined,
): Value {
  const reason = operands.find((value) => value.kind === "opaque");
  const types = new Set(operands.map((value) => (value.kind === "opaque" ? value.type : value.kind)));
  const [type] = types;
  return run.opaque(
    reason?.kind === "opaque" ? reason.because : "has a truth that cannot be known",
    run.place(node),
    operands,
    {
      ...(types.size === 1 && type !== undefined ? { type } : {}),
      ...(truth === undefined ? {} : { truth }),
    },
  );
}

/** An operand that Python may not reach: that it fails is not known to happen. */
function attempt(run: Execution, node: Expression, scope: Scope): Value | undefined {
  try {
    return run.evaluate(node, scope);
  } catch (error) {
    if (error instanceof PythonException) return undefined;
    throw error;
  }
}

function comparison(run: Execution, node: Compare, scope: Scope): Value {
  const at = run.place(node);
  let left = run.evaluate(node.left, scope);
  let result: Value | undefined;
  for (const [i, op] of node.ops.entries()) {
    const expression = node.comparators[i];
    if (!expression) break;
    const right = run.evaluate(expression, scope);
    const next = compare(run, op, left, right, at);
    const before = result;
    result =
      before && before.kind === "opaque" && next.kind !== "opaque" && run.truth(next)
        ? before
        : dependingOn(next, before?.env ?? noEnv);
    if (result.kind !== "opaque" && run.truth(result) === false) return result;
    left = right;
  }
  return result ?? left;
}

function call(run: Execution, node: Call, scope: Scope): Value {
  const at = run.place(node);
  const { func } = node;
  if (func.nodeType !== "Attribute") {
    const callee = run.evaluate(func, scope);
    return run.invoke(callee, evaluateArguments(run, node, scope, at));
  }
  const self = run.evaluate(func.value, scope);
  if (self.kind === "opaque")
    return callOpaqueMethod(run, self, func.attr, evaluateArguments(run, node, scope, at));
  if (self.kind !== "instance" && self.kind !== "module" && self.kind !== "class") {
    // The frequent case, without making a bound method first.
    const method = findInClass(classOf(self), func.attr)?.value;
    if (method?.kind === "builtin" && method.binds) {
      const args = evaluateArguments(run, node, scope, at);
      return run.invoke(method, { ...args, positional: [self, ...args.positional] });
    }
  }
  const callee = run.attribute(self, mangled(func.attr, scope), run.place(func));
  return run.invoke(callee, evaluateArguments(run, node, scope, at));
}
