import type { Module, Value } from "../value.ts";
import { defaultFiles } from "./dynaconf-options.ts";
import { bool, list, str, textOf } from "./make.ts";

/** What dynaconf's ready-made settings are made with. */

const isSetting = (name: string): boolean => name === name.toUpperCase() && name !== name.toLowerCase();

/** The options that `DjangoDynaconf` gives, after the settings of the module and what its caller says. */
export function djangoOptions(
  module: Module,
  folder: string,
  others: ReadonlyMap<string, Value>,
): Map<string, Value> {
  const own = [...module.names.keys()].filter(isSetting).sort();
  const options = new Map<string, Value>();
  for (const name of own) {
    const value = module.names.get(name)?.value;
    if (value) options.set(name, value);
  }
  for (const [name, value] of others) options.set(name, value);
  const file = textOf(module.names.get("__file__")?.value) ?? "";
  const defaults: readonly (readonly [string, Value])[] = [
    ["SKIP_FILES_FOR_DYNACONF", list([str(file), str("dynaconf_merge")])],
    ["ROOT_PATH_FOR_DYNACONF", str(folder)],
    ["ENVVAR_PREFIX_FOR_DYNACONF", str("DJANGO")],
    ["ENV_SWITCHER_FOR_DYNACONF", str("DJANGO_ENV")],
    ["ENVIRONMENTS_FOR_DYNACONF", bool(true)],
    ["load_dotenv", bool(true)],
    ["default_settings_paths", list(defaultFiles.map((name) => str(name)))],
  ];
  for (const [name, value] of defaults) if (!options.has(name)) options.set(name, value);
  return options;
}

/** What the deprecated `from dynaconf import settings` is made with. */
export const globalOptions = (): Map<string, Value> =>
  new Map<string, Value>([
    ["environments", bool(true)],
    ["lowercase_read", bool(false)],
    ["load_dotenv", bool(true)],
    ["default_settings_paths", list(defaultFiles.map((name) => str(name)))],
  ]);
