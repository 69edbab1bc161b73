import { expect, test } from "vitest";
import check from "../../../src/checks/processes/reload-in-production.ts";
import { told } from "../../support/told.ts";

const ask = (command: string, more: Record<string, string> = {}) =>
  told(check, { "manage.py": "import django\n", Procfile: `web: ${command}\n`, ...more });

test("a server that reloads", async () => {
  expect(await ask("gunicorn --reload shop.wsgi")).toEqual([
    "warning certain Procfile:1:1 gunicorn is started with --reload",
  ]);
  expect((await ask("uvicorn shop.asgi:application --reload"))[0]).toContain(
    "uvicorn is started with --reload",
  );
});

test.each<[string, string, Record<string, string>]>([
  ["no such option", "gunicorn shop.wsgi", {}],
  [
    "a test that decides",
    "sh run.sh",
    {
      "run.sh": 'if [ "$ENV" = dev ]; then\n  gunicorn --reload shop.wsgi\nelse\n  gunicorn shop.wsgi\nfi\n',
    },
  ],
  ["a development server", "python manage.py runserver", {}],
])("%s: passed", async (_name, command, more) => {
  expect(await ask(command, more)).toEqual(["passed"]);
});
