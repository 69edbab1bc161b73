import { among, isInstance, isSubclass } from "../class-tests.ts";
import { reasonOf } from "../compare.ts";
import { formatValue } from "../format.ts";
import { unwrap } from "../internal.ts";
import { bool, float, int, none, str, tuple } from "../make.ts";
import { specialMethod, typeName } from "../names.ts";
import { bitLength, floorDivide, modulo, roundFloat, roundHalfEven } from "../numbers.ts";
import { binary } from "../operators.ts";
import { length } from "../protocols.ts";
import { PythonException } from "../raised.ts";
import { reprOf } from "../repr.ts";
import { asciiOnly } from "../text.ts";
import type { Native } from "./define.ts";
import { asInt, take } from "./define.ts";

const based =
  (radix: number, prefix: string): Native =>
  (run, args) => {
    const value = asInt(run, args.positional[0], args);
    return str(`${value < 0n ? "-" : ""}${prefix}${(value < 0n ? -value : value).toString(radix)}`, args.at);
  };

/** `isinstance` and `issubclass`. */
const classTest =
  (name: "isinstance" | "issubclass"): Native =>
  (run, args) => {
    const [value = none(), what = none()] = args.positional;
    if (name === "issubclass" && value.kind === "opaque")
      return run.opaque(value.because, args.at, [value], { type: "bool" });
    if (name === "issubclass" && value.kind !== "class")
      return run.raise("TypeError", "issubclass() arg 1 must be a class", args.at);
    const answer = among(value, what, (of) =>
      name === "issubclass" && value.kind === "class"
        ? isSubclass(run, value, of)
        : isInstance(run, value, of),
    );
    if (answer === "wrong")
      return run.raise("TypeError", `${name}() arg 2 must be a type, a tuple of types, or a union`, args.at);
    if (answer !== undefined) return bool(answer, args.at);
    const reason = reasonOf(value) ?? reasonOf(what);
    return run.opaque(reason?.because ?? "has a class that is not known", args.at, args.positional, {
      type: "bool",
    });
  };

const getattr: Native = (run, args) => {
  const [target = none(), name, fallback] = args.positional;
  if (name?.kind !== "str")
    return run.opaque(
      name?.kind === "opaque" ? name.because : "asks for an unknown attribute",
      args.at,
      args.positional,
    );
  try {
    const found = run.findAttribute(target, name.value, args.at);
    if (found) return found;
  } catch (error) {
    if (!(fallback && error instanceof PythonException && error.value.class.name === "AttributeError"))
      throw error;
  }
  return fallback ?? run.attribute(target, name.value, args.at);
};

const hasattr: Native = (run, args) => {
  const [target = none(), name] = args.positional;
  if (name?.kind !== "str")
    return run.opaque("asks for an unknown attribute", args.at, args.positional, { type: "bool" });
  try {
    const found = run.findAttribute(target, name.value, args.at);
    // Whether what we know nothing about has it, we do not know either.
    const isMade =
      found?.kind === "opaque" &&
      target.kind !== "instance" &&
      !(target.kind === "module" && target.names.has(name.value));
    return isMade
      ? run.opaque(found.because, args.at, [found], { type: "bool" })
      : bool(found !== undefined, args.at);
  } catch (error) {
    if (error instanceof PythonException && error.value.class.name === "AttributeError")
      return bool(false, args.at);
    throw error;
  }
};

/** `round(number, digits)`. */
const round: Native = (run, args) => {
  const [, digits] = take(run, "round", args, ["number", "ndigits"], 1);
  const [given = none()] = args.positional;
  const value = unwrap(given);
  const places = digits && digits.kind !== "none" ? Number(asInt(run, digits, args)) : undefined;
  if (value.kind === "float") {
    if (places !== undefined) return float(roundFloat(value.value, places), args.at);
    if (!Number.isFinite(value.value))
      return run.raise(
        Number.isNaN(value.value) ? "ValueError" : "OverflowError",
        `cannot convert float ${Number.isNaN(value.value) ? "NaN" : "infinity"} to integer`,
        args.at,
      );
    return int(BigInt(Math.trunc(roundFloat(value.value, 0))), args.at);
  }
  if (value.kind === "int" || value.kind === "bool") {
    const number = BigInt(value.value);
    if (places === undefined || places >= 0) return int(number, args.at);
    if (places < -5000) return int(0, args.at);
    const unit = 10n ** BigInt(-places);
    return int(roundHalfEven(number, unit) * unit, args.at);
  }
  const method = specialMethod(given, "__round__");
  if (method) return run.call(method, digits ? [given, digits] : [given], undefined, args.at);
  return run.raise("TypeError", `type ${typeName(given)} doesn't define __round__ method`, args.at);
};

/** Those that deal with opaque arguments themselves. */
export const tolerant: Readonly<Record<string, Native>> = {
  isinstance: classTest("isinstance"),
  issubclass: classTest("issubclass"),
  getattr,
  hasattr,
  print: (_run, args) => none(args.at),
  setattr: (run, args) => {
    const [target = none(), name, value = none()] = args.positional;
    if (name?.kind === "str") run.setAttribute(target, name.value, value, args.at);
    else if (target.kind === "module" && run.scopes.has(target) && name?.kind === "opaque") {
      const scope = run.scopes.get(target);
      if (scope) scope.module.open = name;
    }
    return none(args.at);
  },
  len: (run, args) => {
    const [value] = args.positional;
    return value
      ? length(run, value, args.at)
      : run.raise("TypeError", "len() takes exactly one argument (0 given)", args.at);
  },
  format: (run, args) => {
    const [value = none(), spec] = args.positional;
    if (spec && spec.kind !== "str")
      return run.opaque("has a format that is not known", args.at, [spec], { type: "str" });
    const shown = formatValue(run, value, spec?.value ?? "", args.at);
    return typeof shown === "string"
      ? str(shown, args.at)
      : run.opaque(shown.because, args.at, [shown], { type: "str" });
  },
  callable: (run, args) => {
    const [value = none()] = args.positional;
    if (value.kind === "opaque") return run.opaque(value.because, args.at, [value], { type: "bool" });
    const kinds = ["function", "builtin", "method", "class"];
    return bool(kinds.includes(value.kind) || specialMethod(value, "__call__") !== undefined, args.at);
  },
  id: (run, args) =>
    run.opaque("is an address, which differs from run to run", args.at, [], { type: "int", truth: true }),
  hash: (run, args) => {
    const [value = none()] = args.positional;
    const key = run.hashKey(value);
    if (value.kind === "int" || value.kind === "bool") return int(hashOfInt(BigInt(value.value)), args.at);
    if (value.kind === "float" && Number.isInteger(value.value))
      return int(hashOfInt(BigInt(value.value)), args.at);
    return run.opaque(
      key === undefined ? "hashes what is not known" : "is a hash, which differs from run to run",
      args.at,
      [value],
      { type: "int" },
    );
  },
};

/** As CPython does it: modulo a prime, by the number without its sign; -1 says that there was an error. */
function hashOfInt(value: bigint): bigint {
  const size = modulo(value < 0n ? -value : value, (1n << 61n) - 1n);
  const signed = value < 0n ? -size : size;
  return signed === -1n ? -2n : signed;
}

/** Those whose result is opaque if an argument is. */
export const strict: Readonly<Record<string, Native>> = {
  delattr: (run, args) => {
    const [target = none(), name] = args.positional;
    if (name?.kind === "str") run.deleteAttribute(target, name.value, args.at);
    return none(args.at);
  },
  repr: (run, args) => {
    const shown = reprOf(run, args.positional[0] ?? none());
    return typeof shown === "string"
      ? str(shown, args.at)
      : run.opaque(shown.because, args.at, [shown], { type: "str", truth: true });
  },
  ascii: (run, args) => {
    const shown = reprOf(run, args.positional[0] ?? none());
    return typeof shown === "string"
      ? str(asciiOnly(shown), args.at)
      : run.opaque(shown.because, args.at, [shown], { type: "str" });
  },
  abs: (run, args) => {
    const [given = none()] = args.positional;
    const value = unwrap(given);
    if (value.kind === "float") return float(Math.abs(value.value), args.at);
    const method = specialMethod(given, "__abs__");
    if (method) return run.call(method, [given], undefined, args.at);
    if (value.kind !== "int" && value.kind !== "bool")
      return run.raise("TypeError", `bad operand type for abs(): '${typeName(given)}'`, args.at);
    const number = BigInt(value.value);
    return int(number < 0n ? -number : number, args.at);
  },
  round,
  divmod: (run, args) => {
    const [a = none(), b = none()] = args.positional;
    const own = a.kind === "instance" ? specialMethod(a, "__divmod__") : undefined;
    if (own) return run.call(own, [a, b], undefined, args.at);
    if (a.kind === "int" && b.kind === "int" && b.value !== 0n) {
      return tuple(
        [int(floorDivide(a.value, b.value), args.at), int(modulo(a.value, b.value), args.at)],
        args.at,
      );
    }
    return tuple([binary(run, "FloorDiv", a, b, args.at), binary(run, "Mod", a, b, args.at)], args.at);
  },
  pow: (run, args) => {
    const [base = none(), exponent = none(), modulus] = args.positional;
    if (!modulus || modulus.kind === "none") return binary(run, "Pow", base, exponent, args.at);
    let [b, e] = [asInt(run, base, args), asInt(run, exponent, args)];
    const m = asInt(run, modulus, args);
    if (m === 0n) return run.raise("ValueError", "pow() 3rd argument cannot be 0", args.at);
    if (e < 0n) return run.opaque("computes a modular inverse", args.at, args.positional);
    let result = modulo(1n, m);
    for (b = modulo(b, m); e > 0n; e >>= 1n) {
      run.budget.spend(8 + (bitLength(m) >>> 4));
      if (e & 1n) result = modulo(result * b, m);
      b = modulo(b * b, m);
    }
    return int(result, args.at);
  },
  chr: (run, args) => {
    const code = asInt(run, args.positional[0], args);
    if (code < 0n || code > 0x10ffffn)
      return run.raise("ValueError", "chr() arg not in range(0x110000)", args.at);
    return str(String.fromCodePoint(Number(code)), args.at);
  },
  ord: (run, args) => {
    const [value] = args.positional;
    if (value?.kind === "bytes" && value.value.length === 1) return int(value.value[0] ?? 0, args.at);
    const characters = value?.kind === "str" ? [...value.value] : [];
    if (value?.kind !== "str")
      return run.raise(
        "TypeError",
        `ord() expected string of length 1, but ${value ? typeName(value) : "nothing"} found`,
        args.at,
      );
    if (characters.length !== 1)
      return run.raise(
        "TypeError",
        `ord() expected a character, but string of length ${characters.length} found`,
        args.at,
      );
    return int(value.value.codePointAt(0) ?? 0, args.at);
  },
  hex: based(16, "0x"),
  oct: based(8, "0o"),
  bin: based(2, "0b"),
};
