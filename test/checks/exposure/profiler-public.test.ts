import { expect, test } from "vitest";
import check from "../../../src/checks/exposure/profiler-public.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports silk", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('INSTALLED_APPS = ["silk"]\nMIDDLEWARE = ["silk.middleware.SilkyMiddleware"]'),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:18 silk is installed and SILKY_AUTHENTICATION and SILKY_AUTHORISATION are off, so everybody may read recorded requests",
  ]);
});

test("reports one of two settings", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["silk"]\nMIDDLEWARE = ["silk.middleware.SilkyMiddleware"]\nSILKY_AUTHENTICATION = True',
        ),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:18 silk is installed and SILKY_AUTHORISATION is off, so everybody may read recorded requests",
  ]);
});

test("reports the app alone as a warning", async () => {
  expect(brief(await runOn(check, settingsOnly('INSTALLED_APPS = ["silk"]')))).toEqual([
    "warning certain shop/settings.py:1:18 silk is installed and SILKY_AUTHENTICATION and SILKY_AUTHORISATION are off, so everybody may read recorded requests",
  ]);
});

test.each([
  [
    "both settings",
    "passed",
    settingsOnly('INSTALLED_APPS = ["silk"]\nSILKY_AUTHENTICATION = True\nSILKY_AUTHORISATION = True'),
    {},
  ],
  ["no silk", "skipped", settingsOnly("INSTALLED_APPS = []"), {}],
  [
    "a variable",
    "passed",
    settingsOnly(
      'import os\nINSTALLED_APPS = ["silk"]\nSILKY_AUTHENTICATION = os.environ["A"] == "1"\nSILKY_AUTHORISATION = True',
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
          'from elsewhere import something\nINSTALLED_APPS = ["silk"]\nSILKY_AUTHENTICATION = something()',
        ),
      ),
    ),
  ).toEqual(["unknown shop/settings.py:3:24 SILKY_AUTHENTICATION cannot be read statically"]);
});
