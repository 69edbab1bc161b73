import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/sqlite-tracked.ts";
import { told } from "../../support/told.ts";

const settings =
  'from pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nROOT_URLCONF = "shop.urls"\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n';
const database = "SQLite format 3\0";
const ask = (more: Record<string, string>, tracked?: readonly string[]) => {
  const files = { "manage.py": "import django\n", "shop/settings.py": settings, ...more };
  return told(check, files, undefined, { tracked: tracked ?? Object.keys(files) });
};

test("the database that the settings name", async () => {
  expect(await ask({ "db.sqlite3": database })).toEqual([
    "warning certain db.sqlite3:1:1 git tracks db.sqlite3, the database that DATABASES names",
  ]);
});

test("another one is advice", async () => {
  expect(await ask({ "search.db": database })).toEqual([
    "info certain search.db:1:1 git tracks search.db, a SQLite database",
  ]);
});

test.each<[string, Record<string, string>]>([
  ["a database of tests", { "shop/tests/data/old.sqlite3": database }],
  ["an example", { "examples/db.sqlite3": database }],
  ["another program's file", { "Thumbs.db": "\0\0thumbs" }],
  ["an empty file", { "db.sqlite3": "" }],
])("%s is not reported", async (_name, more) => {
  expect(await ask(more)).toEqual(["passed"]);
});

test("one that git does not track is not reported", async () => {
  expect(await ask({ "db.sqlite3": database }, ["manage.py", "shop/settings.py"])).toEqual(["passed"]);
});
