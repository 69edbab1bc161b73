import type { EnvNames } from "../../python/value.ts";
import type { Settings } from "./settings.ts";

/** The variables of these that nothing sets, as far as the files tell: what depends on them is a fallback. */
export function leftUnset(
  { assumed, given, required }: Pick<Settings, "assumed" | "given" | "required">,
  ...env: readonly EnvNames[]
): readonly string[] {
  return [...new Set(env.flat())].filter(
    (name) =>
      name !== "DJANGO_SETTINGS_MODULE" &&
      !assumed.has(name) &&
      !given.has(name) &&
      !required.some((each) => each.name === name),
  );
}

/** As many conditions as anybody reads. */
const most = 3;

/** "$A is unset" for each, as the conditions of a finding; in one where there are many. */
export function whenUnset(names: readonly string[]): readonly string[] {
  const [first] = names;
  if (first !== undefined && names.length > most)
    return [`$${first} and ${names.length - 1} other variables are unset`];
  return names.map((name) => `$${name} is unset`);
}
