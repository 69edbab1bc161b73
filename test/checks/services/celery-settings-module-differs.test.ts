import { expect, test } from "vitest";
import { celeryShop } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/celery-settings-module-differs.ts";
import { brief, runOn } from "../../support/run-on.ts";

const celery = celeryShop["shop/celery.py"] ?? "";
const { "shop/settings.py": text = "", ...others } = celeryShop;
const split = {
  ...others,
  "shop/__init__.py": "",
  "shop/settings/__init__.py": "",
  "shop/settings/local.py": text,
  "shop/settings/production.py": text,
  "shop/wsgi.py": (celeryShop["shop/wsgi.py"] ?? "").replace("shop.settings", "shop.settings.production"),
  "shop/celery.py": celery.replace("shop.settings", "shop.settings.local"),
};

test.each([
  [
    "a worker with other settings",
    split,
    "warning conditional shop/celery.py:5:1 worker loads shop.settings.local, which shop/celery.py names, and the web process loads shop.settings.production",
  ],
  // Tried with CPython: the package is imported before the module in it.
  [
    "an import before wsgi.py",
    { ...split, "shop/__init__.py": "from .celery import app\n" },
    "warning conditional shop/celery.py:5:1 shop/__init__.py imports shop/celery.py before wsgi.py is read, so the web process loads shop.settings.local, not shop.settings.production",
  ],
  [
    "an application that insists",
    {
      ...split,
      "shop/celery.py": celery.replace(
        /os\.environ\.setdefault\((.*), (.*)\)/,
        'os.environ[$1] = "shop.settings.local"',
      ),
    },
    "error certain shop/celery.py:5:1 shop/celery.py makes every worker load shop.settings.local, and the web process loads shop.settings.production",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files))).toEqual([expected]);
});

test.each([
  ["the same settings", "passed", celeryShop],
  [
    "a variable in a manifest",
    "skipped",
    { ...split, "app.json": '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "shop.settings.production"}}}' },
  ],
  [
    "a variable in the command",
    "passed",
    {
      ...split,
      Procfile:
        "web: gunicorn shop.wsgi\nworker: DJANGO_SETTINGS_MODULE=shop.settings.production celery -A shop worker\n",
    },
  ],
  ["no worker", "passed", { ...split, Procfile: "web: gunicorn shop.wsgi\n" }],
  [
    "an application that names none",
    "skipped",
    { ...split, "shop/celery.py": 'from celery import Celery\napp = Celery("shop")\n' },
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
