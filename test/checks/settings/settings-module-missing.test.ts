import { expect, test } from "vitest";
import check from "../../../src/checks/settings/settings-module-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports a module that nobody committed", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": 'ROOT_URLCONF = "shop.urls"\n',
        Procfile: "web: gunicorn shop.wsgi\n",
        "app.json": '{ "name": "shop" }\n',
      }),
    ),
  ).toEqual([
    "error certain shop.settings.production is not in the repository, although manage.py defaults to it",
  ]);
});

test.each([
  ["a module that is there", "passed", { "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n' }, {}],
  [
    "a module that fails",
    "skipped",
    { "shop/settings.py": 'X = UNDEFINED\nROOT_URLCONF = "shop.urls"\n' },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a host that keeps its disk", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py": 'ROOT_URLCONF = "shop.urls"\n',
      }),
    ),
  ).toEqual(["unknown shop.settings.production is not in the repository, although manage.py defaults to it"]);
});
