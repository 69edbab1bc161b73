import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/hsts-preload-premature.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports preload that is off, as advice", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 60',
        ),
      ),
    ),
  ).toEqual([
    "info certain SECURE_HSTS_PRELOAD is off, which Django reports and which is right until every subdomain serves HTTPS",
  ]);
});

test("reports preload that has no effect", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 60\nSECURE_HSTS_PRELOAD = True',
        ),
      ),
    ),
  ).toEqual([
    "info certain shop/settings.py:3:23 SECURE_HSTS_PRELOAD is on without SECURE_HSTS_SECONDS of a year and SECURE_HSTS_INCLUDE_SUBDOMAINS, so no browser takes the domain up",
  ]);
});

test.each([
  [
    "all three",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 31536000\nSECURE_HSTS_PRELOAD = True\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True',
    ),
    {},
  ],
  [
    "no HSTS",
    "skipped",
    settingsOnly('MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n'),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 60\nSECURE_HSTS_PRELOAD = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:4:23 SECURE_HSTS_PRELOAD cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
