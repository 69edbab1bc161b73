import { textOf, truthOf } from "../../python/inspect.ts";
import type { Setting, SettingsView } from "./settings.ts";

/** A setting that Django does not read any more. */
export interface RemovedSetting {
  /** The first series without it. */
  readonly since: string;
  /** What happens instead, as a clause about the project. */
  readonly so: string;
  /** What stands for it, as text to paste; undefined if it can go. */
  readonly instead?: string;
  /** How much that matters: undefined if it changes nothing. */
  harm(setting: Setting, view: SettingsView): "error" | "warning" | "info" | undefined;
}

const djangoStorage = /^django\.(?:contrib\.staticfiles|core\.files)\./;

/**
 * https://docs.djangoproject.com/en/stable/internals/deprecation/ and the release notes of 1.10, 2.0, 4.0,
 * 5.0, 5.1 and 6.0 ("Features removed"). As of 2026-11-20.
 */
export const removedSettings: Readonly<Record<string, RemovedSetting>> = {
  STATICFILES_STORAGE: {
    since: "5.1",
    so: "static files get the plain storage, without hashes or compression",
    instead: 'STORAGES["staticfiles"]',
    // A remote storage is where the files are served from; WhiteNoise serves them without its own, too.
    harm: (setting) => {
      const text = textOf(setting.value);
      if (text !== undefined && /^django\.contrib\.staticfiles\.storage\.StaticFilesStorage$/.test(text))
        return undefined;
      return text === undefined || /^whitenoise\.|^servestatic\.|^django\./.test(text) ? "warning" : "error";
    },
  },
  DEFAULT_FILE_STORAGE: {
    since: "5.1",
    so: "uploads go to the local disk",
    instead: 'STORAGES["default"]',
    harm: (setting) => {
      const text = textOf(setting.value);
      return text !== undefined && djangoStorage.test(text) ? undefined : "error";
    },
  },
  USE_L10N: {
    since: "5.0",
    so: "formats are localised all the same",
    harm: ({ value }) => (truthOf(value) === false ? "info" : undefined),
  },
  USE_DEPRECATED_PYTZ: {
    since: "5.0",
    so: "time zones are those of zoneinfo",
    harm: ({ value }) => (truthOf(value) === false ? undefined : "info"),
  },
  CSRF_COOKIE_MASKED: {
    since: "5.0",
    so: "the cookie holds the plain secret",
    harm: ({ value }) => (truthOf(value) === false ? undefined : "info"),
  },
  FORMS_URLFIELD_ASSUME_HTTPS: {
    since: "6.0",
    so: "addresses without a scheme are taken for https",
    harm: ({ value }) => (truthOf(value) === false ? "info" : undefined),
  },
  PASSWORD_RESET_TIMEOUT_DAYS: {
    since: "4.0",
    so: "links to reset a password hold for three days",
    instead: "PASSWORD_RESET_TIMEOUT",
    harm: (_setting, view) => (view.get("PASSWORD_RESET_TIMEOUT").explicit ? undefined : "warning"),
  },
  DEFAULT_HASHING_ALGORITHM: { since: "4.0", so: "signatures are made with SHA-256", harm: () => "info" },
  SECURE_BROWSER_XSS_FILTER: {
    since: "4.0",
    so: "no header X-XSS-Protection is sent, which no browser reads any more",
    harm: ({ value }) => (truthOf(value) === false ? undefined : "info"),
  },
  MIDDLEWARE_CLASSES: {
    since: "2.0",
    so: "no middleware runs at all",
    instead: "MIDDLEWARE",
    harm: (_setting, view) => (view.get("MIDDLEWARE").explicit ? undefined : "error"),
  },
  TEMPLATE_DIRS: {
    since: "1.10",
    so: "templates are not looked for there",
    instead: 'TEMPLATES[0]["DIRS"]',
    harm: (_setting, view) => (view.get("TEMPLATES").explicit ? undefined : "error"),
  },
};
