import { expect, test } from "vitest";
import check from "../../../src/checks/database/destructive-deploy-command.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const release = (command: string) => ({
  ...shop,
  Procfile: `release: ${command}\nweb: gunicorn shop.wsgi\n`,
});

test.each([
  ["python manage.py flush --noinput", "error", "flush, which empties every table"],
  ["python manage.py reset_db --noinput", "error", "reset_db, which drops the database"],
  ["python manage.py reset_schema", "error", "reset_schema, which drops the schema with every table"],
  ["python manage.py migrate shop zero", "error", "migrate shop zero, which drops the tables of shop"],
  [
    "python manage.py migrate --fake",
    "error",
    "migrate --fake, which marks migrations as applied and runs none",
  ],
  [
    "django-admin migrate --fake shop 0003_more",
    "warning",
    "migrate --fake shop 0003_more, which marks migrations as applied and runs none",
  ],
  [
    "python manage.py loaddata initial",
    "warning",
    "loaddata, which writes the rows of its file over what was edited since",
  ],
  ["dropdb --if-exists shop", "error", "dropdb, which drops a database"],
  ['psql $DATABASE_URL -c "DROP SCHEMA public CASCADE"', "error", "psql, which drops or empties tables"],
  ["alembic downgrade base", "error", "alembic downgrade, which takes migrations back, with their columns"],
  ["flask db downgrade", "error", "flask db downgrade, which takes a migration back, with its columns"],
])("%s", async (command, severity, says) => {
  expect(await told(check, release(command))).toEqual([
    expect.stringMatching(`^${severity} certain Procfile:1:\\d+ every deployment runs ${says}$`),
  ]);
});

test("in every instance, and behind a test", async () => {
  const started = (script: string) => ({ ...shop, Procfile: "web: sh start.sh\n", "start.sh": script });
  expect(await told(check, started("python manage.py flush --noinput\nexec gunicorn shop.wsgi\n"))).toEqual([
    "error certain start.sh:1:1 every start of web runs flush, which empties every table",
  ]);
  const guarded = (command: string) =>
    started(`if [ "$RESET" = 1 ]; then\n  python manage.py ${command}\nfi\nexec gunicorn shop.wsgi\n`);
  expect(await told(check, guarded("flush --noinput"))).toEqual([
    "warning certain start.sh:2:3 every start of web runs flush, which empties every table",
  ]);
  expect(await told(check, guarded("loaddata initial"))).toEqual(["passed"]);
});

test("what a pipeline runs on the server is a warning, unless it is there to be tried", async () => {
  const pipeline = (name: string, command: string) => ({
    ...release("python manage.py migrate"),
    [`.github/workflows/${name}.yml`]: `jobs:\n  it:\n    steps:\n      - run: ${command}\n`,
  });
  expect(await told(check, pipeline("deploy", 'ssh root@example.com "docker compose down -v"'))).toEqual([
    "warning certain .github/workflows/deploy.yml:4:14 every deployment runs docker compose down -v, which deletes the volumes with the data",
  ]);
  for (const files of [
    pipeline("deploy", "docker compose down -v"),
    pipeline("staging", "heroku run python manage.py flush --noinput"),
    pipeline("deploy", "heroku run -a shop-staging python manage.py flush --noinput"),
  ])
    expect(await told(check, files)).toEqual(["passed"]);
});

test.each([
  ["sqlflush, which prints", release("python manage.py sqlflush")],
  ["--fake-initial", release("python manage.py migrate --fake-initial")],
  ["migrate to a migration", release("python manage.py migrate shop 0003_more")],
  ["a help text", release("python manage.py flush --help")],
  ["psql that reads", release('psql -c "SELECT 1"')],
  [
    "a script that nothing reaches",
    { ...release("python manage.py migrate"), "reset.sh": "python manage.py flush --noinput\n" },
  ],
  [
    "what runs once for a new app",
    {
      ...shop,
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json":
        '{"scripts": {"postdeploy": "python manage.py loaddata demo && python manage.py flush --noinput"}}',
    },
  ],
  [
    "an image, whose build has no database",
    {
      ...shop,
      Dockerfile: "FROM python:3.13\nCOPY . .\nRUN python manage.py loaddata demo\nCMD gunicorn shop.wsgi\n",
    },
  ],
  [
    "an image that Heroku builds",
    {
      ...shop,
      "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
      Dockerfile: "FROM python:3.13\nCOPY . .\nRUN python manage.py loaddata demo\nCMD gunicorn shop.wsgi\n",
    },
  ],
])("%s is none", async (_, files) => {
  expect(await told(check, files)).toEqual(["passed"]);
});

test("nothing is known of a deployment that nothing declares", async () => {
  expect(await told(check, shop)).toEqual(["skipped: no step of the deployment is known"]);
});
