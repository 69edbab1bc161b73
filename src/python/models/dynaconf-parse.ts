import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { EnvNames, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { tomlDict } from "./data-formats.ts";
import { type Action, dictIn, entryIn, type Lazy, lazyOf, marked } from "./dynaconf-nodes.ts";
import { literalValue } from "./literal.ts";
import { bool, castOpaque, fromPlain, list, none, str, textOf } from "./make.ts";
import { isThere, readText } from "./project-paths.ts";

/** `dynaconf.utils.parse_conf`: texts that say what they are, as `@int 5`, and TOML in variables. */

export interface Parsing {
  readonly machine: Machine;
  readonly at: Location | undefined;
  /** The settings that a text filled in later refers to. */
  readonly settings: Value;
}

const trueTexts = new Set(["t", "true", "enabled", "1", "on", "yes"]);

/** Methods of text as casts. */
const textCasts = "upper lower title capitalize strip lstrip rstrip split casefold swapcase".split(" ");

type Cast = (given: Parsing, value: Value) => Value;

const isTrue: Cast = ({ machine, at }, value) => {
  const text = machine.str(value);
  if (typeof text !== "string") return castOpaque(machine, text, "bool", at);
  return bool(trueTexts.has(text.trim().toLowerCase()), value.at, value.env);
};

/** `int(value)` and `float(value)`, with dynaconf's exception. */
const number =
  (type: "int" | "float", name: string): Cast =>
  (given, value) => {
    const { machine, at } = given;
    try {
      return machine.call(machine.classNamed(type), [value], undefined, at);
    } catch (error) {
      if (!(error instanceof PythonException)) throw error;
      const why = machine.str(error.value);
      const message = `Cannot convert '${textOf(value) ?? ""}' to ${name}: ${typeof why === "string" ? why : ""}`;
      return machine.raise(machine.classNamed("dynaconf.DynaconfParseError"), message, at, value.env);
    }
  };

const json: Cast = ({ machine, at }, value) => {
  const text = textOf(value);
  if (text === undefined) return value;
  const read =
    jsonValue(machine, text, at, value.env) ?? literalValue(machine, text, value.at ?? at, value.env);
  return (
    read ??
    machine.raise(
      machine.classNamed("dynaconf.DynaconfParseError"),
      `Cannot parse as JSON: ${text}`,
      at,
      value.env,
    )
  );
};

/** JSON, or the first object in a text whose True, False and None are Python's. */
function jsonValue(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: EnvNames,
): Value | undefined {
  const loads = machine.attribute(machine.import("json"), "loads");
  const attempt = (source: string): Value | undefined => {
    try {
      return machine.call(loads, [str(source, at, env)], undefined, at);
    } catch (error) {
      if (error instanceof PythonException) return undefined;
      throw error;
    }
  };
  const words = text
    .replace(/: ?True/g, (found) => found.replace("True", "true"))
    .replace(/: ?False/g, (found) => found.replace("False", "false"))
    .replace(/: ?None/g, (found) => found.replace("None", "null"));
  const inner = /\{.*\}/s.exec(words)?.[0];
  return attempt(text) ?? (inner === undefined ? undefined : attempt(inner));
}

const casts: Readonly<Record<string, Cast>> = {
  "@str": ({ machine, at }, value) => {
    const text = machine.str(value);
    return typeof text === "string" ? str(text, value.at, value.env) : castOpaque(machine, text, "str", at);
  },
  "@int": number("int", "integer"),
  "@float": number("float", "float"),
  "@bool": isTrue,
  "@json": json,
  ...Object.fromEntries(
    textCasts.map((name): [string, Cast] => [
      `@${name}`,
      ({ machine, at }, value) => machine.call(machine.attribute(value, name, at), [], undefined, at),
    ]),
  ),
  ...Object.fromEntries(
    ["note", "comment", "null", "none"].map((name): [string, Cast] => [
      `@${name}`,
      (_, value) => none(value.at, value.env),
    ]),
  ),
};
const lazies: readonly Lazy["by"][] = ["format", "jinja", "get", "read_file"];
const actions: readonly Action["dynaconf"][] = ["merge", "merge_unique", "insert", "del", "reset"];

/** `parse_conf_data`: `toml` for texts of the environment, which are TOML where they can be. */
export function parsed(given: Parsing, value: Value, toml = false): Value {
  const { machine } = given;
  if (value.kind === "list" || value.kind === "tuple") {
    const made = list(
      value.items.map((item) => parsed(given, item, toml)),
      value.at,
      value.env,
    );
    return value.open ? { ...made, open: value.open } : made;
  }
  const dict = dictIn(value);
  if (dict) {
    const made = machine.dict(
      [...dict.entries.values()].map((one) => [one.key, parsed(given, one.value)] as const),
      dict.at,
      mergeEnv(dict.env, value.env),
    );
    if (dict.open) made.open = dict.open;
    return made;
  }
  if (value.kind === "opaque" && toml)
    return machine.opaque(value.because, value.at, [value], { cause: value.cause });
  const text = value.kind === "str" && !value.lazy ? value.value : undefined;
  return text === undefined ? value : parsedText(given, text, value, toml);
}

function parsedText(given: Parsing, text: string, from: Value, toml: boolean): Value {
  const [, word = "", rest = ""] = /^(\S*) ?(.*)$/s.exec(text) ?? [];
  const name = word.slice(1);
  const isKnown =
    word.startsWith("@") &&
    (word in casts || lazies.some((one) => one === name) || actions.some((one) => one === name));
  if (!isKnown) return toml ? (tomlText(given.machine, text, from) ?? from) : from;
  const second = /^@(jinja|format|read_file|get)(?= |$)/.exec(rest)?.[1];
  const inner =
    second === undefined ? undefined : applied(given, second, rest.slice(second.length + 1).trim(), from);
  return inner ? appliedTo(given, name, inner) : applied(given, name, rest, from);
}

const tomlText = (machine: Machine, text: string, { at, env }: Value): Value | undefined => {
  const read = tomlDict(machine, `key=${text}`, at, env);
  return read?.kind === "dict" ? entryIn(read, "key") : undefined;
};

function applied(given: Parsing, name: string, text: string, { at, env }: Value): Value {
  const { machine } = given;
  const by = lazies.find((one) => one === name);
  if (by) return marked(machine, { dynaconf: "lazy", by, template: text, cast: undefined }, at, env);
  const action = actions.find((one) => one === name);
  if (action === "insert") return inserted(given, text, at, env);
  if (action) {
    const value = action === "del" ? none(at, env) : parsed(given, str(text, at, env), true);
    const whole = action === "merge" || action === "merge_unique" ? toMerge(given, value) : value;
    return marked(machine, { dynaconf: action, value: whole, index: 0 }, at, env);
  }
  return casts[`@${name}`]?.(given, str(text, at, env)) ?? str(text, at, env);
}

/** A cast of a text that is filled in when it is read waits until then. */
function appliedTo(given: Parsing, name: string, value: Value): Value {
  const lazy = lazyOf(value);
  const cast = casts[`@${name}`];
  if (!lazy || !cast)
    return given.machine.opaque(`is @${name} of a text that dynaconf fills in later`, given.at, [value]);
  const mark = { ...lazy, cast: (filled: Value) => cast(given, filled) };
  return marked(given.machine, mark, value.at, value.env);
}

/** What `@merge` takes its text for: a list, a dict, JSON, `a=b, c=d`, `a,b`, or one item. */
function toMerge(given: Parsing, value: Value): Value {
  const { at, env } = value;
  if (value.kind === "int" || value.kind === "float" || value.kind === "bool") return list([value], at, env);
  if (value.kind !== "str") return value;
  const text = value.value;
  const object = text.includes("{") ? jsonValue(given.machine, text, at, env) : undefined;
  if (object?.kind === "dict") return object;
  const pairs = [...text.matchAll(/([a-zA-Z0-9_.]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9_.\-:/@]*))/g)];
  if (pairs.length > 0)
    return fromPlain(
      given.machine,
      new Map(
        pairs.map(([, key = "", ...texts]) => [
          key,
          parsed(given, str(texts.find(Boolean) ?? "", at, env), true),
        ]),
      ),
      at,
      env,
    );
  const parts = text.includes(",") ? text.split(",") : undefined;
  return list(parts ? parts.map((part) => parsed(given, str(part, at, env), true)) : [value], at, env);
}

/** `@insert 0 text`: the index may be left out. */
function inserted(given: Parsing, text: string, at: Location | undefined, env: EnvNames): Value {
  const found = /^\s*([-+]?\d+)\s+(.+)$/s.exec(text);
  const rest = (found?.[2] ?? text).trim();
  const quoted = /^(["'])(.*?)\1/s.exec(rest)?.[2];
  const value = parsed(given, str(quoted ?? rest, at, env), true);
  const index = Number(found?.[1] ?? 0);
  return marked(given.machine, { dynaconf: "insert", value, index }, at, env);
}

/** A value as it is read: with every text filled in. */
export function filledIn(given: Parsing, value: Value): Value {
  const { machine } = given;
  const lazy = lazyOf(value);
  if (lazy) {
    const text = fill(given, lazy, value);
    return lazy.cast && text.kind !== "opaque" ? lazy.cast(text) : text;
  }
  if (value.kind === "list") return { ...value, items: value.items.map((item) => filledIn(given, item)) };
  if (value.kind !== "dict") return value;
  const made = machine.dict(
    [...value.entries.values()].map((one) => [one.key, filledIn(given, one.value)] as const),
    value.at,
    value.env,
  );
  return value.open ? { ...made, open: value.open } : made;
}

function fill(given: Parsing, { by, template }: Lazy, { at, env }: Value): Value {
  const { machine, settings } = given;
  switch (by) {
    case "format":
      return formatted(given, template, at, env);
    case "jinja":
      return jinja(given, template, at, env);
    case "get": {
      const [key = "", ...rest] = template.trim().split(/\s+/);
      const cast = rest.find((word) => word.startsWith("@"));
      const [fallback] = rest.filter((word) => !word.startsWith("@"));
      const named = new Map<string, Value>();
      if (fallback !== undefined)
        named.set("default", str(fallback.replace(/^(["'])(.*)\1$/, "$2"), at, env));
      if (cast !== undefined) named.set("cast", str(cast, at));
      const found = machine.call(machine.attribute(settings, "get"), [str(key, at)], named, at);
      if (fallback === undefined && found.kind === "none")
        return machine.raise(
          machine.classNamed("dynaconf.DynaconfParseError"),
          `Key ${key} not found in settings and no default value provided.`,
          at,
          found.env,
        );
      return found;
    }
    case "read_file": {
      const [, path = "", fallback] = /^\s*["']?([^\s"']+)["']?\s*(.*)$/s.exec(template) ?? [];
      if (isThere(machine, path, "exists") === false && fallback) return str(fallback, at, env);
      const read = readText(machine, path, at);
      if (read === "absent")
        return machine.raise(
          "FileNotFoundError",
          `File ${path} does not exist and no default value provided.`,
          at,
          env,
        );
      return "kind" in read ? read : str(read.text, at, env);
    }
  }
}

function formatted(given: Parsing, template: string, at: Location | undefined, env: EnvNames): Value {
  const { machine, settings } = given;
  const environ = machine.attribute(machine.import("os"), "environ");
  const named = new Map<string, Value>([
    ["env", environ],
    ["this", settings],
  ]);
  try {
    return machine.call(machine.attribute(str(template, at, env), "format", at), [], named, at);
  } catch (error) {
    if (
      !(error instanceof PythonException) ||
      !["KeyError", "AttributeError"].includes(error.value.class.name)
    )
      throw error;
    const why = machine.str(error.value);
    return machine.raise(
      machine.classNamed("dynaconf.DynaconfFormatError"),
      `Dynaconf can't interpolate variable because ${typeof why === "string" ? why : ""}`,
      at,
      mergeEnv(error.env, env),
    );
  }
}

/** Jinja as far as it is names: `{{ this.NAME }}`, `{{ env.HOME }}`. */
function jinja(given: Parsing, template: string, at: Location | undefined, env: EnvNames): Value {
  const { machine } = given;
  const unseen = (from: readonly Value[]): Value =>
    machine.opaque("is written by a Jinja template", at, from, { type: "str", cause: "unmodelled" });
  const name = /\{\{\s*(this|env)((?:\.\w+|\[["']?\w+["']?\])+)\s*\}\}/g;
  if (/[{}]/.test(template.replace(name, ""))) return unseen([]);
  const plain = template.replace(name, (_, of: string, path: string) => {
    const names = path.replace(/\[["']?(\w+)["']?\]/g, ".$1");
    return of === "env" ? `{env[${names.slice(1)}]}` : `{this${names}}`;
  });
  try {
    return formatted(given, plain, at, env);
  } catch (error) {
    // What a template lacks is an empty text.
    if (error instanceof PythonException) return unseen([error.value]);
    throw error;
  }
}
