import type { Location } from "../../location.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { App, Apps } from "../apps.ts";
import type { Setting, Settings } from "./settings.ts";
import { isInstalled } from "./static-files.ts";

/** Where files go that users upload, by the settings. */
export interface FileStorage {
  /** `local`: a folder on the disk; `missing`: STORAGES has no default; `unknown`: a class that we do not know. */
  readonly kind: "local" | "remote" | "missing" | "unknown";
  readonly backend: string;
  readonly at: Location | undefined;
}

const fileSystem = /^django\.core\.files\.storage\.(?:filesystem\.)?FileSystemStorage$/;
const far =
  /^storages\.|^(?:anymail|cloudinary|cloudinary_storage|minio_storage|django_minio_backend|django_s3_storage|s3_file_field|gcloudc|django_oss_storage|django_drf_filepond)\b|s3|boto|gcloud|google|azure|cloudinary|dropbox|minio|spaces|remote|sftp|uploadcare/i;

/** Settings as they are in one scenario, or in a variant of it. */
interface View {
  get(name: string): Pick<Setting, "value" | "at" | "explicit">;
}

export function fileStorage(view: View): FileStorage {
  const storages = view.get("STORAGES");
  const entry = entryOf(storages.value, "default");
  const old = view.get("DEFAULT_FILE_STORAGE");
  const backend = entryOf(entry, "BACKEND");
  const named = [backend, old.explicit ? old.value : undefined].flatMap((value) => textOf(value) ?? []);
  // Before Django 5.1 the old setting counts, and projects that have it mean it: setting-removed-in-version.
  const custom = named.find((name) => !fileSystem.test(name)) ?? named[0];
  const at = backend?.at ?? entry?.at ?? (old.explicit ? old.at : storages.at);
  if (custom !== undefined) return { kind: kindOf(custom), backend: custom, at };
  const open =
    isOpaque(storages.value) || isOpaque(entry) || isOpaque(backend) || (old.explicit && isOpaque(old.value));
  if (open) return { kind: "unknown", backend: "", at };
  if (storages.value.kind === "dict" && !entry)
    return { kind: storages.value.open ? "unknown" : "missing", backend: "", at: storages.at };
  return { kind: entry && !backend ? "unknown" : "local", backend: "", at };
}

function kindOf(backend: string): "local" | "remote" | "unknown" {
  if (fileSystem.test(backend)) return "local";
  return far.test(backend) ? "remote" : "unknown";
}

function isOpaque(value: Value | undefined): boolean {
  return value?.kind === "opaque";
}

/** What of the project stores files of its users in the default storage. */
export interface Uploader {
  /** "Photo.image", or the app of a library: "wagtail.images". */
  readonly name: string;
  readonly at: Location | undefined;
  /** It surely has a table with such a field. */
  readonly certain: boolean;
}

/** Apps of libraries whose models or views store files. */
const libraries: readonly { readonly app: string; readonly certain: boolean }[] = [
  { app: "wagtail.images", certain: true },
  { app: "wagtail.documents", certain: true },
  { app: "filer", certain: true },
  { app: "photologue", certain: true },
  { app: "ckeditor_uploader", certain: false },
  { app: "django_summernote", certain: false },
];

export function uploaders(apps: Apps, settings: Settings): readonly Uploader[] {
  const own = apps.own.flatMap(({ models }) => models.flatMap(fieldsOf));
  const installed = libraries
    .filter(({ app }) => isInstalled(settings, app) === true)
    .map(({ app, certain }) => ({ name: app, at: settings.get("INSTALLED_APPS").at, certain }));
  return [...own, ...installed].sort((a, b) => Number(b.certain) - Number(a.certain));
}

function fieldsOf({ name, kind, fileFields }: App["models"][number]): readonly Uploader[] {
  if (kind === "abstract" || kind === "proxy") return [];
  return fileFields
    .filter(({ storage }) => storage === "default")
    .map((field) => ({ name: `${name}.${field.name}`, at: field.at, certain: kind === "concrete" }));
}

/** Names of variables that choose a storage. */
const choosing = /S3|AWS|STORAGE|BUCKET|MEDIA|GCS|^GS_|CLOUD|AZURE|SPACES|R2|MINIO|B2/;
const tries = ["True", "true", "TRUE", "1", "s3", "s3://key:secret@s3.example.com/bucket"];
/** Each costs a run of the settings for each of those. */
const most = 6;

/**
 * The variables of which any one, or all together, put the files elsewhere than on the disk; empty if the settings
 * leave them there whatever the environment says.
 */
export function storageVariables(settings: Settings): readonly string[] {
  const { env } = settings.get("STORAGES");
  const read = settings.reads.map(({ name }) => name).filter((name) => choosing.test(name));
  const names = [...new Set([...env, ...settings.get("DEFAULT_FILE_STORAGE").env, ...read])]
    .filter((name) => !settings.given.has(name) && name !== "DJANGO_SETTINGS_MODULE")
    .slice(0, most);
  const elsewhere = (change: Readonly<Record<string, string>>) => {
    const view = settings.under(change);
    const { kind } = fileStorage(view);
    return view.outcome.kind === "completed" && (kind === "remote" || kind === "unknown");
  };
  const single = names.filter((name) => tries.some((text) => elsewhere({ [name]: text })));
  if (single.length > 0) return single;
  const together = tries.some((text) => elsewhere(Object.fromEntries(names.map((name) => [name, text]))));
  return together ? names : [];
}
