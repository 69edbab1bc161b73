import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/hsts-unset.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports the default", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly('MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n')),
    ),
  ).toEqual(["warning certain SECURE_HSTS_SECONDS is not set, so browsers go on asking over plain HTTP"]);
});

test("reports a zero", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 0',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:23 SECURE_HSTS_SECONDS is 0, so browsers go on asking over plain HTTP",
  ]);
});

test("reports a variable that is unset", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = int(os.environ.get("HSTS", "0"))',
        ),
      ),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:3:23 SECURE_HSTS_SECONDS is 0, so browsers go on asking over plain HTTP",
  ]);
});

test.each([
  [
    "a value",
    "passed",
    settingsOnly(
      'SECURE_HSTS_SECONDS = 60\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n',
    ),
    {},
  ],
  [
    "a value with DEBUG off",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nDEBUG = False\nif not DEBUG:\n    SECURE_HSTS_SECONDS = 60',
    ),
    {},
  ],
  ["no SecurityMiddleware", "skipped", settingsOnly("MIDDLEWARE = []"), {}],
  [
    "a variable that the code insists on",
    "passed",
    settingsOnly(
      'import os\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = int(os.environ["HSTS"])',
    ),
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
          'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:3:23 SECURE_HSTS_SECONDS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
