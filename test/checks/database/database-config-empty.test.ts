import { expect, test } from "vitest";
import check from "../../../src/checks/database/database-config-empty.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";
import { told } from "../../support/told.ts";

const config = (args = "") =>
  `import dj_database_url\nDATABASES = {"default": dj_database_url.config(${args})}`;
const says =
  "conditional shop/settings.py:2:13 DATABASES names no database unless $DATABASE_URL is set, and only the first query tells (when $DATABASE_URL is unset)";

test("is advice, and a warning where a manifest declares the environment without it", async () => {
  expect(await told(check, settingsOnly(config(), onHeroku))).toEqual([`info ${says}`]);
  const declared = { ...onHeroku, "app.json": '{ "env": { "SENTRY_DSN": "x" } }' };
  // A database brings the variable along, and heroku-addon-assumed tells whether one is ordered.
  expect(await told(check, settingsOnly(config("conn_max_age=60"), declared))).toEqual([`info ${says}`]);
  const [own] = await told(check, settingsOnly(config('env="SHOP_DB"'), declared));
  expect(own).toMatch(/^warning conditional/);
  const compose = {
    Dockerfile: "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi\n",
    "docker-compose.prod.yml": "services:\n  web:\n    build: .\n    environment:\n      SENTRY_DSN: x\n",
  };
  expect(await told(check, settingsOnly(config(), compose))).toEqual([`warning ${says}`]);
});

test.each([
  ["a variable of the project's own", config('env="SHOP_DB"'), /\$SHOP_DB is set/],
  [
    "one that is handed on",
    'import os, dj_database_url\nDATABASES = {}\nif "DATABASE_URL" in os.environ:\n    DATABASES["default"] = dj_database_url.config()',
    /\$DATABASE_URL is set/,
  ],
])("%s", async (_, settings, line) => {
  expect(await told(check, settingsOnly(settings, onHeroku))).toEqual([expect.stringMatching(line)]);
});

test.each([
  [
    "a service that is ordered",
    config(),
    { ...onHeroku, "app.json": '{ "addons": ["heroku-postgresql"] }' },
    "passed",
  ],
  ["a fallback", config('default="postgres://localhost/shop"'), onHeroku, "passed"],
  [
    "a variable that is insisted on",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
    onHeroku,
    "passed",
  ],
  ["environ", 'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db()}', onHeroku, "passed"],
  ["no database", "DATABASES = {}", onHeroku, "skipped: no variable names the default database"],
  [
    "a guard",
    `${config()}\nif not DATABASES["default"]:\n    raise RuntimeError("no DATABASE_URL")`,
    onHeroku,
    "passed",
  ],
])("%s", async (_, settings, more, line) => {
  expect(await told(check, settingsOnly(settings, more))).toEqual([line]);
});
