import type { Settings, SettingsView } from "./settings.ts";

/** Variables that tell one kind of environment from another, by their names. */
const switchName =
  /(?:^|_)(?:ENV|ENVIRONMENT|\w*STAGE|MODE|DEV|DEVELOP\w*|DEBUG|LOCAL|PROD\w*|LIVE|DEPLOY\w*|TEST\w*|TARGET|TIER|STATUS)(?:$|_(?!FILE|URL|PATH|DIR))/i;
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
  const tried = names.slice(0, most);
  const views = (name: string) => texts.map((text) => settings.under({ [name]: text }));
  const without = tried.find((name) =>
    views(name).some((view) => view.outcome.kind === "completed" && !holds(view)),
  );
  // The other environment may insist on what nobody sees here; then it is another one all the same.
  return (
    without ??
    tried.find((name) =>
      views(name).some(({ outcome }) => outcome.kind === "raised" && outcome.env.length > 0),
    )
  );
}
