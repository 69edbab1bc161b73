import { expect, test } from "vitest";
import check from "../../../src/checks/settings/security-checks-silenced.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports what would speak up", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSILENCED_SYSTEM_CHECKS = ["security.W004", "security.W019"]',
        ),
      ),
    ),
  ).toEqual([
    "info certain shop/settings.py:2:26 SILENCED_SYSTEM_CHECKS hides security.W004, which Django would report",
  ]);
});

test.each([
  [
    "what would not",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSILENCED_SYSTEM_CHECKS = ["security.W001"]',
    ),
    {},
  ],
  [
    "decisions",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 60\nSILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]',
    ),
    {},
  ],
  ["other checks", "skipped", settingsOnly('SILENCED_SYSTEM_CHECKS = ["models.W042"]'), {}],
  ["nothing", "skipped", settingsOnly(""), {}],
  [
    "a redirect of the platform's",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSILENCED_SYSTEM_CHECKS = ["security.W008"]\nROOT_URLCONF = "shop.urls"\n',
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        value: x\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
