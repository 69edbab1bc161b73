import { expect, test } from "vitest";
import check from "../../../src/checks/database/conn-health-checks-off.ts";
import { byUrl, postgres, web } from "../../support/connections.ts";
import { told } from "../../support/told.ts";

test.each([
  ["an entry", postgres('"CONN_MAX_AGE": 600'), "600"],
  ["a URL", byUrl("conn_max_age=500"), "500"],
  ["SQLite that a variable replaces", byUrl('default="sqlite:///db", conn_max_age=60'), "60"],
  ["False", postgres('"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False'), "None"],
])("%s", async (_, settings, age) => {
  expect(await told(check, web("gunicorn shop.wsgi", settings))).toEqual([
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
  expect(await told(check, web("gunicorn shop.wsgi", settings, more))).toEqual([says]);
});
