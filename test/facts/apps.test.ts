import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { App } from "../../src/facts/apps.ts";
import { factOf } from "../support/facts.ts";
import { onDisk } from "../support/on-disk.ts";
import { hasPython, python } from "../support/python.ts";

const settings = (apps: readonly string[], more = "") =>
  `INSTALLED_APPS = [${apps.map((app) => `"${app}"`).join(", ")}]\nROOT_URLCONF = "shop.urls"\n${more}`;

const project = (apps: readonly string[], files: Readonly<Record<string, string>>, more = "") => ({
  "manage.py": "import django\n",
  "shop/__init__.py": "",
  "shop/settings.py": settings(apps, more),
  ...files,
});

const migration = (dependencies: string, more = "") =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${dependencies}]\n${more}`;

async function appOf(...given: Parameters<typeof project>): Promise<App> {
  const { own } = await factOf("apps", project(...given));
  const [app] = own;
  if (!app || own.length > 1) throw new Error(`${own.length} apps`);
  return app;
}

const kinds = ({ models }: App) => models.map(({ name, kind }) => `${name} ${kind}`);

test("which entries of INSTALLED_APPS are the project's own", async () => {
  const { own, open } = await factOf(
    "apps",
    project(
      ["django.contrib.admin", "rest_framework", "orders", "mail.apps.MailConfig", "tests.testapp", "gone"],
      {
        "orders/__init__.py": "",
        "orders/apps.py":
          'from django.apps import AppConfig\nclass C(AppConfig):\n    name = "orders"\n    label = "sales"\n',
        "mail/__init__.py": "",
        "mail/apps.py":
          'from django.apps import AppConfig\nclass MailConfig(AppConfig):\n    name = "mail"\n',
        "tests/__init__.py": "",
        "tests/testapp/__init__.py": "",
      },
    ),
  );
  expect(open).toBe(false);
  expect(own.map(({ entry, name, label, folder }) => [entry, name, label, folder])).toEqual([
    ["orders", "orders", "sales", "orders"],
    ["mail.apps.MailConfig", "mail", "mail", "mail"],
  ]);
});

test("an AppConfig of the project's may be of a library's app", async () => {
  const { own } = await factOf(
    "apps",
    project(["shop.apps.OurAdmin", "shop.apps.Beat"], {
      "shop/apps.py":
        'from django.apps import AppConfig\nfrom django.contrib.admin.apps import AdminConfig\nclass OurAdmin(AdminConfig):\n    default_site = "shop.Site"\nclass Beat(AppConfig):\n    name = "django_celery_beat"\n',
    }),
  );
  expect(own).toEqual([]);
});

test("one of several configs is the default", async () => {
  const apps =
    'from django.apps import AppConfig\nclass A(AppConfig):\n    name = "orders"\n    label = "a"\nclass B(A):\n    label = "b"\n';
  const label = async (more: string) =>
    (await appOf(["orders"], { "orders/__init__.py": "", "orders/apps.py": apps + more })).label;
  expect(await label("    default = True\n")).toBe("b");
  expect(await label("    default = False\n")).toBe("a");
  expect(await label("")).toBe("orders");
});

test("a folder that the settings put on sys.path, and one that others must", async () => {
  const files = { "apps/orders/__init__.py": "", "apps/orders/models.py": "" };
  const told = await appOf(["orders"], files, 'import sys\nsys.path.insert(0, "apps")\n');
  expect(told.folder).toBe("apps/orders");
  expect((await appOf(["orders"], files)).folder).toBe("apps/orders");
  const twice = await factOf("apps", project(["orders"], { ...files, "old/orders/__init__.py": "" }));
  expect(twice.own).toEqual([]);
});

test("which models have a table that migrations make", async () => {
  const app = await appOf(["orders"], {
    "core/__init__.py": "",
    "core/base.py":
      "from django.db import models\nclass Base(models.Model):\n    made = models.DateTimeField()\n    scan = models.FileField()\n    class Meta:\n        abstract = True\n        managed = False\nclass Named:\n    pass\n",
    "core/db.py": "from django.db import models\n",
    "orders/__init__.py": "",
    "orders/models/__init__.py": "from .order import *\nfrom .line import Line\n",
    "orders/models/order.py": [
      "from core.base import Base, Named",
      "from core.db import models",
      "import thirdparty",
      "from django.contrib.auth.models import AbstractUser",
      "class Order(Named, models.Model): pass",
      "class Kept(Base):",
      "    class Meta:",
      "        managed = True",
      "class Foreign(Base): pass",
      "class Open(Order):",
      "    class Meta(Order.Meta):",
      "        proxy = True",
      "class User(AbstractUser): pass",
      "class Tree(thirdparty.Node):",
      "    title = models.CharField(max_length=3)",
      "class Thing(thirdparty.Whatever): pass",
      "class Colour(models.TextChoices): pass",
      "class Orders(models.Manager): pass",
      "if thirdparty.on:",
      "    class Extra(models.Model): pass",
      "",
    ].join("\n"),
    "orders/models/line.py":
      'from django.db import models\nclass Line(models.Model):\n    class Meta:\n        swappable = "LINE"\n',
    "orders/models/unused.py": "from django.db import models\nclass Unused(models.Model): pass\n",
  });
  expect(kinds(app)).toEqual([
    "Line likely",
    "Order concrete",
    "Kept concrete",
    "Foreign unmanaged",
    "Open proxy",
    "User concrete",
    "Tree likely",
    "Extra likely",
    "Unused likely",
  ]);
  expect(app.models.find(({ name }) => name === "Kept")?.fileFields.map(({ name }) => name)).toEqual([
    "scan",
  ]);
});

test("a model belongs to the app that its Meta names, or to the innermost that it stands in", async () => {
  const { own } = await factOf(
    "apps",
    project(["shop", "shop.orders"], {
      "shop/models.py":
        'from django.db import models\nfrom shop.orders.parts import Part\nclass Moved(models.Model):\n    class Meta:\n        app_label = "orders"\nclass Away(models.Model):\n    class Meta:\n        app_label = "elsewhere"\n',
      "shop/orders/__init__.py": "",
      "shop/orders/parts.py": "from django.db import models\nclass Part(models.Model): pass\n",
    }),
  );
  expect(own.map((app) => [app.name, ...kinds(app)])).toEqual([
    ["shop"],
    ["shop.orders", "Moved concrete", "Part concrete"],
  ]);
});

test("fields for files, and where they put them", async () => {
  const { models } = await appOf(["orders"], {
    "orders/__init__.py": "",
    "orders/models.py": [
      "from django.db import models",
      "from cloudinary.models import CloudinaryField",
      "from sorl.thumbnail import ImageField",
      "from .storages import private",
      "class Picture(ImageField): pass",
      "class Photo(models.Model):",
      '    one = models.ImageField(upload_to="x")',
      "    two = models.FileField(storage=private)",
      "    three = Picture()",
      "    four = CloudinaryField()",
      '    five = models.FilePathField(path="/x")',
      "",
    ].join("\n"),
  });
  expect(models[0]?.fileFields.map(({ name, storage }) => `${name} ${storage}`)).toEqual([
    "one default",
    "two own",
    "three default",
  ]);
});

test.each([
  ["none", {}, "", "absent"],
  ["a package", { "orders/migrations/__init__.py": "" }, "", "package"],
  ["a folder without __init__.py", { "orders/migrations/0001_initial.py": migration("") }, "", "namespace"],
  ["a file", { "orders/migrations.py": "" }, "", "module"],
  [
    "turned off",
    { "orders/migrations/__init__.py": "" },
    'MIGRATION_MODULES = {"orders": None}\n',
    "disabled",
  ],
  [
    "elsewhere",
    { "shop/moved/__init__.py": "" },
    'MIGRATION_MODULES = {"orders": "shop.moved"}\n',
    "package",
  ],
  ["not in the project", {}, 'MIGRATION_MODULES = {"orders": "elsewhere.moved"}\n', "unclear"],
  ["not to be told", {}, "import os\nMIGRATION_MODULES = os.listdir()\n", "unclear"],
])("migrations: %s", async (_, files, more, kind) => {
  const given = { "orders/__init__.py": "", "orders/models.py": "", ...files };
  expect((await appOf(["orders"], given, more)).migrations.kind).toBe(kind);
});

test("a migration that is not written plainly leaves the graph open", async () => {
  const graph = async (text: string) =>
    (
      await appOf(["orders"], {
        "orders/__init__.py": "",
        "orders/migrations/__init__.py": "",
        "orders/migrations/0001_initial.py": migration('migrations.swappable_dependency("AUTH_USER_MODEL")'),
        "orders/migrations/0002_more.py": text,
      })
    ).graph;
  expect((await graph(migration('("orders", "0001_initial")')))?.leaves.map(({ name }) => name)).toEqual([
    "0002_more",
  ]);
  expect((await graph("import os\n"))?.leaves.map(({ name }) => name)).toEqual(["0001_initial"]);
  for (const text of [
    migration("", "    dependencies += [x]\n"),
    migration("*others"),
    migration('("orders", name)'),
    "from orders.old import Migration\n",
    "print 'python 2'\n",
    "from base import Base\nclass Migration(Base):\n    dependencies = []\n",
  ])
    expect(await graph(text), text).toBeUndefined();
});

test("modules that take everything from each other, in circles", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `part${index}`);
  const stars = (but: string) =>
    names.filter((name) => name !== but).map((name) => `from orders.models.${name} import *\n`);
  const app = await appOf(["orders"], {
    "orders/__init__.py": "",
    "orders/models/__init__.py": stars("").join(""),
    ...Object.fromEntries(
      names.map((name) => [
        `orders/models/${name}.py`,
        `from django.db import models\n${stars(name).join("")}class ${name}(Unknown):\n    a = models.TextField()\n`,
      ]),
    ),
  });
  expect(app.models).toHaveLength(12);
});

/** Apps in every state that their migrations can be in. */
const states = {
  "none/__init__.py": "",
  "empty/__init__.py": "",
  "empty/migrations/__init__.py": "",
  "namespace/__init__.py": "",
  "namespace/migrations/0001_initial.py": migration(""),
  "plain/__init__.py": "",
  "plain/migrations.py": "",
  "kept/__init__.py": "",
  "kept/apps.py":
    'from django.apps import AppConfig\nclass Kept(AppConfig):\n    name = "kept"\n    label = "safe"\n',
  "kept/migrations/__init__.py": "",
  "kept/migrations/_helper.py": "",
  "kept/migrations/sub/__init__.py": "",
  "kept/migrations/0001_initial.py": migration(""),
  "off/__init__.py": "",
  "off/migrations/__init__.py": "",
  "moved/__init__.py": "",
  "elsewhere/__init__.py": "",
  "elsewhere/0001_initial.py": migration(""),
};
const installed = ["none", "empty", "namespace", "plain", "kept", "off", "moved"];
const modules = 'MIGRATION_MODULES = {"off": None, "moved": "elsewhere"}\n';

test.skipIf(!hasPython("django"))("Django finds the same migrations (needs Python with Django)", async () => {
  const { own } = await factOf("apps", project(installed, states, modules));
  const ours = own.map(({ label, migrations }) => [
    label,
    migrations.kind === "package" ? migrations.migrations.map(({ name }) => name) : null,
  ]);
  const script = [
    "import json, django",
    "django.setup()",
    "from django.db.migrations.loader import MigrationLoader",
    "loader = MigrationLoader(None)",
    "found = {label: [name for of, name in loader.disk_migrations if of == label] for label in loader.migrated_apps}",
    "from django.apps import apps",
    "print(json.dumps([[each.label, found.get(each.label)] for each in apps.get_app_configs()]))",
  ].join("\n");
  const django = execFileSync(python, ["-c", script], {
    cwd: onDisk(project(installed, states, modules)),
    env: { PATH: "/usr/bin:/bin", DJANGO_SETTINGS_MODULE: "shop.settings", PYTHONPATH: "." },
    encoding: "utf8",
  });
  expect(ours).toEqual(JSON.parse(django));
});
