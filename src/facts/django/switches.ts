import { textOf } from "../../python/inspect.ts";
import type { Settings, SettingsView } from "./settings.ts";
import { staticStorage } from "./static-files.ts";

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
  const tried = leftUnset(settings, switchName);
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

/** Variables that say where files are kept, by their names: `USE_S3`, `AWS_STORAGE_BUCKET_NAME`. */
const storageName = /AWS|S3|STORAGE|BUCKET|CDN|CLOUD|GCS|AZURE|SPACES|STATIC/i;

/** The variable that is left unset, and with which set static files come from elsewhere. */
export function staticElsewhereWith(settings: Settings): string | undefined {
  return leftUnset(settings, storageName).find((name) =>
    ["True", "TRUE", "1", "https://cdn.example.com/"].some((text) => {
      const view = settings.under({ [name]: text });
      if (view.outcome.kind !== "completed") return false;
      const url = textOf(view.get("STATIC_URL").value) ?? "";
      return /^(https?:)?\/\//.test(url) || staticStorage(view).kind === "remote";
    }),
  );
}

/** What the settings ask for, and nothing in the repository decides. */
function leftUnset(settings: Settings, shape: RegExp): readonly string[] {
  const { given, assumed, required, reads } = settings;
  const names = [...new Set(reads.map(({ name }) => name))];
  return names
    .filter((name) => shape.test(name) && !given.has(name) && !assumed.has(name))
    .filter((name) => !required.some((one) => one.name === name))
    .slice(0, most);
}
