import type { Location } from "../../location.ts";
import { limits } from "../budget.ts";
import { unwrap } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { floatRepr } from "../numbers.ts";
import { Stopped } from "../raised.ts";
import { tooDeep } from "../stack.ts";
import type { Opaque, Value } from "../value.ts";
import { byName, define, exceptionClass, model } from "./define.ts";
import { JsonError, type JsonMaker, readJson, writeText } from "./json-format.ts";
import { bool, float, int, list, none, str, textOf, truthOr } from "./make.ts";

function maker(machine: Machine, at: Location | undefined, env: readonly string[]): JsonMaker<Value> {
  return {
    constant: (value) => {
      if (value === null) return none(at, env);
      if (typeof value === "boolean") return bool(value, at, env);
      return typeof value === "bigint" ? int(value, at, env) : float(value, at, env);
    },
    text: (value) => str(value, at, env),
    array: (items) => list([...items], at, env),
    object: (entries) =>
      machine.dict(
        entries.map(([key, value]) => [str(key, at, env), value] as const),
        at,
        env,
      ),
  };
}

function loads(machine: Machine, source: Value, at: Location | undefined): Value {
  if (source.kind === "opaque") {
    for (const text of ["true", "false"]) machine.candidate(source, text);
    return machine.opaque(source.because, at, [source], { cause: source.cause });
  }
  if (source.kind === "bytes")
    return loads(machine, machine.call(machine.attribute(source, "decode"), [], undefined, at), at);
  const text = textOf(source);
  if (text === undefined)
    return machine.raise(
      "TypeError",
      `the JSON object must be str, bytes or bytearray, not ${source.kind === "none" ? "NoneType" : machine.classOf(source).name}`,
      at,
      source.env,
    );
  try {
    return readJson(text, maker(machine, source.at ?? at, source.env));
  } catch (error) {
    if (error instanceof JsonError)
      return machine.raise(machine.classNamed("json.JSONDecodeError"), error.message, at, source.env);
    throw error;
  }
}

interface Style {
  readonly indent: string | undefined;
  readonly item: string;
  readonly key: string;
  readonly ascii: boolean;
  readonly sorted: boolean;
  readonly fallback: Value | undefined;
}

/** The text of a value, or an opaque value if a part of it is. */
function dump(
  machine: Machine,
  value: Value,
  style: Style,
  at: Location | undefined,
  depth = 0,
): string | Opaque {
  if (depth > limits.nesting) throw new Stopped(tooDeep);
  const several = (parts: readonly string[], open: string, close: string): string => {
    if (parts.length === 0) return open + close;
    if (style.indent === undefined) return open + parts.join(style.item) + close;
    const inner = `\n${style.indent.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(style.item.trimEnd() + inner)}\n${style.indent.repeat(depth)}${close}`;
  };
  switch (value.kind) {
    case "opaque":
      return value;
    case "none":
      return "null";
    case "bool":
      return String(value.value);
    case "int":
      return value.value.toString();
    case "float":
      return Number.isFinite(value.value)
        ? floatRepr(value.value)
        : Number.isNaN(value.value)
          ? "NaN"
          : value.value > 0
            ? "Infinity"
            : "-Infinity";
    case "str":
      return writeText(value.value, style.ascii);
    case "list":
    case "tuple": {
      if (value.open) return value.open;
      const parts: string[] = [];
      for (const item of value.items) {
        const part = dump(machine, item, style, at, depth + 1);
        if (typeof part !== "string") return part;
        parts.push(part);
      }
      return several(parts, "[", "]");
    }
    case "dict": {
      if (value.open) return value.open;
      const entries: [string, string][] = [];
      for (const { key, value: item } of value.entries.values()) {
        const held = unwrap(key);
        const name = held.kind === "str" ? held.value : dump(machine, held, style, at, depth + 1);
        const part = dump(machine, item, style, at, depth + 1);
        if (typeof name !== "string") return name;
        if (typeof part !== "string") return part;
        entries.push([name, part]);
      }
      if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return several(
        entries.map(([name, part]) => writeText(name, style.ascii) + style.key + part),
        "{",
        "}",
      );
    }
    default: {
      const inner = unwrap(value);
      if (inner !== value) return dump(machine, inner, style, at, depth);
      if (style.fallback)
        return dump(
          machine,
          machine.call(style.fallback, [value], undefined, at),
          { ...style, fallback: undefined },
          at,
          depth,
        );
      return machine.raise(
        "TypeError",
        `Object of type ${machine.classOf(value).name} is not JSON serializable`,
        at,
        value.env,
      );
    }
  }
}

const dumping = [
  "skipkeys",
  "ensure_ascii",
  "check_circular",
  "allow_nan",
  "cls",
  "indent",
  "separators",
  "default",
  "sort_keys",
] as const;

const dumps = define(
  "dumps",
  { required: ["obj"], optional: dumping, others: true },
  ({ machine, at, given }) => {
    const { indent } = given;
    const separators = given.separators ? machine.iterate(given.separators, at) : [];
    const [item, key] = "kind" in separators ? [] : separators.map(textOf);
    const isIndented = indent !== undefined && indent.kind !== "none";
    const text = dump(
      machine,
      given.obj,
      {
        indent: isIndented
          ? (textOf(indent) ?? " ".repeat(indent.kind === "int" ? Math.min(Number(indent.value), 100) : 0))
          : undefined,
        item: item ?? (isIndented ? "," : ", "),
        key: key ?? ": ",
        ascii: truthOr(machine, given.ensure_ascii, true),
        sorted: truthOr(machine, given.sort_keys, false),
        fallback: given.default,
      },
      at,
    );
    return typeof text === "string"
      ? str(text, at, given.obj.env)
      : machine.opaque(text.because, at, [text], { type: "str", truth: true, cause: text.cause });
  },
  { takesOpaque: true },
);

export const jsonModels: readonly Model[] = ["json", "simplejson"].map((module) =>
  model(module, (machine) => {
    const error =
      module === "json"
        ? exceptionClass(machine, "json.decoder.JSONDecodeError", "ValueError")
        : machine.classNamed("json.JSONDecodeError");
    const others = { required: ["s"], others: true } as const;
    return [
      ...byName(
        define("loads", others, ({ machine: m, at, given }) => loads(m, given.s, at), { takesOpaque: true }),
        define(
          "load",
          { required: ["fp"], others: true },
          ({ machine: m, at, given }) =>
            loads(m, m.call(m.attribute(given.fp, "read", at), [], undefined, at), at),
          { takesOpaque: true },
        ),
        define("dump", { rest: true, others: true }, ({ at }) => none(at), { takesOpaque: true }),
        dumps,
      ),
      ["JSONDecodeError", error],
      ["decoder.JSONDecodeError", error],
    ];
  }),
);
