import { describe, expect, test } from "vitest";
import health from "../../../src/checks/database/conn-health-checks-off.ts";
import asgi from "../../../src/checks/database/conn-max-age-under-asgi.ts";
import pooler from "../../../src/checks/database/pooler-server-side-cursors.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const postgres = (more: string) =>
  `DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", ${more}}}`;
const byUrl = (args: string) =>
  `import dj_database_url\nDATABASES = {"default": dj_database_url.config(${args})}`;
const project = (settings: string, more: Readonly<Record<string, string>> = {}) => ({
  ...shop,
  "app.json": "{}",
  "shop/settings.py": `${settings}\nROOT_URLCONF = "shop.urls"\n`,
  "shop/asgi.py":
    'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
  ...more,
});
const web = (command: string, settings: string, more: Readonly<Record<string, string>> = {}) =>
  project(settings, { Procfile: `web: ${command}\n`, ...more });

describe("conn-max-age-under-asgi", () => {
  const kept = postgres('"CONN_MAX_AGE": 600');

  test.each([
    ["uvicorn shop.asgi:application", "uvicorn"],
    ["daphne shop.asgi:application", "daphne"],
    ["hypercorn shop.asgi:application", "hypercorn"],
    ["granian --interface asgi shop.asgi:application", "granian"],
    ["gunicorn -k uvicorn_worker.UvicornWorker shop.asgi", "gunicorn with uvicorn_worker.UvicornWorker"],
    ["gunicorn -k gevent shop.wsgi", "gunicorn with gevent"],
  ])("%s", async (command, under) => {
    expect(await told(asgi, web(command, kept))).toEqual([
      `warning certain shop/settings.py:1:101 CONN_MAX_AGE is 600 under ${under}, where each request opens connections of its own that are then kept`,
    ]);
  });

  test.each([
    ["None", postgres('"CONN_MAX_AGE": None')],
    ["a URL", byUrl("conn_max_age=None")],
    [
      "the fallback of a variable",
      `import os\n${postgres('"CONN_MAX_AGE": int(os.environ.get("AGE", "60"))')}`,
    ],
    ["SQLite that a variable replaces", byUrl('default="sqlite:///db", conn_max_age=60')],
  ])("kept by %s", async (_, settings) => {
    const [line] = await told(asgi, web("daphne shop.asgi:application", settings));
    expect(line).toMatch(
      /^warning certain shop\/settings\.py:2?1?:\d+ CONN_MAX_AGE is (?:None|60) under daphne/,
    );
  });

  test.each([
    ["gunicorn shop.wsgi", kept, "passed"],
    ["gunicorn -k gthread --threads 8 shop.wsgi", kept, "passed"],
    ["gunicorn -k $WORKER shop.wsgi", kept, "passed"],
    ["granian --interface wsgi shop.wsgi:application", kept, "passed"],
    ["uvicorn --interface wsgi shop.wsgi:application", kept, "passed"],
    ["bin/start-pgbouncer uvicorn shop.asgi:application", kept, "passed"],
    ["daphne shop.asgi:application", postgres('"CONN_MAX_AGE": 600, "PORT": 6543'), "passed"],
    ["daphne shop.asgi:application", postgres('"CONN_MAX_AGE": 0'), "passed"],
    [
      "daphne shop.asgi:application",
      `import os\n${postgres('"CONN_MAX_AGE": int(os.environ["AGE"])')}`,
      "passed",
    ],
    [
      "daphne shop.asgi:application",
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": 600}}',
      "skipped: no database server is known",
    ],
  ])("%s with %s", async (command, settings, says) => {
    expect(await told(asgi, web(command, settings))).toEqual([says]);
  });

  test("a pool beside it is an error, whatever the server, since Django 5.1", async () => {
    const settings = postgres('"CONN_MAX_AGE": 60, "OPTIONS": {"pool": True}');
    expect(await told(asgi, web("gunicorn shop.wsgi", settings))).toEqual([
      "error certain shop/settings.py:1:101 CONN_MAX_AGE is 60 beside a pool in OPTIONS, with which Django opens no connection",
    ]);
    const old = { "requirements.txt": "django==5.0.1\ngunicorn\n" };
    expect(await told(asgi, web("gunicorn shop.wsgi", settings, old))).toEqual(["passed"]);
  });
});

describe("conn-health-checks-off", () => {
  test.each([
    ["an entry", postgres('"CONN_MAX_AGE": 600'), "600"],
    ["a URL", byUrl("conn_max_age=500"), "500"],
    ["SQLite that a variable replaces", byUrl('default="sqlite:///db", conn_max_age=60'), "60"],
    ["False", postgres('"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False'), "None"],
  ])("%s", async (_, settings, age) => {
    expect(await told(health, web("gunicorn shop.wsgi", settings))).toEqual([
      expect.stringMatching(
        `^warning certain shop/settings\\.py:\\d:\\d+ CONN_MAX_AGE is ${age} without CONN_HEALTH_CHECKS`,
      ),
    ]);
  });

  test.each([
    ["checks", byUrl("conn_max_age=500, conn_health_checks=True"), {}, "passed"],
    [
      "checks that a variable decides",
      `import os\n${postgres('"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": os.environ["CHECKS"]')}`,
      {},
      "passed",
    ],
    [
      "nothing kept",
      byUrl(""),
      {},
      "skipped: no connection to a database server is kept, as far as the settings tell",
    ],
    [
      "an old Django",
      byUrl("conn_max_age=500"),
      { "requirements.txt": "django==4.0.1\n" },
      "skipped: Django 4.0.1 has no CONN_HEALTH_CHECKS",
    ],
    [
      "ASGI",
      byUrl("conn_max_age=500"),
      { Procfile: "web: daphne shop.asgi:application\n" },
      "skipped: nothing should be kept here: conn-max-age-under-asgi",
    ],
    [
      "SQLite",
      'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": 600}}',
      {},
      "skipped: no connection to a database server is kept, as far as the settings tell",
    ],
  ])("%s", async (_, settings, more, says) => {
    expect(await told(health, web("gunicorn shop.wsgi", settings, more))).toEqual([says]);
  });
});

describe("pooler-server-side-cursors", () => {
  test.each([
    ["Neon's", '"HOST": "ep-x-1-pooler.eu.aws.neon.tech"', "ep-x-1-pooler.eu.aws.neon.tech", ""],
    ["Supabase's", '"HOST": "aws-0-eu.pooler.supabase.com", "PORT": "6543"', "port 6543", ""],
    ["DigitalOcean's", '"PORT": 25061', "port 25061", " (when it pools transactions, not sessions)"],
    ["PgBouncer", '"PORT": "6432"', "port 6432", " (when it pools transactions, not sessions)"],
    ["PgBouncer by name", '"HOST": "pgbouncer"', "pgbouncer", " (when it pools transactions, not sessions)"],
  ])("%s", async (_, more, hint, when) => {
    const certainty = when === "" ? "certain" : "conditional";
    expect(await told(pooler, web("gunicorn shop.wsgi", postgres(more)))).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning ${certainty} shop/settings\\.py:1:\\d+ the database "default" is behind a pooler \\(${hint}\\), and server-side cursors are on`,
        ),
      ),
    ]);
    const [line = ""] = await told(pooler, web("gunicorn shop.wsgi", postgres(more)));
    expect(line.endsWith(when)).toBe(true);
  });

  test("Heroku's buildpack, and a URL that a manifest declares", async () => {
    const [line] = await told(pooler, web("bin/start-pgbouncer gunicorn shop.wsgi", byUrl("")));
    expect(line).toMatch(/^warning certain Procfile:1:\d+ .* \(start-pgbouncer\)/);
    const declared = { "app.json": '{"env": {"DATABASE_URL": "postgres://u@x-pooler.neon.tech/db"}}' };
    const [other] = await told(pooler, web("gunicorn shop.wsgi", byUrl(""), declared));
    expect(other).toMatch(/^warning certain .*a pooler \(x-pooler\.neon\.tech\)/);
  });

  test.each([
    ["turned off", postgres('"PORT": 6543, "DISABLE_SERVER_SIDE_CURSORS": True'), "passed"],
    [
      "a pooler of sessions",
      postgres('"HOST": "aws-0-eu.pooler.supabase.com", "PORT": 5432'),
      "skipped: nothing tells of a pooler in front of the database",
    ],
    [
      "MySQL on that port",
      'DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "PORT": 6432}}',
      "skipped: nothing tells of a pooler in front of the database",
    ],
    ["a variable", byUrl(""), "skipped: nothing tells of a pooler in front of the database"],
  ])("%s", async (_, settings, says) => {
    expect(await told(pooler, web("gunicorn shop.wsgi", settings))).toEqual([says]);
  });

  test("POOL_MODE=session", async () => {
    const compose =
      "services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    environment:\n      POOL_MODE: session\n";
    const files = project(postgres('"HOST": "pgbouncer"'), {
      Dockerfile: "FROM python:3.13\nCOPY . .\n",
      "docker-compose.prod.yml": compose,
    });
    expect(await told(pooler, files, "docker")).toEqual([
      "skipped: nothing tells of a pooler in front of the database",
    ]);
  });
});
