import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import { createInterpreter } from "../../python/interpreter.ts";
import { models } from "../../python/models/index.ts";
import type { EnvValue, Run, Scenario } from "../../python/scenario.ts";
import type { EnvNames, Value } from "../../python/value.ts";

/** What a gunicorn configuration file says of one setting. */
export type ConfigSetting =
  | { readonly kind: "unset" }
  /** How the text begins; `whole` if that is all of it. `env` are the variables that it depends on. */
  | {
      readonly kind: "text";
      readonly text: string;
      readonly whole: boolean;
      readonly env: EnvNames;
      readonly at?: Location | undefined;
    }
  | { readonly kind: "list"; readonly items: readonly ConfigSetting[] }
  | { readonly kind: "unclear" };

/** Tests that cannot be known: each is tried the other way, and a file with more is not believed. */
const mostBranches = 8;

/**
 * Runs a configuration file, as gunicorn does, and tells what it sets. `folder` is where gunicorn starts,
 * which it imports from; `variables` are those of the process, undefined where their value is not known.
 */
export function readGunicornConfig(
  files: ProjectFiles,
  path: string,
  folder: string,
  variables: ReadonlyMap<string, string | undefined>,
): (setting: string) => ConfigSetting {
  const world = {
    path: [folder],
    installed: () => undefined,
    djangoVersion: undefined,
    pythonVersion: undefined,
  };
  const interpreter = createInterpreter(files, world, models);
  const env = new Map(
    [...variables].map(([name, text]): [string, EnvValue] => [
      name,
      text === undefined ? { kind: "something" } : { kind: "text", text },
    ]),
  );
  const start = (branches: Scenario["branches"]) =>
    interpreter.runFile(path, { env, held: new Map(), branches });
  const run = start(new Map());
  if (run.outcome.kind !== "completed" || run.branches.length > mostBranches) return () => unclear;
  const others = run.branches.map(({ key, taken }) => start(new Map([[key, !taken]])));
  return (setting) => {
    const found = settingIn(run, setting);
    const same = others.every((other) => sameText(settingIn(other, setting), found));
    return same ? found : unclear;
  };
}

const unclear: ConfigSetting = { kind: "unclear" };

function sameText(one: ConfigSetting, other: ConfigSetting): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function settingIn({ names, open }: Run, setting: string): ConfigSetting {
  const binding = names.get(setting);
  if (binding) {
    const found = settingOf(binding.value);
    return found.kind === "text" ? { ...found, at: binding.at } : found;
  }
  return open ? unclear : { kind: "unset" };
}

function settingOf(value: Value): ConfigSetting {
  switch (value.kind) {
    case "none":
      return { kind: "unset" };
    case "str":
      return { kind: "text", text: value.value, whole: true, env: value.env };
    case "int":
    case "float":
      return { kind: "text", text: String(value.value), whole: true, env: value.env };
    case "bool":
      return { kind: "text", text: value.value ? "True" : "False", whole: true, env: value.env };
    case "list":
    case "tuple":
      return value.open ? unclear : { kind: "list", items: value.items.map(settingOf) };
    case "opaque":
      return value.prefix === undefined
        ? unclear
        : { kind: "text", text: value.prefix, whole: false, env: value.env };
    default:
      return unclear;
  }
}
