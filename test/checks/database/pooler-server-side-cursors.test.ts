import { expect, test } from "vitest";
import check from "../../../src/checks/database/pooler-server-side-cursors.ts";
import { byUrl, postgres, project, web } from "../../support/connections.ts";
import { told } from "../../support/told.ts";

test.each([
  ["Neon's", '"HOST": "ep-x-1-pooler.eu.aws.neon.tech"', "ep-x-1-pooler.eu.aws.neon.tech", ""],
  ["Supabase's", '"HOST": "aws-0-eu.pooler.supabase.com", "PORT": "6543"', "port 6543", ""],
  ["DigitalOcean's", '"PORT": 25061', "port 25061", " (when it pools transactions, not sessions)"],
  ["PgBouncer", '"PORT": "6432"', "port 6432", " (when it pools transactions, not sessions)"],
  ["PgBouncer by name", '"HOST": "pgbouncer"', "pgbouncer", " (when it pools transactions, not sessions)"],
])("%s", async (_, more, hint, when) => {
  const certainty = when === "" ? "certain" : "conditional";
  expect(await told(check, web("gunicorn shop.wsgi", postgres(more)))).toEqual([
    expect.stringMatching(
      new RegExp(
        `^warning ${certainty} shop/settings\\.py:1:\\d+ the database "default" is behind a pooler \\(${hint}\\), and server-side cursors are on`,
      ),
    ),
  ]);
  const [line = ""] = await told(check, web("gunicorn shop.wsgi", postgres(more)));
  expect(line.endsWith(when)).toBe(true);
});

test("Heroku's buildpack, and a URL that a manifest declares", async () => {
  const [line] = await told(check, web("bin/start-pgbouncer gunicorn shop.wsgi", byUrl("")));
  expect(line).toMatch(/^warning certain Procfile:1:\d+ .* \(start-pgbouncer\)/);
  const declared = { "app.json": '{"env": {"DATABASE_URL": "postgres://u@x-pooler.neon.tech/db"}}' };
  const [other] = await told(check, web("gunicorn shop.wsgi", byUrl(""), declared));
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
  expect(await told(check, web("gunicorn shop.wsgi", settings))).toEqual([says]);
});

test("POOL_MODE=session", async () => {
  const compose =
    "services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    environment:\n      POOL_MODE: session\n";
  const files = project(postgres('"HOST": "pgbouncer"'), {
    Dockerfile: "FROM python:3.13\nCOPY . .\n",
    "docker-compose.prod.yml": compose,
  });
  expect(await told(check, files, "docker")).toEqual([
    "skipped: nothing tells of a pooler in front of the database",
  ]);
});
