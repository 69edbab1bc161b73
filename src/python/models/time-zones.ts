import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, EnvNames, Instance, Opaque, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, int, none, str, textOf } from "./make.ts";
import { offsetText } from "./time-format.ts";
import { lengthOf, makeDelta } from "./timedelta.ts";

/** Time zones. Only those with one offset for all times are computed with. */

class Zone {
  /** In microseconds; undefined where it depends on the date. */
  readonly offset: bigint | undefined;
  readonly name: string | undefined;
  constructor(offset: bigint | undefined, name: string | undefined) {
    this.offset = offset;
    this.name = name;
  }
}

const zoneOf = (value: Value): Zone | undefined =>
  value.kind === "instance" && value.data instanceof Zone ? value.data : undefined;

/** The offset of a `tzinfo`; undefined for None, opaque where it depends on the rules of a place. */
export function zoneOffset(value: Value): bigint | Opaque | undefined {
  if (value.kind === "none") return undefined;
  const offset = zoneOf(value)?.offset;
  if (offset !== undefined) return offset;
  return {
    kind: "opaque",
    because: "depends on the rules of a time zone, which are not modelled",
    cause: "unmodelled",
    at: value.at,
    env: value.env,
  };
}

export function zoneName(value: Value): string | undefined {
  const zone = zoneOf(value);
  return zone && (zone.name ?? fixedName(zone.offset ?? 0n));
}

const fixedName = (offset: bigint): string => (offset === 0n ? "UTC" : `UTC${offsetText(offset)}`);

function makeZone(
  of: Class,
  offset: bigint | undefined,
  name: string | undefined,
  at: Location | undefined,
  env: EnvNames,
): Instance {
  return instance(of, at, { data: new Zone(offset, name), env });
}

/** A `datetime.timezone` of an offset: what `%z` and ISO texts make. */
export function fixedZone(
  machine: Machine,
  offset: bigint,
  at: Location | undefined,
  env: EnvNames,
  name?: string,
): Value {
  if (offset === 0n && name === undefined)
    return machine.attribute(machine.classNamed("datetime.timezone"), "utc", at);
  return makeZone(machine.classNamed("datetime.timezone"), offset, name, at, env);
}

const known = (zone: Value): bigint => {
  const offset = zoneOffset(zone);
  return typeof offset === "bigint" ? offset : 0n;
};

/** What every zone can be asked, whoever made it. */
const questions = byName(
  method("utcoffset", { optional: ["dt"] }, (self, { machine, at }) => {
    const offset = zoneOffset(self);
    return typeof offset === "bigint" ? makeDelta(machine, offset, at, self.env) : (offset ?? none(at));
  }),
  method("dst", { optional: ["dt"] }, (self, { at }) => {
    const offset = zoneOffset(self);
    return typeof offset === "object" ? offset : none(at);
  }),
  method("tzname", { optional: ["dt"] }, (self, { at }) => {
    const offset = zoneOffset(self);
    return typeof offset === "object" ? offset : str(zoneName(self) ?? "", at, self.env);
  }),
);

const limit = 86_400_000_000n;

export function timezoneClass(machine: Machine, base: Class): Class {
  const of: Class = nativeClass(
    machine,
    "datetime.timezone",
    [
      [
        "__new__",
        define(
          "timezone",
          { required: ["cls", "offset"], optional: ["name"] },
          ({ machine: m, at, given: { cls, offset, name } }) => {
            const length = lengthOf(offset);
            if (length === undefined)
              return m.raise(
                "TypeError",
                `timezone() argument 1 must be datetime.timedelta, not ${offset.kind === "opaque" ? "object" : m.classOf(offset).name}`,
                at,
              );
            if (length <= -limit || length >= limit)
              return m.raise(
                "ValueError",
                `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${m.repr(offset)}.`,
                at,
                offset.env,
              );
            return cls.kind === "class" ? makeZone(cls, length, textOf(name), at, offset.env) : cls;
          },
          { gives: "timezone" },
        ),
      ],
      ...questions,
      ...byName(
        method("__str__", {}, (self, { at }) => str(zoneName(self) ?? "", at, self.env)),
        method("__repr__", {}, (self, { machine: m, at }) => {
          const offset = known(self);
          if (offset === 0n && zoneOf(self)?.name === undefined) return str("datetime.timezone.utc", at);
          const inner = m.repr(makeDelta(m, offset, at, self.env));
          const name = zoneOf(self)?.name;
          const shown = name === undefined ? "" : `, ${String(m.repr(str(name)))}`;
          return typeof inner === "string" ? str(`datetime.timezone(${inner}${shown})`, at, self.env) : inner;
        }),
        method("__eq__", { required: ["other"] }, (self, { at, given }) =>
          bool(zoneOf(given.other) !== undefined && known(self) === known(given.other), at),
        ),
        method("__hash__", {}, (self, { at }) => int(known(self), at)),
      ),
    ],
    [base],
  );
  const utc = makeZone(of, 0n, undefined, undefined, []);
  of.attributes.set("utc", utc);
  return of;
}

/** `zoneinfo.ZoneInfo` and the zones of pytz: known by name; only UTC is computed with. */
export function namedZoneClass(machine: Machine, path: string, base: Class, attribute: string): Class {
  return nativeClass(
    machine,
    path,
    [
      [
        "__new__",
        define(
          path.slice(path.indexOf(".") + 1),
          { required: ["cls", attribute] },
          ({ machine: m, at, given }) => {
            const { cls, [attribute]: key = none() } = given as Record<string, Value>;
            const name = textOf(key) ?? "";
            const universal = /^(Etc\/)?(UTC|GMT|Zulu|UCT|Universal|Greenwich)$/i.test(name);
            return cls?.kind === "class"
              ? instance(cls, at, {
                  data: new Zone(universal ? 0n : undefined, name),
                  env: key.env,
                  attributes: [[attribute, key]],
                })
              : m.raise("TypeError", "ZoneInfo.__new__(X): X is not a type object", at);
          },
          { gives: "ZoneInfo" },
        ),
      ],
      ...questions,
      ...byName(method("__str__", {}, (self, { machine: m, at }) => m.attribute(self, attribute, at))),
    ],
    [base],
  );
}
