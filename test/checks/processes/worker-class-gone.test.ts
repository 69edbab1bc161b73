import { expect, test } from "vitest";
import check from "../../../src/checks/processes/worker-class-gone.ts";
import { told } from "../../support/told.ts";

const ask = (command: string, gunicorn: string) =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": `django==5.2\n${gunicorn}\neventlet==0.40\n`,
    Procfile: `web: ${command}\n`,
  });

test("eventlet, where gunicorn may be 26", async () => {
  expect(await ask("gunicorn -k eventlet shop.wsgi", "gunicorn==26.1.0")).toEqual([
    "error certain Procfile:1:1 gunicorn's worker class is eventlet, and requirements.txt installs gunicorn 26.1.0, which has none",
  ]);
  expect((await ask("gunicorn -k eventlet shop.wsgi", "gunicorn"))[0]).toContain(
    "lets gunicorn be 26 or newer",
  );
});

test("uvicorn's own worker is advice", async () => {
  expect((await ask("gunicorn -k uvicorn.workers.UvicornWorker shop.asgi", "gunicorn==23.0.0"))[0]).toMatch(
    /^info certain/,
  );
});

test.each([
  ["an older gunicorn", "gunicorn -k eventlet shop.wsgi", "gunicorn==25.0.0", "passed"],
  ["a bound", "gunicorn -k eventlet shop.wsgi", "gunicorn<26", "passed"],
  ["another worker", "gunicorn -k gevent shop.wsgi", "gunicorn", "passed"],
  ["the default", "gunicorn shop.wsgi", "gunicorn", "passed"],
  [
    "a worker from a variable",
    "gunicorn -k $WORKER shop.wsgi",
    "gunicorn",
    "skipped: nothing tells what $WORKER is",
  ],
])("%s", async (_name, command, gunicorn, line) => {
  expect(await ask(command, gunicorn)).toEqual([line]);
});
