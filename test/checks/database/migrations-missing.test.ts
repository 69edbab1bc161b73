import { expect, test } from "vitest";
import check from "../../../src/checks/database/migrations-missing.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const postgres = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n';
const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n';
const order = "from django.db import models\nclass Order(models.Model): pass\n";
const shop = (more: Readonly<Record<string, string>>, settings = "", models = order) =>
  settingsOnly(`INSTALLED_APPS = ["orders"]\n${settings.includes("DATABASES") ? "" : postgres}${settings}`, {
    "orders/__init__.py": "",
    "orders/models.py": models,
    ...more,
  });
const migration = "from django.db import migrations\nclass Migration(migrations.Migration): pass\n";

test("reports an app without migrations", async () => {
  const result = await runOn(check, shop({}));
  expect(brief(result)).toEqual([
    "error certain orders/models.py:2:1 orders has models and no migrations in the repository, so migrate makes no tables for it",
  ]);
  expect(result.findings[0]?.fix).toBe("python manage.py makemigrations orders\ngit add orders/migrations");
});

test.each([
  ["an empty package", { "orders/migrations/__init__.py": "" }, "no migrations in the repository"],
  [
    "a folder without __init__.py",
    { "orders/migrations/0001_initial.py": migration },
    "a folder of migrations without __init__.py, which Django does not look into",
  ],
  ["a file", { "orders/migrations.py": "" }, "a plain module where Django looks for a package of migrations"],
])("reports %s", async (_, more, says) => {
  expect(brief(await runOn(check, shop(more)))).toEqual([
    `error certain orders/models.py:2:1 orders has models and ${says}, so migrate makes no tables for it`,
  ]);
});

test("one finding for what .gitignore keeps out of several apps", async () => {
  const files = settingsOnly(`INSTALLED_APPS = ["a", "b", "c", "d", "e"]\n${postgres}`, {
    ".gitignore": "*/migrations/*\n",
    ...Object.fromEntries(
      ["a", "b", "c", "d", "e"].flatMap((app) => [
        [`${app}/__init__.py`, ""],
        [`${app}/models.py`, order],
      ]),
    ),
  });
  const result = await runOn(check, memoryFiles(files, { tracked: Object.keys(files) }));
  expect(brief(result)).toEqual([
    "error certain a/models.py:2:1 a, b, c, d and 1 more have models and migrations that .gitignore keeps out of the repository, so migrate makes no tables for them",
  ]);
  expect(result.findings[0]?.fix).toContain("# .gitignore: take out the line that names migrations");
});

test("with a database router the tables may be another's", async () => {
  expect(brief(await runOn(check, shop({}, 'DATABASE_ROUTERS = ["orders.Router"]\n')))).toEqual([
    expect.stringMatching(/^warning certain /),
  ]);
});

test.each([
  [
    "migrations",
    shop({ "orders/migrations/__init__.py": "", "orders/migrations/0001_initial.py": migration }),
  ],
  [
    "an abstract model",
    shop({}, "", `${order.replace("pass", "\n    class Meta:\n        abstract = True")}\n`),
  ],
  [
    "an unmanaged model",
    shop({}, "", `${order.replace("pass", "\n    class Meta:\n        managed = False")}\n`),
  ],
  [
    "a swapped model",
    shop({}, "", `${order.replace("pass", '\n    class Meta:\n        swappable = "X"')}\n`),
  ],
  ["no models at all", shop({}, "", "")],
  ["models imported from elsewhere", shop({}, "", "from library.models import Order\n")],
  [
    "a model that its Meta moves",
    shop({}, "", `${order.replace("pass", '\n    class Meta:\n        app_label = "library"')}\n`),
  ],
  [
    "a class that a library may make something else of",
    shop({}, "", "import x\nclass Order(x.Model): pass\n"),
  ],
  ["MIGRATION_MODULES with None", shop({}, 'MIGRATION_MODULES = {"orders": None}\n')],
  [
    "MIGRATION_MODULES elsewhere",
    shop(
      { "moved/__init__.py": "", "moved/orders/__init__.py": "", "moved/orders/0001_initial.py": migration },
      'MIGRATION_MODULES = {"orders": "moved.orders"}\n',
    ),
  ],
  ["MIGRATION_MODULES that is not known", shop({}, "import os\nMIGRATION_MODULES = os.listdir()\n")],
  [
    "a package with models that is no app",
    settingsOnly(`INSTALLED_APPS = []\n${postgres}`, { "orders/__init__.py": "", "orders/models.py": order }),
  ],
  [
    "an app for tests",
    settingsOnly(`INSTALLED_APPS = ["tests.orders"]\n${postgres}`, {
      "tests/__init__.py": "",
      "tests/orders/__init__.py": "",
      "tests/orders/models.py": order,
    }),
  ],
  ["no database", shop({}, "DATABASES = {}\n")],
  [
    "migrate --run-syncdb",
    {
      ...shop({}),
      Procfile: "release: python manage.py migrate --run-syncdb\nweb: gunicorn shop.wsgi\n",
      "app.json": "{}",
    },
  ],
  [
    "makemigrations in the deployment",
    {
      ...shop({}),
      Procfile: "release: python manage.py makemigrations orders\nweb: gunicorn shop.wsgi\n",
      "app.json": "{}",
    },
  ],
])("is silent about %s", async (_, files) => {
  expect(brief(await runOn(check, files))).toEqual([]);
});

test("is silent about migrations that are ignored and tracked", async () => {
  const files = {
    ...shop({ "orders/migrations/__init__.py": "", "orders/migrations/0001_initial.py": migration }),
    ".gitignore": "migrations/\n",
  };
  expect(brief(await runOn(check, memoryFiles(files, { tracked: Object.keys(files) })))).toEqual([]);
});

test("is silent where the database itself is in the repository", async () => {
  const files = { ...shop({}, sqlite), "db.sqlite3": new TextEncoder().encode("SQLite format 3\0\0") };
  expect(brief(await runOn(check, memoryFiles(files, { tracked: Object.keys(files) })))).toEqual([]);
  expect(brief(await runOn(check, shop({}, sqlite)))).toHaveLength(1);
});
