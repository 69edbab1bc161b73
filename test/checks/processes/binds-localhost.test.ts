import { expect, test } from "vitest";
import check from "../../../src/checks/processes/binds-localhost.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = (command: string, more: Record<string, string> = {}) =>
  runOn(check, settingsOnly("DEBUG = False", { Procfile: `web: ${command}\n`, ...more }));

test.each([
  [
    "gunicorn --bind 127.0.0.1:8000 shop.wsgi",
    "gunicorn listens on 127.0.0.1 only",
    "its option --bind is 127.0.0.1:8000",
  ],
  [
    "gunicorn -b localhost:$PORT shop.wsgi",
    "gunicorn listens on localhost only",
    "its option --bind is localhost:$PORT",
  ],
  [
    "uvicorn shop.asgi:application --port $PORT",
    "uvicorn listens on 127.0.0.1 only",
    "uvicorn listens there unless it is told otherwise",
  ],
  [
    "daphne -p $PORT shop.asgi:application",
    "daphne listens on 127.0.0.1 only",
    "daphne listens there unless it is told otherwise",
  ],
])("%s", async (command, message, because) => {
  expect(brief(await judge(command))).toEqual([
    `error certain Procfile:1:1 ${message}, where no request from outside arrives: ${because}`,
  ]);
});

test.each([
  [
    "uvicorn shop.asgi:application --port $PORT",
    "web: uvicorn shop.asgi:application --port $PORT --host 0.0.0.0",
  ],
  ["uvicorn shop.asgi:application", "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT"],
  ["gunicorn -w 2 --bind=127.0.0.1:8000 shop.wsgi", "web: gunicorn -w 2 --bind=0.0.0.0:$PORT shop.wsgi"],
  ["gunicorn -b localhost:$PORT shop.wsgi", "web: gunicorn -b 0.0.0.0:$PORT shop.wsgi"],
  [
    "daphne -b 127.0.0.1 -p $PORT shop.asgi:application",
    "web: daphne -b 0.0.0.0 -p $PORT shop.asgi:application",
  ],
  ["python -m hypercorn shop.asgi -b [::1]:5000", "web: python -m hypercorn shop.asgi -b 0.0.0.0:$PORT"],
  ["API_TOKEN=k3J8x0Pq71LmZ gunicorn -b 127.0.0.1:1 shop.wsgi", "web: gunicorn -b 0.0.0.0:$PORT shop.wsgi"],
  ["python manage.py migrate && gunicorn -b 127.0.0.1:1 shop.wsgi", "--bind 0.0.0.0:$PORT"],
])("the fix is the whole line: %s", async (command, fix) => {
  expect((await judge(command)).findings[0]?.fix).toBe(fix);
});

test("in an image the port stays", async () => {
  const result = await runOn(
    check,
    settingsOnly("DEBUG = False", {
      Dockerfile:
        'FROM python:3.13\nCOPY . /app\nWORKDIR /app\nCMD ["gunicorn", "-b", "127.0.0.1:8000", "shop.wsgi"]\n',
    }),
  );
  expect(result.findings[0]?.fix).toBe("CMD gunicorn -b 0.0.0.0:8000 shop.wsgi");
});

test("the fix of a configuration file is its line", async () => {
  const result = await judge("gunicorn shop.wsgi", { "gunicorn.conf.py": 'bind = "127.0.0.1:8000"\n' });
  expect(result.findings[0]?.fix).toBe(
    '# gunicorn.conf.py\nimport os\nbind = "0.0.0.0:" + os.environ.get("PORT", "8000")',
  );
});

test("gunicorn.conf.py", async () => {
  const config = 'bind = "127.0.0.1:8000"\n';
  expect(brief(await judge("gunicorn shop.wsgi", { "gunicorn.conf.py": config }))[0]).toContain(
    'gunicorn.conf.py sets bind to "127.0.0.1:8000"',
  );
});

test.each<[string, string, Record<string, string>]>([
  ["gunicorn without --bind, where $PORT is set", "gunicorn shop.wsgi", {}],
  [
    "an address that the command line overrides",
    "gunicorn -b :$PORT shop.wsgi",
    { "gunicorn.conf.py": 'bind = "127.0.0.1:1"\n' },
  ],
  ["$GUNICORN_CMD_ARGS", "GUNICORN_CMD_ARGS='-b 0.0.0.0:80' gunicorn shop.wsgi", {}],
  ["$UVICORN_HOST", "UVICORN_HOST=0.0.0.0 uvicorn shop.asgi:application", {}],
  ["waitress, whose default is every address", "waitress-serve shop.wsgi:application", {}],
  ["nginx in front", "bin/start-nginx gunicorn -b 127.0.0.1:8000 shop.wsgi", {}],
  [
    "Caddy in the same script",
    "sh run.sh",
    { "run.sh": "caddy start\ngunicorn -b 127.0.0.1:8000 shop.wsgi\n" },
  ],
])("accepts %s", async (_name, command, files) => {
  expect((await judge(command, files)).status).toBe("passed");
});

test.each<[string, string, Record<string, string>]>([
  ["a unix socket", "gunicorn -b unix:/tmp/s shop.wsgi", {}],
  ["an address that is computed", "gunicorn shop.wsgi", { "gunicorn.conf.py": "bind = address()\n" }],
  ["an address from a variable", "gunicorn -b $BIND shop.wsgi", {}],
])("%s cannot be told", async (_name, command, files) => {
  expect((await judge(command, files)).status).toBe("unknown");
});

test("a development server is reported as such", async () => {
  expect((await judge("python manage.py runserver")).status).toBe("skipped");
});

test("an image that may be for development only is a warning", async () => {
  const files = settingsOnly("DEBUG = False", {
    Dockerfile: "FROM python\nCOPY . .\nCMD uvicorn shop.asgi:application\n",
    "docker-compose.yml": "services:\n  web: {build: .}\n",
  });
  expect(brief(await runOn(check, files))[0]).toMatch(/^warning conditional Dockerfile:3:1/);
});
