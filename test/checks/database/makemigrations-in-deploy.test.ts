import { expect, test } from "vitest";
import check from "../../../src/checks/database/makemigrations-in-deploy.ts";
import { shop } from "../../../src/checks/example-shop.ts";
import { told } from "../../support/told.ts";

const project = (more: Readonly<Record<string, string>>) => ({ ...shop, ...more });
const server = "exec gunicorn shop.wsgi\n";

test.each([
  [
    "the release phase",
    {
      Procfile:
        "release: python manage.py makemigrations && python manage.py migrate\nweb: gunicorn shop.wsgi\n",
    },
    "error certain Procfile:1:1 every deployment runs makemigrations, and what it writes is in a container only",
  ],
  [
    "a script that is started",
    { Procfile: "web: sh start.sh\n", "start.sh": `python manage.py makemigrations shop\n${server}` },
    "error certain start.sh:1:1 every start of web runs makemigrations, and what it writes is in a container only",
  ],
  [
    "an image",
    {
      Dockerfile: "FROM python:3.13\nCOPY . .\nRUN python manage.py makemigrations\nCMD gunicorn shop.wsgi\n",
    },
    "error certain Dockerfile:3:1 every deployment runs makemigrations, and what it writes is in the image only",
  ],
  [
    "a script behind a test",
    {
      Procfile: "web: sh start.sh\n",
      "start.sh": `if [ "$MAKE" = 1 ]; then\n  python manage.py makemigrations --noinput\nfi\n${server}`,
    },
    "warning certain start.sh:2:3 every start of web runs makemigrations, and what it writes is in a container only",
  ],
  [
    "a pipeline, on the platform",
    {
      Procfile: "web: gunicorn shop.wsgi\n",
      ".github/workflows/deploy.yml":
        "jobs:\n  deploy:\n    steps:\n      - run: heroku run python manage.py makemigrations --app shop\n",
    },
    "error certain .github/workflows/deploy.yml:4:14 every deployment runs makemigrations, and what it writes is in a container only",
  ],
])("%s", async (_, files, line) => {
  expect(await told(check, project(files))).toEqual([line]);
});

test.each([
  ["--check", { Procfile: "release: python manage.py makemigrations --check\nweb: gunicorn shop.wsgi\n" }],
  [
    "--dry-run",
    { Procfile: "release: python manage.py makemigrations --dry-run\nweb: gunicorn shop.wsgi\n" },
  ],
  [
    "a Makefile and a script that nothing reaches",
    {
      Procfile: "web: gunicorn shop.wsgi\n",
      Makefile: "migrations:\n\tpython manage.py makemigrations\n",
      "scripts/dev.sh": "python manage.py makemigrations\n",
    },
  ],
  [
    "a pipeline's own machine",
    {
      Procfile: "web: gunicorn shop.wsgi\n",
      ".github/workflows/test.yml":
        "jobs:\n  test:\n    steps:\n      - run: python manage.py makemigrations\n",
    },
  ],
  [
    "what is commented out",
    { Procfile: "web: sh start.sh\n", "start.sh": `# python manage.py makemigrations\n${server}` },
  ],
])("%s is no such step", async (_, files) => {
  expect(await told(check, project(files))).toEqual(["passed"]);
});

test("nothing is known of a deployment that nothing declares", async () => {
  expect(await told(check, shop)).toEqual(["skipped: no step of the deployment is known"]);
});

test("with every migration in the repository it is a warning", async () => {
  const files = project({
    Procfile: "release: python manage.py makemigrations\nweb: gunicorn shop.wsgi\n",
    "shop/settings.py": 'INSTALLED_APPS = ["orders"]\nROOT_URLCONF = "shop.urls"\n',
    "orders/__init__.py": "",
    "orders/models.py":
      "from django.db import models\n\nclass Order(models.Model):\n    paid = models.BooleanField()\n",
  });
  const committed = {
    "orders/migrations/__init__.py": "",
    "orders/migrations/0001_initial.py":
      "from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = []\n",
  };
  expect(await told(check, files)).toEqual([expect.stringMatching(/^error certain/)]);
  expect(await told(check, { ...files, ...committed })).toEqual([expect.stringMatching(/^warning certain/)]);
});
