import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import check from "../../../src/checks/database/multiple-leaf-migrations.ts";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const migration = (dependencies: string, more = "") =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${dependencies}]\n${more}`;
const on = (...names: readonly string[]) => names.map((name) => `("orders", "${name}")`).join(", ");
const shop = (migrations: Readonly<Record<string, string>>) =>
  settingsOnly(
    'INSTALLED_APPS = ["orders"]\nSECRET_KEY = "x"\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}',
    {
      "shop/urls.py": "urlpatterns = []\n",
      "orders/__init__.py": "",
      "orders/migrations/__init__.py": "",
      ...Object.fromEntries(
        Object.entries(migrations).map(([name, text]) => [`orders/migrations/${name}.py`, text]),
      ),
    },
  );

const conflict = shop({
  "0001_initial": migration(""),
  "0002_a": migration(on("0001_initial")),
  "0002_b": migration(on("0001_initial")),
});
const gap = shop({ "0001_initial": migration(""), "0003_c": migration(on("0002_b")) });

test("reports two leaves", async () => {
  const result = await runOn(check, conflict);
  expect(brief(result)).toEqual([
    "error certain orders/migrations/0002_b.py:4:1 orders has 2 migrations that none follows (0002_a, 0002_b), so migrate refuses to run",
  ]);
  expect(result.findings[0]?.fix).toContain("makemigrations --merge orders");
});

test("reports a migration that is not there, and nothing of the leaf that it leaves", async () => {
  expect(brief(await runOn(check, gap))).toEqual([
    "error certain orders/migrations/0003_c.py:5:21 the migration 0003_c of orders depends on 0002_b, which is not in the repository, so migrate ends in NodeNotFoundError",
  ]);
});

test.skipIf(!hasPython("django")).each([
  [
    "two leaves",
    conflict,
    "CommandError: Conflicting migrations detected; multiple leaf nodes in the migration graph: (0002_",
  ],
  [
    "a missing one",
    gap,
    "NodeNotFoundError: Migration orders.0003_c dependencies reference nonexistent parent node ('orders', '0002_b')",
  ],
])("Django refuses %s, too (needs Python with Django)", (_, files, says) => {
  const run = () =>
    execFileSync(python, ["-m", "django", "migrate"], {
      cwd: onDisk(files),
      env: { PATH: "/usr/bin:/bin", DJANGO_SETTINGS_MODULE: "shop.settings", PYTHONPATH: "." },
      encoding: "utf8",
      stdio: "pipe",
    });
  expect(run).toThrow(says);
});

const line = { "0001_initial": migration(""), "0002_a": migration(on("0001_initial")) };

test.each([
  ["one line", shop(line), "passed"],
  [
    "a merge",
    shop({
      ...line,
      "0002_b": migration(on("0001_initial")),
      "0003_merge": migration(on("0002_a", "0002_b")),
    }),
    "passed",
  ],
  [
    "two of the same number, one behind the other",
    shop({ ...line, "0002_b": migration(on("0002_a")) }),
    "passed",
  ],
  [
    "squashed migrations beside the old ones",
    shop({
      ...line,
      "0001_squashed_0002": migration("", `    replaces = [${on("0001_initial", "0002_a")}]\n`),
    }),
    "passed",
  ],
  [
    "squashed migrations without the old ones",
    shop({
      "0001_squashed_0002": migration("", `    replaces = [${on("0001_initial", "0002_a")}]\n`),
      "0003_c": migration(on("0002_a")),
    }),
    "passed",
  ],
  [
    "run_before",
    shop({ ...line, "0002_0": migration(on("0001_initial"), `    run_before = [${on("0002_a")}]\n`) }),
    "passed",
  ],
  [
    "a dependency that can be swapped",
    shop({ "0001_initial": migration('migrations.swappable_dependency("orders.User")') }),
    "passed",
  ],
  ["dependencies made by code", shop({ ...line, "0003_c": migration("*others") }), "skipped"],
  [
    "a deployment that merges",
    {
      ...conflict,
      Procfile: "release: python manage.py makemigrations --merge --noinput\nweb: gunicorn shop.wsgi\n",
      "app.json": "{}",
    },
    "skipped",
  ],
  ["no app", settingsOnly("INSTALLED_APPS = []"), "skipped"],
])("is silent about %s", async (_, files, status) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
