import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { Class, Value } from "../value.ts";
import { exceptionClass } from "./define.ts";
import { dictOf, none, str, textOf, truthOr } from "./make.ts";
import { pathText, readText } from "./project-paths.ts";
import type { Field } from "./pydantic.ts";
import { isComplex, modelOf } from "./pydantic-values.ts";
import { dotenvValues } from "./python-dotenv.ts";

/** Where the fields of a `BaseSettings` class come from: `.env` files, and the environment over them. */

export interface Config {
  readonly prefix: string;
  readonly delimiter: string;
  readonly isCaseSensitive: boolean;
  readonly ignoresEmpty: boolean;
  readonly files: readonly Value[];
}

/** `model_config`, or the older inner class `Config`. */
export function configOf(machine: Machine, of: Class, at: Location | undefined): Config {
  const settings = new Map<string, Value>();
  for (const one of [...of.mro].reverse()) {
    const config = one.attributes.get("model_config");
    const inner = one.attributes.get("Config");
    if (config?.kind === "dict")
      for (const { key, value } of config.entries.values()) settings.set(textOf(key) ?? "", value);
    if (inner?.kind === "class") for (const [name, value] of inner.attributes) settings.set(name, value);
  }
  const file = settings.get("env_file") ?? none(at);
  return {
    prefix: textOf(settings.get("env_prefix")) ?? "",
    delimiter: textOf(settings.get("env_nested_delimiter")) ?? "",
    isCaseSensitive: truthOr(machine, settings.get("case_sensitive"), false),
    ignoresEmpty: truthOr(machine, settings.get("env_ignore_empty"), false),
    files: file.kind === "none" ? [] : file.kind === "tuple" || file.kind === "list" ? file.items : [file],
  };
}

/** The names of a variable that a field is read from, the strongest first. */
function namesOf(field: Field, { prefix }: Config): readonly string[] {
  const alias =
    field.details.get("validation_alias") ?? field.details.get("env") ?? field.details.get("alias");
  const text = textOf(alias);
  if (text !== undefined) return [text];
  if (alias?.kind === "list" || alias?.kind === "tuple")
    return alias.items.flatMap((one) => textOf(one) ?? []);
  const choices = alias?.kind === "instance" ? alias.attributes.get("choices") : undefined;
  if (choices?.kind === "list") return choices.items.flatMap((one) => textOf(one) ?? []);
  return [prefix + field.name];
}

/** The variable that an operator would set for a field. */
export function variableOf(field: Field, config: Config): string {
  const [name = field.name] = namesOf(field, config);
  return config.isCaseSensitive ? name : name.toUpperCase();
}

/** Looks variables up in the environment, then in the files. */
interface Lookup {
  get(name: string): Value | undefined;
  /** Variables that begin with a text, and what follows it. */
  below(start: string): readonly (readonly [rest: string, value: Value])[];
}

function lookupIn(machine: Machine, config: Config, at: Location | undefined): Lookup {
  const fold = (name: string): string => (config.isCaseSensitive ? name : name.toLowerCase());
  const fromFiles = new Map<string, Value>();
  for (const file of config.files) {
    const path = pathText(machine, file, at);
    const read = typeof path === "string" ? readText(machine, path, at) : path;
    if (read === "absent" || !("text" in read)) continue;
    const options = { interpolate: true, override: true };
    for (const [name, value] of dotenvValues(machine, read.text, options, at))
      fromFiles.set(fold(name), value);
  }
  const actual = (name: string): string =>
    machine.environment.names.find((one) => fold(one) === fold(name)) ??
    (config.isCaseSensitive ? name : name.toUpperCase());
  const present = (value: Value | undefined): Value | undefined =>
    value?.kind === "none" || (config.ignoresEmpty && value?.kind === "str" && value.value === "")
      ? undefined
      : value;
  return {
    get: (name) =>
      present(machine.environment.get(actual(name), at, none(at))) ?? present(fromFiles.get(fold(name))),
    below: (start) => {
      const inFiles = [...fromFiles].filter(([name]) => name.startsWith(fold(start)));
      const inEnvironment = machine.environment.names
        .filter((name) => fold(name).startsWith(fold(start)))
        .flatMap((name) => {
          const value = machine.environment.get(name, at, none(at));
          return value ? [[fold(name), value] as const] : [];
        });
      return [...inFiles, ...inEnvironment].map(
        ([name, value]) => [name.slice(start.length), value] as const,
      );
    },
  };
}

/** What the environment and the files have for the fields, by field or alias. */
export function environmentOf(
  machine: Machine,
  fields: readonly Field[],
  config: Config,
  isModel: (of: Class) => boolean,
  at: Location | undefined,
): ReadonlyMap<string, Value> {
  const lookup = lookupIn(machine, config, at);
  const values = new Map<string, Value>();
  for (const field of fields) {
    const names = namesOf(field, config);
    const found = names.map((name) => lookup.get(name)).find((value) => value !== undefined);
    const parsed =
      found && isComplex(field.annotation, isModel) && found.kind === "str"
        ? parsedJson(machine, field.name, found, at)
        : found;
    const nested =
      config.delimiter !== "" && modelOf(field.annotation, isModel)
        ? nestedIn(machine, lookup, `${names[0]}${config.delimiter}`, config.delimiter, parsed, at)
        : parsed;
    if (nested) values.set(field.name, nested);
  }
  return values;
}

/** A list, a dict or a model is written as JSON. */
function parsedJson(machine: Machine, field: string, text: Value, at: Location | undefined): Value {
  try {
    return machine.call(machine.attribute(machine.import("json"), "loads"), [text], undefined, at);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    // A text of a file has no variable that it depends on.
    const source = text.env.length > 0 ? "EnvSettingsSource" : "DotEnvSettingsSource";
    const failure = exceptionClass(machine, "pydantic_settings.exceptions.SettingsError", "ValueError");
    return machine.raise(
      failure,
      `error parsing value for field "${field}" from source "${source}"`,
      at,
      text.env,
    );
  }
}

/** `APP_DB__HOST`, `APP_DB__POOL__SIZE` as a dict, over what `APP_DB` itself says. */
function nestedIn(
  machine: Machine,
  lookup: Lookup,
  start: string,
  delimiter: string,
  whole: Value | undefined,
  at: Location | undefined,
): Value | undefined {
  const found = lookup.below(start);
  if (found.length === 0) return whole;
  const result =
    whole?.kind === "dict" ? machine.dict(pairsOf(whole), at, whole.env) : dictOf(machine, [], at);
  for (const [path, value] of found) {
    let target = result;
    const parts = path.split(delimiter);
    for (const part of parts.slice(0, -1)) {
      const inner = pairsOf(target).find(([key]) => textOf(key) === part)?.[1];
      const next = inner?.kind === "dict" ? inner : dictOf(machine, [], at);
      machine.setItem(target, str(part, at), next, at);
      target = next;
    }
    machine.setItem(target, str(parts.at(-1) ?? "", at), value, at);
  }
  return result;
}

const pairsOf = (of: Value): (readonly [Value, Value])[] =>
  of.kind === "dict" ? [...of.entries.values()].map((entry) => [entry.key, entry.value] as const) : [];
