import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { floorDivide, fractionOf, modulo, roundHalfEven } from "../numbers.ts";
import type { Class, EnvNames, Instance, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, float, int, notImplemented, str } from "./make.ts";

/** `datetime.timedelta`, exactly. */

class Delta {
  readonly microseconds: bigint;
  constructor(microseconds: bigint) {
    this.microseconds = microseconds;
  }
}

const day = 86_400_000_000n;
const units = {
  days: day,
  seconds: 1_000_000n,
  microseconds: 1n,
  milliseconds: 1000n,
  minutes: 60_000_000n,
  hours: 3_600_000_000n,
  weeks: 7n * day,
} as const;
const unitNames = Object.keys(units) as (keyof typeof units)[];

/** The length of a `timedelta` in seconds; undefined for every other value. For readers of settings. */
export function secondsOf(value: Value): number | undefined {
  const length = lengthOf(value);
  return length === undefined ? undefined : Number(length) / 1e6;
}

/** The length of a `timedelta` in microseconds. */
export function lengthOf(value: Value | undefined): bigint | undefined {
  return value?.kind === "instance" && value.data instanceof Delta ? value.data.microseconds : undefined;
}

export function makeDelta(machine: Machine, length: bigint, at: Location | undefined, env: EnvNames): Value {
  return deltaOf(machine.classNamed("datetime.timedelta"), machine, length, at, env);
}

function deltaOf(
  of: Class,
  machine: Machine,
  length: bigint,
  at: Location | undefined,
  env: EnvNames,
): Instance {
  const days = floorDivide(length, day);
  if (days > 999_999_999n || days < -999_999_999n)
    machine.raise("OverflowError", `days=${days}; must have magnitude <= 999999999`, at, env);
  const rest = modulo(length, day);
  const parts = { days, seconds: rest / 1_000_000n, microseconds: rest % 1_000_000n };
  return instance(of, at, {
    data: new Delta(length),
    env,
    attributes: Object.entries(parts).map(([name, value]) => [name, int(value, at, env)] as const),
  });
}

/** A number of units in microseconds, rounded half to even as CPython does. */
function inMicroseconds(value: Value, unit: bigint): bigint | undefined {
  if (value.kind === "int") return value.value * unit;
  if (value.kind === "bool") return value.value ? unit : 0n;
  if (value.kind !== "float" || !Number.isFinite(value.value)) return undefined;
  const { numerator, denominator } = fractionOf(value.value);
  return roundHalfEven(numerator * unit, denominator);
}

/** A number of seconds in microseconds; undefined for what is no number. */
export const roundedMicroseconds = (seconds: Value): bigint | undefined =>
  inMicroseconds(seconds, 1_000_000n);

/** Adds a named method under several operator names. */
function arithmetic(
  name: string,
  compute: (
    self: bigint,
    other: Value,
    machine: Machine,
    at: Location | undefined,
    env: EnvNames,
  ) => Value | undefined,
): [string, Value] {
  return [
    name,
    method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const env = mergeEnv(self.env, other.env);
      return compute(lengthOf(self) ?? 0n, other, machine, at, env) ?? notImplemented(machine);
    }),
  ];
}

const withDelta =
  (compute: (a: bigint, b: bigint) => bigint) =>
  (
    self: bigint,
    other: Value,
    machine: Machine,
    at: Location | undefined,
    env: EnvNames,
  ): Value | undefined => {
    const length = lengthOf(other);
    return length === undefined ? undefined : makeDelta(machine, compute(self, length), at, env);
  };
const scaled = (
  self: bigint,
  other: Value,
  machine: Machine,
  at: Location | undefined,
  env: EnvNames,
): Value | undefined => {
  const length = inMicroseconds(other, self);
  return length === undefined ? undefined : makeDelta(machine, length, at, env);
};
const compared = (name: string, compare: (a: bigint, b: bigint) => boolean): [string, Value] =>
  arithmetic(name, (self, other, _, at, env) => {
    const length = lengthOf(other);
    return length === undefined
      ? name === "__eq__" || name === "__ne__"
        ? bool(name === "__ne__", at, env)
        : undefined
      : bool(compare(self, length), at, env);
  });

function shown(length: bigint): string {
  const days = floorDivide(length, day);
  const rest = modulo(length, day);
  const seconds = rest / 1_000_000n;
  const two = (n: bigint): string => String(n).padStart(2, "0");
  const fraction = rest % 1_000_000n === 0n ? "" : `.${String(rest % 1_000_000n).padStart(6, "0")}`;
  const clock = `${seconds / 3600n}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}${fraction}`;
  return days === 0n ? clock : `${days} day${days === 1n || days === -1n ? "" : "s"}, ${clock}`;
}

export function timedelta(machine: Machine): Class {
  const create = define(
    "__new__",
    { required: ["cls"], optional: unitNames },
    ({ machine: m, at, given }) => {
      let length = 0n;
      const env: EnvNames[] = [];
      for (const name of unitNames) {
        const value: Value | undefined = given[name];
        if (!value) continue;
        const part = inMicroseconds(value, units[name]);
        if (part === undefined)
          return m.raise(
            "TypeError",
            `unsupported type for timedelta ${name} component: ${value.kind === "opaque" ? "object" : m.classOf(value).name}`,
            at,
            value.env,
          );
        length += part;
        env.push(value.env);
      }
      return given.cls.kind === "class" ? deltaOf(given.cls, m, length, at, mergeEnv(...env)) : given.cls;
    },
    { gives: "timedelta" },
  );
  return nativeClass(machine, "datetime.timedelta", [
    ["__new__", create],
    arithmetic(
      "__add__",
      withDelta((a, b) => a + b),
    ),
    arithmetic(
      "__radd__",
      withDelta((a, b) => a + b),
    ),
    arithmetic(
      "__sub__",
      withDelta((a, b) => a - b),
    ),
    arithmetic("__mul__", scaled),
    arithmetic("__rmul__", scaled),
    arithmetic("__truediv__", (self, other, m, at, env) => {
      const length = lengthOf(other);
      if (length === 0n || ((other.kind === "int" || other.kind === "float") && Number(other.value) === 0))
        return m.raise("ZeroDivisionError", "division by zero", at, env);
      if (length !== undefined) return float(Number(self) / Number(length), at, env);
      if (other.kind === "float" && Number.isFinite(other.value)) {
        const { numerator, denominator } = fractionOf(other.value);
        const sign = numerator < 0n ? -1n : 1n;
        return makeDelta(m, roundHalfEven(sign * self * denominator, sign * numerator), at, env);
      }
      if (other.kind === "int")
        return makeDelta(
          m,
          roundHalfEven(other.value < 0n ? -self : self, other.value < 0n ? -other.value : other.value),
          at,
          env,
        );
      return undefined;
    }),
    arithmetic("__floordiv__", (self, other, m, at, env) => {
      const divisor = lengthOf(other) ?? (other.kind === "int" ? other.value : undefined);
      if (divisor === 0n) return m.raise("ZeroDivisionError", "integer division or modulo by zero", at, env);
      if (divisor === undefined) return undefined;
      return other.kind === "int"
        ? makeDelta(m, floorDivide(self, divisor), at, env)
        : int(floorDivide(self, divisor), at, env);
    }),
    arithmetic("__mod__", (self, other, m, at, env) => {
      const divisor = lengthOf(other);
      if (divisor === 0n) return m.raise("ZeroDivisionError", "integer modulo by zero", at, env);
      return divisor === undefined ? undefined : makeDelta(m, modulo(self, divisor), at, env);
    }),
    compared("__eq__", (a, b) => a === b),
    compared("__ne__", (a, b) => a !== b),
    compared("__lt__", (a, b) => a < b),
    compared("__le__", (a, b) => a <= b),
    compared("__gt__", (a, b) => a > b),
    compared("__ge__", (a, b) => a >= b),
    ...byName(
      method("total_seconds", {}, (self, { at }) => float(Number(lengthOf(self) ?? 0n) / 1e6, at, self.env)),
      method("__bool__", {}, (self, { at }) => bool(lengthOf(self) !== 0n, at, self.env)),
      method("__neg__", {}, (self, { machine: m, at }) =>
        makeDelta(m, -(lengthOf(self) ?? 0n), at, self.env),
      ),
      method("__pos__", {}, (self) => self),
      method("__abs__", {}, (self, { machine: m, at }) => {
        const length = lengthOf(self) ?? 0n;
        return makeDelta(m, length < 0n ? -length : length, at, self.env);
      }),
      method("__hash__", {}, (self, { at }) => int(lengthOf(self) ?? 0n, at)),
      method("__str__", {}, (self, { at }) => str(shown(lengthOf(self) ?? 0n), at, self.env)),
      method("__repr__", {}, (self, { at }) => {
        const length = lengthOf(self) ?? 0n;
        const rest = modulo(length, day);
        const parts = [
          ["days", floorDivide(length, day)],
          ["seconds", rest / 1_000_000n],
          ["microseconds", rest % 1_000_000n],
        ].filter(([, count]) => count !== 0n);
        return str(
          `datetime.timedelta(${parts.map(([name, count]) => `${name}=${count}`).join(", ") || "0"})`,
          at,
          self.env,
        );
      }),
    ),
  ]);
}
