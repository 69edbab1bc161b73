import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { Class, Module, Value } from "../value.ts";
import { configurationValues, isValue } from "./configuration-values.ts";
import { byName, define, model, nativeClass } from "./define.ts";
import { parseEnvironFile } from "./dotenv-format.ts";
import { noEffect } from "./inert.ts";
import { none, str, textOf, tuple } from "./make.ts";
import { pathText, readText } from "./project-paths.ts";

/** django-configurations 2.5: settings are the attributes of the class that $DJANGO_CONFIGURATION names. */

const isSetting = (name: string): boolean => name === name.toUpperCase() && /^[A-Z]/.test(name);

/** Names of settings that a class has, own or inherited. */
function settingsOf(of: Class): readonly string[] {
  // `dir(class)` has them in order.
  return [...new Set(of.mro.flatMap((one) => [...one.attributes.keys()]))].filter(isSetting).sort();
}

/** The module that Django takes for the settings: the class may come from a module that it imports. */
function settingsModule(machine: Machine, of: Class, at: Location | undefined): string {
  return textOf(machine.environment.get("DJANGO_SETTINGS_MODULE", at, none(at))) ?? of.module;
}

function bind(machine: Machine, module: string, name: string, value: Value): void {
  machine.import(module).names.set(name, { value, at: value.at, env: value.env });
}

/** Puts a value that reads the environment in the place of its reader. */
function setUp(
  machine: Machine,
  name: string,
  value: Value,
  at: Location | undefined,
  put: (name: string, value: Value) => void,
): void {
  const made = machine.call(machine.attribute(value, "setup", at), [str(name, at)], undefined, at);
  put(name, made);
  if (value.kind !== "instance" || !value.class.mro.some((one) => one.attributes.has("_multiple"))) return;
  if (made.kind === "dict")
    for (const entry of made.entries.values()) put(textOf(entry.key) ?? "", entry.value);
}

/**
 * What the library's importer does once the module has run. Here it happens as soon as the class is
 * there: code further down is seldom part of it.
 */
function install(machine: Machine, of: Class, at: Location | undefined): void {
  const module = settingsModule(machine, of, at);
  try {
    fill(machine, of, module, at);
  } catch (error) {
    if (error instanceof PythonException) explain(error, `${module}.${of.name}`, at);
    throw error;
  }
}

/** The library says of every error what it was doing. */
function explain({ value }: PythonException, path: string, at: Location | undefined): void {
  const args = value.attributes.get("args");
  const [message, ...more] = args?.kind === "tuple" ? args.items : [];
  const text = message === undefined ? "" : textOf(message);
  if (text === undefined) return;
  const said = str(`Couldn't setup configuration '${path}':  ${text} `, message?.at ?? at, message?.env);
  value.attributes.set("args", tuple([said, ...more], at));
}

function fill(machine: Machine, of: Class, module: string, at: Location | undefined): void {
  machine.call(machine.attribute(of, "pre_setup", at), [], undefined, at);
  machine.call(machine.attribute(of, "setup", at), [], undefined, at);
  const settings = machine.call(of, [], undefined, at);
  for (const name of settingsOf(of)) {
    const found = machine.attribute(settings, name, at);
    const value =
      found.kind === "method" || found.kind === "function"
        ? machine.call(found, [], undefined, found.at ?? at)
        : found;
    if (isValue(value))
      setUp(machine, name, value, value.at ?? at, (key, made) => bind(machine, module, key, made));
    else bind(machine, module, name, value);
  }
  bind(machine, module, "CONFIGURATION", str(`${module}.${of.name}`, at));
  machine.call(machine.attribute(of, "post_setup", at), [], undefined, at);
}

const setup = define("setup", { required: ["cls"] }, ({ machine, at, given: { cls } }) => {
  if (cls.kind !== "class") return none(at);
  for (const name of settingsOf(cls)) {
    const value = machine.attribute(cls, name, at);
    if (isValue(value))
      setUp(machine, name, value, value.at ?? at, (key, made) => cls.attributes.set(key, made));
  }
  return none(at);
});

const loadDotenv = define("load_dotenv", { required: ["cls"] }, ({ machine, at, given }) => {
  const file =
    given.cls.kind === "class"
      ? given.cls.mro.find((one) => one.attributes.has("DOTENV"))?.attributes.get("DOTENV")
      : undefined;
  if (!file || machine.truth(file) === false) return none(at);
  const path = pathText(machine, file, at);
  const read = typeof path === "string" ? readText(machine, path, at) : path;
  if (read === "absent") {
    const improper = machine.classNamed("django.core.exceptions.ImproperlyConfigured");
    return machine.raise(
      improper,
      `Couldn't read .env file with the path ${String(path)}. Error: [Errno 2] No such file or directory: '${String(path)}'`,
      at,
    );
  }
  if ("text" in read)
    for (const [name, value] of parseEnvironFile(read.text, false))
      if (!machine.environment.has(name)) machine.environment.set(name, str(value, at));
  if (given.cls.kind === "class") given.cls.attributes.set("DOTENV_LOADED", file);
  return none(at);
});

/** The importer looks the class up once the module has run. */
function requireClass(machine: Machine, { name, names, open }: Module, packageName: string): void {
  const chosen = machine.environment.get("DJANGO_CONFIGURATION", undefined, none());
  const settings = machine.environment.get("DJANGO_SETTINGS_MODULE", undefined, none());
  if (
    open ||
    chosen?.kind !== "str" ||
    chosen.value === "" ||
    settings?.kind !== "str" ||
    settings.value !== name
  )
    return;
  if (names.has(chosen.value)) return;
  machine.raise(
    "AttributeError",
    `Couldn't find configuration '${chosen.value}' in module '${packageName}':  module '${name}' has no attribute '${chosen.value}' `,
    undefined,
    chosen.env,
  );
}

const library = (names: Model["names"]): Model => ({
  ...model("configurations", names),
  ended: requireClass,
});

export const configurationsModels: readonly Model[] = [
  library((machine) => {
    const build = builtin(
      "__class_build__",
      (m, { positional: [of], at }) => {
        if (of?.kind !== "class") return none(at);
        const chosen = m.environment.get("DJANGO_CONFIGURATION", at, none(at));
        if (chosen) m.candidate(chosen, of.name);
        if (chosen?.kind === "str" && chosen.value === of.name) install(m, of, of.at ?? at);
        return of;
      },
      { takesOpaque: true },
    );
    const preSetup = define("pre_setup", { required: ["cls"] }, ({ machine: m, at, given }) =>
      m.call(m.attribute(given.cls, "load_dotenv", at), [], undefined, at),
    );
    const postSetup = define("post_setup", { required: ["cls"] }, ({ at }) => none(at));
    const hooks = [loadDotenv, preSetup, setup, postSetup].map((one): [string, Value] => [
      one.name,
      machine.classMethod(one),
    ]);
    const configuration = nativeClass(machine, "configurations.base.Configuration", [
      ...hooks,
      ["__class_build__", build],
      ["DOTENV_LOADED", none()],
    ]);
    return [
      ["Configuration", configuration],
      ["values", machine.import("configurations.values")],
      ["pristinemethod", define("pristinemethod", { required: ["func"] }, ({ given }) => given.func)],
      noEffect("setup"),
    ];
  }),
  model("configurations.base", (machine) => [
    ["Configuration", machine.attribute(machine.import("configurations"), "Configuration")],
  ]),
  model("configurations.importer", () => [noEffect("install")]),
  model("configurations.values", configurationValues),
  model("configurations.management", () => [noEffect("execute_from_command_line")]),
  ...["wsgi", "asgi"].map((kind) =>
    model(`configurations.${kind}`, () =>
      byName(
        define(`get_${kind}_application`, {}, ({ machine, at }) =>
          machine.opaque("is the running application", at, [], { cause: "unmodelled" }),
        ),
      ),
    ),
  ),
];
