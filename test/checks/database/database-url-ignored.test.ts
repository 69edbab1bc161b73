import { expect, test } from "vitest";
import check from "../../../src/checks/database/database-url-ignored.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const postgres = (more: string) =>
  `import os\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", ${more}}}`;
const project = (settings: string, more: Readonly<Record<string, string>>) => ({
  ...shop,
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  ...more,
});
const heroku = { Procfile: "web: gunicorn shop.wsgi\n", "app.json": '{ "addons": ["heroku-postgresql"] }\n' };
const render = (vars: string, more = "") => ({
  "render.yaml": `databases:\n  - name: db\nservices:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n${vars}${more}`,
});
const url =
  "      - key: DATABASE_URL\n        fromDatabase:\n          name: db\n          property: connectionString\n";
const host = "      - key: DB_HOST\n        fromDatabase:\n          name: db\n          property: host\n";
const ignores = (file: string) =>
  `${file} provides a database in $DATABASE_URL, and the settings do not read it`;

test.each([
  [
    "localhost on Heroku",
    postgres('"HOST": "localhost"'),
    heroku,
    `error certain shop/settings.py:2:25 ${ignores("app.json")}`,
  ],
  [
    "no host on Render",
    postgres(""),
    render(url),
    `error certain shop/settings.py:2:25 ${ignores("render.yaml")}`,
  ],
  [
    "a host elsewhere",
    postgres('"HOST": "db.example.com"'),
    heroku,
    `warning certain shop/settings.py:2:25 ${ignores("app.json")}`,
  ],
  [
    "variables that nothing sets",
    postgres('"HOST": os.environ.get("DB_HOST", "localhost")'),
    heroku,
    `warning conditional shop/settings.py:2:25 ${ignores("app.json")} (when nobody copies its address to $DB_HOST)`,
  ],
  [
    "SQLite on a disk that is kept",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/db"}}',
    render(url, "    disk:\n      name: data\n      mountPath: /data\n"),
    `error certain shop/settings.py:1:25 ${ignores("render.yaml")}`,
  ],
])("%s", async (_, settings, more, line) => {
  expect(await told(check, project(settings, more))).toEqual([line]);
});

test("a URL in a compose file", async () => {
  const more = {
    Dockerfile: "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi\n",
    "docker-compose.prod.yml":
      "services:\n  web:\n    build: .\n    environment:\n      DATABASE_URL: postgres://shop@db/shop\n  db:\n    image: postgres:17\n",
  };
  expect(await told(check, project(postgres('"HOST": "localhost"'), more))).toEqual([
    `error certain shop/settings.py:2:25 ${ignores("docker-compose.prod.yml")}`,
  ]);
});

test.each([
  [
    "it is read",
    'import os, dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}',
    heroku,
    "passed",
  ],
  [
    "it is read with a fallback",
    'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db")}',
    heroku,
    "passed",
  ],
  ["parts are declared", postgres('"HOST": os.environ["DB_HOST"]'), render(url + host), "passed"],
  [
    "django_heroku",
    'import django_heroku\nBASE_DIR = "/app"\nMIDDLEWARE = []\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\ndjango_heroku.settings(locals())',
    heroku,
    "passed",
  ],
  [
    "no manifest",
    postgres('"HOST": "localhost"'),
    { Procfile: "web: gunicorn shop.wsgi\n" },
    "skipped: no manifest hands over a database",
  ],
  [
    "Redis alone",
    postgres('"HOST": "localhost"'),
    { ...heroku, "app.json": '{ "addons": ["heroku-redis"] }' },
    "skipped: no manifest hands over a database",
  ],
  [
    "SQLite on a disk that is thrown away",
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db"}}',
    heroku,
    "skipped: the database is SQLite: sqlite-on-ephemeral-disk",
  ],
  [
    "SQLite that another variable replaces",
    'import os\nDATABASES = {"default": {"ENGINE": os.environ.get("DB_ENGINE", "django.db.backends.sqlite3"), "NAME": "db"}}',
    heroku,
    "skipped: the database is SQLite: database-fail-open-sqlite",
  ],
  ["no database", "DATABASES = {}", heroku, "skipped: no manifest hands over a database"],
  [
    "what cannot be read",
    "import secret_store\nDATABASES = secret_store.databases()",
    heroku,
    "skipped: no manifest hands over a database",
  ],
])("%s", async (_, settings, more, says) => {
  expect(await told(check, project(settings, more))).toEqual([says]);
});

test("a database of another service is none of the app's", async () => {
  const more = render(
    "      - key: X\n        value: y\n",
    `  - type: web\n    name: api\n    runtime: node\n    startCommand: node .\n    envVars:\n${url}`,
  );
  const [line] = await told(check, project(postgres('"HOST": "localhost"'), more));
  expect(line).toBe("skipped: no manifest hands over a database");
});
