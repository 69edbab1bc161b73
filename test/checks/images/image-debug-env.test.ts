import { expect, test } from "vitest";
import check from "../../../src/checks/images/image-debug-env.ts";
import debugEnabled from "../../../src/checks/settings/debug-enabled.ts";
import { runOn } from "../../support/run-on.ts";
import { told } from "../../support/told.ts";

const settings = 'import os\nDEBUG = os.environ.get("DEBUG") == "1"\nROOT_URLCONF = "shop.urls"\n';
const compose = (line: string) =>
  `services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    environment:\n      X: "1"\n${line}`;
const project = (env: string, line = '      DEBUG: "0"\n', more: Readonly<Record<string, string>> = {}) => ({
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/__init__.py": "",
  "shop/settings.py": settings,
  Dockerfile: `FROM python:3.13\n${env}\nCOPY . /app\n`,
  "docker-compose.prod.yml": compose(line),
  ...more,
});

test("an image that only a manifest makes safe", async () => {
  expect(await told(check, project("ENV DEBUG=1"))).toEqual([
    'warning certain Dockerfile:2:1 the image sets DEBUG to "1", which turns DEBUG on wherever docker-compose.prod.yml does not set it otherwise',
  ]);
});

test("settings for development", async () => {
  const files = project(
    "ENV DJANGO_SETTINGS_MODULE=shop.local",
    "      DJANGO_SETTINGS_MODULE: shop.settings\n",
    { "shop/local.py": "from .settings import *\n" },
  );
  expect((await told(check, files))[0]).toContain(
    "the image sets DJANGO_SETTINGS_MODULE to shop.local, settings for development, wherever docker-compose.prod.yml",
  );
});

test("where nothing turns it off, debug-enabled tells", async () => {
  const files = project("ENV DEBUG=1", "");
  expect(await told(check, files)).toEqual([
    "skipped: DEBUG is on as it is deployed: debug-enabled judges that",
  ]);
  expect((await told(debugEnabled, files))[0]).toMatch(/^error/);
});

test.each([
  ["off in the image too", "ENV DEBUG=0"],
  ["an argument of the build", "ARG DEBUG=1"],
  ["a variable that nobody asks for DEBUG", "ENV DJANGO_DEBUG=1"],
  ["production's settings", "ENV DJANGO_SETTINGS_MODULE=shop.settings"],
])("%s: nothing to tell", async (_name, env) => {
  expect(await told(check, project(env))).toEqual(["passed"]);
});

test("a stage for development that is not deployed", async () => {
  const files = project("");
  const Dockerfile = "FROM python:3.13 AS dev\nENV DEBUG=1\nFROM python:3.13\nCOPY . /app\n";
  expect(await told(check, { ...files, Dockerfile })).toEqual(["passed"]);
});

test("the fix is a value that the settings take for off", async () => {
  expect((await runOn(check, project("ENV DEBUG=1"))).findings).toMatchObject([{ fix: "ENV DEBUG=0" }]);
});
