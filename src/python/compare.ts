import type { Location } from "../location.ts";
import { limits } from "./budget.ts";
import { noteCandidates } from "./candidates.ts";
import type { Execution } from "./execution.ts";
import { internalAs, isNotImplemented, unwrap } from "./internal.ts";
import { bool, envOf } from "./make.ts";
import { beyondModel, specialMethod, typeName } from "./names.ts";
import { contains, rangeLength } from "./protocols.ts";
import { Stopped } from "./raised.ts";
import { tooDeep } from "./stack.ts";
import { lengthOf } from "./text.ts";
import type { CompareOperator } from "./tree.ts";
import type { Opaque, Value } from "./value.ts";
import { dependingOn } from "./value.ts";

/** `a == b`; undefined if that cannot be known. */
export function equal(run: Execution, a: Value, b: Value, depth = 0): boolean | undefined {
  run.budget.spend();
  if (a === b) return a.kind === "float" ? !Number.isNaN(a.value) : true;
  if (a.kind === "opaque") return opaqueEqual(a, b);
  if (b.kind === "opaque") return opaqueEqual(b, a);
  if (a.kind === "instance" || b.kind === "instance") return instanceEqual(run, a, b);
  if (isNumber(a) && isNumber(b)) return sameNumber(numberOf(a), numberOf(b));
  switch (a.kind) {
    case "none":
    case "ellipsis":
      return a.kind === b.kind;
    case "str":
      return b.kind === "str" && a.value === b.value;
    case "bytes":
      return (
        b.kind === "bytes" &&
        a.value.length === b.value.length &&
        a.value.every((byte, i) => byte === b.value[i])
      );
    case "list":
    case "tuple": {
      if (b.kind !== a.kind) return false;
      if (depth > limits.nesting) return endless(run, a, b);
      const length = a.items.length;
      if (length !== b.items.length) return a.open || b.open ? undefined : false;
      const other = b.items;
      const parts = a.items.map((item, i) => sameOrEqual(run, item, other[i] ?? item, depth + 1));
      return every(a.open || b.open ? [...parts, undefined] : parts);
    }
    case "set":
      if (b.kind !== "set") return false;
      if (a.open || b.open) return undefined;
      return a.items.size === b.items.size && [...a.items.keys()].every((key) => b.items.has(key));
    case "dict": {
      if (b.kind !== "dict") return false;
      if (a.open || b.open) return undefined;
      if (a.entries.size !== b.entries.size) return false;
      if (depth > limits.nesting) return endless(run, a, b);
      const parts = [...a.entries].map(([key, { value }]) => {
        const other = b.entries.get(key);
        return other ? sameOrEqual(run, value, other.value, depth + 1) : false;
      });
      return every(parts);
    }
    case "function":
    case "builtin":
      return equalFunctions(a, b);
    case "method":
      return b.kind === "method" && a.self === b.self && a.function === b.function;
    default:
      return false;
  }
}

/** What nests without end is a RecursionError; what ends somewhere is one in some versions of Python only. */
function endless(run: Execution, a: Value, b: Value): never {
  if (!holdsItself(a) || !holdsItself(b)) throw new Stopped(tooDeep);
  return run.raise("RecursionError", "maximum recursion depth exceeded in comparison");
}

/** Whether a container is reached again from within. */
function holdsItself(value: Value): boolean {
  const around = new Set<Value>();
  const left = new Set<Value>();
  const walk: (Value | { readonly leave: Value })[] = [value];
  for (let next = walk.pop(); next; next = walk.pop()) {
    if ("leave" in next) {
      around.delete(next.leave);
      left.add(next.leave);
      continue;
    }
    if (around.has(next)) return true;
    const items = left.has(next) ? [] : partsOf(next);
    if (items.length === 0) continue;
    around.add(next);
    walk.push({ leave: next }, ...items);
  }
  return false;
}

function partsOf(value: Value): readonly Value[] {
  if (value.kind === "list" || value.kind === "tuple") return value.items;
  return value.kind === "dict" ? [...value.entries.values()].map((entry) => entry.value) : [];
}

function sameOrEqual(run: Execution, a: Value, b: Value, depth: number): boolean | undefined {
  return a === b || equal(run, a, b, depth);
}

function every(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function opaqueEqual(a: Opaque, b: Value): boolean | undefined {
  if (b.kind === "opaque") return undefined;
  if (a.type === "str" && b.kind !== "str" && b.kind !== "instance") return false;
  if (a.type !== undefined && b.kind === "none") return false;
  if (b.kind === "str" && a.prefix !== undefined && !b.value.startsWith(a.prefix)) return false;
  if (b.kind === "str" && a.suffix !== undefined && !b.value.endsWith(a.suffix)) return false;
  if (b.kind === "str" && a.length !== undefined && lengthOf(b.value) !== a.length) return false;
  if (b.kind === "str" && b.value !== "" && a.truth === false) return false;
  // Text that is set is true unless the scenario says otherwise, so it is not "".
  if (b.kind === "str" && b.value === "" && a.truth === true) return false;
  return undefined;
}

function instanceEqual(run: Execution, a: Value, b: Value): boolean | undefined {
  for (const [self, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const method = specialMethod(self, "__eq__");
    if (!method) continue;
    const result = run.call(method, [self, other]);
    if (!isNotImplemented(result)) return run.truth(result);
  }
  const [first, second] = [unwrap(a), unwrap(b)];
  if (first !== a || second !== b) return equal(run, first, second);
  const [x, y] = [internalAs(a, "range"), internalAs(b, "range")];
  if (x && y) {
    const size = rangeLength(x);
    return (
      size === rangeLength(y) && (size === 0n || (x.start === y.start && (size === 1n || x.step === y.step)))
    );
  }
  const [v, w] = [internalAs(a, "view"), internalAs(b, "view")];
  if (v && v.part !== "values" && (w || b.kind === "set")) {
    const [left, right] = [run.iterate(a), run.iterate(b)];
    if (!Array.isArray(left) || !Array.isArray(right)) return undefined;
    return (
      left.length === right.length &&
      left.every((item: Value) => right.some((other: Value) => equal(run, item, other)))
    );
  }
  const isOpen = [a, b].some(
    (side) => side.kind === "instance" && side.class.mro.some((entry) => entry.open),
  );
  return isOpen ? undefined : false;
}

type NumberValue = Extract<Value, { kind: "bool" | "int" | "float" }>;

export function isNumber(value: Value): value is NumberValue {
  return value.kind === "int" || value.kind === "float" || value.kind === "bool";
}

function numberOf(value: NumberValue): bigint | number {
  return value.kind === "bool" ? (value.value ? 1n : 0n) : value.value;
}

/** Exact also between an integer and a float, where JavaScript compares the mathematical values. */
function sameNumber(a: bigint | number, b: bigint | number): boolean {
  return !(a < b) && !(a > b) && !Number.isNaN(Number(a)) && !Number.isNaN(Number(b));
}

type Order = "Lt" | "LtE" | "Gt" | "GtE";
const symbols = { Lt: "<", LtE: "<=", Gt: ">", GtE: ">=" } as const;
const methods = { Lt: "__lt__", LtE: "__le__", Gt: "__gt__", GtE: "__ge__" } as const;
const mirrored = { Lt: "Gt", LtE: "GtE", Gt: "Lt", GtE: "LtE" } as const;

const holds = (op: Order, order: number) =>
  op === "Lt" ? order < 0 : op === "LtE" ? order <= 0 : op === "Gt" ? order > 0 : order >= 0;

/** `a < b` and its kin; undefined if that cannot be known. */
export function ordered(run: Execution, op: Order, a: Value, b: Value, at?: Location): boolean | undefined {
  run.budget.spend();
  if (a.kind === "opaque" || b.kind === "opaque") return undefined;
  if (isNumber(a) && isNumber(b)) {
    const [x, y] = [numberOf(a), numberOf(b)];
    return op === "Lt" ? x < y : op === "LtE" ? x <= y : op === "Gt" ? x > y : x >= y;
  }
  for (const [self, other, name] of [
    [a, b, methods[op]],
    [b, a, methods[mirrored[op]]],
  ] as const) {
    const method = specialMethod(self, name);
    if (!method) continue;
    const result = run.call(method, [self, other], undefined, at);
    if (!isNotImplemented(result)) return run.truth(result);
  }
  const [x, y] = [unwrap(a), unwrap(b)];
  if (x !== a || y !== b) return ordered(run, op, x, y, at);
  if (x.kind === "str" && y.kind === "str") return holds(op, compareText(x.value, y.value));
  if (x.kind === "bytes" && y.kind === "bytes") return holds(op, compareItems(x.value, y.value));
  if ((x.kind === "list" || x.kind === "tuple") && x.kind === y.kind) return orderedItems(run, op, x, y, at);
  if (x.kind === "set" && y.kind === "set") {
    if (x.open || y.open) return undefined;
    const [small, large] = op === "Lt" || op === "LtE" ? [x.items, y.items] : [y.items, x.items];
    const within = [...small.keys()].every((key) => large.has(key));
    return within && (op === "LtE" || op === "GtE" || small.size < large.size);
  }
  if (x.kind === "instance" && x.class.mro.some((entry) => entry.open)) return undefined;
  if (beyondModel(x, y)) return undefined;
  return run.raise(
    "TypeError",
    `'${symbols[op]}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    at,
  );
}

function orderedItems(
  run: Execution,
  op: Order,
  x: Extract<Value, { kind: "list" | "tuple" }>,
  y: Extract<Value, { kind: "list" | "tuple" }>,
  at?: Location,
): boolean | undefined {
  const shared = Math.min(x.items.length, y.items.length);
  for (let i = 0; i < shared; i++) {
    const [left, right] = [x.items[i], y.items[i]];
    if (!left || !right) break;
    const same = sameOrEqual(run, left, right, 1);
    if (same === undefined) return undefined;
    if (!same) return ordered(run, op, left, right, at);
  }
  return x.open || y.open ? undefined : holds(op, x.items.length - y.items.length);
}

function compareItems(x: ArrayLike<number>, y: ArrayLike<number>): number {
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

/** Python orders text by code points, JavaScript by UTF-16 units. */
function compareText(x: string, y: string): number {
  if (x === y) return 0;
  if (!/[\ud800-\udfff]/.test(x + y)) return x < y ? -1 : 1;
  return compareItems(
    [...x].map((c) => c.codePointAt(0) ?? 0),
    [...y].map((c) => c.codePointAt(0) ?? 0),
  );
}

/** `a is b`. Numbers and short text that look alike are one object, as CPython's constants mostly are. */
export function same(a: Value, b: Value): boolean | undefined {
  if (a === b) return true;
  if (a.kind === "opaque" || b.kind === "opaque") {
    const [unknown, other] = a.kind === "opaque" ? [a, b] : [b as Opaque, a];
    return unknown.type !== undefined && other.kind === "none" && unknown.type !== "NoneType"
      ? false
      : undefined;
  }
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case "none":
    case "ellipsis":
      return true;
    case "bool":
    case "int":
    case "float":
    case "str":
      return "value" in b && a.value === b.value;
    case "function":
    case "builtin":
      return equalFunctions(a, b);
    case "tuple":
      return a.items.length === 0 && b.kind === "tuple" && b.items.length === 0;
    default:
      return false;
  }
}

function equalFunctions(a: Value, b: Value): boolean {
  if (a.kind === "function" && b.kind === "function") return a.body === b.body;
  return a.kind === "builtin" && b.kind === "builtin" && a.call === b.call;
}

const comparisons: ReadonlySet<string> = new Set<CompareOperator>([
  ...(["Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"] as const),
]);

export function isComparison(op: string): op is CompareOperator {
  return comparisons.has(op);
}

/** One comparison of a chain, as a value: a bool, what a special method gave, or opaque. */
export function compare(
  run: Execution,
  op: CompareOperator,
  a: Value,
  b: Value,
  at: Location | undefined,
): Value {
  const env = envOf([a, b]);
  noteCandidates(run, op, a, b);
  const known = (answer: boolean | undefined, negated: boolean): Value =>
    answer === undefined ? unknownComparison(run, [a, b], at) : bool(answer !== negated, at, env);
  switch (op) {
    case "Eq":
    case "NotEq": {
      const result = special(run, op, a, b, at);
      return result ? dependingOn(result, env) : known(equal(run, a, b), op === "NotEq");
    }
    case "Is":
    case "IsNot":
      return known(same(a, b), op === "IsNot");
    case "In":
    case "NotIn": {
      const found = contains(run, b, a, at);
      if (typeof found !== "object") return known(found, op === "NotIn");
      const sure = run.truth(found);
      return sure === undefined
        ? run.opaque(
            found.kind === "opaque" ? found.because : "has a test that cannot be known",
            at,
            [found, a, b],
            { type: "bool" },
          )
        : bool(sure !== (op === "NotIn"), at, envOf([found], env));
    }
    default: {
      const result = special(run, op, a, b, at);
      return result ? dependingOn(result, env) : known(ordered(run, op, a, b, at), false);
    }
  }
}

const specialNames = { Eq: "__eq__", NotEq: "__ne__", ...methods } as const;
const reflected = { Eq: "Eq", NotEq: "NotEq", ...mirrored } as const;

/** What the special method of either side gives, which need not be a bool. */
function special(
  run: Execution,
  op: keyof typeof specialNames,
  a: Value,
  b: Value,
  at: Location | undefined,
): Value | undefined {
  if (a.kind !== "instance" && b.kind !== "instance") return undefined;
  for (const [self, other, name] of [
    [a, b, specialNames[op]],
    [b, a, specialNames[reflected[op]]],
  ] as const) {
    const method = specialMethod(self, name);
    const result = method && run.call(method, [self, other], undefined, at);
    if (result && !isNotImplemented(result)) return result;
  }
  return undefined;
}

function unknownComparison(run: Execution, sides: readonly Value[], at: Location | undefined): Value {
  const reason = sides.map(reasonOf).find((opaque) => opaque !== undefined);
  return run.opaque(
    reason?.because ?? "compares what cannot be known",
    at,
    reason ? [...sides, reason] : sides,
    { type: "bool" },
  );
}

/** Why a value is not fully known. */
export function reasonOf(value: Value): Opaque | undefined {
  if (value.kind === "opaque") return value;
  if ("open" in value && value.open) return value.open;
  if (value.kind === "list" || value.kind === "tuple")
    return value.items.find((item) => item.kind === "opaque") as Opaque | undefined;
  return undefined;
}
