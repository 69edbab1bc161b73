import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { dayOf, lastDay } from "./calendar.ts";
import { shiftMethods } from "./date-class.ts";
import { define, nativeClass } from "./define.ts";
import { float, none, ofTheMachine, str, textOf } from "./make.ts";
import {
  classMethod,
  clockMethods,
  commonMethods,
  momentMethod,
  replaced,
  wholeNumber,
} from "./moment-methods.ts";
import type { Moment } from "./moments.ts";
import {
  clockText,
  dayText,
  localLength,
  makeMoment,
  midnight,
  momentOf,
  ofBoth,
  ofDay,
  ofTime,
  reprParts,
  shifted,
  utcLength,
} from "./moments.ts";
import type { Clock } from "./time-format.ts";
import { dateFromIso, offsetText, strptime, timeFromIso } from "./time-format.ts";
import { fixedZone, zoneOffset } from "./time-zones.ts";
import { roundedMicroseconds } from "./timedelta.ts";

/** `datetime.datetime` and `datetime.time`. */

const dayParts = ["year", "month", "day"] as const;
const clockParts = ["hour", "minute", "second", "microsecond"] as const;
type Given = Readonly<Record<string, Value | undefined>>;

const epoch = ofBoth({ year: 1970, month: 1, day: 1 }, midnight);

function checkedZone(machine: Machine, zone: Value | undefined, at: Location | undefined): Value {
  if (!zone || zone.kind === "none") return none(at);
  if (zone.kind === "instance" || zone.kind === "opaque") return zone;
  const type = machine.classOf(zone).name;
  return machine.raise(
    "TypeError",
    `tzinfo argument must be None or of a tzinfo subclass, not type '${type}'`,
    at,
  );
}

/** "T10:11:12+02:00" of a moment, or an opaque value. */
function timeText(moment: Moment, precision?: string): string | undefined | Value {
  const offset = zoneOffset(moment.zone);
  if (typeof offset === "object") return offset;
  const clock = clockText(moment.clock, precision);
  return clock === undefined ? undefined : `${clock}${offset === undefined ? "" : offsetText(offset)}`;
}

const isoformat = (separator: string, parameters: readonly string[], name = "isoformat"): [string, Value] =>
  momentMethod(name, parameters, (moment, { machine, at, env, given }) => {
    const time = timeText(moment, textOf(given.timespec));
    if (time === undefined) return machine.raise("ValueError", "Unknown timespec value", at);
    if (typeof time !== "string") return time;
    const between = textOf(given.sep) ?? separator;
    return str(moment.kind === "time" ? time : `${dayText(moment.day)}${between}${time}`, at, env);
  });

const represented = momentMethod("__repr__", [], (moment, { machine, at, env, of }) => {
  const zone = moment.zone.kind === "none" ? "" : machine.repr(moment.zone);
  if (typeof zone !== "string") return zone;
  const parts = reprParts(moment).join(", ");
  return str(`${of.module}.${of.name}(${parts}${zone && `, tzinfo=${zone}`})`, at, env);
});

/** What the zone of a moment is asked. */
const zoneQuestions = ["utcoffset", "dst", "tzname"].map((name) =>
  momentMethod(name, [], ({ zone }, { self, machine, at }) =>
    zone.kind === "none" ? none(at) : machine.call(machine.attribute(zone, name, at), [self], undefined, at),
  ),
);

function zoneGiven(machine: Machine, old: Value, given: Given, at: Location | undefined): Value {
  return given.tzinfo ? checkedZone(machine, given.tzinfo, at) : old;
}

export function timeClass(machine: Machine): Class {
  const create = define(
    "time",
    { required: ["cls"], optional: [...clockParts, "tzinfo", "fold"] },
    ({ machine: m, at, given }) =>
      given.cls.kind === "class"
        ? makeMoment(
            m,
            given.cls,
            ofTime(replaced(m, midnight, given, at), checkedZone(m, given.tzinfo, at)),
            at,
            envOfGiven(given),
          )
        : m.raise("TypeError", "time.__new__(X): X is not a type object", at),
    { gives: "time" },
  );
  const of = nativeClass(machine, "datetime.time", [
    ["__new__", create],
    ...commonMethods(),
    ...zoneQuestions,
    isoformat("", ["timespec"]),
    isoformat("", [], "__str__"),
    represented,
    momentMethod(
      "replace",
      [...clockParts, "tzinfo"],
      ({ clock, zone }, { machine: m, at, env, given, of: own }) =>
        makeMoment(m, own, ofTime(replaced(m, clock, given, at), zoneGiven(m, zone, given, at)), at, env),
    ),
    classMethod(machine, "fromisoformat", ["time_string"], (cls, given, at, m) => {
      const text = given.time_string;
      if (text?.kind !== "str") return m.raise("TypeError", "fromisoformat: argument must be str", at);
      const time = timeFromIso(text.value.replace(/^T/, ""));
      if (!time)
        return m.raise("ValueError", `Invalid isoformat string: ${String(m.repr(text))}`, at, text.env);
      return makeMoment(
        m,
        cls,
        ofTime(clockFrom(time), zoneFrom(m, time.offset, at, text.env)),
        at,
        text.env,
      );
    }),
  ]);
  of.attributes.set("min", makeMoment(machine, of, ofTime(midnight), undefined, []));
  return of;
}

const clockFrom = ({ hour, minute, second, microsecond }: Clock): Clock => ({
  hour,
  minute,
  second,
  microsecond,
});

const zoneFrom = (
  machine: Machine,
  offset: bigint | undefined,
  at: Location | undefined,
  env: EnvNames,
  name?: string,
): Value => (offset === undefined ? none(at) : fixedZone(machine, offset, at, env, name));

const envOfGiven = (given: Given): EnvNames =>
  mergeEnv(...Object.values(given).map((value) => value?.env ?? []));

/** The date and the time of an ISO text; undefined for a text that is none. */
function fromIso(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: EnvNames,
): Moment | "week" | undefined {
  const split = /^(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d(?:-?\d)?)(?:.(.*))?$/s.exec(text);
  const day = dateFromIso(split?.[1] ?? "");
  if (day === undefined || day === "week") return day;
  if (split?.[2] === undefined) return ofBoth(day, midnight);
  const time = timeFromIso(split[2]);
  return time && ofBoth(day, clockFrom(time), zoneFrom(machine, time.offset, at, env));
}

/** Seconds since 1970, as a moment of a zone with a fixed offset. */
function fromTimestamp(
  machine: Machine,
  of: Class,
  given: Given,
  zone: Value | undefined,
  at: Location | undefined,
): Value {
  const offset = zone && zoneOffset(zone);
  const stamp = given.timestamp ?? none();
  const since = roundedMicroseconds(stamp);
  // Without a zone it is the machine's own.
  if (zone === undefined || (zone.kind === "none" && offset === undefined && given.tz !== undefined))
    return ofTheMachine(machine, at, "datetime", [stamp]);
  if (typeof offset === "object") return offset;
  if (since === undefined)
    return machine.raise("TypeError", "'str' object cannot be interpreted as an integer", at, stamp.env);
  const moment = shifted(epoch, since + (offset ?? 0n));
  return moment
    ? makeMoment(machine, of, ofBoth(moment.day, moment.clock, zone), at, stamp.env)
    : machine.raise("ValueError", "year is out of range", at, stamp.env);
}

/** A `datetime` of its text in a format. */
function parsed(machine: Machine, of: Class, given: Given, at: Location | undefined): Value {
  const [text, format] = [given.date_string, given.format];
  if (text?.kind !== "str" || format?.kind !== "str") {
    const wrong = text?.kind === "str" ? 2 : 1;
    const value = (wrong === 1 ? text : format) ?? none();
    const type = value.kind === "opaque" ? "object" : machine.classOf(value).name;
    return machine.raise("TypeError", `strptime() argument ${wrong} must be str, not ${type}`, at, value.env);
  }
  const env = mergeEnv(text.env, format.env);
  const read = strptime(text.value, format.value, (one) => String(machine.repr(str(one))));
  if (read.kind === "refused") return machine.raise("ValueError", read.message, at, env);
  if (read.kind === "unknown")
    return machine.opaque("reads a date in a format that is not modelled", at, [text], { type: "datetime" });
  const { shown } = read;
  const { year, month, day, offset, zoneName } = shown;
  const zone = offset === undefined ? none(at) : fixedZone(machine, offset, at, env, zoneName);
  return makeMoment(machine, of, ofBoth({ year, month, day }, clockFrom(shown), zone), at, env);
}

export function datetimeClass(machine: Machine, date: Class): Class {
  const create = define(
    "datetime",
    { required: ["cls", ...dayParts], optional: [...clockParts, "tzinfo", "fold"] },
    ({ machine: m, at, given }) => {
      const { cls } = given;
      const [year = 0, month = 0, day = 0] = dayParts.map((name) => wholeNumber(m, given[name], at));
      return cls.kind === "class"
        ? makeMoment(
            m,
            cls,
            ofBoth({ year, month, day }, replaced(m, midnight, given, at), checkedZone(m, given.tzinfo, at)),
            at,
            envOfGiven(given),
          )
        : m.raise("TypeError", "datetime.__new__(X): X is not a type object", at);
    },
    { gives: "datetime" },
  );
  const of = nativeClass(
    machine,
    "datetime.datetime",
    [
      ["__new__", create],
      ...commonMethods(),
      ...shiftMethods(),
      ...zoneQuestions,
      ...clockMethods(machine, "datetime", ["now", "today", "utcnow"]),
      isoformat("T", ["sep", "timespec"]),
      isoformat(" ", [], "__str__"),
      represented,
      classMethod(machine, "strptime", ["date_string", "format"], (cls, given, at, m) =>
        parsed(m, cls, given, at),
      ),
      classMethod(machine, "fromtimestamp", ["timestamp", "tz"], (cls, given, at, m) =>
        fromTimestamp(m, cls, given, given.tz, at),
      ),
      classMethod(machine, "utcfromtimestamp", ["timestamp"], (cls, given, at, m) =>
        fromTimestamp(m, cls, given, none(at), at),
      ),
      classMethod(machine, "fromordinal", ["ordinal"], (cls, given, at, m) => {
        const ordinal = given.ordinal ? wholeNumber(m, given.ordinal, at) : 0;
        return ordinal < 1 || ordinal > lastDay
          ? m.raise("ValueError", "ordinal must be >= 1", at)
          : makeMoment(m, cls, ofBoth(dayOf(ordinal), midnight), at, []);
      }),
      classMethod(machine, "fromisoformat", ["date_string"], (cls, given, at, m) => {
        const text = given.date_string;
        if (text?.kind !== "str") return m.raise("TypeError", "fromisoformat: argument must be str", at);
        const moment = fromIso(m, text.value, at, text.env);
        if (moment === "week") return m.opaque("reads the date of a week, which is not modelled", at, [text]);
        return moment
          ? makeMoment(m, cls, moment, at, text.env)
          : m.raise("ValueError", `Invalid isoformat string: ${String(m.repr(text))}`, at, text.env);
      }),
      classMethod(machine, "combine", ["date", "time", "tzinfo"], (cls, given, at, m) => {
        const [day, time] = [momentOf(given.date), momentOf(given.time)];
        return day && time
          ? makeMoment(
              m,
              cls,
              ofBoth(day.day, time.clock, zoneGiven(m, time.zone, given, at)),
              at,
              envOfGiven(given),
            )
          : m.raise("TypeError", "combine() argument 1 must be datetime.date", at);
      }),
      momentMethod(
        "replace",
        [...dayParts, ...clockParts, "tzinfo", "fold"],
        ({ day, clock, zone }, { machine: m, at, env, given, of: own }) => {
          const moment = ofBoth(
            replaced(m, day, given, at),
            replaced(m, clock, given, at),
            zoneGiven(m, zone, given, at),
          );
          return makeMoment(m, own, moment, at, mergeEnv(env, envOfGiven(given)));
        },
      ),
      momentMethod("date", [], ({ day }, { machine: m, at, env }) =>
        makeMoment(m, m.classNamed("datetime.date"), ofDay(day), at, env),
      ),
      momentMethod("time", [], ({ clock }, { machine: m, at, env }) =>
        makeMoment(m, m.classNamed("datetime.time"), ofTime(clock), at, env),
      ),
      momentMethod("timetz", [], ({ clock, zone }, { machine: m, at, env }) =>
        makeMoment(m, m.classNamed("datetime.time"), ofTime(clock, zone), at, env),
      ),
      momentMethod("timestamp", [], (moment, { self, machine: m, at, env }) => {
        const utc = utcLength(moment);
        if (utc === undefined) return ofTheMachine(m, at, "float", [self]);
        return typeof utc === "object" ? utc : float(Number(utc - localLength(epoch)) / 1e6, at, env);
      }),
      momentMethod("astimezone", ["tz"], (moment, { self, machine: m, at, env, given, of: own }) => {
        const zone = given.tz;
        const utc = utcLength(moment);
        const offset = zone && zoneOffset(zone);
        if (utc === undefined || zone === undefined || offset === undefined)
          return ofTheMachine(m, at, "datetime", [self]);
        if (typeof utc === "object") return utc;
        if (typeof offset === "object") return offset;
        const local = shifted(epoch, utc - localLength(epoch) + offset);
        return local
          ? makeMoment(m, own, ofBoth(local.day, local.clock, zone), at, env)
          : m.raise("OverflowError", "date value out of range", at, env);
      }),
    ],
    [date],
  );
  of.attributes.set("min", makeMoment(machine, of, ofBoth(dayOf(1), midnight), undefined, []));
  return of;
}
