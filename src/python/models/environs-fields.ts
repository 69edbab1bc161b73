import type { Machine } from "../machine.ts";
import type { Value } from "../value.ts";
import { makeDecimal } from "./decimal.ts";
import { decimalFrom, isSpecial } from "./decimal-number.ts";
import type { Call } from "./define.ts";
import { float, int, isBuiltinClass, list, str, textOf } from "./make.ts";
import { parseNumber } from "./number-text.ts";
import { makePath } from "./pathlib.ts";
import { type TruthWords, truthFrom, truthOfWord } from "./truth-text.ts";
import { isIPv4 } from "./urls.ts";

/** marshmallow's fields, as environs 15 uses them: how each reads text. */

export type Field = (machine: Machine, text: string, value: Value, call: FieldCall) => Value | Invalid;
export type FieldCall = Call<string, string>;
export interface Invalid {
  readonly invalid: string;
}

const words: TruthWords = {
  yes: new Set(["t", "T", "true", "True", "TRUE", "on", "On", "ON", "y", "Y", "yes", "Yes", "YES", "1"]),
  no: new Set(["f", "F", "false", "False", "FALSE", "off", "Off", "OFF", "n", "N", "no", "No", "NO", "0"]),
};
const logLevels: Readonly<Record<string, number>> = {
  CRITICAL: 50,
  FATAL: 50,
  ERROR: 40,
  WARNING: 30,
  WARN: 30,
  INFO: 20,
  DEBUG: 10,
  NOTSET: 0,
};

const asInt: Field = (_, text, value, { at }) => {
  const number = parseNumber(text);
  return typeof number === "bigint"
    ? int(number, value.at ?? at, value.env)
    : { invalid: "Not a valid integer." };
};
const asFloat: Field = (_, text, value, { at }) => {
  const number = parseNumber(text);
  const finite = number !== undefined && Number.isFinite(Number(number));
  return finite ? float(Number(number), value.at ?? at, value.env) : { invalid: "Not a valid number." };
};
const asBool: Field = (machine, text, value, { at }) => {
  const truth = truthOfWord(text, words);
  return truth === undefined ? { invalid: "Not a valid boolean." } : truthFrom(machine, truth, value, at);
};
export const asStr: Field = (_, __, value) => value;

/** marshmallow's field for a type, or the project's own function. */
function cast(
  machine: Machine,
  subcast: Value | undefined,
  text: string,
  value: Value,
  call: FieldCall,
): Value | Invalid {
  const part = str(text, value.at ?? call.at, value.env);
  if (!subcast || machine.truth(subcast) === false) return part;
  const field = (
    [
      ["int", asInt],
      ["float", asFloat],
      ["bool", asBool],
      ["str", asStr],
    ] as const
  ).find(([name]) => isBuiltinClass(subcast, name));
  return field ? field[1](machine, text, part, call) : machine.call(subcast, [part], undefined, call.at);
}

const asList: Field = (machine, text, value, call) => {
  const parts = text === "" ? [] : text.split(textOf(call.given.delimiter) ?? ",");
  const items: Value[] = [];
  const invalid: string[] = [];
  for (const [index, part] of parts.entries()) {
    const item = cast(machine, call.given.subcast, part, value, call);
    if ("invalid" in item) invalid.push(`${index}: ['${item.invalid}']`);
    else items.push(item);
  }
  return invalid.length > 0
    ? { invalid: `{${invalid.join(", ")}}` }
    : list(items, value.at ?? call.at, value.env);
};
const asDict: Field = (machine, text, value, call) => {
  const { given, at } = call;
  const sign = textOf(given.key_value_delimiter) ?? "=";
  const pairs: [Value, Value][] = [];
  for (const part of text === "" ? [] : text.split(textOf(given.delimiter) ?? ",")) {
    const index = part.indexOf(sign);
    if (index === -1)
      return machine.raise("ValueError", "not enough values to unpack (expected 2, got 1)", at, value.env);
    const key = cast(machine, given.subcast_keys, part.slice(0, index).trim(), value, call);
    const item = cast(machine, given.subcast_values, part.slice(index + sign.length).trim(), value, call);
    if ("invalid" in key) return key;
    if ("invalid" in item) return item;
    pairs.push([key, item]);
  }
  return machine.dict(pairs, value.at ?? at, value.env);
};
const asJson: Field = (machine, _, value, { at }) =>
  machine.call(machine.attribute(machine.import("json"), "loads"), [value], undefined, at);
/** marshmallow's `Url`: a host with a top-level domain, an address, or localhost. */
const asUrl: Field = (machine, text, value, { at }) => {
  const [, host = ""] = webUrl.exec(text) ?? [];
  const isNamed = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,}\.?$/i.test(host);
  if (!isNamed && host !== "localhost" && !isIPv4(host) && !host.startsWith("["))
    return { invalid: "['Not a valid URL.']" };
  return machine.call(machine.attribute(machine.import("urllib.parse"), "urlparse"), [value], undefined, at);
};
const webUrl = /^(?:https?|ftps?):\/\/(?:[^\s/?#@]*@)?(\[[^\]]*\]|[^\s/?#:]*)(?::\d+)?(?:[/?#]\S*)?$/i;
const asPath: Field = (machine, text, value, { at }) => makePath(machine, text, value.at ?? at, value.env);
const asLogLevel: Field = (machine, text, value, call) => {
  const number = asInt(machine, text, value, call);
  const level = logLevels[text.toUpperCase()];
  if (!("invalid" in number)) return number;
  return level === undefined
    ? { invalid: "Not a valid log level." }
    : int(level, value.at ?? call.at, value.env);
};
const units = ["weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds"];
const asTimedelta: Field = (machine, text, value, { at }) => {
  const parts =
    /^\s*(?:(-?\d+)\s*w\s*)?(?:(-?\d+)\s*d\s*)?(?:(-?\d+)\s*h\s*)?(?:(-?\d+)\s*m\s*)?(?:(-?\d+)\s*s\s*)?(?:(-?\d+)\s*ms\s*)?(?:(-?\d+)\s*[\u00b5u]s\s*)?$/.exec(
      text,
    );
  const counts = parts?.slice(1) ?? [];
  const seconds = /^-?\d+$/.test(text.trim()) ? text.trim() : undefined;
  if (seconds === undefined && !counts.some((count) => count !== undefined && Number(count) !== 0))
    return { invalid: "Not a valid period of time." };
  const named = units.flatMap((unit, index): [string, Value][] => {
    const count = seconds !== undefined ? (unit === "seconds" ? seconds : undefined) : counts[index];
    return count === undefined ? [] : [[unit, int(BigInt(count), at, value.env)]];
  });
  return machine.call(machine.classNamed("datetime.timedelta"), [], new Map(named), at);
};

const asDecimal: Field = (machine, text, value, { at }) => {
  const number = decimalFrom(text);
  return number === undefined || isSpecial(number)
    ? { invalid: "Not a valid number." }
    : makeDecimal(machine, number, value.at ?? at, value.env);
};
/** Texts of a form, given to a class (or a class method of it, after the dot). */
const asObject =
  (path: string, pattern: RegExp, invalid: string): Field =>
  (machine, text, value, { at }) => {
    if (!pattern.test(text)) return { invalid };
    const [module, of = "", name] = path.split(".");
    const made = machine.classNamed(`${module}.${of}`);
    return machine.call(
      name === undefined ? made : machine.attribute(made, name, at),
      [value],
      undefined,
      at,
    );
  };
const asDate = asObject(
  "datetime.date.fromisoformat",
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  "Not a valid date.",
);
const asDatetime = asObject(
  "datetime.datetime.fromisoformat",
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?$/,
  "Not a valid datetime.",
);
const asUuid = asObject("uuid.UUID", /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i, "Not a valid UUID.");

/** The field behind each method of `Env`, and the type of what it gives ("" if that depends). */
export const fields: Readonly<Record<string, readonly [field: Field, type: string]>> = {
  __call__: [asStr, "str"], str: [asStr, "str"], int: [asInt, "int"], float: [asFloat, "float"], bool: [asBool, "bool"],
  list: [asList, "list"], dict: [asDict, "dict"], json: [asJson, ""], url: [asUrl, "ParseResult"], path: [asPath, "PosixPath"],
  log_level: [asLogLevel, "int"], timedelta: [asTimedelta, "timedelta"], decimal: [asDecimal, "Decimal"],
  date: [asDate, "date"], datetime: [asDatetime, "datetime"], uuid: [asUuid, "UUID"],
}; // biome-ignore format: a table
