import { expect, test } from "vitest";
import check from "../../../src/checks/processes/wsgi-asgi-mismatch.ts";
import { runOn } from "../../support/run-on.ts";
import { told } from "../../support/told.ts";

const project = {
  "manage.py": "import django\n",
  "requirements.txt": "django\n",
  "shop/wsgi.py":
    "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
  "shop/asgi.py":
    "from django.core.asgi import get_asgi_application\n\napplication = get_asgi_application()\n",
};
const ask = (command: string, more: Record<string, string> = {}) =>
  told(check, { ...project, Procfile: `web: ${command}\n`, ...more });

test("a server and an application that do not fit", async () => {
  expect(await ask("gunicorn shop.asgi:application")).toEqual([
    "error certain Procfile:1:1 shop.asgi:application is an ASGI application, and gunicorn speaks WSGI",
  ]);
  expect((await ask("uvicorn shop.wsgi:application"))[0]).toContain(
    "shop.wsgi:application is an WSGI application, and uvicorn speaks ASGI",
  );
  expect((await ask("daphne shop.wsgi:application"))[0]).toMatch(/^error certain/);
  expect((await ask("gunicorn shop.wsgi -k uvicorn_worker.UvicornWorker"))[0]).toMatch(/^error certain/);
});

test.each([
  ["gunicorn", "gunicorn shop.wsgi", {}],
  ["a worker that speaks ASGI", "gunicorn shop.asgi:application -k uvicorn_worker.UvicornWorker", {}],
  ["uvicorn", "uvicorn shop.asgi:application", {}],
  [
    "a router",
    "daphne shop.asgi:application",
    { "shop/asgi.py": 'inner = get_asgi_application()\napplication = ProtocolTypeRouter({"http": inner})\n' },
  ],
  [
    "an adapter",
    "uvicorn shop.wsgi:application",
    { "shop/wsgi.py": "application = WsgiToAsgi(get_wsgi_application())\n" },
  ],
  [
    "one that is handed on",
    "gunicorn main:app",
    { "main.py": "from shop.wsgi import application\n\napp = application\n" },
  ],
  [
    "a function",
    "gunicorn shop.wsgi",
    { "shop/wsgi.py": "def application(environ, start_response):\n    return []\n" },
  ],
])("%s: passed", async (_name, command, more) => {
  expect(await ask(command, more)).toEqual(["passed"]);
});

test("what cannot be told", async () => {
  expect(
    (await ask("gunicorn shop.wsgi", { "shop/wsgi.py": "application = wrap(get_wsgi_application())\n" }))[0],
  ).toMatch(/^unknown .* does not tell whether its application is a WSGI or an ASGI application$/);
  expect((await ask("hypercorn shop.wsgi:application"))[0]).toMatch(/^skipped: hypercorn takes either/);
  expect((await ask("uvicorn --interface wsgi shop.wsgi:application"))[0]).toMatch(/^skipped/);
});

test("what a factory of Flask's gives is taken from running it", async () => {
  const flask = {
    Procfile: "web: gunicorn wsgi:app\n",
    "requirements.txt": "flask==3.1.3\ngunicorn==27.0.1\n",
    "wsgi.py": "from wiki import create_app\n\napp = create_app()\n",
    "wiki/__init__.py":
      "from flask import Flask\n\n\ndef create_app():\n    app = Flask(__name__)\n    return app\n",
  };
  expect((await runOn(check, flask)).status).toBe("passed");
});
