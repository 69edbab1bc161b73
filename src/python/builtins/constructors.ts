import { limits } from "../budget.ts";
import { derived } from "../call.ts";
import { reasonOf } from "../compare.ts";
import type { Execution } from "../execution.ts";
import { instanceOfInternal, internalAs, unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, bytes, dict, float, int, list, none, set, str, tuple } from "../make.ts";
import { merge } from "../methods/dict.ts";
import { decodeBytes, encodeText } from "../methods/encodings.ts";
import { setFrom } from "../methods/set.ts";
import { specialMethod, typeName } from "../names.ts";
import { parseFloat10, parseInt10 } from "../numbers.ts";
import { collect } from "../protocols.ts";
import { digitsLimit, strOf } from "../repr.ts";
import { textRepr } from "../text.ts";
import { shownShape } from "../text-shape.ts";
import { types } from "../types.ts";
import type { Class, Value } from "../value.ts";
import type { Native } from "./define.ts";
import { native, take } from "./define.ts";

/** `int(…)`. Of a text that depends on a variable, "0" and "1" are worth trying. */
const makeInt: Native = (run, args) => {
  const { at } = args;
  const [, given, base] = take(run, "int", args, ["cls", "x", "base"], 1);
  if (!given) return int(0, at);
  for (const text of ["0", "1"]) run.candidate(given, text);
  if (given.kind === "opaque") return run.opaque(given.because, at, [given], { type: "int" });
  const method = specialMethod(given, "__int__") ?? specialMethod(given, "__index__");
  if (method) return run.call(method, [given], undefined, at);
  const value = unwrap(given);
  switch (value.kind) {
    case "int":
    case "bool":
      return int(BigInt(value.value), at);
    case "float":
      if (Number.isNaN(value.value))
        return run.raise("ValueError", "cannot convert float NaN to integer", at, given.env);
      if (!Number.isFinite(value.value))
        return run.raise("OverflowError", "cannot convert float infinity to integer", at, given.env);
      return int(BigInt(Math.trunc(value.value)), at);
    case "str":
    case "bytes": {
      const text = value.kind === "str" ? value.value : String.fromCharCode(...value.value);
      const radix = base?.kind === "int" ? Number(base.value) : 10;
      if (radix !== 0 && (radix < 2 || radix > 36))
        return run.raise("ValueError", "int() base must be >= 2 and <= 36, or 0", at);
      const number = parseInt10(text, radix);
      if (number === "huge")
        return run.raise(
          "ValueError",
          digitsLimit.replace(
            "integer string conversion",
            `integer string conversion: value has ${text.trim().length} digits`,
          ),
          at,
        );
      if (number !== undefined) return int(number, at);
      return run.raise(
        "ValueError",
        `invalid literal for int() with base ${radix}: ${value.kind === "bytes" ? "b" : ""}${textRepr(text)}`,
        at,
        given.env,
      );
    }
    default:
      return run.raise(
        "TypeError",
        `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
        at,
        given.env,
      );
  }
};

const makeFloat: Native = (run, args) => {
  const { at } = args;
  const [, given] = take(run, "float", args, ["cls", "x"], 1);
  if (!given) return float(0, at);
  if (given.kind === "opaque") return run.opaque(given.because, at, [given], { type: "float" });
  const method = specialMethod(given, "__float__");
  if (method) return run.call(method, [given], undefined, at);
  const value = unwrap(given);
  switch (value.kind) {
    case "float":
      return float(value.value, at);
    case "int":
    case "bool": {
      const number = Number(value.value);
      return Number.isFinite(number)
        ? float(number, at)
        : run.raise("OverflowError", "int too large to convert to float", at);
    }
    case "str": {
      const number = parseFloat10(value.value);
      if (number !== undefined) return float(number, at);
      return run.raise(
        "ValueError",
        `could not convert string to float: ${textRepr(value.value)}`,
        at,
        given.env,
      );
    }
    default:
      return run.raise(
        "TypeError",
        `float() argument must be a string or a real number, not '${typeName(value)}'`,
        at,
        given.env,
      );
  }
};

/** `bool(…)`. Of a text that depends on a variable, "" is the only one that gives another answer. */
const makeBool: Native = (run, args) => {
  const [, given] = args.positional;
  if (!given) return bool(false, args.at);
  if (given.kind === "str" || given.kind === "opaque" || given.kind === "none") run.candidate(given, "");
  const truth = run.truth(given);
  if (truth !== undefined && given.kind !== "opaque") return bool(truth, args.at);
  const reason = reasonOf(given);
  return run.opaque(
    reason?.because ?? "has a truth that cannot be known",
    args.at,
    reason ? [reason, given] : [given],
    {
      type: "bool",
      ...(truth === undefined ? {} : { truth }),
    },
  );
};

const makeStr: Native = (run, args) => {
  const { at } = args;
  const [, given, encoding, errors] = take(run, "str", args, ["cls", "object", "encoding", "errors"], 1);
  if (!given) return str("", at);
  if (given.kind === "bytes" && encoding?.kind === "str") {
    return str(
      decodeBytes(run, given.value, encoding.value, errors?.kind === "str" ? errors.value : "strict", args),
      at,
    );
  }
  const text = strOf(run, given);
  if (typeof text === "string") return str(text, at);
  const isText = given.kind === "opaque" && given.type === "str" && given.truth !== undefined;
  const details = {
    ...(given.kind === "opaque" ? shownShape(given) : {}),
    ...(isText ? { truth: given.truth } : {}),
  };
  return run.opaque(text.because, at, given === text ? [given] : [given, text], { type: "str", ...details });
};

const makeBytes: Native = (run, args) => {
  const [, given, encoding, errors] = take(run, "bytes", args, ["cls", "source", "encoding", "errors"], 1);
  if (!given) return bytes(new Uint8Array(), args.at);
  const value = unwrap(given);
  if (value.kind === "opaque") return run.opaque(value.because, args.at, [given], { type: "bytes" });
  if (value.kind === "str") {
    if (encoding?.kind !== "str")
      return run.raise("TypeError", "string argument without an encoding", args.at);
    return bytes(
      encodeText(run, value.value, encoding.value, errors?.kind === "str" ? errors.value : "strict", args),
      args.at,
    );
  }
  if (value.kind === "bytes") return bytes(value.value, args.at);
  if (value.kind === "int" || value.kind === "bool") {
    const size = Number(value.value);
    if (size < 0) return run.raise("ValueError", "negative count", args.at);
    return size > limits.size
      ? run.opaque("makes a very large object", args.at)
      : bytes(new Uint8Array(size), args.at);
  }
  const items = run.iterate(value, args.at);
  if (!Array.isArray(items)) return run.opaque("is made of bytes that are not known", args.at, [given]);
  const numbers = items.map((item: Value) =>
    item.kind === "int"
      ? Number(item.value)
      : run.raise("TypeError", `'${typeName(item)}' object cannot be interpreted as an integer`, args.at),
  );
  if (numbers.some((number) => number < 0 || number > 255))
    return run.raise("ValueError", "bytes must be in range(0, 256)", args.at);
  return bytes(Uint8Array.from(numbers), args.at);
};

const makeList: Native = (run, args) => {
  const [, given] = take(run, "list", args, ["cls", "iterable"], 1);
  if (!given) return list([], args.at);
  const { items, open, env } = collect(run, given, args.at);
  const made = list(items, args.at, env);
  return open ? { ...made, open } : made;
};

const makeTuple: Native = (run, args) => {
  const [, given] = take(run, "tuple", args, ["cls", "iterable"], 1);
  if (!given) return tuple([], args.at);
  if (given.kind === "tuple") return given;
  const { items, open, env } = collect(run, given, args.at);
  const made = tuple(items, args.at, env);
  return open ? { ...made, open } : made;
};

const makeSet =
  (frozen: boolean): Native =>
  (run, args) => {
    const [, given] = take(run, "set", args, ["cls", "iterable"], 1);
    return given ? setFrom(run, given, frozen, args) : set(new Map(), frozen, args.at);
  };

const makeDict: Native = (run, args) => {
  const [, given, extra] = args.positional;
  if (extra)
    return run.raise(
      "TypeError",
      `dict expected at most 1 argument, got ${args.positional.length - 1}`,
      args.at,
    );
  const made = dict(new Map(), args.at);
  if (given) merge(run, made, given, args);
  if (args.named.size > 0 || args.open)
    run.invoke(run.attribute(made, "update"), { ...args, positional: [] });
  return made;
};

const makeRange: Native = (run, args) => {
  const [, ...bounds] = args.positional;
  const unknown = bounds.find((bound) => bound.kind === "opaque");
  if (unknown?.kind === "opaque") return run.opaque(unknown.because, args.at, bounds, { type: "range" });
  const numbers = bounds.map((bound) => {
    const value = unwrap(bound);
    if (value.kind === "int" || value.kind === "bool") return BigInt(value.value);
    return run.raise("TypeError", `'${typeName(bound)}' object cannot be interpreted as an integer`, args.at);
  });
  const [first = 0n, second, third = 1n] = numbers;
  if (numbers.length === 0)
    return run.raise("TypeError", "range expected at least 1 argument, got 0", args.at);
  if (third === 0n) return run.raise("ValueError", "range() arg 3 must not be zero", args.at);
  const [start, stop] = second === undefined ? [0n, first] : [first, second];
  return instanceOfInternal(types.range, { is: "range", start, stop, step: third }, args.at);
};

const makeSlice: Native = (_run, args) => {
  const [, ...bounds] = args.positional;
  const [start = none(), stop = none(), step = none()] = bounds.length === 1 ? [none(), ...bounds] : bounds;
  return instanceOfInternal(types.slice, { is: "slice", start, stop, step }, args.at);
};

const wrapper =
  (is: "staticmethod" | "classmethod"): Native =>
  (run, args) =>
    instanceOfInternal(
      types[is],
      {
        is,
        function: args.positional[1] ?? run.raise("TypeError", `${is} expected 1 argument, got 0`, args.at),
      },
      args.at,
    );

const makeProperty: Native = (run, args) => {
  const [, get, set, remove] = take(run, "property", args, ["cls", "fget", "fset", "fdel", "doc"], 1);
  const given = (value: Value | undefined) => value !== undefined && value.kind !== "none";
  return instanceOfInternal(
    types.property,
    {
      is: "property",
      ...(get && given(get) ? { get } : {}),
      ...(set && given(set) ? { set } : {}),
      ...(remove && given(remove) ? { delete: remove } : {}),
    },
    args.at,
  );
};

/** `super()`, `super(Class, self)`. */
const makeSuper: Native = (run, args) => {
  const [, of, self] = args.positional;
  if (of?.kind === "class")
    return instanceOfInternal(types.super, { is: "super", after: of, self: self ?? of }, args.at);
  if (of)
    return run.opaque(of.kind === "opaque" ? of.because : "calls super() of what is not known", args.at, [
      of,
    ]);
  const frame = run.functionScope();
  const first = frame?.body && [...frame.body.node.args.posonlyargs, ...frame.body.node.args.args][0];
  const bound = first ? frame?.names.get(first.arg)?.value : undefined;
  let around = frame?.parent;
  while (around && around.kind === "function") around = around.parent;
  const after = around?.kind === "class" ? around.class : undefined;
  if (!bound || !after) return run.raise("RuntimeError", "super(): no arguments", args.at);
  return instanceOfInternal(types.super, { is: "super", after, self: bound }, args.at);
};

/** Gives a builtin class its `__new__`; a class that derives from it gets an object around what it makes. */
function setNew(of: Class, make: Native): void {
  const create: Native = (run: Execution, args: Args) => {
    const value = make(run, args);
    const [wanted] = args.positional;
    if (wanted?.kind !== "class" || wanted === of || value.kind === "opaque") return value;
    return internalAs(value, "derived") ? value : derived(wanted, value, args.at);
  };
  of.attributes.set("__new__", native("__new__", create, { takesOpaque: true }));
}

export function installConstructors(): void {
  const constructors: readonly (readonly [Class, Native])[] = [
    [types.int, makeInt],
    [types.float, makeFloat],
    [types.bool, makeBool],
    [types.str, makeStr],
    [types.bytes, makeBytes],
    [types.list, makeList],
    [types.tuple, makeTuple],
    [types.set, makeSet(false)],
    [types.frozenset, makeSet(true)],
    [types.dict, makeDict],
    [types.range, makeRange],
    [types.slice, makeSlice],
    [types.staticmethod, wrapper("staticmethod")],
    [types.classmethod, wrapper("classmethod")],
    [types.property, makeProperty],
    [types.super, makeSuper],
  ];
  for (const [of, make] of constructors) setNew(of, make);
}
