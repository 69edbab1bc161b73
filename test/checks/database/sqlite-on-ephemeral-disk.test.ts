import { expect, test } from "vitest";
import check from "../../../src/checks/database/sqlite-on-ephemeral-disk.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}';

test("is an error where the disk is thrown away", async () => {
  const result = await runOn(check, settingsOnly(sqlite, onHeroku));
  expect(brief(result)).toEqual([
    "error certain shop/settings.py:1:36 the production database is SQLite, in a file that Heroku discards at every deploy and restart",
  ]);
  expect(result.platform?.id).toBe("heroku");
});

test("is a warning where nobody knows the disk", async () => {
  expect((await runOn(check, settingsOnly(sqlite, { Procfile: "web: gunicorn shop.wsgi\n" }))).severity).toBe(
    "warning",
  );
});

test.each([
  ["a server", 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}'],
  [
    "a required URL",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
  ],
  [
    "SQLite that a variable replaces",
    'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}',
  ],
  [
    "SQLite for development",
    `import os\nDEBUG = os.environ.get("DEBUG") == "1"\nif DEBUG:\n    ${sqlite}\nelse:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.mysql"}}`,
  ],
  ["no database", "DATABASES = {}"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(text, onHeroku)))).toEqual([]);
});

test("a file outside the project may be on a mounted disk", async () => {
  const mounted = settingsOnly(sqlite.replace("db.sqlite3", "/data/db.sqlite3"), {
    Procfile: "web: gunicorn shop.wsgi\n",
  });
  expect((await runOn(check, mounted)).status).toBe("passed");
});

test("depends on a dashboard where a disk can be mounted there", async () => {
  const onRailway = settingsOnly(sqlite, {
    "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
  });
  expect(brief(await runOn(check, onRailway))).toEqual([
    "warning conditional shop/settings.py:1:36 the production database is SQLite, in a file that Railway discards at every deploy and restart",
  ]);
});
