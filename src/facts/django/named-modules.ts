import type { Location } from "../../location.ts";
import { entryOf, itemsOf, textOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { SettingsView } from "./settings.ts";

/** A module that a setting makes Django import. */
export interface NamedModule {
  /** "INSTALLED_APPS" */
  readonly setting: string;
  /** As written: "corsheaders.middleware.CorsMiddleware". */
  readonly text: string;
  /** What is imported: the text itself, or what that class needs besides Django. */
  readonly module: string;
  readonly at: Location | undefined;
}

/** Where in a setting the dotted names are. */
type Shape = (value: Value) => readonly (Value | undefined)[];

const itself: Shape = (value) => [value];
const items: Shape = (value) => itemsOf(value) ?? [];
const firstItem: Shape = (value) => items(value).slice(0, 1);
const values = (value: Value | undefined): readonly Value[] =>
  value?.kind === "dict" ? [...value.entries.values()].map((entry) => entry.value) : [];
/** `{alias: {KEY: name}}` */
const ofEach =
  (...keys: readonly string[]): Shape =>
  (value) =>
    values(value).flatMap((each) => keys.map((key) => entryOf(each, key)));

/** The settings that name modules, Django's first: https://docs.djangoproject.com/en/stable/ref/settings/ */
const shapes: Readonly<Record<string, Shape>> = {
  INSTALLED_APPS: items,
  MIDDLEWARE: items,
  AUTHENTICATION_BACKENDS: items,
  DATABASES: ofEach("ENGINE"),
  TEMPLATES: (value) =>
    items(value).flatMap((each) => {
      const options = each && entryOf(each, "OPTIONS");
      return [
        each && entryOf(each, "BACKEND"),
        ...["context_processors", "builtins"].flatMap((key) => itemsOf(entryOf(options, key)) ?? []),
      ];
    }),
  CACHES: ofEach("BACKEND"),
  STORAGES: ofEach("BACKEND"),
  TASKS: ofEach("BACKEND"),
  STATICFILES_FINDERS: items,
  EMAIL_BACKEND: itself,
  SESSION_ENGINE: itself,
  SESSION_SERIALIZER: itself,
  MESSAGE_STORAGE: itself,
  FORM_RENDERER: itself,
  // The first is the one that new passwords use; the others wait for old ones.
  PASSWORD_HASHERS: firstItem,
  LOGGING: (value) =>
    ["handlers", "formatters", "filters"].flatMap((key) => {
      const section = entryOf(value, key);
      return section ? ofEach("class", "()")(section) : [];
    }),
  CHANNEL_LAYERS: ofEach("BACKEND"),
  REST_FRAMEWORK: (value) => values(value).flatMap((each) => (itemsOf(each) ? items(each) : [each])),
};

/** Classes that import a package of their own choice, where another module than their own must be there. */
const needed: Readonly<Record<string, string>> = {
  "channels_redis.core.RedisChannelLayer": "channels_redis",
  "django.contrib.auth.hashers.Argon2PasswordHasher": "argon2",
  "django.contrib.auth.hashers.BCryptPasswordHasher": "bcrypt",
  "django.contrib.auth.hashers.BCryptSHA256PasswordHasher": "bcrypt",
  "django.core.cache.backends.memcached.PyLibMCCache": "pylibmc",
  "django.core.cache.backends.memcached.PyMemcacheCache": "pymemcache",
  "django.core.cache.backends.redis.RedisCache": "redis",
  "django.template.backends.jinja2.Jinja2": "jinja2",
  "storages.backends.azure_storage.AzureStorage": "azure.storage.blob",
  "storages.backends.gcloud.GoogleCloudStorage": "google.cloud.storage",
  "storages.backends.s3.S3Storage": "boto3",
  "storages.backends.s3boto3.S3Boto3Storage": "boto3",
};

/** The modules that the settings of a scenario name, in order. What is opaque is left out. */
export function namedModules(view: SettingsView): readonly NamedModule[] {
  return Object.entries(shapes).flatMap(([setting, shape]) => {
    const { value, explicit } = view.get(setting);
    if (!explicit) return [];
    return shape(value).flatMap((each) => {
      const text = textOf(each);
      if (text === undefined || !/^[A-Za-z_][\w.]*$/.test(text)) return [];
      // Outside INSTALLED_APPS a word without a dot is a short name, such as "console".
      if (setting !== "INSTALLED_APPS" && !text.includes(".")) return [];
      const modules = [text, Object.hasOwn(needed, text) ? needed[text] : undefined].filter(
        (module) => module !== undefined,
      );
      return modules.map((module) => ({ setting, text, module, at: each?.at }));
    });
  });
}
