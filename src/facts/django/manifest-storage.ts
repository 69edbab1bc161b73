import type { Location } from "../../location.ts";
import { entryOf, textOf, truthOf } from "../../python/inspect.ts";
import type { SettingsView } from "./settings.ts";

/** Whether `{% static %}` looks names up in a manifest, and what it does with one that is not in there. */
export type ManifestStorage =
  | { readonly kind: "strict"; readonly backend: string; readonly at: Location | undefined }
  | { readonly kind: "none"; readonly because: string }
  | { readonly kind: "unknown"; readonly because: string };

/** Storages that raise ValueError for a name that the manifest lacks, and the setting that keeps them from it. */
const strict: Readonly<Record<string, string | undefined>> = {
  "django.contrib.staticfiles.storage.ManifestStaticFilesStorage": undefined,
  "whitenoise.storage.CompressedManifestStaticFilesStorage": "WHITENOISE_MANIFEST_STRICT",
  "servestatic.storage.CompressedManifestStaticFilesStorage": "SERVESTATIC_MANIFEST_STRICT",
  "storages.backends.s3.S3ManifestStaticStorage": undefined,
  "storages.backends.s3boto3.S3ManifestStaticStorage": undefined,
};

/** STATICFILES_STORAGE counts until Django 5.0, STORAGES from 4.2. https://docs.djangoproject.com/en/5.2/releases/5.1/ */
export function manifestStorage(view: SettingsView, djangoVersion: string | undefined): ManifestStorage {
  const backend = storageInUse(view, djangoVersion);
  if (typeof backend !== "string") return backend;
  if (!Object.hasOwn(strict, backend))
    return backend === "" || /^(?:django|whitenoise|servestatic|storages)\./.test(backend)
      ? { kind: "none", because: "the storage of static files keeps no manifest" }
      : { kind: "unknown", because: `what ${backend} does with a missing name is not known` };
  const switchName = strict[backend];
  const lenient = switchName === undefined ? undefined : view.get(switchName);
  if (lenient?.explicit && truthOf(lenient.value) !== true)
    return { kind: "none", because: `${lenient.name} lets names be missing` };
  const setting = view.get("STORAGES");
  return {
    kind: "strict",
    backend,
    at: (setting.explicit ? setting : view.get("STATICFILES_STORAGE")).at,
  };
}

/** The class that keeps static files, as the settings name it; "" for Django's own, which keeps no manifest. */
export function storageInUse(
  view: SettingsView,
  djangoVersion: string | undefined,
): string | Extract<ManifestStorage, { readonly kind: "unknown" }> {
  const storages = view.get("STORAGES");
  const old = view.get("STATICFILES_STORAGE");
  const [major = 0, minor = 0] = (djangoVersion ?? "").split(".").map(Number);
  const from = (since: readonly [number, number]) =>
    djangoVersion !== undefined && (major > since[0] || (major === since[0] && minor >= since[1]));
  const isNew = storages.explicit && (djangoVersion === undefined || from([4, 2]));
  const isOld = old.explicit && djangoVersion !== undefined && !from([5, 1]);
  const value = isNew
    ? entryOf(entryOf(storages.value, "staticfiles"), "BACKEND")
    : isOld
      ? old.value
      : undefined;
  if (value === undefined) {
    if (isNew && storages.value.kind !== "dict")
      return { kind: "unknown", because: "STORAGES is only partly known" };
    if (!isNew && old.explicit && djangoVersion === undefined)
      return { kind: "unknown", because: "whether STATICFILES_STORAGE counts depends on Django's version" };
    return "";
  }
  return textOf(value) ?? { kind: "unknown", because: "the storage of static files is only partly known" };
}
