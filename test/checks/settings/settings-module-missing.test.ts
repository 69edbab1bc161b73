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

const starts = (name: string) => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", ${name})\n`;
const onHeroku = { Procfile: "web: gunicorn wsgi\n", "app.json": '{ "name": "shop" }\n' };

test("cannot tell: a module of that name elsewhere, which sys.path may hold", async () => {
  const files = {
    ...onHeroku,
    "manage.py": starts('"conf.live"'),
    "libs/here/conf/live.py": 'ROOT_URLCONF = "shop.urls"\n',
  };
  expect(brief(await runOn(check, files, { tracked: Object.keys(files) }))).toEqual([
    "unknown manage.py defaults to conf.live, and whether that is libs/here/conf/live.py depends on sys.path",
  ]);
});

test("cannot tell: a name that is put together", async () => {
  const files = { ...onHeroku, "manage.py": starts('"shop.settings." + os.environ.get("STAGE", "")') };
  expect(brief(await runOn(check, files))).toEqual([
    'unknown the name of the settings module is put together at run time: manage.py defaults to "shop.settings."',
  ]);
});
