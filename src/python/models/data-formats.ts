import { parse as parseToml, TomlDate, TomlError } from "smol-toml";
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { dateOf } from "./date-texts.ts";
import { byName, define, exceptionClass, model, nativeClass } from "./define.ts";
import { literalValue } from "./literal.ts";
import { bool, float, fromPlain, int, list, none, type Plain, str, textOf } from "./make.ts";
import { shlexSplit } from "./shlex.ts";
import { offerTruth, strtobool, truthOfWord, unseenTruth } from "./truth-text.ts";
import { yamlError, yamlErrorModels, yamlErrors } from "./yaml-errors.ts";

/** Files of settings in other languages: TOML, YAML, INI; and literals of Python's own. */

/** The text of a file object, a str or bytes; an opaque value as it is. */
export function contentOf(machine: Machine, source: Value, at: Location | undefined): Value {
  if (source.kind === "bytes") return str(new TextDecoder().decode(source.value), source.at, source.env);
  if (source.kind === "str" || source.kind === "opaque") return source;
  const read = machine.call(machine.attribute(source, "read", at), [], undefined, at);
  return read.kind === "instance" ? none(at) : contentOf(machine, read, at);
}

function fromToml(value: unknown, date: (text: string) => Value): Plain {
  if (
    typeof value === "bigint" ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "number"
  )
    return value;
  if (Array.isArray(value)) return value.map((item) => fromToml(item, date));
  if (value instanceof TomlDate) return date(tomlText(value));
  if (typeof value === "object" && value !== null)
    return new Map(Object.entries(value).map(([key, inner]) => [key, fromToml(inner, date)] as const));
  return null;
}

/** The library gives "…T07:32:00.000Z"; a text of a day or of a time has no other part. */
const tomlText = (date: TomlDate): string => date.toISOString().replace(/\.000(?=Z|[+-]|$)/, "");

/** A TOML document as a dict; undefined where it is none. */
export function tomlDict(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: readonly string[] = [],
): Value | undefined {
  try {
    const read = parseToml(text, { integersAsBigInt: true });
    const dates = (date: string) => dateOf(machine, date, at, env) ?? str(date, at, env);
    return fromPlain(machine, fromToml(read, dates), at, env);
  } catch (problem) {
    if (problem instanceof TomlError) return undefined;
    throw problem;
  }
}

function tomlReader(name: string, error: string): Value {
  return define(
    name,
    { required: ["source"], others: true },
    ({ machine, at, given }) => {
      const content = contentOf(machine, given.source, at);
      if (content.kind !== "str") return content;
      try {
        return fromPlain(
          machine,
          fromToml(
            parseToml(content.value, { integersAsBigInt: true }),
            (text) => dateOf(machine, text, at, content.env) ?? str(text, at, content.env),
          ),
          at,
          content.env,
        );
      } catch (problem) {
        if (problem instanceof TomlError)
          return machine.raise(
            machine.classNamed(error),
            problem.message.split("\n")[0] ?? "",
            at,
            content.env,
          );
        throw problem;
      }
    },
    { takesOpaque: true },
  );
}

/** A file may repeat a part by aliases; nested, they would grow without bound. */
const maxNodes = 50_000;

export function fromYaml(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: readonly string[],
  version: "1.1" | "1.2" = "1.1",
): Value {
  const document = parseDocument(text, {
    version,
    merge: true,
    uniqueKeys: false,
    logLevel: "silent",
  });
  if (document.errors.length > 0) return yamlError(machine, document.errors[0], at, env);
  let left = maxNodes;
  const read = (node: Node | null | undefined, depth: number): Value => {
    if (--left < 0 || depth > 100)
      return machine.opaque("repeats parts of a YAML file too often", at, [], { cause: "unmodelled" });
    if (isAlias(node)) {
      const named = node.resolve(document);
      if (named) return read(named, depth + 1);
      const error = machine.classNamed("yaml.composer.ComposerError");
      return machine.raise(error, `found undefined alias '${node.source}'`, at, env);
    }
    if (isSeq(node))
      return list(
        node.items.map((item) => read(item as Node, depth + 1)),
        at,
        env,
      );
    if (isMap(node)) {
      // What is merged comes first, of several the last, so that the others win.
      const merged: (readonly [Value, Value])[] = [];
      const own: (readonly [Value, Value])[] = [];
      for (const { key, value } of node.items) {
        const inner = read(value as Node | null, depth + 1);
        if (isMergeKey(key)) for (const part of mergedParts(inner)) merged.push(...pairsOf(part));
        else own.push([read(key as Node, depth + 1), inner]);
      }
      return machine.dict([...merged, ...own], at, env);
    }
    return isScalar(node)
      ? scalar(node.value, node.type === "PLAIN" && typeof node.source === "string" ? node.source : "")
      : none(at, env);
  };
  const scalar = (value: unknown, source: string): Value => {
    // ruamel's YAML 1.2 still takes these for numbers.
    if (version === "1.2" && /^[-+]?\d[\d_]*$/.test(source))
      return int(BigInt(source.replace(/^\+|_/g, "")), at, env);
    if (typeof value === "string") return dateIn(source) ?? str(value, at, env);
    if (typeof value === "boolean") return bool(value, at, env);
    // PyYAML wants a point and a sign where there is an exponent.
    if (
      version === "1.1" &&
      typeof value === "number" &&
      /^[-+]?[\d.]+e/i.test(source) &&
      !/\.\d*e[-+]/i.test(source)
    )
      return str(source, at, env);
    if (typeof value === "number")
      return Number.isInteger(value) && !/[.e]/i.test(source) ? int(value, at, env) : float(value, at, env);
    return value === null || value === undefined
      ? none(at, env)
      : (dateIn(source) ?? machine.opaque("is a tagged value in YAML", at, [], { cause: "unmodelled" }));
  };
  const dateIn = (source: string): Value | undefined =>
    yamlDate.test(source) ? dateOf(machine, source, at, env) : undefined;
  return read(document.contents, 0);
}

/** What YAML 1.1 takes for a date, as PyYAML has it. */
const yamlDate =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** `<<`, which the library turns into a symbol. */
const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && (typeof key.value === "symbol" || key.value === "<<");

const mergedParts = (value: Value): readonly Value[] =>
  value.kind === "list" ? [...value.items].reverse() : [value];

const pairsOf = (value: Value): readonly (readonly [Value, Value])[] =>
  value.kind === "dict" ? [...value.entries.values()].map((entry) => [entry.key, entry.value] as const) : [];

const yamlReader = (name: string): Value =>
  define(
    name,
    { required: ["stream"], others: true },
    ({ machine, at, given }) => {
      const content = contentOf(machine, given.stream, at);
      return content.kind === "str" ? fromYaml(machine, content.value, at, content.env) : content;
    },
    { takesOpaque: true },
  );

/** `distutils.util.strtobool`: 1 or 0. */
const asNumber = define(
  "strtobool",
  { required: ["val"] },
  ({ machine, at, given: { val } }) => {
    if (val.kind === "opaque") return { ...unseenTruth(machine, val, at), type: "int" };
    if (val.kind !== "str")
      return machine.raise(
        "AttributeError",
        `'${machine.classOf(val).name}' object has no attribute 'lower'`,
        at,
        val.env,
      );
    const truth = truthOfWord(val.value.toLowerCase(), strtobool);
    if (truth === undefined)
      return machine.raise("ValueError", `invalid truth value '${val.value.toLowerCase()}'`, at, val.env);
    offerTruth(machine, val);
    return int(truth ? 1 : 0, val.at ?? at, val.env);
  },
  { takesOpaque: true },
);

const literalEval = define(
  "literal_eval",
  { required: ["node_or_string"] },
  ({ machine, at, given: { node_or_string: source } }) => {
    if (source.kind === "opaque") {
      for (const text of ["True", "False"]) machine.candidate(source, text);
      return machine.opaque(source.because, at, [source], { cause: source.cause });
    }
    const text = textOf(source);
    const value = text === undefined ? undefined : literalValue(machine, text, source.at ?? at, source.env);
    return (
      value ?? machine.raise("ValueError", `malformed node or string: ${text ?? source.kind}`, at, source.env)
    );
  },
  { takesOpaque: true },
);

export const dataFormatModels: readonly Model[] = [
  ...["tomllib", "tomli", "toml"].map((module) =>
    model(module, (machine) => {
      const error =
        module === "tomllib"
          ? exceptionClass(machine, "tomllib.TOMLDecodeError", "ValueError")
          : machine.classNamed("tomllib.TOMLDecodeError");
      return [
        ["load", tomlReader("load", "tomllib.TOMLDecodeError")],
        ["loads", tomlReader("loads", "tomllib.TOMLDecodeError")],
        ["TOMLDecodeError", error],
        ["TomlDecodeError", error],
      ];
    }),
  ),
  ...yamlErrorModels,
  model("yaml", (machine) => [
    ...["load", "safe_load", "full_load", "unsafe_load"].map((name) => [name, yamlReader(name)] as const),
    ...["SafeLoader", "FullLoader", "Loader", "CSafeLoader"].map(
      (name) => [name, nativeClass(machine, `yaml.${name}`, [])] as const,
    ),
    ...yamlErrors.map((path) => [path.split(".").at(-1) ?? path, machine.classNamed(path)] as const),
  ]),
  model("ast", () => byName(literalEval)),
  ...["distutils.util", "setuptools._distutils.util"].map((module) => model(module, () => byName(asNumber))),
  model("shlex", () =>
    byName(
      define(
        "split",
        { required: ["s"], others: true },
        ({ machine, at, given }) => {
          const parts = shlexSplit(textOf(given.s) ?? "", undefined, "");
          return parts
            ? list(
                parts.map((part) => str(part, at)),
                at,
                given.s.env,
              )
            : machine.raise("ValueError", "No closing quotation", at, given.s.env);
        },
        { gives: "list" },
      ),
      define("quote", { required: ["s"] }, ({ at, given }) => {
        const text = textOf(given.s) ?? "";
        return str(
          /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`,
          at,
          given.s.env,
        );
      }),
    ),
  ),
];
