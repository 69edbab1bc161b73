import type { Location } from "../location.ts";
import { limits } from "./budget.ts";
import type { Execution } from "./execution.ts";
import { percentFormat } from "./format-percent.ts";
import { instanceOfInternal, internalAs } from "./internal.ts";
import { bytes, dict, envOf, list, set, str, tuple } from "./make.ts";
import { typeName } from "./names.ts";
import { collect } from "./protocols.ts";
import type { BinaryOperator } from "./tree.ts";
import { types } from "./types.ts";
import type { SetValue, Value } from "./value.ts";

/** `a op b` of text, sequences, sets and dicts; undefined if they have no such operator. */
export function containers(
  run: Execution,
  op: BinaryOperator,
  a: Value,
  b: Value,
  at?: Location,
): Value | undefined {
  switch (op) {
    case "Add":
      return concatenate(run, a, b, at);
    case "Mult":
      if (b.kind === "int" || b.kind === "bool") return repeat(run, a, BigInt(b.value), at);
      return a.kind === "int" || a.kind === "bool" ? repeat(run, b, BigInt(a.value), at) : undefined;
    case "Mod":
      return a.kind === "str" || a.kind === "bytes" ? percentFormat(run, a, b, at) : undefined;
    case "BitOr":
      if (a.kind === "dict" && b.kind === "dict") {
        const merged = dict(new Map([...a.entries].map(([key, entry]) => [key, { ...entry }])), at, a.env);
        run.call(run.attribute(merged, "update"), [b], undefined, at);
        if (a.open) merged.open = a.open;
        return merged;
      }
      if (isTypeLike(a) && isTypeLike(b))
        return instanceOfInternal(types.UnionType, { is: "union", classes: [a, b] }, at);
      break;
  }
  if (op === "BitOr" || op === "BitAnd" || op === "BitXor" || op === "Sub") {
    const [x, y] = [asSet(run, a), asSet(run, b)];
    if (x && y) return setOperation(op, x, y, at);
  }
  return undefined;
}

const isTypeLike = (value: Value) =>
  value.kind === "class" ||
  value.kind === "none" ||
  internalAs(value, "union") !== undefined ||
  internalAs(value, "alias") !== undefined;

function concatenate(run: Execution, a: Value, b: Value, at?: Location): Value | undefined {
  if (a.kind === "str" && b.kind === "str") {
    run.budget.make(a.value.length + b.value.length);
    return str(a.value + b.value, at);
  }
  if (a.kind === "list" && b.kind === "list") {
    run.budget.make(a.items.length + b.items.length);
    const open = a.open ?? b.open;
    const joined = list([...a.items, ...b.items], at, envOf([a, b]));
    return open ? { ...joined, open } : joined;
  }
  if (a.kind === "tuple" && b.kind === "tuple") {
    run.budget.make(a.items.length + b.items.length);
    const open = a.open ?? b.open;
    const joined = tuple([...a.items, ...b.items], at);
    return open ? { ...joined, open } : joined;
  }
  if (a.kind === "bytes" && b.kind === "bytes") return bytes(Uint8Array.from([...a.value, ...b.value]), at);
  if (a.kind === "bytes") return run.raise("TypeError", `can't concat ${typeName(b)} to bytes`, at);
  const what = { str: "str", list: "list", tuple: "tuple" }[a.kind as "str"];
  if (what === "str")
    return run.raise("TypeError", `can only concatenate str (not "${typeName(b)}") to str`, at);
  if (what && b.kind !== "instance") {
    return run.raise("TypeError", `can only concatenate ${what} (not "${typeName(b)}") to ${what}`, at);
  }
  return undefined;
}

function repeat(run: Execution, value: Value, times: bigint, at?: Location): Value | undefined {
  if (value.kind !== "str" && value.kind !== "list" && value.kind !== "tuple" && value.kind !== "bytes")
    return undefined;
  const size = value.kind === "list" || value.kind === "tuple" ? value.items.length : value.value.length;
  if (BigInt(size) * times > BigInt(limits.size)) {
    return run.opaque("makes a very large object", at, [value], { type: value.kind, truth: true });
  }
  const count = times > 0n && size > 0 ? Number(times) : 0;
  run.budget.make(size * count);
  switch (value.kind) {
    case "str":
      return str(value.value.repeat(count), at);
    case "bytes":
      return bytes(
        Uint8Array.from({ length: size * count }, (_, i) => value.value[i % size] ?? 0),
        at,
      );
    default: {
      const items: Value[] = new Array(size * count);
      for (let i = 0; i < items.length; i++) items[i] = value.items[i % size] ?? value;
      const made = value.kind === "list" ? list(items, at, value.env) : tuple(items, at, value.env);
      return value.open ? { ...made, open: value.open } : made;
    }
  }
}

/** A set, or the keys of a dict as one. */
function asSet(run: Execution, value: Value): SetValue | undefined {
  if (value.kind === "set") return value;
  const view = internalAs(value, "view");
  if (!view || view.part === "values") return undefined;
  const items = new Map<string, Value>();
  for (const item of collect(run, value).items) {
    const key = run.hashKey(item);
    if (key !== undefined) items.set(key, item);
  }
  return set(items, false, undefined, value.env);
}

export function setOperation(op: BinaryOperator, a: SetValue, b: SetValue, at?: Location): SetValue {
  const items = new Map<string, Value>();
  for (const [key, item] of a.items) {
    if (op === "BitOr" || (op === "BitAnd") === b.items.has(key)) items.set(key, item);
  }
  if (op === "BitOr" || op === "BitXor") {
    for (const [key, item] of b.items) if (!a.items.has(key)) items.set(key, item);
  }
  const open = a.open ?? b.open;
  const made = set(items, a.frozen, at, envOf([a, b]));
  return open ? { ...made, open } : made;
}
