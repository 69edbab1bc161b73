import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { Instance, Value } from "../value.ts";
import { databaseFromUrl } from "./dj-database-url.ts";
import { literalValue } from "./literal.ts";
import { castOpaque, dictOf, list, none, str, textOf } from "./make.ts";
import { offerTruth, type TruthWords, truthFrom, truthOfWord, unseenTruth } from "./truth-text.ts";

/** How django-configurations makes a value of a variable's text. */

export type Reader = (machine: Machine, self: Instance, value: Value, at: Location | undefined) => Value;

const words: TruthWords = {
  yes: new Set(["yes", "y", "true", "1"]),
  no: new Set(["no", "n", "false", "0", ""]),
};

export const part = (self: Instance, name: string): Value | undefined => self.attributes.get(name);

export function shown(machine: Machine, value: Value): string {
  const text = machine.repr(value);
  return typeof text === "string" ? text : "";
}

export const readBool: Reader = (machine, _, value, at) => {
  if (value.kind === "opaque") return unseenTruth(machine, value, at);
  const truth = truthOfWord((textOf(value) ?? "").trim().toLowerCase(), words);
  if (truth !== undefined) return truthFrom(machine, truth, value, at);
  offerTruth(machine, value);
  return machine.raise(
    "ValueError",
    `Cannot interpret boolean value ${shown(machine, value)}`,
    at,
    value.env,
  );
};

export const readWith =
  (name: string): Reader =>
  (machine, _, value, at) => {
    try {
      return machine.call(machine.classNamed(name), [value], undefined, at);
    } catch (error) {
      if (!(error instanceof PythonException)) throw error;
      return machine.raise("ValueError", `Cannot interpret value ${shown(machine, value)}`, at, value.env);
    }
  };

/** Splits, strips, drops what is empty, converts. */
export const readSequence =
  (type: "list" | "tuple" | "set"): Reader =>
  (machine, self, value, at) => {
    if (value.kind === "opaque") return castOpaque(machine, value, type, at, true);
    const separator = textOf(part(self, "separator")) ?? ",";
    const texts = (textOf(value) ?? "")
      .trim()
      .split(separator)
      .map((text) => text.trim())
      .filter(Boolean);
    const converter = part(self, "converter");
    const items = texts.map((text): Value => {
      const item = str(text, value.at ?? at, value.env);
      return converter && converter.kind !== "none" ? machine.call(converter, [item], undefined, at) : item;
    });
    return inType(machine, type, items, value, at);
  };

function inType(
  machine: Machine,
  type: "list" | "tuple" | "set",
  items: Value[],
  from: Value,
  at: Location | undefined,
): Value {
  const all = list(items, from.at ?? at, from.env);
  return type === "list" ? all : machine.call(machine.classNamed(type), [all], undefined, at);
}

export const readNested =
  (type: "list" | "tuple"): Reader =>
  (machine, self, value, at) => {
    if (value.kind === "opaque") return castOpaque(machine, value, type, at, true);
    const separator = textOf(part(self, "seq_separator")) ?? ";";
    const texts = (textOf(value) ?? "")
      .trim()
      .split(separator)
      .map((text) => text.trim())
      .filter(Boolean);
    const items = texts.map((text) =>
      readSequence(type)(machine, self, str(text, value.at ?? at, value.env), at),
    );
    return inType(machine, type, items, value, at);
  };

export const readDict: Reader = (machine, _, value, at) => {
  if (value.kind === "opaque") return castOpaque(machine, value, "dict", at, true);
  const text = textOf(value) ?? "";
  if (text === "") return dictOf(machine, [], at, value.env);
  const literal = literalValue(machine, text, value.at ?? at, value.env);
  return literal?.kind === "dict"
    ? literal
    : machine.raise("ValueError", `Cannot interpret dict value ${shown(machine, value)}`, at, value.env);
};

/** The settings of a service under an alias, by a parser of another library. */
export const readUnder =
  (module: string): Reader =>
  (machine, self, value, at) => {
    const settings =
      module === "dj_database_url"
        ? databaseFromUrl({ machine, at }, value)
        : machine.call(machine.attribute(machine.import(module), "parse"), [value], undefined, at);
    return machine.dict([[part(self, "alias") ?? str("default", at), settings]], at, value.env);
  };

export const emptyOr =
  (type: "list" | "tuple" | "set" | "dict") =>
  (machine: Machine, self: Instance, at: Location | undefined): void => {
    const given = part(self, "default") ?? none(at);
    const made = machine.call(machine.classNamed(type), given.kind === "none" ? [] : [given], undefined, at);
    self.attributes.set("default", made);
  };

/** A default that is text of the same kind as the variable. */
export const parsedDefault = (machine: Machine, self: Instance, at: Location | undefined): void => {
  const given = part(self, "default");
  const isText = given && given.kind !== "none";
  self.attributes.set(
    "default",
    isText
      ? machine.call(machine.attribute(self, "to_python", at), [given], undefined, at)
      : dictOf(machine, [], at),
  );
};
