import { expect, test } from "vitest";
import check from "../../../src/checks/database/migrations-not-run.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const server =
  'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example.com"}}';
const project = (more: Readonly<Record<string, string>>, settings = server) => ({
  ...shop,
  "shop/settings.py": `INSTALLED_APPS = ["orders"]\n${settings}\nROOT_URLCONF = "shop.urls"\n`,
  "orders/__init__.py": "",
  "orders/models.py":
    "from django.db import models\n\nclass Order(models.Model):\n    paid = models.BooleanField()\n",
  "orders/migrations/__init__.py": "",
  "orders/migrations/0001_initial.py":
    "from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = []\n",
  ...more,
});
const heroku = (procfile: string, more: Readonly<Record<string, string>> = {}) =>
  project({ Procfile: procfile, "app.json": '{ "name": "shop" }', ...more });
const web = "web: gunicorn shop.wsgi\n";
const byHand = "nobody migrates by hand after each deployment";
const render = (more = "") => ({
  "render.yaml": `services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n${more}`,
});

test.each([
  [
    "Heroku",
    heroku(web),
    `warning conditional Procfile:1:1 nothing that Heroku runs migrates the database, and orders has migrations (when ${byHand})`,
  ],
  [
    "a line that is commented out, as in Heroku's own sample",
    heroku(`# release: python manage.py migrate\n${web}`),
    `warning conditional Procfile:2:1 nothing that Heroku runs migrates the database, and orders has migrations (when ${byHand})`,
  ],
  [
    "Render's blueprint",
    project(render()),
    `warning conditional render.yaml:4:19 nothing that Render runs migrates the database, and orders has migrations (when ${byHand} and the Render dashboard has no command for it)`,
  ],
  [
    "what runs once for a new app",
    heroku(web, { "app.json": '{"scripts": {"postdeploy": "python manage.py migrate"}}' }),
    `warning conditional app.json:1:14 app.json migrates the database of a new app only, and orders has migrations (when ${byHand})`,
  ],
  [
    "a text that says so",
    heroku(web, { "README.md": "Then `heroku run python manage.py migrate`.\n" }),
    `info conditional Procfile:1:1 nothing that Heroku runs migrates the database, and orders has migrations (when ${byHand})`,
  ],
])("%s", async (_, files, line) => {
  expect(await told(check, files)).toEqual([line]);
});

test.each([
  ["the release phase", heroku(`release: python manage.py migrate\n${web}`)],
  ["the start command", heroku("web: python manage.py migrate && gunicorn shop.wsgi\n")],
  [
    "a script behind a test",
    heroku("web: sh start.sh\n", {
      "start.sh": 'if [ "$M" ]; then\n  ./manage.py migrate\nfi\nexec gunicorn shop.wsgi\n',
    }),
  ],
  [
    "a build command",
    project(render("    buildCommand: pip install -r requirements.txt && python manage.py migrate\n")),
  ],
  [
    "a pipeline on the platform",
    heroku(web, {
      ".github/workflows/x.yml":
        "jobs:\n  it:\n    steps:\n      - run: heroku run python manage.py migrate\n",
    }),
  ],
  [
    "a pipeline that deploys",
    heroku(web, {
      ".github/workflows/deploy.yml": "jobs:\n  it:\n    steps:\n      - run: python manage.py migrate\n",
    }),
  ],
  [
    "a script that deploys",
    heroku(web, { "deploy.sh": "git push heroku\nheroku run python manage.py migrate --noinput\n" }),
  ],
  ["an Ansible playbook", heroku(web, { "ansible/site.yml": "- django_manage:\n    command: migrate\n" })],
  [
    "the project's own code",
    heroku(web, {
      "shop/boot.py": 'from django.core.management import call_command\ncall_command("migrate")\n',
    }),
  ],
])("%s migrates", async (_, files) => {
  expect(await told(check, files)).toEqual(["passed"]);
});

test("a pipeline for tests, and a script for development, migrate nothing", async () => {
  const files = heroku(web, {
    ".github/workflows/test.yml": "jobs:\n  it:\n    steps:\n      - run: python manage.py migrate\n",
    "scripts/setup.sh": "python manage.py migrate\npython manage.py runserver\n",
    "README.md": "Run `python manage.py migrate` and open localhost.\n",
  });
  expect(await told(check, files)).toEqual([expect.stringMatching(/^warning conditional/)]);
});

const sqlite = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}';

test.each([
  [
    "no migrations",
    { ...shop, Procfile: web, "app.json": "{}" },
    /no app of the project's is known to have migrations/,
  ],
  [
    "SQLite on a disk that is thrown away",
    project({ Procfile: web, "app.json": "{}" }, sqlite),
    /sqlite-on-ephemeral-disk$/,
  ],
  [
    "no database",
    project({ Procfile: web, "app.json": "{}" }, "DATABASES = {}"),
    /no default database is configured/,
  ],
  [
    "a script that is not there",
    heroku("web: ./start.sh\n"),
    /a step cannot be followed: \.\/start\.sh is not in the project/,
  ],
  ["nothing that starts", project({ "app.json": '{ "addons": [] }' }), /nothing is known to start/],
])("nothing is said of %s", async (_, files, reason) => {
  expect(await told(check, files, "heroku")).toEqual([expect.stringMatching(reason)]);
});

test.each([
  ["procfile-host", { Procfile: web }, /a command for it may be in the host's own configuration/],
  ["railway", { Procfile: web }, /a command for it may be in the service's settings on Railway/],
  [
    "docker",
    { Dockerfile: "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi\n" },
    /nothing tells who migrates on Docker/,
  ],
  ["koyeb", { Procfile: web }, /nothing tells who migrates on Koyeb/],
  [
    "scalingo",
    { Procfile: `release: python manage.py migrate\n${web}` },
    /release of the Procfile is never started: procfile-process-types/,
  ],
])("on %s", async (platform, more, reason) => {
  expect(await told(check, project(more), platform)).toEqual([expect.stringMatching(reason)]);
});
