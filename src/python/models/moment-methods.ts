import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, EnvNames, Opaque, Value } from "../value.ts";
import { define, method } from "./define.ts";
import { bool, generated, int, notImplemented, str, textOf } from "./make.ts";
import type { Moment } from "./moments.ts";
import { envOfBoth, localLength, momentOf, shownOf, utcLength } from "./moments.ts";
import { isKnownFormat, strftime } from "./time-format.ts";

/** What dates, times and both have in common. */

/** A method of a moment. The names of its parameters are those of `signature`; each is optional. */
export function momentMethod(
  name: string,
  parameters: readonly string[],
  body: (
    moment: Moment,
    call: {
      readonly self: Value;
      readonly machine: Machine;
      readonly at: Location | undefined;
      readonly env: EnvNames;
      readonly given: Readonly<Record<string, Value | undefined>>;
      readonly of: Class;
    },
  ) => Value,
): [string, Value] {
  return [
    name,
    method(name, { optional: parameters }, (self, { machine, at, given }) => {
      const moment = momentOf(self);
      return moment && self.kind === "instance"
        ? body(moment, { self, machine, at, env: self.env, given, of: self.class })
        : machine.raise("TypeError", `descriptor '${name}' requires a date or a time`, at);
    }),
  ];
}

/** A class method, told the class. */
export function classMethod(
  machine: Machine,
  name: string,
  parameters: readonly string[],
  body: (
    of: Class,
    given: Readonly<Record<string, Value | undefined>>,
    at: Location | undefined,
    machine: Machine,
  ) => Value,
): [string, Value] {
  const native = define(name, { required: ["cls"], optional: parameters }, ({ machine: m, at, given }) =>
    given.cls.kind === "class"
      ? body(given.cls, given, at, m)
      : m.raise("TypeError", `descriptor '${name}' requires a type`, at),
  );
  return [name, machine.classMethod(native)];
}

/** `now`, `today`, …: the clock is not read. */
export function clockMethods(machine: Machine, type: string, names: readonly string[]): [string, Value][] {
  return names.map((name) => classMethod(machine, name, ["tz"], (_, __, at, m) => generated(m, at, type)));
}

/** A whole number, as a part of a date is given; raises for what is none. */
export function wholeNumber(machine: Machine, value: Value, at: Location | undefined): number {
  if (value.kind === "int") return Number(value.value);
  if (value.kind === "bool") return value.value ? 1 : 0;
  const type = value.kind === "opaque" ? "object" : machine.classOf(value).name;
  return machine.raise("TypeError", `'${type}' object cannot be interpreted as an integer`, at, value.env);
}

/** The numbers of `replace(…)` and of a constructor: those that are given, over those that are there. */
export function replaced<T extends object>(
  machine: Machine,
  parts: T,
  given: Readonly<Record<string, Value | undefined>>,
  at: Location | undefined,
): T {
  const entries = Object.entries(parts).map(([name, old]: [string, unknown]) => {
    const value = given[name];
    return [name, value ? wholeNumber(machine, value, at) : old];
  });
  return Object.fromEntries(entries) as T;
}

function formatted(
  machine: Machine,
  moment: Moment,
  format: string,
  at: Location | undefined,
  env: EnvNames,
): Value {
  const shown = shownOf(moment);
  if ("kind" in shown) return shown;
  return isKnownFormat(format)
    ? str(strftime(shown, format), at, env)
    : machine.opaque("formats a date as the C library does, which is not modelled", at, [], { type: "str" });
}

type Order = (a: bigint, b: bigint) => boolean;
const orders: Readonly<Record<string, Order>> = {
  __lt__: (a, b) => a < b,
  __le__: (a, b) => a <= b,
  __gt__: (a, b) => a > b,
  __ge__: (a, b) => a >= b,
};

/** Two moments on one line; "mixed" if only one of them knows its zone. */
export function aligned(a: Moment, b: Moment): readonly [bigint, bigint] | Opaque | "mixed" {
  const [x, y] = [utcLength(a), utcLength(b)];
  if (x === undefined && y === undefined) return [localLength(a), localLength(b)];
  // The same zone needs no rules.
  if (a.zone === b.zone) return [localLength(a), localLength(b)];
  if (typeof x === "object") return x;
  if (typeof y === "object") return y;
  return x === undefined || y === undefined ? "mixed" : [x, y];
}

const what = { date: "dates", datetime: "datetimes", time: "times" };

/** `==`, `<`, …, `hash()`, `format()` and `strftime()`. */
export function commonMethods(): [string, Value][] {
  const equal = (wanted: boolean) => (machine: Machine, self: Value, other: Value, at?: Location) => {
    const [a, b] = [momentOf(self), momentOf(other)];
    if (!a || !b) return notImplemented(machine);
    const sides = a.kind === b.kind ? aligned(a, b) : "mixed";
    if (sides === "mixed") return bool(!wanted, at, envOfBoth(self, other));
    return "kind" in sides ? sides : bool((sides[0] === sides[1]) === wanted, at, envOfBoth(self, other));
  };
  const binary = (
    name: string,
    compute: (machine: Machine, self: Value, other: Value, at?: Location) => Value,
  ): [string, Value] => [
    name,
    method(name, { required: ["other"] }, (self, { machine, at, given }) =>
      compute(machine, self, given.other, at),
    ),
  ];
  return [
    binary("__eq__", equal(true)),
    binary("__ne__", equal(false)),
    ...Object.entries(orders).map(([name, order]) =>
      binary(name, (machine, self, other, at) => {
        const [a, b] = [momentOf(self), momentOf(other)];
        if (!a || !b) return notImplemented(machine);
        if (a.kind !== b.kind)
          return machine.raise("TypeError", `can't compare datetime.datetime to datetime.date`, at);
        const sides = aligned(a, b);
        if (sides === "mixed")
          return machine.raise(
            "TypeError",
            `can't compare offset-naive and offset-aware ${what[a.kind]}`,
            at,
          );
        return "kind" in sides ? sides : bool(order(...sides), at, envOfBoth(self, other));
      }),
    ),
    momentMethod("__hash__", [], (moment, { at }) => {
      const utc = utcLength(moment);
      return typeof utc === "object" ? utc : int(utc ?? localLength(moment), at);
    }),
    momentMethod("strftime", ["format"], (moment, { machine, at, env, given }) =>
      formatted(machine, moment, textOf(given.format) ?? "", at, env),
    ),
    momentMethod("__format__", ["spec"], (moment, { self, machine, at, env, given }) => {
      const spec = textOf(given.spec) ?? "";
      return spec === ""
        ? machine.call(machine.attribute(self, "__str__", at), [], undefined, at)
        : formatted(machine, moment, spec, at, env);
    }),
  ];
}
