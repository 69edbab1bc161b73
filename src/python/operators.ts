import type { Location } from "../location.ts";
import { limits } from "./budget.ts";
import { isNumber } from "./compare.ts";
import type { Execution } from "./execution.ts";
import { percentFormat } from "./format-percent.ts";
import { isNotImplemented, unwrap } from "./internal.ts";
import { dict, envOf, float, int, list, set, touch, tuple } from "./make.ts";
import { beyondModel, specialMethod, typeName } from "./names.ts";
import {
  bitLength,
  floatFloorDivide,
  floatModulo,
  floatPower,
  floorDivide,
  modulo,
  trueDivide,
} from "./numbers.ts";
import { containers, setOperation } from "./operators-containers.ts";
import { collect } from "./protocols.ts";
import { joinedShape, shapeOf } from "./text-shape.ts";
import type { BinaryOperator, UnaryOperator } from "./tree.ts";
import type { List, Opaque, Value } from "./value.ts";
import { dependingOn, mergeEnv } from "./value.ts";

const methods: Readonly<Record<BinaryOperator, string>> = {
  Add: "add",
  Sub: "sub",
  Mult: "mul",
  MatMult: "matmul",
  Div: "truediv",
  Mod: "mod",
  Pow: "pow",
  LShift: "lshift",
  RShift: "rshift",
  BitOr: "or",
  BitXor: "xor",
  BitAnd: "and",
  FloorDiv: "floordiv",
};

const symbols: Readonly<Record<BinaryOperator, string>> = {
  Add: "+",
  Sub: "-",
  Mult: "*",
  MatMult: "@",
  Div: "/",
  Mod: "%",
  Pow: "** or pow()",
  LShift: "<<",
  RShift: ">>",
  BitOr: "|",
  BitXor: "^",
  BitAnd: "&",
  FloorDiv: "//",
};

/** `a op b`. */
export function binary(run: Execution, op: BinaryOperator, a: Value, b: Value, at?: Location): Value {
  const own = special(run, methods[op], a, b, at);
  if (own) return own;
  const [x, y] = [unwrap(a), unwrap(b)];
  const env = envOf([a, b]);
  if (x.kind === "opaque" || y.kind === "opaque") return withOpaque(run, op, x, y, at);
  // What is formatted is the object; tuples and dicts are taken apart.
  const shown = op === "Mod" && x.kind === "str" && y.kind !== "tuple" && y.kind !== "dict" ? b : y;
  const result = isNumber(x) && isNumber(y) ? numeric(run, op, x, y, at) : containers(run, op, x, shown, at);
  if (result) return result.kind === "list" || result.kind === "dict" ? result : dependingOn(result, env);
  if (isOpen(x) || isOpen(y)) return run.opaque("uses an object of a class that is not modelled", at, [a, b]);
  const beyond = beyondModel(x, y);
  if (beyond) return run.opaque(beyond, at, [a, b]);
  const sequence = op === "Mult" ? [x, y].find(isSequence) : undefined;
  if (sequence)
    return run.raise(
      "TypeError",
      `can't multiply sequence by non-int of type '${typeName(sequence === x ? b : a)}'`,
      at,
    );
  return run.raise(
    "TypeError",
    `unsupported operand type(s) for ${symbols[op]}: '${typeName(a)}' and '${typeName(b)}'`,
    at,
  );
}

const isSequence = ({ kind }: Value) => ["str", "bytes", "list", "tuple"].includes(kind);
const isOpen = (value: Value) => value.kind === "instance" && value.class.mro.some((entry) => entry.open);

/** `__add__` of the left operand, then `__radd__` of the right one; first the right one's if its class is the more special. */
function special(run: Execution, name: string, a: Value, b: Value, at?: Location): Value | undefined {
  if (a.kind !== "instance" && b.kind !== "instance") return undefined;
  const tries = [
    [a, b, `__${name}__`],
    [b, a, `__r${name}__`],
  ] as const;
  const rightFirst =
    a.kind === "instance" && b.kind === "instance" && a.class !== b.class && b.class.mro.includes(a.class);
  for (const [self, other, method] of rightFirst ? [...tries].reverse() : tries) {
    const found = specialMethod(self, method);
    if (!found) continue;
    const result = run.call(found, [self, other], undefined, at);
    if (!isNotImplemented(result)) return result;
  }
  return undefined;
}

/** `target op= value`: changes a list, set or dict in place, as all its other names see. */
export function augmented(
  run: Execution,
  op: BinaryOperator,
  target: Value,
  value: Value,
  at?: Location,
): Value {
  const method = specialMethod(target, `__i${methods[op]}__`);
  if (method) {
    const result = run.call(method, [target, value], undefined, at);
    if (!isNotImplemented(result)) return result;
  }
  if (target.kind === "list" && op === "Add") {
    extend(run, target, value, at);
    return target;
  }
  if (target.kind === "list" && op === "Mult") {
    const repeated = binary(run, op, target, value, at);
    if (repeated.kind !== "list") return repeated;
    target.items = repeated.items;
    touch(target, mergeEnv(repeated.env, run.ambient));
    return target;
  }
  if (
    target.kind === "set" &&
    !target.frozen &&
    value.kind === "set" &&
    ["BitOr", "BitAnd", "Sub", "BitXor"].includes(op)
  ) {
    const result = setOperation(op, target, value, at);
    const items = [...result.items];
    target.items.clear();
    for (const [key, item] of items) target.items.set(key, item);
    if (result.open) target.open = result.open;
    touch(target, mergeEnv(result.env, run.ambient));
    return target;
  }
  if (target.kind === "dict" && op === "BitOr") {
    run.call(run.attribute(target, "update", at), [value], undefined, at);
    return target;
  }
  return binary(run, op, target, value, at);
}

/** `target += value` of a list: takes any iterable. */
export function extend(run: Execution, target: List, value: Value, at?: Location): void {
  const { items, open, env } = collect(run, value, at);
  for (const item of items) target.items.push(item);
  run.budget.make(items.length);
  if (open) target.open = open;
  touch(target, mergeEnv(envOf(items, env), run.ambient));
}

/** What is known of a result with an opaque operand: items that are there anyway, how a text begins. */
function withOpaque(run: Execution, op: BinaryOperator, a: Value, b: Value, at?: Location): Value {
  const unknown = (a.kind === "opaque" ? a : b) as Opaque;
  if (op === "Add") {
    const known = a.kind === "opaque" ? b : a;
    if (known.kind === "list") {
      return { ...list([...known.items], at, envOf([a, b])), open: unknown };
    }
    if (known.kind === "tuple") return { ...tuple(known.items, at, envOf([a, b])), open: unknown };
    const type = [a, b].map(textType).find((each) => each !== undefined);
    const isText = a.kind === "str" || b.kind === "str" || textType(a) !== undefined;
    if (type !== undefined && isText) {
      const isTrue = [a, b].some((side) => (side.kind === "opaque" ? side.truth : textIn(side) !== ""));
      return run.opaque(unknown.because, at, [a, b], {
        type,
        ...joinedShape([a, b].map((side) => (side.kind === "opaque" ? shapeOf(side) : textIn(side)))),
        ...(isTrue ? { truth: true } : {}),
      });
    }
  }
  if (op === "Mod" && a.kind === "str") return percentFormat(run, a, b, at);
  if (op === "BitOr" && a.kind === "dict")
    return { ...dict(new Map(a.entries), at, envOf([a, b])), open: unknown };
  if (op === "BitOr" && a.kind === "set")
    return { ...set(new Map(a.items), a.frozen, at, envOf([a, b])), open: unknown };
  const type =
    a.kind === "opaque" && isNumber(b) ? a.type : b.kind === "opaque" && isNumber(a) ? b.type : undefined;
  return run.opaque(unknown.because, at, [a, b], type === undefined ? {} : { type });
}

/** "str" or "bytes", for what is certainly one. */
function textType(value: Value): string | undefined {
  const type = value.kind === "opaque" ? value.type : value.kind;
  return type === "str" || type === "bytes" ? type : undefined;
}

/** The text, bytes as Latin-1. */
function textIn(value: Value): string {
  if (value.kind === "bytes") return String.fromCharCode(...value.value);
  return value.kind === "str" ? value.value : "";
}

type Num = Extract<Value, { kind: "bool" | "int" | "float" }>;

function numeric(run: Execution, op: BinaryOperator, a: Num, b: Num, at?: Location): Value | undefined {
  if (a.kind === "bool" && b.kind === "bool" && (op === "BitOr" || op === "BitAnd" || op === "BitXor")) {
    const value =
      op === "BitOr" ? a.value || b.value : op === "BitAnd" ? a.value && b.value : a.value !== b.value;
    return { kind: "bool", value, at, env: [] };
  }
  if (a.kind === "float" || b.kind === "float") return floats(run, op, Number(a.value), Number(b.value), at);
  return integers(run, op, BigInt(a.value), BigInt(b.value), at);
}

function integers(
  run: Execution,
  op: BinaryOperator,
  a: bigint,
  b: bigint,
  at?: Location,
): Value | undefined {
  const zero = (what: string) => run.raise("ZeroDivisionError", what, at);
  const tooLarge = (bits: number) => bits > limits.bits;
  const large = () => run.opaque("computes a very large number", at, [], { type: "int", truth: true });
  if (op === "Mult" || op === "Pow") {
    const bits = op === "Mult" ? bitLength(a) + bitLength(b) : bitLength(a) * Number(b < 0n ? 0n : b);
    if (bits > 256) {
      if (tooLarge(bits) && a * a > 1n) return large();
      run.budget.spend(Math.min(bits, limits.bits) >>> 3);
    }
  }
  switch (op) {
    case "Add":
      return int(a + b, at);
    case "Sub":
      return int(a - b, at);
    case "Mult":
      return int(a * b, at);
    case "Div": {
      if (b === 0n) return zero("division by zero");
      const result = trueDivide(a, b);
      return result === undefined
        ? run.raise("OverflowError", "integer division result too large for a float", at)
        : float(result, at);
    }
    case "FloorDiv":
      return b === 0n ? zero("integer division or modulo by zero") : int(floorDivide(a, b), at);
    case "Mod":
      return b === 0n ? zero("integer modulo by zero") : int(modulo(a, b), at);
    case "Pow":
      if (b >= 0n) return int(a ** b, at);
      return a === 0n
        ? zero("0.0 cannot be raised to a negative power")
        : float(floatPower(Number(a), Number(b)), at);
    case "LShift":
    case "RShift":
      if (b < 0n) return run.raise("ValueError", "negative shift count", at);
      if (op === "LShift" && a !== 0n && b > BigInt(limits.bits)) return large();
      return int(op === "LShift" ? a << b : b > BigInt(limits.bits) ? (a < 0n ? -1n : 0n) : a >> b, at);
    case "BitOr":
      return int(a | b, at);
    case "BitXor":
      return int(a ^ b, at);
    case "BitAnd":
      return int(a & b, at);
    case "MatMult":
      return undefined;
  }
}

function floats(run: Execution, op: BinaryOperator, a: number, b: number, at?: Location): Value | undefined {
  const zero = (what: string) => run.raise("ZeroDivisionError", what, at);
  switch (op) {
    case "Add":
      return float(a + b, at);
    case "Sub":
      return float(a - b, at);
    case "Mult":
      return float(a * b, at);
    case "Div":
      return b === 0 ? zero("float division by zero") : float(a / b, at);
    case "FloorDiv":
      return b === 0 ? zero("float floor division by zero") : float(floatFloorDivide(a, b), at);
    case "Mod":
      return b === 0 ? zero("float modulo") : float(floatModulo(a, b), at);
    case "Pow": {
      if (a === 0 && b < 0) return zero("0.0 cannot be raised to a negative power");
      if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
        return run.opaque("computes a complex number", at);
      const result = floatPower(a, b);
      if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
        return run.raise("OverflowError", "(34, 'Numerical result out of range')", at);
      }
      return float(result, at);
    }
    default:
      return undefined;
  }
}

const unaryMethods = { Invert: "__invert__", UAdd: "__pos__", USub: "__neg__" } as const;
const unarySymbols = { Invert: "~", UAdd: "unary +", USub: "unary -" } as const;

/** `-a`, `+a`, `~a`; `not a` is the evaluator's. */
export function unary(run: Execution, op: Exclude<UnaryOperator, "Not">, a: Value, at?: Location): Value {
  if (a.kind === "opaque")
    return run.opaque(a.because, at, [a], a.type === undefined ? {} : { type: a.type });
  const method = specialMethod(a, unaryMethods[op]);
  if (method) return run.call(method, [a], undefined, at);
  const value = unwrap(a);
  if (value.kind === "float" && op !== "Invert")
    return float(op === "USub" ? -value.value : value.value, at, a.env);
  if (value.kind === "int" || value.kind === "bool") {
    const number = BigInt(value.value);
    return int(op === "USub" ? -number : op === "Invert" ? ~number : number, at, a.env);
  }
  const beyond = beyondModel(value);
  if (beyond) return run.opaque(beyond, at, [a]);
  return run.raise("TypeError", `bad operand type for ${unarySymbols[op]}: '${typeName(a)}'`, at);
}
