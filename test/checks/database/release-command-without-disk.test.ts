import { expect, test } from "vitest";
import release from "../../../src/checks/database/release-command-without-disk.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = (settings = "") => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
});
const heroku = (Procfile: string, settings = "") => ({ ...shop(settings), Procfile, "app.json": "{}" });

test("static files that a release step collects are lost", async () => {
  const Procfile = "release: python manage.py collectstatic --noinput\nweb: gunicorn shop.wsgi\n";
  const onRender = {
    ...shop('STATIC_ROOT = "static"\n'),
    "render.yaml":
      "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    preDeployCommand: python manage.py collectstatic --noinput\n",
  };
  expect(brief(await runOn(release, onRender, { platform: "render" }))).toEqual([
    expect.stringMatching(
      /^error certain \S+ preDeployCommand collects static files on a disk that Render discards/,
    ),
  ]);
  // The build has collected them already.
  expect((await runOn(release, heroku(Procfile))).severity).toBe("info");
});

test.each([
  [
    "a remote storage",
    'STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
    "passed",
  ],
  [
    "a storage that is not known",
    'STORAGES = {"staticfiles": {"BACKEND": "shop.storage.Mine"}}\n',
    "unknown",
  ],
])("collectstatic into %s", async (_name, settings, status) => {
  const Procfile = "release: python manage.py collectstatic --noinput\nweb: gunicorn shop.wsgi\n";
  expect((await runOn(release, heroku(Procfile, settings))).status).toBe(status);
});

test("a SQLite file on a volume is not there when the release step migrates", async () => {
  const blueprint =
    "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    preDeployCommand: python manage.py migrate\n    disk:\n      name: data\n      mountPath: /data\n";
  const sqlite =
    'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/data/db.sqlite3"}}\n';
  const server = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql"}}\n';
  const judged = async (settings: string) =>
    runOn(release, { ...shop(settings), "render.yaml": blueprint }, { platform: "render" });
  expect(brief(await judged(sqlite))).toEqual([
    expect.stringMatching(
      /^error certain \S+ preDeployCommand migrates a SQLite file on a machine without the volume/,
    ),
  ]);
  expect((await judged(server)).status).toBe("passed");
});
