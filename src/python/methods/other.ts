import type { Native } from "../builtins/define.ts";
import { addMethods, native, take } from "../builtins/define.ts";
import { exceptionOf, isExceptionClass } from "../exceptions.ts";
import type { Execution } from "../execution.ts";
import { isGenerator } from "../generators.ts";
import { instanceOfInternal, internalAs, unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, bytes, float, int, list, none, str, tuple } from "../make.ts";
import { bitLength, fractionOf } from "../numbers.ts";
import { floatHex, parseFloat16 } from "../numbers-hexadecimal.ts";
import { PythonException } from "../raised.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";
import { noEnv } from "../value.ts";
import { decodeBytes } from "./encodings.ts";
import { textOf } from "./str-arguments.ts";

function selfInt(run: Execution, { positional, at }: Args): bigint {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "int" || value?.kind === "bool"
    ? BigInt(value.value)
    : run.raise("TypeError", "descriptor requires an 'int' object", at);
}

function selfFloat(run: Execution, { positional, at }: Args): number {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "float"
    ? value.value
    : run.raise("TypeError", "descriptor requires a 'float' object", at);
}

const intMethods: Readonly<Record<string, Native>> = {
  bit_length: (run, args) => int(bitLength(selfInt(run, args)), args.at),
  bit_count: (run, args) => int([...selfInt(run, args).toString(2)].filter((c) => c === "1").length, args.at),
  conjugate: (run, args) => int(selfInt(run, args), args.at),
  is_integer: (_run, args) => bool(true, args.at),
  as_integer_ratio: (run, args) => tuple([int(selfInt(run, args)), int(1)], args.at),
  to_bytes: (run, args) => {
    const [, size, order] = take(run, "to_bytes", args, ["self", "length", "byteorder", "signed"], 1);
    const count = size?.kind === "int" ? Number(size.value) : 1;
    const value = selfInt(run, args);
    if (count > 4096) return run.opaque("makes many bytes of a number", args.at, args.positional);
    const signed = args.named.get("signed");
    const bits = BigInt(count * 8);
    const fits =
      signed && run.truth(signed)
        ? value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n)
        : value >= 0n && value < 1n << bits;
    if (!fits)
      return run.raise(
        "OverflowError",
        value < 0n && !signed ? "can't convert negative int to unsigned" : "int too big to convert",
        args.at,
      );
    const parts = Array.from({ length: count }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
    const isLittle = order?.kind === "str" && order.value === "little";
    return bytes(Uint8Array.from(isLittle ? parts : parts.reverse()), args.at);
  },
};

const floatMethods: Readonly<Record<string, Native>> = {
  is_integer: (run, args) => bool(Number.isInteger(selfFloat(run, args)), args.at),
  conjugate: (run, args) => float(selfFloat(run, args), args.at),
  as_integer_ratio: (run, args) => {
    let { numerator, denominator } = fractionOf(selfFloat(run, args));
    while (denominator > 1n && numerator % 2n === 0n) {
      numerator /= 2n;
      denominator /= 2n;
    }
    return tuple([int(numerator), int(denominator)], args.at);
  },
  hex: (run, args) => str(floatHex(selfFloat(run, args)), args.at),
};

/** `float.fromhex(text)`. */
const floatFromHex: Native = (run, args) => {
  const number = parseFloat16(textOf(run, args.positional[1], args));
  if (number === undefined)
    return run.raise("ValueError", "invalid hexadecimal floating-point string", args.at);
  return Number.isFinite(number) || !/\d/.test(textOf(run, args.positional[1], args))
    ? float(number, args.at)
    : run.raise("OverflowError", "hexadecimal value too large to represent as a float", args.at);
};

const intFromBytes: Native = (run, args) => {
  const [, data, order] = take(run, "from_bytes", args, ["cls", "bytes", "byteorder", "signed"], 2);
  if (data?.kind !== "bytes")
    return run.opaque("reads a number from what are no bytes", args.at, args.positional);
  const parts =
    order?.kind === "str" && order.value === "little" ? [...data.value].reverse() : [...data.value];
  const value = parts.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const signed = args.named.get("signed");
  const isNegative = signed && run.truth(signed) && parts.length > 0 && (parts[0] ?? 0) > 127;
  return int(isNegative ? value - (1n << BigInt(8 * parts.length)) : value, args.at);
};

function selfBytes(run: Execution, { positional, at }: Args): Uint8Array {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "bytes"
    ? value.value
    : run.raise("TypeError", "descriptor requires a 'bytes' object", at);
}

/** Methods of bytes that do to ASCII what those of text do. */
const likeText =
  "lower upper strip lstrip rstrip split rsplit startswith endswith find rfind index rindex replace count partition rpartition title capitalize swapcase removeprefix removesuffix ljust rjust center zfill isdigit isalpha isalnum isspace islower isupper splitlines join".split(
    " ",
  );

const throughText =
  (name: string): Native =>
  (run, args) => {
    const text = (value: Value): Value => {
      if (value.kind === "bytes") return str(String.fromCharCode(...value.value), value.at, value.env);
      if (value.kind === "list") return { ...value, items: value.items.map(text) };
      return value.kind === "tuple" ? { ...value, items: value.items.map(text) } : value;
    };
    const data = (value: Value): Value => {
      if (value.kind === "str")
        return bytes(
          Uint8Array.from(value.value, (c) => c.charCodeAt(0)),
          args.at,
          value.env,
        );
      if (value.kind === "list") return list(value.items.map(data), args.at, value.env);
      return value.kind === "tuple" ? tuple(value.items.map(data), args.at, value.env) : value;
    };
    const [self = none(), ...rest] = args.positional.map(text);
    return data(run.invoke(run.attribute(self, name), { ...args, positional: rest }));
  };

const bytesMethods: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(likeText.map((name) => [name, throughText(name)])),
  decode: (run, args) => {
    const [, encoding, errors] = take(run, "decode", args, ["self", "encoding", "errors"], 1);
    const text = decodeBytes(
      run,
      selfBytes(run, args),
      encoding ? textOf(run, encoding, args) : "utf-8",
      errors ? textOf(run, errors, args) : "strict",
      args,
    );
    return str(text, args.at);
  },
  hex: (run, args) => {
    if (args.positional.length > 1 || args.named.size > 0)
      return run.opaque("writes bytes with separators", args.at, args.positional, { type: "str" });
    return str([...selfBytes(run, args)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), args.at);
  },
};

const bytesFromHex: Native = (run, args) => {
  const text = textOf(run, args.positional[1], args).replace(/\s/g, "");
  if (!/^([0-9a-f]{2})*$/i.test(text))
    return run.raise("ValueError", "non-hexadecimal number found in fromhex() arg", args.at);
  return bytes(
    Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    args.at,
  );
};

/** What an iterator gave, or the exception that says it has no more. */
function orStop(run: Execution, value: Value | undefined, args: Args, returned: Value = none()): Value {
  if (value) return value;
  const of = run.classNamed("StopIteration");
  const made = exceptionOf(of, returned.kind === "none" ? [] : [returned], args.at);
  throw new PythonException(made, args.at, noEnv);
}

const iteratorMethods: Readonly<Record<string, Native>> = {
  __iter__: (_run, { positional }) => positional[0] ?? none(),
  __next__: (run, args) => {
    const [self] = args.positional;
    return self?.kind === "iterator"
      ? orStop(run, self.next(), args, isGenerator(self) ? self.returned() : none())
      : none();
  },
};

const generatorMethods: Readonly<Record<string, Native>> = {
  ...iteratorMethods,
  send: (run, args) => {
    const [self, value = none()] = args.positional;
    return self && isGenerator(self) ? orStop(run, self.send(value), args, self.returned()) : none();
  },
  throw: (run, args) => {
    const [self, first, second] = args.positional;
    const given = second && second.kind !== "none" ? second : first;
    const made = given && isExceptionClass(given) ? run.call(given, []) : given;
    if (!self || !isGenerator(self) || made?.kind !== "instance")
      return run.raise(
        "TypeError",
        "exceptions must be classes or instances deriving from BaseException",
        args.at,
      );
    return orStop(run, self.throw(new PythonException(made, args.at, made.env)), args, self.returned());
  },
  close: (_run, { positional: [self] }) => {
    if (self && isGenerator(self)) self.close();
    return none();
  },
};

const property: Readonly<Record<string, Native>> = {
  setter: (_run, { positional: [self, set] }) => changedProperty(self, set ? { set } : {}),
  getter: (_run, { positional: [self, get] }) => changedProperty(self, get ? { get } : {}),
  deleter: (_run, { positional: [self, remove] }) => changedProperty(self, remove ? { delete: remove } : {}),
};

function changedProperty(
  self: Value | undefined,
  change: { get?: Value; set?: Value; delete?: Value },
): Value {
  const before = self && internalAs(self, "property");
  return instanceOfInternal(types.property, { ...(before ?? {}), is: "property", ...change }, self?.at);
}

export function installOthers(): void {
  addMethods(types.int, intMethods);
  addMethods(types.float, floatMethods);
  addMethods(types.bytes, bytesMethods);
  addMethods(types.iterator, iteratorMethods, { takesOpaque: true });
  addMethods(types.generator, generatorMethods, { takesOpaque: true });
  addMethods(types.property, property, { takesOpaque: true });
  const classMethod = (name: string, call: Native) =>
    instanceOfInternal(types.classmethod, {
      is: "classmethod",
      function: native(name, call, { binds: true }),
    });
  types.int.attributes.set("from_bytes", classMethod("from_bytes", intFromBytes));
  types.float.attributes.set("fromhex", classMethod("fromhex", floatFromHex));
  types.bytes.attributes.set("fromhex", classMethod("fromhex", bytesFromHex));
}
