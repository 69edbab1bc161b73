import { expect, test } from "vitest";
import check from "../../../src/checks/processes/timeout-vs-router.ts";
import { told } from "../../support/told.ts";

const ask = (command: string, more: Record<string, string> = { "app.json": '{ "stack": "heroku-24" }' }) =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": "django\n",
    Procfile: `web: ${command}\n`,
    ...more,
  });

test("longer than the router waits", async () => {
  expect(await ask("gunicorn --timeout 120 shop.wsgi")).toEqual([
    "warning certain Procfile:1:1 gunicorn's timeout is 120 seconds, and Heroku gives a request up after 30",
  ]);
});

test("no limit at all", async () => {
  expect((await ask("gunicorn --timeout 0 shop.wsgi", {}))[0]).toContain("gunicorn's timeout is 0");
});

test.each([
  ["below the limit", "gunicorn --timeout 25 shop.wsgi", "passed"],
  ["the default", "gunicorn shop.wsgi", "skipped: gunicorn has its default timeout of 30 seconds"],
  [
    "a worker for which it is none",
    "gunicorn -k gthread --timeout 120 shop.wsgi",
    "skipped: gunicorn's timeout is no limit of a request with the worker gthread",
  ],
  [
    "threads, as Cloud Run's guide has it",
    "gunicorn --workers 1 --threads 8 --timeout 0 shop.wsgi",
    "skipped: gunicorn's timeout is no limit of a request where its workers have threads",
  ],
  ["another server", "waitress-serve shop.wsgi:application", "skipped: waitress has no limit for a request"],
])("%s", async (_name, command, line) => {
  expect(await ask(command)).toEqual([line]);
});

test("a platform whose limit is not known", async () => {
  expect((await ask("gunicorn --timeout 120 shop.wsgi", {}))[0]).toMatch(/^skipped: after which time/);
});
