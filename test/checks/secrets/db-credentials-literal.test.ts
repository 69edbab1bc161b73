import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/db-credentials-literal.ts";
import { told } from "../../support/told.ts";

const database = (password: string, host = "db.shop.example.net", engine = "django.db.backends.postgresql") =>
  `import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nDATABASES = {\n    "default": {\n        "ENGINE": "${engine}",\n        "USER": "shop",\n        "PASSWORD": ${password},\n        "HOST": "${host}",\n    }\n}\n`;
const ask = (settings: string, more: Record<string, string> = {}) => {
  const files = { "shop/settings.py": settings, ...more };
  return told(check, files, undefined, { tracked: Object.keys(files) });
};

test("a password in the settings", async () => {
  const lines = await ask(database('"v8Kq2mXw9rTz"'));
  expect(lines).toEqual([
    'error certain shop/settings.py:9:21 the password of the database "default" is written in the code: a text of 12 characters',
  ]);
  expect(lines.join()).not.toContain("v8Kq2m");
});

test("for a database on the same machine it is a warning, and so is a fallback for another", async () => {
  expect((await ask(database('"v8Kq2mXw9rTz"', "localhost")))[0]).toMatch(/^warning certain /);
  expect((await ask(database('os.environ.get("DB_PASSWORD", "v8Kq2mXw9rTz")')))[0]).toMatch(
    /^warning certain .* a text of 12 characters, for the case that \$DB_PASSWORD is unset$/,
  );
});

test("an address with a password in another file", async () => {
  expect(
    await ask(database('os.environ["DB_PASSWORD"]'), {
      "alembic.ini": "sqlalchemy.url = postgresql://shop:v8Kq2mXw9rTz@db.shop-prod.net/shop\n",
    }),
  ).toEqual([
    "error certain alembic.ini:1:18 alembic.ini holds an address with a password of 12 characters: whoever reads it has the password for db.shop-prod.net",
  ]);
});

test.each<[string, string, Record<string, string>]>([
  ["a password from the environment", database('os.environ["DB_PASSWORD"]'), {}],
  ["a password that protects nothing", database('"postgres"'), {}],
  ["the user's own name", database('"shop"'), {}],
  ["an empty one", database('""'), {}],
  ["SQLite", database('"v8Kq2mXw9rTz"', "", "django.db.backends.sqlite3"), {}],
  [
    "a fallback for the same machine",
    database('os.environ.get("DB_PASSWORD", "v8Kq2mXw9rTz")', "localhost"),
    {},
  ],
  [
    "an address in an example",
    database('os.environ["DB_PASSWORD"]'),
    { ".env.example": "DATABASE_URL=postgres://shop:v8Kq2mXw9rTz@db.shop-prod.net/shop\n" },
  ],
  [
    "an address of a container",
    database('os.environ["DB_PASSWORD"]'),
    { "ci.yml": "url: postgres://shop:v8Kq2mXw9rTz@db/shop\n" },
  ],
  [
    "an address in a test",
    database('os.environ["DB_PASSWORD"]'),
    { "tests/conf.ini": "url = postgres://shop:v8Kq2mXw9rTz@db.shop-prod.net/shop\n" },
  ],
])("%s is not reported", async (_name, settings, more) => {
  expect(await ask(settings, more)).toEqual(["passed"]);
});
