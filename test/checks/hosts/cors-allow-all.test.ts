import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/cors-allow-all.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports every site", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOW_ALL_ORIGINS = True',
        ),
      ),
    ),
  ).toEqual(["warning certain shop/settings.py:3:26 CORS_ALLOW_ALL_ORIGINS lets every website read the API"]);
});

test("reports every site with credentials", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ORIGIN_ALLOW_ALL = True\nCORS_ALLOW_CREDENTIALS = True',
        ),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:3:25 CORS_ORIGIN_ALLOW_ALL lets every website read the API, in the name of whoever visits it",
  ]);
});

test("reports a pattern", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOWED_ORIGIN_REGEXES = [r"^https://.*$", r"^https://\\w+\\.a\\.example$"]',
        ),
      ),
    ),
  ).toEqual([
    'warning certain shop/settings.py:3:32 CORS_ALLOWED_ORIGIN_REGEXES has "^https://.*$", which lets every website read the API',
  ]);
});

test("reports a variable that is unset", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os\nINSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOW_ALL_ORIGINS = os.environ.get("CORS_ALL", "True") == "True"',
        ),
      ),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:4:26 CORS_ALLOW_ALL_ORIGINS lets every website read the API",
  ]);
});

test.each([
  [
    "named sites",
    "passed",
    settingsOnly(
      'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOWED_ORIGINS = ["https://a.example"]',
    ),
    {},
  ],
  [
    "DEBUG",
    "passed",
    settingsOnly(
      'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nDEBUG = False\nCORS_ALLOW_ALL_ORIGINS = DEBUG',
    ),
    {},
  ],
  ["no CorsMiddleware", "skipped", settingsOnly("CORS_ALLOW_ALL_ORIGINS = True"), {}],
  [
    "a required variable",
    "passed",
    settingsOnly(
      'import os\nINSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOW_ALL_ORIGINS = os.environ["X"] == "1"',
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
          'from elsewhere import something\nINSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nCORS_ALLOW_ALL_ORIGINS = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:4:26 CORS_ALLOW_ALL_ORIGINS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
