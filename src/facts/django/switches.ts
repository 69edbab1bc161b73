import type { Settings, SettingsView } from "./settings.ts";

/** Variables that tell one kind of environment from another, by their names. */
const switchName = /ENV|STAGE|MODE|DEV|DEBUG|LOCAL|PROD|LIVE|DEPLOY|TEST|TARGET|TIER/i;
const texts = ["False", "production", "PRODUCTION", "prod", "Production", "live"];
/** Each try evaluates the settings once. */
const most = 8;

/**
 * The variable that is left unset, and with which set something of the production settings does not hold:
 * code for development that a default switches on. Undefined if no such variable is found.
 */
export function switchedOffBy(
  settings: Settings,
  holds: (view: SettingsView) => boolean,
): string | undefined {
  const names = [...new Set(settings.reads.map(({ name }) => name))].filter(
    (name) =>
      switchName.test(name) &&
      !settings.given.has(name) &&
      !settings.assumed.has(name) &&
      !settings.required.some((required) => required.name === name),
  );
  return names.slice(0, most).find((name) =>
    texts.some((text) => {
      const view = settings.under({ [name]: text });
      return view.outcome.kind === "completed" && !holds(view);
    }),
  );
}
