/** The proleptic Gregorian calendar, as Python's `datetime` counts it: day 1 is 0001-01-01. */

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const monthNames = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
]; // biome-ignore format: a table
export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
export const lastDay = 3_652_059;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days of a year before a day of it. */
const dayOfYear = ({ year, month, day }: Day): number =>
  (before[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0) + day;

export { dayOfYear };

const beforeYear = (year: number): number => {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
};

export function ordinalOf(day: Day): number {
  return beforeYear(day.year) + dayOfYear(day);
}

export function dayOf(ordinal: number): Day {
  let year = Math.max(1, Math.floor(ordinal / 365.2425));
  while (beforeYear(year + 1) < ordinal) year++;
  while (beforeYear(year) >= ordinal) year--;
  let rest = ordinal - beforeYear(year);
  let month = 1;
  while (rest > daysInMonth(year, month)) rest -= daysInMonth(year, month++);
  return { year, month, day: rest };
}

/** 0 is Monday. */
export function weekdayOf(ordinal: number): number {
  return (ordinal + 6) % 7;
}

/** Year, week and day of the week (1 is Monday) of ISO 8601. */
export function isoWeek(day: Day): readonly [year: number, week: number, weekday: number] {
  const ordinal = ordinalOf(day);
  const weekday = weekdayOf(ordinal);
  const { year } = dayOfSafe(ordinal - weekday + 3, day);
  const first = beforeYear(year) + 4;
  const monday = first - weekdayOf(first);
  return [year, Math.floor((ordinal - monday) / 7) + 1, weekday + 1];
}

/** The Thursday of the last week of 9999 is in the year after. */
const dayOfSafe = (ordinal: number, { year }: Day): { readonly year: number } =>
  ordinal > lastDay ? { year: year + 1 } : ordinal < 1 ? { year: 0 } : dayOf(ordinal);
