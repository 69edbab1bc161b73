import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { floorDivide, modulo } from "../numbers.ts";
import type { Class, EnvNames, Instance, Opaque, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import type { Day } from "./calendar.ts";
import { dayOf, daysInMonth, lastDay, ordinalOf } from "./calendar.ts";
import { instance } from "./define.ts";
import { int, none } from "./make.ts";
import type { Clock } from "./time-format.ts";
import { pad } from "./time-format.ts";
import { zoneName, zoneOffset } from "./time-zones.ts";

/** Points in time, as `datetime.date`, `datetime.datetime` and `datetime.time` keep them. */
export class Moment {
  readonly kind: "date" | "datetime" | "time";
  readonly day: Day;
  readonly clock: Clock;
  /** The `tzinfo`: None for a naive one. */
  readonly zone: Value;
  constructor(kind: Moment["kind"], day: Day, clock: Clock, zone: Value) {
    this.kind = kind;
    this.day = day;
    this.clock = clock;
    this.zone = zone;
  }
}

export const midnight: Clock = { hour: 0, minute: 0, second: 0, microsecond: 0 };
/** The day of a time that has none. */
export const noDay: Day = { year: 1900, month: 1, day: 1 };

export const dayLength = 86_400_000_000n;

export function momentOf(value: Value | undefined): Moment | undefined {
  return value?.kind === "instance" && value.data instanceof Moment ? value.data : undefined;
}

/** Makes an object; raises as CPython does for a day or a time that does not exist. */
export function makeMoment(
  machine: Machine,
  of: Class,
  moment: Moment,
  at: Location | undefined,
  env: EnvNames,
): Instance {
  const { kind, day, clock, zone } = moment;
  const wrong = kind === "time" ? clockProblem(clock) : (dayProblem(day) ?? clockProblem(clock));
  if (wrong !== undefined) machine.raise("ValueError", wrong, at, env);
  const numbers = Object.entries({ ...(kind !== "time" && day), ...(kind !== "date" && clock) });
  return instance(of, at, {
    data: moment,
    env,
    attributes: [
      ...numbers.map(([name, number]) => [name, int(number, at, env)] as const),
      ...(kind === "date" ? [] : [["tzinfo", zone] as const, ["fold", int(0, at)] as const]),
    ],
  });
}

function dayProblem({ year, month, day }: Day): string | undefined {
  if (year < 1 || year > 9999) return `year ${year} is out of range`;
  if (month < 1 || month > 12) return "month must be in 1..12";
  return day < 1 || day > daysInMonth(year, month) ? "day is out of range for month" : undefined;
}

function clockProblem({ hour, minute, second, microsecond }: Clock): string | undefined {
  if (hour < 0 || hour > 23) return "hour must be in 0..23";
  if (minute < 0 || minute > 59) return "minute must be in 0..59";
  if (second < 0 || second > 59) return "second must be in 0..59";
  return microsecond < 0 || microsecond > 999_999 ? "microsecond must be in 0..999999" : undefined;
}

export const ofDay = (day: Day): Moment => new Moment("date", day, midnight, none());
export const ofTime = (clock: Clock, zone: Value = none()): Moment => new Moment("time", noDay, clock, zone);
export const ofBoth = (day: Day, clock: Clock, zone: Value = none()): Moment =>
  new Moment("datetime", day, clock, zone);

/** Microseconds since the start of the day. */
export const clockLength = ({ hour, minute, second, microsecond }: Clock): bigint =>
  BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + BigInt(microsecond);

/** Microseconds since the day before 0001-01-01, by the moment's own clock. */
export const localLength = ({ day, clock }: Moment): bigint =>
  BigInt(ordinalOf(day)) * dayLength + clockLength(clock);

export function clockOf(length: bigint): Clock {
  const seconds = Number(length / 1_000_000n);
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: Number(length % 1_000_000n),
  };
}

/** The moment that is `length` later; undefined if that is beyond the calendar. */
export function shifted(moment: Moment, length: bigint): Moment | undefined {
  const total =
    localLength(moment) + (moment.kind === "date" ? floorDivide(length, dayLength) * dayLength : length);
  const ordinal = floorDivide(total, dayLength);
  if (ordinal < 1n || ordinal > BigInt(lastDay)) return undefined;
  const day = dayOf(Number(ordinal));
  return moment.kind === "date" ? ofDay(day) : ofBoth(day, clockOf(modulo(total, dayLength)), moment.zone);
}

/** The moment in UTC, or undefined for a naive one; opaque if its zone's rules are not known. */
export function utcLength(moment: Moment): bigint | Opaque | undefined {
  const offset = zoneOffset(moment.zone);
  return typeof offset === "bigint"
    ? (moment.kind === "time" ? clockLength(moment.clock) : localLength(moment)) - offset
    : offset;
}

/** What `strftime` shows of a moment; opaque if its zone's rules are not known. */
export function shownOf({ day, clock, zone }: Moment) {
  const offset = zoneOffset(zone);
  if (typeof offset === "object") return offset;
  return { ...day, ...clock, offset, zoneName: zoneName(zone) };
}

/** Python's `repr`, without the zone. */
export function reprParts({ kind, day, clock }: Moment): readonly number[] {
  const { hour, minute, second, microsecond } = clock;
  const date = [day.year, day.month, day.day];
  if (kind === "date") return date;
  const time = [hour, minute, second, microsecond];
  const needed = microsecond > 0 ? 4 : second > 0 ? 3 : 2;
  return [...(kind === "time" ? [] : date), ...time.slice(0, needed)];
}

export const dayText = ({ year, month, day }: Day): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

const precisions: readonly string[] = ["hours", "minutes", "seconds", "milliseconds", "microseconds"];

/** The time of day as `isoformat` has it; undefined for a precision that does not exist. */
export function clockText(
  { hour, minute, second, microsecond }: Clock,
  precision = "auto",
): string | undefined {
  const wanted = precision === "auto" ? (microsecond > 0 ? "microseconds" : "seconds") : precision;
  const index = precisions.indexOf(wanted);
  if (index < 0) return undefined;
  const whole = [hour, minute, second]
    .slice(0, index + 1)
    .map((part) => pad(part))
    .join(":");
  const fraction = pad(microsecond, 6);
  return index < 3 ? whole : `${whole}.${index === 3 ? fraction.slice(0, 3) : fraction}`;
}

export const envOfBoth = (a: Value, b: Value): EnvNames => mergeEnv(a.env, b.env);
