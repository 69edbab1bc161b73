import { expect, test } from "vitest";
import check from "../../../src/checks/processes/keepalive-vs-lb.ts";
import { told } from "../../support/told.ts";

const ask = (command: string, on = "heroku") =>
  told(
    check,
    {
      "manage.py": "import django\n",
      "requirements.txt": "django==5.2\ngunicorn==23.0\n",
      Procfile: `web: ${command}\n`,
    },
    on,
  );

test.each([
  ["gunicorn --threads 4 shop.wsgi", "for 2 seconds"],
  ["gunicorn -k gevent --keep-alive 5 shop.wsgi", "for 5 seconds"],
  ["gunicorn -k uvicorn_worker.UvicornWorker shop.asgi", "for 2 seconds"],
])("%s", async (command, part) => {
  const lines = await ask(command);
  expect(lines).toEqual([
    expect.stringMatching(/^info certain Procfile:1:1 gunicorn keeps idle connections/),
  ]);
  expect(lines[0]).toContain(part);
});

test.each([
  ["sync workers", "gunicorn -w 4 shop.wsgi", "passed"],
  ["one thread", "gunicorn --threads 1 shop.wsgi", "passed"],
  ["longer than the router", "gunicorn --threads 4 --keep-alive 95 shop.wsgi", "passed"],
  ["a variable", "gunicorn --threads 4 --keep-alive $KEEP shop.wsgi", "skipped: nothing tells what $KEEP is"],
  [
    "another server",
    "uvicorn shop.asgi:application",
    "skipped: how long uvicorn keeps connections is not judged",
  ],
])("%s", async (_name, command, line) => {
  expect(await ask(command)).toEqual([line]);
});

test("a router of which it is not known", async () => {
  expect((await ask("gunicorn --threads 4 shop.wsgi", "railway"))[0]).toMatch(
    /^skipped: how long Railway keeps/,
  );
});
