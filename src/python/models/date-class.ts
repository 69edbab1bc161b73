import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { floorDivide } from "../numbers.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import {
  dayNames,
  dayOf,
  dayOfYear,
  isoWeek,
  lastDay,
  monthNames,
  ordinalOf,
  weekdayOf,
} from "./calendar.ts";
import { define, method, nativeClass } from "./define.ts";
import { int, notImplemented, ofTheMachine, str, tuple } from "./make.ts";
import {
  aligned,
  classMethod,
  clockMethods,
  commonMethods,
  momentMethod,
  replaced,
  wholeNumber,
} from "./moment-methods.ts";
import type { Moment } from "./moments.ts";
import { dayLength, dayText, envOfBoth, makeMoment, momentOf, ofDay, shifted } from "./moments.ts";
import { dateFromIso } from "./time-format.ts";
import { lengthOf, makeDelta } from "./timedelta.ts";

/** A moment, or the OverflowError of one beyond the calendar. */
export function makeShifted(
  machine: Machine,
  of: Class,
  moment: Moment,
  length: bigint,
  at: Location | undefined,
  env: EnvNames,
): Value {
  const later = shifted(moment, length);
  return later
    ? makeMoment(machine, of, later, at, env)
    : machine.raise("OverflowError", "date value out of range", at, env);
}

/** `moment + timedelta`, `moment - timedelta` and `moment - moment`. */
export function shiftMethods(): [string, Value][] {
  const add = (name: string): [string, Value] => [
    name,
    method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const [moment, length] = [momentOf(self), lengthOf(other)];
      return moment && length !== undefined && self.kind === "instance"
        ? makeShifted(machine, self.class, moment, length, at, envOfBoth(self, other))
        : notImplemented(machine);
    }),
  ];
  const subtract = method("__sub__", { required: ["other"] }, (self, { machine, at, given: { other } }) => {
    const [a, b, length] = [momentOf(self), momentOf(other), lengthOf(other)];
    const env = envOfBoth(self, other);
    if (!a || self.kind !== "instance") return notImplemented(machine);
    // A date counts whole days, those of the timedelta before its sign is changed.
    const back =
      length !== undefined && a.kind === "date" ? floorDivide(length, dayLength) * dayLength : length;
    if (back !== undefined) return makeShifted(machine, self.class, a, -back, at, env);
    if (!b || a.kind !== b.kind) return notImplemented(machine);
    const sides = aligned(a, b);
    if (sides === "mixed")
      return machine.raise("TypeError", "can't subtract offset-naive and offset-aware datetimes", at, env);
    return "kind" in sides ? sides : makeDelta(machine, sides[0] - sides[1], at, env);
  });
  return [add("__add__"), add("__radd__"), ["__sub__", subtract]];
}

/** What a day can be asked: of dates, and of dates with a time. */
export function dayQuestions(): [string, Value][] {
  const number = (name: string, compute: (moment: Moment) => number): [string, Value] =>
    momentMethod(name, [], (moment, { at, env }) => int(compute(moment), at, env));
  return [
    number("weekday", ({ day }) => weekdayOf(ordinalOf(day))),
    number("isoweekday", ({ day }) => weekdayOf(ordinalOf(day)) + 1),
    number("toordinal", ({ day }) => ordinalOf(day)),
    momentMethod("isocalendar", [], ({ day }, { at, env }) =>
      tuple(
        isoWeek(day).map((part) => int(part, at, env)),
        at,
        env,
      ),
    ),
    momentMethod("ctime", [], ({ day, clock }, { at, env }) => {
      const time = [clock.hour, clock.minute, clock.second]
        .map((part) => String(part).padStart(2, "0"))
        .join(":");
      const weekday = (dayNames[weekdayOf(ordinalOf(day))] ?? "").slice(0, 3);
      const month = (monthNames[day.month - 1] ?? "").slice(0, 3);
      return str(`${weekday} ${month} ${String(day.day).padStart(2)} ${time} ${day.year}`, at, env);
    }),
    momentMethod("timetuple", [], ({ day, clock }, { at, env }) =>
      tuple(
        [
          ...[day.year, day.month, day.day, clock.hour, clock.minute, clock.second],
          ...[weekdayOf(ordinalOf(day)), dayOfYear(day), -1],
        ].map((part) => int(part, at, env)),
        at,
        env,
      ),
    ),
  ];
}

/** `datetime.date`. */
export function dateClass(machine: Machine): Class {
  const create = define(
    "date",
    { required: ["cls", "year", "month", "day"] },
    ({ machine: m, at, given: { cls, year, month, day } }) => {
      const [y, mo, d] = [year, month, day].map((part) => wholeNumber(m, part, at));
      return cls.kind === "class"
        ? makeMoment(
            m,
            cls,
            ofDay({ year: y ?? 0, month: mo ?? 0, day: d ?? 0 }),
            at,
            mergeEnv(year.env, month.env, day.env),
          )
        : m.raise("TypeError", "date.__new__(X): X is not a type object", at);
    },
    { gives: "date" },
  );
  const of = nativeClass(machine, "datetime.date", [
    ["__new__", create],
    ...commonMethods(),
    ...shiftMethods(),
    ...dayQuestions(),
    ...clockMethods(machine, "date", ["today"]),
    classMethod(machine, "fromtimestamp", ["timestamp"], (_, __, at, m) => ofTheMachine(m, at, "date")),
    classMethod(machine, "fromordinal", ["ordinal"], (cls, given, at, m) => {
      const ordinal = given.ordinal ? wholeNumber(m, given.ordinal, at) : 0;
      return ordinal < 1 || ordinal > lastDay
        ? m.raise("ValueError", ordinal < 1 ? "ordinal must be >= 1" : `year is out of range`, at)
        : makeMoment(m, cls, ofDay(dayOf(ordinal)), at, given.ordinal?.env ?? []);
    }),
    classMethod(machine, "fromisoformat", ["date_string"], (cls, given, at, m) => {
      const text = given.date_string;
      if (text?.kind !== "str") return m.raise("TypeError", "fromisoformat: argument must be str", at);
      const day = dateFromIso(text.value);
      if (day === "week") return m.opaque("reads the date of a week, which is not modelled", at, [text]);
      return day
        ? makeMoment(m, cls, ofDay(day), at, text.env)
        : m.raise("ValueError", `Invalid isoformat string: ${String(m.repr(text))}`, at, text.env);
    }),
    momentMethod("replace", ["year", "month", "day"], ({ day }, { machine: m, at, env, given, of: own }) =>
      makeMoment(m, own, ofDay(replaced(m, day, given, at)), at, env),
    ),
    momentMethod("isoformat", [], ({ day }, { at, env }) => str(dayText(day), at, env)),
    momentMethod("__str__", [], ({ day }, { at, env }) => str(dayText(day), at, env)),
    momentMethod("__repr__", [], ({ day }, { at, env, of: own }) =>
      str(`${own.module}.${own.name}(${day.year}, ${day.month}, ${day.day})`, at, env),
    ),
  ]);
  of.attributes.set("min", makeMoment(machine, of, ofDay(dayOf(1)), undefined, []));
  of.attributes.set("max", makeMoment(machine, of, ofDay(dayOf(lastDay)), undefined, []));
  return of;
}
