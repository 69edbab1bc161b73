import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Value } from "../value.ts";
import {
  findFile,
  includeFiles,
  loadFiles,
  rootPath,
  runFile,
  switcherOf,
  type Tables,
} from "./dynaconf-files.ts";
import { taken } from "./dynaconf-nodes.ts";
import { normalized, optionDefaults, optionKey } from "./dynaconf-options.ts";
import { parsed } from "./dynaconf-parse.ts";
import { Store } from "./dynaconf-settings.ts";
import { validate } from "./dynaconf-validators.ts";
import { list, none, str, textOf } from "./make.ts";
import { join } from "./posix-path.ts";
import { readText } from "./project-paths.ts";
import { dotenvValues } from "./python-dotenv.ts";

/** What dynaconf does when its settings are first asked for. */
export function load(
  machine: Machine,
  given: ReadonlyMap<string, Value>,
  at: Location | undefined,
  settings: (store: Store) => Value,
): Store {
  const store = new Store(machine, at);
  store.settings = settings(store);
  const options = normalized(given);
  const wantsDotenv = wants(machine, options.get("load_dotenv"), at);
  if (wantsDotenv) readDotenv(store, undefined);
  const file = machine.environment.has("SETTINGS_FILE_FOR_DYNACONF")
    ? machine.environment.get("SETTINGS_FILE_FOR_DYNACONF", at)
    : undefined;
  const validators = options.get("validators");
  options.delete("validators");
  for (const [key, value] of options) store.set(key, value);
  for (const [key, make] of optionDefaults) if (!store.values.has(key)) store.values.set(key, make());
  if (wantsDotenv) readDotenv(store, rootPath(store));
  readOptions(store);
  if (file) store.set(optionKey("SETTINGS_FILE"), file, { toml: true });
  const tables: Tables = { env: currentEnv(store), folders: new Set() };
  includeFiles(store, store.texts(store.option("PRELOAD")), tables);
  const files = store.texts(store.option("SETTINGS_FILE"));
  loadFiles(store, files.length > 0 ? files : store.texts(store.raw("DEFAULT_SETTINGS_PATHS")), tables);
  loadVariables(store);
  const includes = [...store.texts(store.raw("DYNACONF_INCLUDE")), ...store.texts(store.option("INCLUDES"))];
  if (includes.length > 0) {
    includeFiles(store, includes, tables);
    loadVariables(store);
  }
  for (const folder of tables.folders) runHook(store, folder);
  for (const hook of itemsOf(machine, options.get("post_hooks"))) callHook(store, hook);
  validate(store, validators ?? list([]));
  return store;
}

function wants(machine: Machine, said: Value | undefined, at: Location | undefined): boolean {
  if (said) return machine.truth(said) === true;
  const name = "LOAD_DOTENV_FOR_DYNACONF";
  const value = machine.environment.has(name) ? machine.environment.get(name, at) : undefined;
  return /^\s*true\s*$/i.test(textOf(value) ?? "");
}

const itemsOf = (machine: Machine, value: Value | undefined): readonly Value[] => {
  if (value === undefined || value.kind === "none" || value.kind === "opaque") return [];
  if (value.kind !== "list" && value.kind !== "tuple") return [value];
  const items = machine.iterate(value);
  return "kind" in items ? [] : items;
};

/** `.env` from the root path, or else from the working folder, upwards: what the environment has already stays. */
function readDotenv(store: Store, root: string | undefined): void {
  const { machine, at } = store;
  const path = textOf(store.option("DOTENV_PATH")) ?? findFile(store, ".env", root);
  const read = path === undefined ? "absent" : readText(machine, path, at);
  if (read === "absent" || "kind" in read) return;
  const override = store.isOn("DOTENV_OVERRIDE");
  for (const [name, value] of dotenvValues(machine, read.text, { override, interpolate: true }, at))
    if (value.kind !== "none" && (override || !machine.environment.has(name)))
      machine.environment.set(name, value);
}

/** Options that variables of their own decide; the environment is named by another one, if that was said. */
function readOptions(store: Store): void {
  const { machine, at } = store;
  const switcher = switcherOf(store);
  for (const key of optionDefaults.keys()) {
    const isEnv = key === optionKey("ENV");
    const name = isEnv ? switcher : key;
    const isAsked = machine.environment.has(name) || (isEnv && hasEnvironments(store));
    const value = isAsked ? machine.environment.get(name, at, store.values.get(key)) : undefined;
    if (value) store.values.set(key, parsed(store.parsing, fixed(value), !isEnv || value.kind === "str"));
  }
}

const hasEnvironments = (store: Store): boolean => machineTruth(store, store.option("ENVIRONMENTS"));
const machineTruth = (store: Store, value: Value): boolean =>
  value.kind !== "bool" || store.machine.truth(value) === true;

/** `boolean_fix`: True and False as TOML writes them. */
function fixed(value: Value): Value {
  const text = textOf(value)?.trim();
  return text === "True" || text === "False" ? str(text.toLowerCase(), value.at, value.env) : value;
}

/** The name of the environment, which may be several; undefined where a variable names it that nobody sees. */
export function currentEnv(store: Store): string | undefined {
  if (!hasEnvironments(store)) return store.text("MAIN_ENV")?.toLowerCase() ?? "main";
  const forced = store.option("FORCE_ENV");
  const env = forced.kind === "none" ? store.option("ENV") : forced;
  const text = env.kind === "opaque" ? undefined : store.machine.str(env);
  return typeof text === "string" ? text : undefined;
}

/** `env_loader`: variables with the prefixes, as they are in the environment. */
function loadVariables(store: Store): void {
  const { machine, at } = store;
  const loaders = store.option("LOADERS");
  if (!store.texts(loaders).includes("dynaconf.loaders.env_loader")) return;
  const known = store.isOn("IGNORE_UNKNOWN_ENVVARS");
  for (const prefix of store.prefixes) {
    const found = machine.environment.names.filter((name) => name.startsWith(prefix));
    const data = found.flatMap((name) => {
      const key = name.slice(prefix.length);
      const value = machine.environment.get(name, at, store.raw(key) ?? none(at));
      if (value === undefined || (known && store.get(key) === undefined)) return [];
      return [[key, parsed(store.parsing, fixed(value), true)] as const];
    });
    for (const [key, value] of data) store.set(key, value);
  }
}

/** `dynaconf_hooks.py` beside a file that was read: what its `post` gives is set. */
export function runHook(store: Store, folder: string): void {
  const names = runFile(store, join(folder, "dynaconf_hooks.py"));
  const post = names && [...names.entries.values()].find((entry) => textOf(entry.key) === "post")?.value;
  if (post) callHook(store, post);
}

function callHook(store: Store, hook: Value): void {
  const { machine, at } = store;
  const made = machine.call(hook, [store.settings], undefined, at);
  if (made.kind === "opaque") store.hidden = made;
  if (made.kind !== "dict") return;
  const said = taken(made, "dynaconf_merge") ?? taken(made, "DYNACONF_MERGE");
  const merge = said ? machine.truth(said) : undefined;
  for (const { key, value } of [...made.entries.values()]) store.set(textOf(key) ?? "", value, { merge });
}
