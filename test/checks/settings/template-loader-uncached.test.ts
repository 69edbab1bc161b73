import { expect, test } from "vitest";
import check from "../../../src/checks/settings/template-loader-uncached.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports plain loaders", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]}}]',
        ),
      ),
    ),
  ).toEqual([
    "info certain shop/settings.py:1:100 TEMPLATES names loaders without the cached one, so each page compiles its templates again",
  ]);
});

test.each([
  [
    "the cached loader",
    "passed",
    settingsOnly(
      'TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])]}}]',
    ),
    {},
  ],
  [
    "no loaders",
    "passed",
    settingsOnly(
      'TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}]',
    ),
    {},
  ],
  [
    "another engine",
    "skipped",
    settingsOnly(
      'TEMPLATES = [{"BACKEND": "django.template.backends.jinja2.Jinja2", "OPTIONS": {"loaders": ["x"]}}]',
    ),
    {},
  ],
  [
    "a loader of somebody's",
    "passed",
    settingsOnly(
      'TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": ["shop.Loader"]}}]',
    ),
    {},
  ],
  [
    "development",
    "passed",
    settingsOnly(
      'DEBUG = False\nTEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}}]\nif DEBUG:\n    TEMPLATES[0]["OPTIONS"]["loaders"] = ["django.template.loaders.filesystem.Loader"]',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
