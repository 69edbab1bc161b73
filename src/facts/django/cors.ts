import type { Setting, SettingsView } from "./settings.ts";

/** Settings of django-cors-headers by their names of today, and what they were called before 3.5. */
const formerly = {
  CORS_ALLOW_ALL_ORIGINS: "CORS_ORIGIN_ALLOW_ALL",
  CORS_ALLOWED_ORIGINS: "CORS_ORIGIN_WHITELIST",
  CORS_ALLOWED_ORIGIN_REGEXES: "CORS_ORIGIN_REGEX_WHITELIST",
} as const;

/** The setting that django-cors-headers 4.9 takes: the new name before the old one (`corsheaders/conf.py`). */
export function corsSetting(view: SettingsView, name: keyof typeof formerly): Setting {
  const today = view.get(name);
  return today.explicit ? today : view.get(formerly[name]);
}

export const corsMiddleware = "corsheaders.middleware.CorsMiddleware";
