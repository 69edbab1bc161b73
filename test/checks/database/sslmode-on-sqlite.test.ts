import { expect, test } from "vitest";
import failOpen from "../../../src/checks/database/database-fail-open-sqlite.ts";
import check from "../../../src/checks/database/sslmode-on-sqlite.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";
import { told } from "../../support/told.ts";

const debug = 'import os\nDEBUG = os.environ.get("DEBUG") == "True"\n';
const config = (args: string) =>
  `import dj_database_url\nDATABASES = {"default": dj_database_url.config(${args})}`;
const says = 'the database "default" is SQLite with sslmode in its OPTIONS, which SQLite does not take';

test.each([
  ["ssl_require", config('default="sqlite:///db.sqlite3", ssl_require=True')],
  [
    "OPTIONS",
    `${config('default="sqlite:///db.sqlite3"')}\nDATABASES["default"].setdefault("OPTIONS", {})["sslmode"] = "require"`,
  ],
])("%s with a fallback is a warning, and the fallback does not open", async (_, settings) => {
  const files = settingsOnly(settings, onHeroku);
  const [line] = await told(check, files);
  expect(line).toMatch(/^warning conditional shop\/settings\.py:\d:\d+ /);
  expect(line).toContain(`${says} (when $DATABASE_URL is unset)`);
  expect(await told(failOpen, files)).toEqual(["passed"]);
});

test("SQLite for good is an error where its disk is kept, and another check's where it is not", async () => {
  const settings =
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/db", "OPTIONS": {"sslmode": "require"}}}';
  const render =
    "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    disk:\n      name: data\n      mountPath: /data\n";
  expect(await told(check, settingsOnly(settings, { "render.yaml": render }))).toEqual([
    `error certain shop/settings.py:1:109 ${says}`,
  ]);
  expect(await told(check, settingsOnly(settings, onHeroku))).toEqual([
    "skipped: the database is SQLite for good: sqlite-on-ephemeral-disk",
  ]);
});

test.each([
  ["no SSL", config('default="sqlite:///db.sqlite3"')],
  [
    "a URL without a fallback",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], ssl_require=True)}',
  ],
  ["only in production", `${debug}${config('default="sqlite:///db.sqlite3", ssl_require=not DEBUG')}`],
  [
    "only in production, which is not the default",
    `${debug.replace('"DEBUG")', '"DEBUG", "True")')}${config('default="sqlite:///db.sqlite3", ssl_require=not DEBUG')}`,
  ],
  [
    "a server",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}}}',
  ],
  [
    "django_heroku",
    'import django_heroku\nBASE_DIR = "/app"\nMIDDLEWARE = []\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\ndjango_heroku.settings(locals())',
  ],
])("%s", async (_, settings) => {
  expect(await told(check, settingsOnly(settings, onHeroku))).toEqual(["passed"]);
});

test("nothing is known of databases that a variable names", async () => {
  const settings = "from shop.local import DATABASES";
  expect(
    await told(
      check,
      settingsOnly(settings, { ...onHeroku, "shop/local.py": "import x\nDATABASES = x.y\n" }),
    ),
  ).toEqual(["skipped: no database is known without the environment"]);
});
