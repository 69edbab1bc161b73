import type { Model } from "../machine.ts";
import { dateClass } from "./date-class.ts";
import { datetimeClass, timeClass } from "./datetime-class.ts";
import { define, model } from "./define.ts";
import { inertClass, machineCall } from "./inert.ts";
import { int, str } from "./make.ts";
import { namedZoneClass, timezoneClass } from "./time-zones.ts";
import { timedelta } from "./timedelta.ts";

export { secondsOf } from "./timedelta.ts";

export const datetimeModels: readonly Model[] = [
  model("datetime", (machine) => {
    const date = dateClass(machine);
    const tzinfo = inertClass(machine, "datetime.tzinfo");
    const timezone = timezoneClass(machine, tzinfo);
    return [
      ["timedelta", timedelta(machine)],
      ["date", date],
      ["datetime", datetimeClass(machine, date)],
      ["time", timeClass(machine)],
      ["timezone", timezone],
      ["tzinfo", tzinfo],
      ["UTC", timezone.attributes.get("utc") ?? timezone],
      ["MINYEAR", int(1)],
      ["MAXYEAR", int(9999)],
    ];
  }),
  model("zoneinfo", (machine) => [
    ["ZoneInfo", namedZoneClass(machine, "zoneinfo.ZoneInfo", machine.classNamed("datetime.tzinfo"), "key")],
    machineCall("available_timezones", "set"),
    ["ZoneInfoNotFoundError", machine.classNamed("KeyError")],
  ]),
  model("pytz", (machine) => {
    const zone = namedZoneClass(machine, "pytz.tzfile", machine.classNamed("datetime.tzinfo"), "zone");
    const utc = machine.call(zone, [str("UTC")]);
    return [
      ["UTC", utc],
      ["utc", utc],
      [
        "timezone",
        define("timezone", { required: ["zone"] }, ({ machine: m, at, given }) =>
          m.call(zone, [given.zone], undefined, at),
        ),
      ],
      [
        "all_timezones",
        machine.opaque("is the list of time zones of pytz", undefined, [], {
          type: "list",
          cause: "unmodelled",
        }),
      ],
    ];
  }),
];
