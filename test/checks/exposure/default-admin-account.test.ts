import { expect, test } from "vitest";
import check from "../../../src/checks/exposure/default-admin-account.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const make = (password: string, before = "") =>
  `import os\nfrom django.contrib.auth import get_user_model\n${before}def run(*_):\n    get_user_model().objects.create_superuser("boss", "boss@example.com", ${password})\n`;
const on = (release: string, files: Readonly<Record<string, string>>) => ({
  ...settingsOnly('INSTALLED_APPS = ["people"]', { "people/__init__.py": "", ...files }),
  Procfile: `release: ${release}\nweb: gunicorn shop.wsgi\n`,
  "app.json": "{}",
});
const command = { "people/management/commands/seed.py": make('"letmein"') };
const migration = (password: string) => ({
  "people/migrations/__init__.py": "",
  "people/migrations/0001_boss.py": `from django.db import migrations\n${make(password)}\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [migrations.RunPython(run)]\n`,
});

test.each([
  [
    "a command",
    on("python manage.py seed", command),
    "error certain people/management/commands/seed.py:4:5 manage.py seed makes",
  ],
  [
    "a migration",
    on("python manage.py migrate", migration('"letmein"')),
    "error certain people/migrations/0001_boss.py:5:5 the migration 0001_boss of people makes",
  ],
  [
    "a name",
    on("python manage.py seed", {
      "people/management/commands/seed.py": make("password=secret", 'secret = "letmein"\n'),
    }),
    "error certain people/management/commands/seed.py:5:5 manage.py seed makes",
  ],
  [
    "a script",
    on("python make.py", { "make.py": make('"letmein"') }),
    "error certain make.py:4:5 make.py makes",
  ],
  [
    "a shell",
    on(
      `python manage.py shell -c "from people import User; User.objects.create_superuser('boss', 'b@example.com', 'letmein')"`,
      {},
    ),
    "error certain Procfile:1:1 the deployment, in Procfile, makes",
  ],
  [
    "a variable with a fallback",
    on("python manage.py seed", {
      "people/management/commands/seed.py": make('os.environ.get("BOSS", "letmein")'),
    }),
    "warning conditional people/management/commands/seed.py:4:5 manage.py seed makes",
  ],
  [
    "a view",
    on("true", { "people/views.py": make('"letmein"') }),
    "warning certain people/views.py:4:5 people/views.py makes",
  ],
])("reports %s", async (_, files, says) => {
  const lines = brief(await runOn(check, files));
  expect(lines).toEqual([`${says} an administrator with a password that is written there`]);
  expect(lines.join()).not.toContain("letmein");
});

test("reports createsuperuser with a written variable", async () => {
  const files = on("DJANGO_SUPERUSER_PASSWORD=letmein python manage.py createsuperuser --noinput", {});
  expect(brief(await runOn(check, files))).toEqual([
    expect.stringMatching(
      /^error certain Procfile:1:\d+ the deployment runs createsuperuser, and Procfile writes down \$DJANGO_SUPERUSER_PASSWORD$/,
    ),
  ]);
});

test.each([
  ["createsuperuser with a variable", on("python manage.py createsuperuser --noinput", {})],
  ["a command that nothing runs", on("python manage.py migrate", command)],
  [
    "tests and factories",
    on("python manage.py migrate", {
      "people/tests/test_views.py": make('"letmein"'),
      "people/factories.py": make('"letmein"'),
    }),
  ],
  ["a password of the environment", on("python manage.py migrate", migration('os.environ["BOSS"]'))],
  ["an empty fallback", on("python manage.py migrate", migration('os.environ.get("BOSS", "")'))],
  [
    "a guard",
    {
      ...on("bash release.sh", command),
      "release.sh": 'if [ "$SEED" = 1 ]; then\n  python manage.py seed\nfi\n',
    },
  ],
])("is silent about %s", async (_, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual(["passed"]);
});
