import { expect, test } from "vitest";
import check from "../../../src/checks/settings/setting-removed-in-version.ts";
import { fixes, told } from "../../support/told.ts";

const ask = (lines: string, django = "django==5.2.17") =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": `${django}\n`,
    "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${lines}\n`,
  });

test("storages of old", async () => {
  expect(await ask('DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"')).toEqual([
    "error certain shop/settings.py:2:1 DEFAULT_FILE_STORAGE is set, and Django 5.2 does not read it: uploads go to the local disk",
  ]);
  expect((await ask('STATICFILES_STORAGE = "whitenoise.storage.CompressedStaticFilesStorage"'))[0]).toMatch(
    /^warning certain/,
  );
  expect((await ask('STATICFILES_STORAGE = "storages.backends.s3.S3Storage"'))[0]).toMatch(/^error certain/);
});

test("no middleware", async () => {
  expect((await ask('MIDDLEWARE_CLASSES = ["x.Y"]'))[0]).toContain("no middleware runs at all");
});

test("without a version it depends on the day of the build", async () => {
  expect((await ask('DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"', "django"))[0]).toMatch(
    /^warning conditional .* Django 5\.1 and newer does not read it: .* \(when the newest release of Django is installed: requirements\.txt names no version of Django\)$/,
  );
});

test("what changes little is advice", async () => {
  expect((await ask("SECURE_BROWSER_XSS_FILTER = True"))[0]).toMatch(/^info certain/);
});

test.each([
  ["a version that reads it", 'DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"', "django==4.2.20"],
  [
    "both names",
    'DEFAULT_FILE_STORAGE = "s.S"\nSTORAGES = {"default": {"BACKEND": "s.S"}}',
    "django==5.2.17",
  ],
  [
    "what Django does anyway",
    'USE_L10N = True\nDEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"',
    "django==5.2.17",
  ],
  [
    "a test of the version",
    'import django\nif django.VERSION < (4, 2):\n    DEFAULT_FILE_STORAGE = "s.S"',
    "django==5.2.17",
  ],
])("%s: passed", async (_name, lines, django) => {
  expect(await ask(lines, django)).toEqual(["passed"]);
});

test("an unknown Django", async () => {
  expect(await ask("USE_L10N = False", "django @ https://example.org/django.zip")).toEqual([
    "skipped: nothing tells which Django will be installed",
  ]);
});

test("the fix names both storages, because STORAGES replaces both", async () => {
  const files = {
    "manage.py": "import django\n",
    "requirements.txt": "django==5.2.17\n",
    "shop/settings.py":
      'ROOT_URLCONF = "shop.urls"\nDEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"\n',
  };
  expect(await fixes(check, files)).toEqual([
    'STORAGES = {\n    "default": {"BACKEND": "storages.backends.s3.S3Storage"},\n    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}',
  ]);
});
