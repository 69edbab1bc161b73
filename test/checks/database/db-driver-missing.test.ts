import { expect, test } from "vitest";
import check from "../../../src/checks/database/db-driver-missing.ts";
import { fixes, told } from "../../support/told.ts";

const project = (settings: string, requirements: string, more: Readonly<Record<string, string>> = {}) => ({
  Procfile: "web: gunicorn shop.wsgi\n",
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  "requirements.txt": requirements,
  ...more,
});
const engine = (name: string) => `DATABASES = {"default": {"ENGINE": "${name}", "NAME": "shop"}}`;
const postgres = engine("django.db.backends.postgresql");
const byUrl =
  'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}';
const none = "requirements.txt has no driver for it (psycopg, psycopg2, psycopg2-binary)";

test.each([
  [
    postgres,
    "django\ngunicorn\n",
    `error certain shop/settings.py:1:36 the database is PostgreSQL, and ${none}`,
  ],
  [
    engine("django.contrib.gis.db.backends.postgis"),
    "django\n",
    `error certain shop/settings.py:1:36 the database is PostgreSQL, and ${none}`,
  ],
  [
    engine("django.db.backends.mysql"),
    "django\n",
    "error certain shop/settings.py:1:36 the database is MySQL, and requirements.txt has no driver for it (mysqlclient, pymysql)",
  ],
  [
    postgres,
    "django\nsome-library\n",
    `error certain shop/settings.py:1:36 the database is PostgreSQL, and ${none}`,
  ],
])("%s with %j", async (settings, requirements, line) => {
  expect(await told(check, project(settings, requirements))).toEqual([line]);
});

test.each([
  ["dj_database_url", byUrl],
  [
    "a required variable",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
  ],
  [
    "environ",
    'import environ\nenv = environ.Env()\nDATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///db.sqlite3")}',
  ],
])("what DATABASE_URL names by convention, read with %s", async (_, settings) => {
  const [line] = await told(check, project(settings, "django\ndj-database-url\ndjango-environ\n"));
  const severity = settings.includes("os.environ[") ? "error" : "warning";
  expect(line?.slice(0, severity.length)).toBe(severity);
  expect(line).toMatch(/^\w+ conditional shop\/settings\.py:\d+:\d+ the database is PostgreSQL, and /);
  expect(line).toMatch(/\(when \$DATABASE_URL names a PostgreSQL database\)$/);
  expect(
    await told(check, project(settings, "django\ndj-database-url\ndjango-environ\npsycopg2-binary\n")),
  ).toEqual(["passed"]);
});

test("a URL that is given decides for itself", async () => {
  const files = project(byUrl, "django\ndj-database-url\n");
  const env = { DATABASE_URL: "sqlite:////data/db.sqlite3" };
  expect(await told(check, files, undefined, { env })).toEqual([
    "skipped: no database needs a driver that Django does not bring",
  ]);
});

test.each([
  ["psycopg 3", postgres, "django>=5\npsycopg[binary]\n"],
  ["psycopg2", postgres, "django\npsycopg2==2.9.10\n"],
  ["psycopg2-binary", postgres, "django\npsycopg2_binary\n"],
  ["a helper that brings one", postgres, "django-heroku\n"],
  ["mysqlclient", engine("django.db.backends.mysql"), "django\nmysqlclient\n"],
  ["PyMySQL", engine("django.db.backends.mysql"), "django\nPyMySQL\n"],
])("%s is a driver", async (_, settings, requirements) => {
  expect(await told(check, project(settings, requirements))).toEqual(["passed"]);
});

test("psycopg 3 needs Django 4.2", async () => {
  const files = project(postgres, "django==3.2.25\npsycopg[binary]==3.1\n");
  expect(await told(check, files)).toEqual([
    "error certain requirements.txt:2:1 psycopg 3 is the only driver for PostgreSQL, and Django 3.2.25 cannot use it",
  ]);
  expect(await fixes(check, files)).toEqual(["# requirements.txt\npsycopg2-binary>=2.9,<3"]);
});

test("an engine that is a package may bring its driver", async () => {
  const [line] = await told(
    check,
    project(engine("django_tenants.postgresql_backend"), "django\ndjango-tenants\n"),
  );
  expect(line).toMatch(/^unknown .*requirements\.txt may bring one along$/);
});

test("an incomplete list is unknown", async () => {
  const [line] = await told(check, project(postgres, "django\n-r https://example.org/r.txt\n"));
  expect(line).toMatch(/^unknown .* requirements\.txt includes https:\/\/example\.org\/r\.txt$/);
});

test("SQLite needs none", async () => {
  expect(await told(check, project(engine("django.db.backends.sqlite3"), "django\n"))).toEqual([
    "skipped: no database needs a driver that Django does not bring",
  ]);
});
