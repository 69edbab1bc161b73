import type { Launch } from "../../platforms/commands/launch.ts";
import type { Settings, SettingsModule, SettingsView } from "../django/settings.ts";

// What a command of Django's loads, other than the app that is served: another module, other variables.

const settingsVariable = "DJANGO_SETTINGS_MODULE";
/** What is set in every container. */
export const always: ReadonlySet<string> = new Set([
  settingsVariable,
  "DJANGO_CONFIGURATION",
  "PATH",
  "HOME",
  "HOSTNAME",
  "PWD",
]);

/** Variables by name; undefined for a value that the files do not tell. */
export type GivenVariables = ReadonlyMap<string, string | undefined>;

/** What a command is given with these around it, and the variables that stand in front of it. */
export function givenTo({ env }: Launch, around: GivenVariables): GivenVariables {
  const given = new Map(around);
  for (const [name, { text, known }] of env) given.set(name, known ? text : undefined);
  return given;
}

/** The settings module that a command of manage.py loads with these variables; undefined where it is not known. */
export function moduleLoaded(
  { args }: Launch,
  given: GivenVariables,
  { defaults }: Pick<SettingsModule, "defaults">,
): string | undefined {
  const index = args.findIndex(({ text }) => /^--settings(?:=|$)/.test(text));
  const option = args[index]?.text.split("=")[1] ?? args[index + 1]?.text;
  return (
    (index < 0 ? undefined : option) ??
    (given.has(settingsVariable) ? given.get(settingsVariable) : defaults.manage)
  );
}

/** The settings with these variables and no others, as the build of an image has them. */
export function settingsWithOnly(settings: Settings, given: GivenVariables): SettingsView {
  const change: Record<string, string | undefined> = {};
  for (const name of new Set([...settings.reads.map(({ name }) => name), ...settings.given.keys()])) {
    if (always.has(name) || (given.has(name) && given.get(name) === undefined)) continue;
    change[name] = given.get(name);
  }
  for (const [name, value] of given) if (value !== undefined && !always.has(name)) change[name] = value;
  return settings.declaredUnder(change);
}
