import { shop } from "../../src/checks/example-shop.ts";

/** A PostgreSQL database with these entries. Projects for checks of how the settings connect. */
export const postgres = (more: string) =>
  `DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", ${more}}}`;
export const byUrl = (args: string) =>
  `import dj_database_url\nDATABASES = {"default": dj_database_url.config(${args})}`;
export const project = (settings: string, more: Readonly<Record<string, string>> = {}) => ({
  ...shop,
  "app.json": "{}",
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  "shop/asgi.py":
    'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
  ...more,
});
export const web = (command: string, settings: string, more: Readonly<Record<string, string>> = {}) =>
  project(settings, { Procfile: `web: ${command}\n`, ...more });
