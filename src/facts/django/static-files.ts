import { entryOf, textOf, textsIn } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { SettingsView } from "./settings.ts";

/** Whether an app is installed: INSTALLED_APPS may name the app or its AppConfig. Undefined if it cannot be told. */
export function isInstalled(view: SettingsView, app: string): boolean | undefined {
  const { value } = view.get("INSTALLED_APPS");
  if (textsIn(value).some((name) => name === app || name.startsWith(`${app}.apps.`))) return true;
  return isOpen(value) ? undefined : false;
}

/** Where `collectstatic` puts files by the settings: `local` needs STATIC_ROOT, `remote` is a storage of its own. */
export function staticStorage(view: SettingsView): {
  readonly kind: "local" | "remote" | "unknown";
  readonly backend: string;
} {
  const chosen = [
    entryOf(entryOf(view.get("STORAGES").value, "staticfiles"), "BACKEND"),
    view.get("STATICFILES_STORAGE").value,
  ];
  const named = chosen.map(textOf).filter((name) => name !== undefined && name !== "");
  // Before Django 5.1 the old setting counts, and projects that have it mean it.
  const custom = named.find((name) => name !== "django.contrib.staticfiles.storage.StaticFilesStorage");
  const backend = custom ?? named[0] ?? "";
  if (backend === "")
    return { kind: chosen.some((value) => value?.kind === "opaque") ? "unknown" : "local", backend };
  if (/^(django\.contrib\.staticfiles|whitenoise|servestatic)\./.test(backend))
    return { kind: "local", backend };
  if (/^storages\.|s3|boto|gcloud|google|azure|cloudinary|dropbox|remote/i.test(backend))
    return { kind: "remote", backend };
  return { kind: "unknown", backend };
}

/** Whether a list may hold more than is known. */
export function isOpen(value: Value): boolean {
  if (value.kind === "opaque") return true;
  if (value.kind !== "list" && value.kind !== "tuple" && value.kind !== "set") return false;
  if (value.open) return true;
  const items = value.kind === "set" ? [...value.items.values()] : value.items;
  return items.some((item) => item.kind === "opaque");
}
