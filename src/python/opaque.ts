import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import type { Args, OpaqueDetails } from "./machine.ts";
import { isAscii, recoded, shapeOf, type TextShape } from "./text-shape.ts";
import type { EnvNames, Opaque, Value } from "./value.ts";
import { mergeEnv } from "./value.ts";

/** Makes an opaque value from others: who decides, and what it depends on, follow from them. */
export function opaqueFrom(
  because: string,
  at: Location | undefined,
  from: readonly Value[],
  { cause, ...details }: OpaqueDetails,
): Opaque {
  const unknown = from.filter((value) => value.kind === "opaque");
  const inherited = unknown.length > 0 && unknown.every((value) => value.cause === "environment");
  const env: EnvNames = mergeEnv(...from.map((value) => value.env));
  return {
    kind: "opaque",
    because,
    cause: cause ?? (inherited ? "environment" : "unmodelled"),
    at,
    env,
    ...details,
  };
}

/** What the methods of text give; their results follow from the text alone. */
const textMethods: Readonly<Record<string, string>> = {
  lower: "str",
  upper: "str",
  title: "str",
  capitalize: "str",
  casefold: "str",
  swapcase: "str",
  strip: "str",
  lstrip: "str",
  rstrip: "str",
  replace: "str",
  format: "str",
  removeprefix: "str",
  removesuffix: "str",
  zfill: "str",
  ljust: "str",
  rjust: "str",
  center: "str",
  expandtabs: "str",
  translate: "str",
  join: "str",
  decode: "str",
  encode: "bytes",
  split: "list",
  rsplit: "list",
  splitlines: "list",
  partition: "tuple",
  rpartition: "tuple",
  startswith: "bool",
  endswith: "bool",
  isdigit: "bool",
  isnumeric: "bool",
  isdecimal: "bool",
  isalpha: "bool",
  isalnum: "bool",
  isspace: "bool",
  islower: "bool",
  isupper: "bool",
  istitle: "bool",
  isidentifier: "bool",
  count: "int",
  find: "int",
  rfind: "int",
  index: "int",
  rindex: "int",
};

/** Those of bytes that are understood. */
const bytesMethods: Readonly<Record<string, string>> = {
  decode: "str",
  hex: "str",
  lower: "bytes",
  upper: "bytes",
  strip: "bytes",
  startswith: "bool",
  endswith: "bool",
};

/** What is known of the text that a method gives. */
function methodShape(value: Opaque, name: string, { positional }: Args): TextShape {
  switch (name) {
    case "hex":
      return value.length === undefined || positional.length > 0 ? {} : recoded(value, 2 * value.length, 16);
    case "encode":
    case "decode":
      return isAscii(value) ? shapeOf(value) : {};
    case "upper":
    case "lower": {
      if (!isAscii(value)) return {};
      const { prefix, suffix, length, draws } = value;
      const change = (text: string) => (name === "upper" ? text.toUpperCase() : text.toLowerCase());
      const halved = [...(draws ?? [])].map(
        ([source, { count, from }]) => [source, { count, from: Math.ceil(from / 2) }] as const,
      );
      return shapeOf({
        ...(length === undefined ? {} : { length }),
        ...(prefix === undefined ? {} : { prefix: change(prefix) }),
        ...(suffix === undefined ? {} : { suffix: change(suffix) }),
        draws: new Map(halved),
      });
    }
    default:
      return {};
  }
}

/** Methods whose result is as true as the text. */
const keepsTruth = new Set(
  "lower upper title capitalize casefold swapcase zfill ljust rjust center encode decode hex".split(" "),
);
const alwaysTrue = new Set(["partition", "rpartition"]);

/** `value.name`, not called. */
export function opaqueAttribute(run: Execution, value: Opaque, name: string, at?: Location): Value {
  if (name === "hex" && value.type === "UUID")
    return run.opaque(value.because, at, [value], {
      type: "str",
      truth: true,
      ...shapeOf(value),
      length: 32,
    });
  if (name === "__class__" && value.type !== undefined) return run.opaque(value.because, at, [value]);
  return run.opaque(value.because, at, [value], { cause: "unmodelled" });
}

/** `value.name(…)` of a value that is not known. */
export function callOpaqueMethod(run: Execution, value: Opaque, name: string, args: Args): Value {
  const from = [value, ...args.positional, ...args.named.values()];
  const isText = value.type === "str" || (value.type === undefined && value.cause === "environment");
  const result = isText ? textMethods[name] : value.type === "bytes" ? bytesMethods[name] : undefined;
  if (result === undefined) return run.opaque(value.because, args.at, from, { cause: "unmodelled" });
  if (name === "startswith" || name === "endswith") noteTexts(run, value, args.positional[0]);
  if (name === "startswith" && value.prefix !== undefined) {
    const known = startsKnown(value.prefix, args.positional[0]);
    if (known !== undefined)
      return { kind: "bool", value: known, at: args.at, env: mergeEnv(...from.map(({ env }) => env)) };
  }
  const truth =
    alwaysTrue.has(name) || ((name === "split" || name === "rsplit") && args.positional.length > 0)
      ? true
      : keepsTruth.has(name)
        ? value.truth
        : undefined;
  return run.opaque(value.because, args.at, from, {
    type: result,
    ...methodShape(value, name, args),
    ...(truth === undefined ? {} : { truth }),
  });
}

function startsKnown(prefix: string, wanted: Value | undefined): boolean | undefined {
  if (wanted?.kind !== "str") return undefined;
  if (prefix.startsWith(wanted.value)) return true;
  return wanted.value.startsWith(prefix) ? undefined : false;
}

function noteTexts(run: Execution, value: Value, wanted: Value | undefined): void {
  if (wanted?.kind === "str") run.candidate(value, wanted.value);
  else if (wanted?.kind === "tuple") for (const item of wanted.items) noteTexts(run, value, item);
}
