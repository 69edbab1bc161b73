import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import check from "../../../src/checks/static/storages-default-missing.ts";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const staticOnly =
  'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}\n';
const defaultOnly = 'STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}\n';
const scan = {
  "scans/__init__.py": "",
  "scans/models.py":
    "from django.db import models\nclass Scan(models.Model):\n    file = models.FileField()\n",
};

test("reports a file field without a default storage", async () => {
  expect(brief(await runOn(check, settingsOnly(`INSTALLED_APPS = ["scans"]\n${staticOnly}`, scan)))).toEqual([
    "error certain shop/settings.py:2:12 STORAGES has no default storage, so Scan.file raises InvalidStorageError when it stores a file",
  ]);
});

test("reports code that stores files", async () => {
  const code =
    'from django.core.files.storage import default_storage\n\n\ndef keep(file):\n    default_storage.save("x", file)\n';
  expect(brief(await runOn(check, settingsOnly(staticOnly, { "shop/keep.py": code })))).toEqual([
    "error certain shop/settings.py:1:12 STORAGES has no default storage, so shop/keep.py raises InvalidStorageError when it stores a file",
  ]);
});

test("a project that stores no files, such as Heroku's example, is told as advice", async () => {
  expect(brief(await runOn(check, settingsOnly(staticOnly)))).toEqual([
    "info certain shop/settings.py:1:12 STORAGES has no default storage, and whatever stores a file one day raises InvalidStorageError",
  ]);
});

test("reports the admin without a storage for static files", async () => {
  const apps = (more: string) => `INSTALLED_APPS = ["django.contrib.staticfiles"${more}]\n${defaultOnly}`;
  expect(brief(await runOn(check, settingsOnly(apps(', "django.contrib.admin"'))))).toEqual([
    "error certain shop/settings.py:2:12 STORAGES has no staticfiles storage, so the admin raises InvalidStorageError",
  ]);
  expect(brief(await runOn(check, settingsOnly(apps(""))))).toEqual([
    "info certain shop/settings.py:2:12 STORAGES has no staticfiles storage, so collectstatic raises InvalidStorageError",
  ]);
});

test.skipIf(!hasPython("django"))("so does Django (needs Python with Django)", () => {
  const script = [
    "import django",
    "django.setup()",
    "from django.core.files.base import ContentFile",
    "from scans.models import Scan",
    'Scan().file.save("x", ContentFile(b""), save=False)',
  ].join("\n");
  const files = settingsOnly(`INSTALLED_APPS = ["scans"]\n${staticOnly}`, scan);
  const run = () =>
    execFileSync(python, ["-c", script], {
      cwd: onDisk(files),
      env: { PATH: "/usr/bin:/bin", DJANGO_SETTINGS_MODULE: "shop.settings", PYTHONPATH: "." },
      stdio: "pipe",
    });
  expect(run).toThrow("Could not find config for 'default' in settings.STORAGES.");
});

test.each([
  [
    "both",
    `${defaultOnly}STORAGES["staticfiles"] = {"BACKEND": "x.y"}\nINSTALLED_APPS = ["django.contrib.staticfiles"]`,
    "passed",
  ],
  ["Django's own", "INSTALLED_APPS = []", "skipped"],
  [
    "Django's own with a change",
    'from django.conf import global_settings\nSTORAGES = {**global_settings.STORAGES, "staticfiles": {"BACKEND": "x.y"}}',
    "passed",
  ],
  ["one that is not known", "import os\nSTORAGES = {**os.listdir()}", "skipped"],
  ["no static files", defaultOnly, "passed"],
])("is silent about %s", async (_, settings, status) => {
  const result = await runOn(check, settingsOnly(settings));
  expect([...brief(result), result.status]).toEqual([status]);
});
