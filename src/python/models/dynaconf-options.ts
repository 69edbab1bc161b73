import type { Value } from "../value.ts";
import { bool, list, none, str } from "./make.ts";

/** dynaconf's own options, as `dynaconf.default_settings` has them, and the names that they had before. */

const no = (): Value => bool(false);
const yes = (): Value => bool(true);
const nothing = (): Value => none();
const empty = (): Value => list([]);
const text = (value: string) => (): Value => str(value);

const defaults: Readonly<Record<string, () => Value>> = {
  ROOT_PATH: nothing,
  SETTINGS_FILE: empty,
  ENVIRONMENTS: no,
  MAIN_ENV: text("MAIN"),
  LOWERCASE_READ: yes,
  ENV_SWITCHER: text("ENV_FOR_DYNACONF"),
  ENV: text("DEVELOPMENT"),
  FORCE_ENV: nothing,
  DEFAULT_ENV: text("DEFAULT"),
  ENVVAR_PREFIX: text("DYNACONF"),
  IGNORE_UNKNOWN_ENVVARS: no,
  AUTO_CAST: yes,
  ENCODING: text("utf-8"),
  MERGE_ENABLED: no,
  DOTTED_LOOKUP: yes,
  NESTED_SEPARATOR: text("__"),
  INDEX_SEPARATOR: nothing,
  ENVVAR: text("SETTINGS_FILE_FOR_DYNACONF"),
  REDIS: nothing,
  REDIS_URL: nothing,
  REDIS_ENABLED: no,
  VAULT: nothing,
  VAULT_ENABLED: no,
  VAULT_PATH: nothing,
  VAULT_MOUNT_POINT: nothing,
  VAULT_ROOT_TOKEN: nothing,
  VAULT_KV_VERSION: nothing,
  VAULT_AUTH_WITH_IAM: no,
  VAULT_AUTH_ROLE: nothing,
  VAULT_ROLE_ID: nothing,
  VAULT_SECRET_ID: nothing,
  VAULT_USERNAME: nothing,
  VAULT_PASSWORD: nothing,
  VAULT_TOKEN_RENEW: no,
  CORE_LOADERS: () => list(["YAML", "TOML", "INI", "JSON", "PY"].map((one) => str(one))),
  LOADERS: () => list([str("dynaconf.loaders.env_loader")]),
  SILENT_ERRORS: yes,
  FRESH_VARS: empty,
  DOTENV_PATH: nothing,
  DOTENV_VERBOSE: no,
  DOTENV_OVERRIDE: no,
  INSTANCE: nothing,
  YAML_LOADER: text("safe_load"),
  COMMENTJSON_ENABLED: no,
  SECRETS: nothing,
  INCLUDES: empty,
  PRELOAD: empty,
  SKIP_FILES: empty,
  APPLY_DEFAULT_ON_NONE: nothing,
  VALIDATE_ON_UPDATE: no,
  SYSENV_FALLBACK: no,
};

/** Old names of options, which still count. */
const renamed: Readonly<Record<string, string>> = {
  DYNACONF_NAMESPACE: "ENV",
  NAMESPACE_FOR_DYNACONF: "ENV",
  DYNACONF_SETTINGS_MODULE: "SETTINGS_FILE",
  DYNACONF_SETTINGS: "SETTINGS_FILE",
  SETTINGS_MODULE: "SETTINGS_FILE",
  SETTINGS_MODULE_FOR_DYNACONF: "SETTINGS_FILE",
  PROJECT_ROOT: "ROOT_PATH",
  PROJECT_ROOT_FOR_DYNACONF: "ROOT_PATH",
  DYNACONF_SILENT_ERRORS: "SILENT_ERRORS",
  DYNACONF_ALWAYS_FRESH_VARS: "FRESH_VARS",
  BASE_NAMESPACE_FOR_DYNACONF: "DEFAULT_ENV",
  GLOBAL_ENV_FOR_DYNACONF: "ENVVAR_PREFIX",
};

const misspelt: Readonly<Record<string, string>> = {
  settings_files: "settings_file",
  SETTINGS_FILES: "SETTINGS_FILE",
  environment: "environments",
  ENVIRONMENT: "ENVIRONMENTS",
};

export const optionKey = (option: string): string => `${option}_FOR_DYNACONF`;

/** The options and what each is by itself. */
export const optionDefaults: ReadonlyMap<string, () => Value> = new Map(
  Object.entries(defaults).map(([name, make]) => [optionKey(name), make] as const),
);

/** Names that are dynaconf's own: they never become settings of the module. */
const ownNames = new Set([...optionDefaults.keys(), ...Object.keys(renamed)]);
export const isOwnName = (key: string): boolean => ownNames.has(key);

/** `normalize_kwargs`: every spelling of an option under its one name. */
export function normalized(given: ReadonlyMap<string, Value>): Map<string, Value> {
  const named = new Map(given);
  const move = (from: string, to: string): void => {
    const value = named.get(from);
    if (value === undefined) return;
    named.delete(from);
    named.set(to, value);
  };
  for (const [from, to] of Object.entries(misspelt)) move(from, to);
  for (const key of [...named.keys()])
    if (optionDefaults.has(optionKey(key.toUpperCase()))) move(key, optionKey(key.toUpperCase()));
  for (const [from, to] of Object.entries(renamed)) {
    const value = named.get(from);
    if (value) named.set(optionKey(to), value);
  }
  return named;
}

/** The files that `DjangoDynaconf` looks for by itself. */
export const defaultFiles: readonly string[] = ["settings", ".secrets"].flatMap((stem) =>
  ["py", "toml", "tml", "yaml", "yml", "ini", "conf", "properties", "json"].map((end) => `${stem}.${end}`),
);
