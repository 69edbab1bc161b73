import type { Day } from "./calendar.ts";
import { dayNames, dayOf, dayOfYear, isoWeek, monthNames, ordinalOf, weekdayOf } from "./calendar.ts";

/** `strftime` and `strptime` of the C locale. */

export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A date and a time of day, with the name and the offset (in microseconds) of its zone, if it has one. */
export interface Shown extends Day, Clock {
  readonly offset: bigint | undefined;
  readonly zoneName: string | undefined;
}

export const pad = (number: number | bigint, width = 2): string => String(number).padStart(width, "0");

/** "+02:00", with seconds where there are any. */
export function offsetText(offset: bigint, separator = ":"): string {
  const size = offset < 0n ? -offset : offset;
  const seconds = size / 1_000_000n;
  const parts = [pad(seconds / 3600n), pad((seconds / 60n) % 60n)];
  if (size % 60_000_000n !== 0n) parts.push(pad(seconds % 60n));
  const fraction = size % 1_000_000n === 0n ? "" : `.${pad(size % 1_000_000n, 6)}`;
  return `${offset < 0n ? "-" : "+"}${parts.join(separator)}${fraction}`;
}

const hour12 = ({ hour }: Clock): number => hour % 12 || 12;
const weekday = (shown: Shown): number => weekdayOf(ordinalOf(shown));

const directives: Readonly<Record<string, (shown: Shown) => string>> = {
  a: (shown) => (dayNames[weekday(shown)] ?? "").slice(0, 3),
  A: (shown) => dayNames[weekday(shown)] ?? "",
  b: ({ month }) => (monthNames[month - 1] ?? "").slice(0, 3),
  B: ({ month }) => monthNames[month - 1] ?? "",
  c: (shown) => strftime(shown, `%a %b ${String(shown.day).padStart(2)} %H:%M:%S %Y`),
  C: ({ year }) => pad(Math.floor(year / 100)),
  d: ({ day }) => pad(day),
  D: (shown) => strftime(shown, "%m/%d/%y"),
  e: ({ day }) => String(day).padStart(2),
  f: ({ microsecond }) => pad(microsecond, 6),
  F: (shown) => strftime(shown, "%Y-%m-%d"),
  G: (shown) => String(isoWeek(shown)[0]),
  h: ({ month }) => (monthNames[month - 1] ?? "").slice(0, 3),
  H: ({ hour }) => pad(hour),
  I: (shown) => pad(hour12(shown)),
  j: (shown) => pad(dayOfYear(shown), 3),
  m: ({ month }) => pad(month),
  M: ({ minute }) => pad(minute),
  n: () => "\n",
  p: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  r: (shown) => strftime(shown, "%I:%M:%S %p"),
  R: (shown) => strftime(shown, "%H:%M"),
  S: ({ second }) => pad(second),
  t: () => "\t",
  T: (shown) => strftime(shown, "%H:%M:%S"),
  u: (shown) => String(weekday(shown) + 1),
  U: (shown) => pad(Math.floor((dayOfYear(shown) + 6 - ((weekday(shown) + 1) % 7)) / 7)),
  V: (shown) => pad(isoWeek(shown)[1]),
  w: (shown) => String((weekday(shown) + 1) % 7),
  W: (shown) => pad(Math.floor((dayOfYear(shown) + 6 - weekday(shown)) / 7)),
  x: (shown) => strftime(shown, "%m/%d/%y"),
  X: (shown) => strftime(shown, "%H:%M:%S"),
  y: ({ year }) => pad(year % 100),
  Y: ({ year }) => String(year),
  z: ({ offset }) => (offset === undefined ? "" : offsetText(offset, "")),
  Z: ({ zoneName }) => zoneName ?? "",
  "%": () => "%",
};

/** What C makes of a format; a directive that it does not know stays as it is. */
export function strftime(shown: Shown, format: string): string {
  return format.replace(/%(.)/gs, (whole, name: string) => directives[name]?.(shown) ?? whole);
}

/** Whether every directive is one that `strftime` knows: what others give is up to the C library. */
export const isKnownFormat = (format: string): boolean =>
  [...format.matchAll(/%(.?)/gs)].every(([, name = ""]) => name in directives);

const oneOf = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join("|");
const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));

/** CPython's own expressions (Lib/_strptime.py). */
const readable: Readonly<Record<string, string>> = {
  d: "(?<d>3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9])",
  f: "(?<f>[0-9]{1,6})",
  H: "(?<H>2[0-3]|[0-1]\\d|\\d)",
  I: "(?<I>1[0-2]|0[1-9]|[1-9])",
  j: "(?<j>36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])",
  m: "(?<m>1[0-2]|0[1-9]|[1-9])",
  M: "(?<M>[0-5]\\d|\\d)",
  S: "(?<S>6[0-1]|[0-5]\\d|\\d)",
  y: "(?<y>\\d\\d)",
  Y: "(?<Y>\\d\\d\\d\\d)",
  z: "(?<z>[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z)",
  Z: "(?<Z>utc|gmt)",
  p: "(?<p>am|pm)",
  a: `(?<a>${oneOf(short(dayNames))})`,
  A: `(?<A>${oneOf(dayNames)})`,
  b: `(?<b>${oneOf(short(monthNames))})`,
  B: `(?<B>${oneOf(monthNames)})`,
  "%": "%",
};

export type Read =
  | { readonly kind: "read"; readonly shown: Shown }
  /** The message of the ValueError. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unknown" };

const indexIn = (names: readonly string[], text: string): number =>
  names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase().slice(0, 3)));

/** `datetime.strptime`; "unknown" where the format asks for weeks, or for what depends on the locale. */
export function strptime(text: string, format: string, quoted: (text: string) => string): Read {
  const used = new Set<string>();
  let unknown = false;
  let pattern = "";
  for (const [part] of format.matchAll(/%.|%$|\s+|[^%\s]+/gs)) {
    if (/^\s/.test(part)) pattern += "\\s+";
    else if (!part.startsWith("%")) pattern += part.replace(/[\\.^$*+?(){}[\]|/-]/g, "\\$&");
    else {
      const name = part.slice(1);
      const expression = readable[name];
      // Another spelling of a group that is there is an error of the pattern in CPython.
      if (expression === undefined || (used.has(name) && name !== "%")) unknown = true;
      used.add(name);
      pattern += expression ?? "";
    }
  }
  if (unknown) return { kind: "unknown" };
  const found = new RegExp(`^(?:${pattern})`, "i").exec(text);
  if (!found)
    return {
      kind: "refused",
      message: `time data ${quoted(text)} does not match format ${quoted(format)}`,
    };
  const rest = text.slice(found[0].length);
  if (rest !== "") return { kind: "refused", message: `unconverted data remains: ${rest}` };
  return readGroups(found.groups ?? {});
}

function readGroups(groups: Readonly<Record<string, string | undefined>>): Read {
  const number = (name: string): number | undefined =>
    groups[name] === undefined ? undefined : Number(groups[name].trim());
  const century = number("y");
  const year = number("Y") ?? (century === undefined ? 1900 : century + (century <= 68 ? 2000 : 1900));
  const monthName = groups.B ?? groups.b;
  const month = monthName ? indexIn(monthNames, monthName) + 1 : (number("m") ?? 1);
  let day: Day = { year, month, day: number("d") ?? 1 };
  const dayNumber = number("j");
  if (dayNumber !== undefined && groups.d === undefined)
    day = dayOf(ordinalOf({ year, month: 1, day: 1 }) + dayNumber - 1);
  const twelve = number("I");
  const isAfternoon = groups.p?.toLowerCase() === "pm";
  const hour = number("H") ?? (twelve === undefined ? 0 : (twelve % 12) + (isAfternoon ? 12 : 0));
  return {
    kind: "read",
    shown: {
      ...day,
      hour,
      minute: number("M") ?? 0,
      second: number("S") ?? 0,
      microsecond: Number((groups.f ?? "0").padEnd(6, "0")),
      offset: groups.z === undefined ? undefined : offsetFrom(groups.z),
      zoneName: groups.Z?.toUpperCase(),
    },
  };
}

/** "+02:00", "-0730" or "Z" in microseconds. */
export function offsetFrom(text: string): bigint {
  const [, sign, hours = "0", minutes = "0", seconds = "0", fraction = ""] =
    /^([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?$/.exec(text) ?? [];
  const whole = BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const size = whole * 1_000_000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
  return sign === "-" ? -size : size;
}

const isoTime =
  /^(\d\d)(?:(:?)(\d\d)(?:\2(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?)?$/;

/** The time of day of ISO 8601, as Python 3.11 reads it. */
export function timeFromIso(text: string): (Clock & { readonly offset: bigint | undefined }) | undefined {
  const [whole, hour = "0", , minute = "0", second = "0", fraction = "", zone] = isoTime.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.slice(0, 6).padEnd(6, "0")),
    offset: zone === undefined ? undefined : offsetFrom(zone.length === 3 ? `${zone}00` : zone),
  };
}

/** The date of ISO 8601; "week" for one that is given by its week. */
export function dateFromIso(text: string): Day | "week" | undefined {
  if (/^\d{4}-?W/.test(text)) return "week";
  const [, year, , month, day] = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(text) ?? [];
  return year === undefined ? undefined : { year: Number(year), month: Number(month), day: Number(day) };
}
