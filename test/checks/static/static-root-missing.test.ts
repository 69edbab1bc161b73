import { expect, test } from "vitest";
import check from "../../../src/checks/static/static-root-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const installed = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\n';
const managePy = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
};

test("fails the build where the platform runs collectstatic", async () => {
  const result = await runOn(check, settingsOnly(installed, { ...onHeroku, ...managePy }));
  expect(result.severity).toBe("error");
  expect(result.findings[0]?.message).toBe(
    "STATIC_ROOT is not set, so collectstatic has nowhere to write and the Heroku build fails",
  );
});

test("is a warning where nobody knows who runs it", async () => {
  const result = await runOn(
    check,
    settingsOnly(installed, { Procfile: "web: gunicorn shop.wsgi\n", ...managePy }),
  );
  expect(result.severity).toBe("warning");
});

test.each([
  ["a folder", `${installed}STATIC_ROOT = "/app/staticfiles"`],
  ["a path", `from pathlib import Path\n${installed}STATIC_ROOT = Path(__file__).parent / "static"`],
  ["S3", `${installed}STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}`],
  [
    "S3 as before Django 4.2",
    `${installed}STATICFILES_STORAGE = "storages.backends.s3boto3.S3StaticStorage"`,
  ],
  ["a folder set elsewhere", "from .base import *"],
])("accepts %s", async (_, text) => {
  const files = settingsOnly(text, {
    ...onHeroku,
    ...managePy,
    "shop/base.py": `${installed}STATIC_ROOT = "x"\n`,
  });
  expect(brief(await runOn(check, files))).toEqual([]);
});

test("a deployment that does without collectstatic", async () => {
  const app = '{ "name": "shop", "env": { "DISABLE_COLLECTSTATIC": "1" } }';
  expect(
    (await runOn(check, settingsOnly(installed, { ...onHeroku, ...managePy, "app.json": app }))).status,
  ).toBe("passed");
});

test.each([
  [
    "heroku",
    [
      "error certain shop/settings.py:1:18 django.contrib.staticfiles is not installed, and the collectstatic that Heroku runs at every build is no command then",
    ],
  ],
  ["heroku-fir", []],
  ["render", []],
])("without staticfiles, on %s", async (platform, expected) => {
  const files = settingsOnly("INSTALLED_APPS = []", { ...onHeroku, ...managePy });
  expect(brief(await runOn(check, files, { platform }))).toEqual(expected);
});

test.each([
  ["heroku", "a/b/manage.py", "error"],
  ["heroku", "a/b/c/manage.py", "warning"],
  ["heroku-fir", "a/manage.py", "warning"],
])("on %s with %s", async (platform, path, severity) => {
  const folder = path.replace("/manage.py", "");
  const files = {
    [path]: managePy["manage.py"],
    [`${folder}/shop/settings.py`]: `${installed}ROOT_URLCONF = "shop.urls"\n`,
    [`${folder}/shop/urls.py`]: "",
    Procfile: "web: gunicorn shop.wsgi\n",
    "requirements.txt": "django\n",
  };
  expect((await runOn(check, files, { platform })).severity).toBe(severity);
});

test("a variable that switches it off for one platform means nothing to another", async () => {
  const app = '{ "env": { "DISABLE_COLLECTSTATIC": "1" } }';
  const files = settingsOnly(installed, { ...onHeroku, ...managePy, "app.json": app });
  expect((await runOn(check, files, { platform: "heroku" })).status).toBe("passed");
});
