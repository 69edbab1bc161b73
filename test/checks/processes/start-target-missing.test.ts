import { expect, test } from "vitest";
import check from "../../../src/checks/processes/start-target-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const wsgi = "application = 1\n";
const judge = (command: string, more: Record<string, string> = {}) =>
  runOn(
    check,
    settingsOnly("DEBUG = False", {
      "requirements.txt": "django\ngunicorn\n",
      "shop/wsgi.py": wsgi,
      Procfile: `web: ${command}\n`,
      ...more,
    }),
  );

test.each([
  ["gunicorn mysite.wsgi", 'the web process starts "mysite.wsgi", but there is no module mysite.wsgi'],
  ["gunicorn shop.wsgi:app", 'the web process starts "shop.wsgi:app", but shop/wsgi.py has no app'],
  [
    "gunicorn shop/wsgi.py",
    'the web process starts "shop/wsgi.py", but "shop/wsgi.py" is a path, and a module is written with dots',
  ],
  ["gunicorn --workers 2", "the web process fails: gunicorn is given no application"],
])("%s", async (command, message) => {
  expect(brief(await judge(command))).toEqual([`error certain Procfile:1:1 ${message}`]);
});

test("the fix is the command with what was probably meant", async () => {
  const fix = async (...given: Parameters<typeof judge>) => (await judge(...given)).findings[0]?.fix;
  expect(await fix("gunicorn mysite.wsgi --log-file -")).toBe(
    "# Procfile\nweb: gunicorn shop.wsgi --log-file -",
  );
  expect(await fix("TOKEN=x gunicorn mysite.wsgi")).toBe("shop.wsgi");
  expect(await fix("sh run.sh", { "run.sh": "gunicorn mysite.wsgi\n" })).toBe("shop.wsgi");
});

test("a project in a subfolder", async () => {
  const files = {
    "backend/manage.py": "",
    "backend/requirements.txt": "django\n",
    "backend/shop/settings.py": "ROOT_URLCONF = ''\n",
    "backend/shop/wsgi.py": wsgi,
    Procfile: "web: gunicorn shop.wsgi\n",
  };
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([
    'error certain Procfile:1:1 the web process starts "shop.wsgi", but there is no module shop.wsgi in the root: it is in backend',
  ]);
  expect(result.findings[0]?.fix).toBe("# Procfile\nweb: gunicorn --chdir backend shop.wsgi");
  const fixed = { ...files, Procfile: "web: gunicorn --chdir backend shop.wsgi\n" };
  expect((await runOn(check, fixed)).status).toBe("passed");
});

test.each<[string, string, Record<string, string>]>([
  ["the application", "gunicorn shop.wsgi", {}],
  [
    "imported under another name",
    "gunicorn web:app",
    { "web.py": "from shop.wsgi import application as app\n" },
  ],
  ["a factory", "gunicorn 'web:create_app()'", { "web.py": "def create_app(): ...\n" }],
  ["cd", "cd shop && gunicorn wsgi", {}],
  ["$PYTHONPATH", "PYTHONPATH=shop gunicorn wsgi", {}],
])("accepts %s", async (_name, command, files) => {
  expect((await judge(command, files)).status).toBe("passed");
});

test.each<[string, string, Record<string, string>]>([
  ["a star import", "gunicorn web:app", { "web.py": "from shop.wsgi import *\n" }],
  ["globals()", "gunicorn web:app", { "web.py": "globals().update(app=1)\n" }],
  ["a variable", "gunicorn ${APP_MODULE}.wsgi".replace("{APP_MODULE}", "APP_MODULE"), {}],
  ["an option that is a variable", "gunicorn $OPTIONS nothing.wsgi", {}],
])("%s cannot be told", async (_name, command, files) => {
  expect((await judge(command, files)).status).toBe("unknown");
});

test("a development server has no target", async () => {
  expect((await judge("python manage.py runserver")).status).toBe("skipped");
});
