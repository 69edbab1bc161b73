import { expect, test } from "vitest";
import check from "../../../src/checks/database/database-fail-open-sqlite.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

test.each([
  [
    "dj_database_url",
    'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}',
  ],
  [
    "environ",
    'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///db.sqlite3")}',
  ],
  [
    "a test",
    'import os, dj_database_url\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\nif "DATABASE_URL" in os.environ:\n    DATABASES["default"] = dj_database_url.config()',
  ],
  [
    "update",
    'import dj_database_url\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\nDATABASES["default"].update(dj_database_url.config())',
  ],
])("reports SQLite without DATABASE_URL, written with %s", async (_, text) => {
  const result = await runOn(check, settingsOnly(text, onHeroku));
  expect(result.findings.map(({ message }) => message)).toEqual([
    "the database is SQLite unless $DATABASE_URL is set",
  ]);
  expect(result.severity).toBe("warning");
});

test("a variable of the project's own is an error on an ephemeral disk", async () => {
  const text =
    'import os\nDATABASES = {"default": {"ENGINE": os.environ.get("DB_ENGINE", "django.db.backends.sqlite3"), "NAME": "db"}}';
  const result = await runOn(check, settingsOnly(text, onHeroku));
  expect(brief(result)).toEqual([
    "error conditional shop/settings.py:2:64 the database is SQLite unless $DB_ENGINE is set",
  ]);
  expect((await runOn(check, settingsOnly(text, { Procfile: "web: gunicorn shop.wsgi\n" }))).severity).toBe(
    "warning",
  );
});

const sample = `import os, dj_database_url
if "DYNO" in os.environ:
    DATABASES = {"default": dj_database_url.config(env="DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}`;

test("what the platform sets closes it there", async () => {
  expect(brief(await runOn(check, settingsOnly(sample, onHeroku)))).toEqual([]);
});

test.each([
  [
    "a required URL",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
  ],
  [
    "a database server as fallback",
    'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="postgres://localhost/shop")}',
  ],
  [
    "SQLite for good, which is another check's",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}',
  ],
  [
    "a fallback for development",
    'import os, dj_database_url\nDEBUG = os.environ.get("DEBUG") == "1"\nif DEBUG:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\nelse:\n    DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
  ],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(text, onHeroku)))).toEqual([]);
});
