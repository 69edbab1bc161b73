import { expect, test } from "vitest";
import check from "../../../src/checks/database/conn-max-age-under-asgi.ts";
import { byUrl, postgres, web } from "../../support/connections.ts";
import { told } from "../../support/told.ts";

const kept = postgres('"CONN_MAX_AGE": 600');

test.each([
  ["uvicorn shop.asgi:application", "uvicorn"],
  ["daphne shop.asgi:application", "daphne"],
  ["hypercorn shop.asgi:application", "hypercorn"],
  ["granian --interface asgi shop.asgi:application", "granian"],
  ["gunicorn -k uvicorn_worker.UvicornWorker shop.asgi", "gunicorn with uvicorn_worker.UvicornWorker"],
  ["gunicorn -k gevent shop.wsgi", "gunicorn with gevent"],
])("%s", async (command, under) => {
  expect(await told(check, web(command, kept))).toEqual([
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
  const [line] = await told(check, web("daphne shop.asgi:application", settings));
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
  expect(await told(check, web(command, settings))).toEqual([says]);
});

test("a pool beside it is an error, whatever the server, since Django 5.1", async () => {
  const settings = postgres('"CONN_MAX_AGE": 60, "OPTIONS": {"pool": True}');
  expect(await told(check, web("gunicorn shop.wsgi", settings))).toEqual([
    "error certain shop/settings.py:1:101 CONN_MAX_AGE is 60 beside a pool in OPTIONS, with which Django opens no connection",
  ]);
  const old = { "requirements.txt": "django==5.0.1\ngunicorn\n" };
  expect(await told(check, web("gunicorn shop.wsgi", settings, old))).toEqual(["passed"]);
});
