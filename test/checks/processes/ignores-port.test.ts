import { expect, test } from "vitest";
import check from "../../../src/checks/processes/ignores-port.ts";
import { told } from "../../support/told.ts";

const ask = (command: string, more: Record<string, string> = { "app.json": '{ "stack": "heroku-24" }' }) =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": "django\n",
    Procfile: `web: ${command}\n`,
    ...more,
  });
const everywhere = "uvicorn shop.asgi:application --host 0.0.0.0";

test("a port of its own on Heroku", async () => {
  expect(await ask(`${everywhere} --port 8000`)).toEqual([
    "error certain Procfile:1:1 uvicorn listens on 8000, and Heroku sends requests to the port in $PORT",
  ]);
  expect((await ask("gunicorn -b 0.0.0.0:8000 shop.wsgi"))[0]).toMatch(
    /^error certain .*gunicorn listens on 8000/,
  );
});

test("where the port can be told elsewhere it is a warning", async () => {
  expect(
    (
      await ask("gunicorn -b 0.0.0.0:8000 shop.wsgi", {
        "railway.json": '{"build": {"builder": "RAILPACK"}}',
      })
    )[0],
  ).toMatch(/^warning conditional .* \(when Railway is not told the port 8000 elsewhere\)$/);
});

test.each<[string, string, Record<string, string>?]>([
  ["$PORT", `${everywhere} --port $PORT`],
  ["$PORT with a fallback", `${everywhere} --port \${PORT:-8000}`],
  ["gunicorn by itself", "gunicorn shop.wsgi"],
  [
    "uwsgi, whose file names another port too",
    "uwsgi --ini uwsgi.ini --http 0:$PORT",
    { "uwsgi.ini": "[uwsgi]\nhttp = :8080\nmodule = shop.wsgi\n" },
  ],
  ["a proxy in front", "bin/start-nginx gunicorn -b 0.0.0.0:8000 shop.wsgi"],
])("%s: passed", async (_name, command, more = {}) => {
  expect(await ask(command, { "app.json": '{ "stack": "heroku-24" }', ...more })).toEqual(["passed"]);
});

test("loopback is another check's, and a port that nobody knows is unknown", async () => {
  expect(await ask("gunicorn -b 127.0.0.1:8000 shop.wsgi")).toEqual([
    "skipped: gunicorn listens on 127.0.0.1 only: binds-localhost",
  ]);
  expect((await ask("gunicorn -b $BIND shop.wsgi"))[0]).toMatch(/^unknown /);
});

test("a platform that finds the port, and one that assigns none", async () => {
  const render = {
    "render.yaml":
      "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn -b 0.0.0.0:8000 shop.wsgi\n",
  };
  expect(await told(check, { "manage.py": "import django\n", ...render })).toEqual(["passed"]);
  const fly = {
    "fly.toml": 'app = "shop"\n',
    Dockerfile: "FROM python\nCOPY . .\nCMD gunicorn -b 0.0.0.0:8000 shop.wsgi\n",
  };
  expect(await told(check, { "manage.py": "import django\n", ...fly })).toEqual([
    "skipped: Fly.io assigns no port",
  ]);
});
