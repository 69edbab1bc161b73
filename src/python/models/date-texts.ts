import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { EnvNames, Value } from "../value.ts";
import { makeMoment, midnight, ofBoth, ofDay, ofTime } from "./moments.ts";
import { offsetFrom } from "./time-format.ts";
import { fixedZone } from "./time-zones.ts";

/** Dates as TOML and YAML write them, as their Python libraries make objects of them. */

const written =
  /^(?:(\d{4})-(\d\d?)-(\d\d?))?(?:(?:[Tt]|[ \t]+|^)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d*))?)?)?(?:[ \t]*(Z|[-+]\d\d?(?::?\d\d)?))?$/;

/** A date, a time or both; undefined for any other text. */
export function dateOf(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: EnvNames,
): Value | undefined {
  const [whole, y, mo, d, h, mi, s = "0", fraction = "", zone] = written.exec(text) ?? [];
  if (whole === undefined || (y === undefined && h === undefined)) return undefined;
  const day = { year: Number(y), month: Number(mo), day: Number(d) };
  const clock =
    h === undefined
      ? midnight
      : {
          hour: Number(h),
          minute: Number(mi),
          second: Number(s),
          microsecond: Number(fraction.slice(0, 6).padEnd(6, "0")),
        };
  const make = (name: string, moment: Parameters<typeof makeMoment>[2]): Value =>
    makeMoment(machine, machine.classNamed(`datetime.${name}`), moment, at, env);
  if (h === undefined) return make("date", ofDay(day));
  if (y === undefined) return make("time", ofTime(clock));
  if (zone === undefined) return make("datetime", ofBoth(day, clock));
  const offset = offsetFrom(zone === "Z" ? zone : fullOffset(zone));
  return make("datetime", ofBoth(day, clock, fixedZone(machine, offset, at, env)));
}

/** "+5" and "-05" as "+05:00" and "-05:00". */
const fullOffset = (zone: string): string => {
  const [, sign = "+", hours = "0", minutes = "00"] = /^([-+])(\d\d?)(?::?(\d\d))?$/.exec(zone) ?? [];
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
};
