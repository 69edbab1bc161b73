import { textKey } from "../../python/hash.ts";
import type { Value } from "../../python/value.ts";

/** A default as plain data, as JSON would hold it. */
type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * What Django gives for a setting that the project does not set, for the settings that checks ask for.
 * From django/conf/global_settings.py of 5.2.17; those that changed between 3.2 and 6.1 are not here.
 */
const defaults: { readonly [name: string]: Plain } = {
  ALLOWED_HOSTS: [],
  AUTHENTICATION_BACKENDS: ["django.contrib.auth.backends.ModelBackend"],
  CACHES: { default: { BACKEND: "django.core.cache.backends.locmem.LocMemCache" } },
  CSRF_COOKIE_SECURE: false,
  CSRF_TRUSTED_ORIGINS: [],
  DATABASES: {},
  DEBUG: false,
  EMAIL_BACKEND: "django.core.mail.backends.smtp.EmailBackend",
  EMAIL_USE_SSL: false,
  EMAIL_USE_TLS: false,
  INSTALLED_APPS: [],
  MIDDLEWARE: [],
  PASSWORD_HASHERS: [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
  ],
  ROOT_URLCONF: null,
  SECRET_KEY: "",
  SECRET_KEY_FALLBACKS: [],
  SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
  SECURE_HSTS_PRELOAD: false,
  SECURE_HSTS_SECONDS: 0,
  SECURE_SSL_REDIRECT: false,
  SESSION_COOKIE_SECURE: false,
  SESSION_ENGINE: "django.contrib.sessions.backends.db",
  SILENCED_SYSTEM_CHECKS: [],
  STATICFILES_DIRS: [],
  STATICFILES_STORAGE: "django.contrib.staticfiles.storage.StaticFilesStorage",
  STATIC_ROOT: null,
  STATIC_URL: null,
  STORAGES: {
    default: { BACKEND: "django.core.files.storage.FileSystemStorage" },
    staticfiles: { BACKEND: "django.contrib.staticfiles.storage.StaticFilesStorage" },
  },
  TEMPLATES: [],
  USE_X_FORWARDED_HOST: false,
  WSGI_APPLICATION: null,
};

/** Django's default for a setting; None for one that Django does not know. */
export function defaultOf(name: string): Value {
  return toValue(defaults[name] ?? null);
}

function toValue(plain: Plain): Value {
  const origin = { at: undefined, env: [] };
  if (plain === null) return { kind: "none", ...origin };
  if (typeof plain === "boolean") return { kind: "bool", value: plain, ...origin };
  if (typeof plain === "number") return { kind: "int", value: BigInt(plain), ...origin };
  if (typeof plain === "string") return text(plain);
  if (isList(plain)) return { kind: "list", items: plain.map(toValue), ...origin };
  const entries = Object.entries(plain).map(
    ([key, value]) => [textKey(key), { key: text(key), value: toValue(value) }] as const,
  );
  return { kind: "dict", entries: new Map(entries), ...origin };
}

function text(value: string): Value {
  return { kind: "str", value, at: undefined, env: [] };
}

function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}
