import { folderOf } from "../../files/listing.ts";
import type { Location } from "../../location.ts";
import type { Code } from "../code.ts";
import type { Settings, SettingsView } from "../django/settings.ts";
import { type CeleryApp, celeryValue } from "./celery-app.ts";
import { type Address, celeryText } from "./celery-text.ts";

/** Where an application of Celery's looks for its broker. */
export type Broker =
  | { readonly kind: "address"; readonly address: Address }
  /** Nothing names one, so it is RabbitMQ on localhost. `ignored`: the setting that looks as if it did. */
  | {
      readonly kind: "default";
      readonly ignored: string | undefined;
      readonly at: Location;
      readonly name: string;
    }
  /** A variable, or code that is not read, names it. */
  | { readonly kind: "elsewhere" };

/** celery 5.7 app/utils.py: what the environment says comes first, and an empty text is none. */
export function brokerOf(app: CeleryApp, settings: Settings): Broker {
  if (app.given.has("broker") || app.given.has("broker_host")) return { kind: "elsewhere" };
  const found = celeryValue(app, settings, "broker_url");
  const address = celeryText(app, found, settings);
  if (address && address.text !== "")
    return address.text === undefined ? { kind: "elsewhere" } : { kind: "address", address };
  if (found.kind === "elsewhere" || app.configuration.kind !== "settings") return { kind: "elsewhere" };
  if (address && address.env.length > 0) return { kind: "elsewhere" };
  // The workers may have settings of their own, which are not these.
  if (app.settings !== undefined && app.settings.module !== settings.module) return { kind: "elsewhere" };
  const { namespace, at } = app.configuration;
  const ignored = settings.names.find((name) =>
    /^(?:CELERY_)?BROKER(?:_URL)?$|^CELERY_BROKER_URI$/.test(name),
  );
  return {
    kind: "default",
    ignored,
    at,
    name: namespace === undefined ? "BROKER_URL" : `${namespace}_BROKER_URL`,
  };
}

/** The broker's address as the configuration names it. */
export function brokerAddress(app: CeleryApp, view: SettingsView): Address | undefined {
  return celeryText(app, celeryValue(app, view, "broker_url"), view);
}

/** Whether no module of the project imports the one that makes the application; then shared tasks do not know of it. */
export function isNeverImported({ file: { dotted, path } }: CeleryApp, code: Code): boolean {
  if (path.endsWith("__init__.py")) return false;
  const last = dotted.split(".").at(-1) ?? dotted;
  return !code
    .mentioning(new RegExp(`\\b${last}\\b`))
    .some(
      (file) =>
        file.path !== path &&
        (file.text.includes(dotted) ||
          file.stars.includes(dotted) ||
          [...file.imported.values()].some((name) => name === dotted || name.startsWith(`${dotted}.`))),
    );
}

/** The `__init__.py` that imports the application before the server's entry point beside it; undefined if none does. */
export function isImportedFirst(
  { file: { dotted, path } }: CeleryApp,
  code: Code,
  entry: string,
): string | undefined {
  const folder = folderOf(path);
  const init = folder === folderOf(entry) ? code.file(`${folder}/__init__.py`) : undefined;
  if (!init) return undefined;
  return [...init.imported.values()].some((name) => name.startsWith(`${dotted}.`)) ? init.path : undefined;
}
