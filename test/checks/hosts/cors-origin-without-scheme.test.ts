import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/cors-origin-without-scheme.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a host", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = ["a.example", "localhost:3000"]',
        ),
      ),
    ),
  ).toEqual([
    'error certain shop/settings.py:2:25 the entry "a.example" of CORS_ALLOWED_ORIGINS has no scheme or no host, on which manage.py stops with corsheaders.E013',
    'error certain shop/settings.py:2:38 the entry "localhost:3000" of CORS_ALLOWED_ORIGINS has no scheme or no host, on which manage.py stops with corsheaders.E013',
  ]);
});

test("reports a slash at the end", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('INSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = ["https://a.example/"]'),
      ),
    ),
  ).toEqual([
    'error certain shop/settings.py:2:25 the entry "https://a.example/" of CORS_ALLOWED_ORIGINS has more than scheme and host, on which manage.py stops with corsheaders.E014',
  ]);
});

test("reports the old name", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('INSTALLED_APPS = ["corsheaders"]\nCORS_ORIGIN_WHITELIST = ("a.example",)'),
      ),
    ),
  ).toEqual([
    'error certain shop/settings.py:2:26 the entry "a.example" of CORS_ORIGIN_WHITELIST has no scheme or no host, on which manage.py stops with corsheaders.E013',
  ]);
});

test("reports an empty variable as a warning", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os\nINSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = os.environ.get("ORIGINS", "").split(",")',
        ),
      ),
    ),
  ).toEqual([
    'warning conditional shop/settings.py:3:24 the entry "" of CORS_ALLOWED_ORIGINS has no scheme or no host, on which manage.py stops with corsheaders.E013',
  ]);
});

test.each([
  [
    "origins",
    "passed",
    settingsOnly(
      'INSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = ["https://a.example:8443", "null", "file://", "capacitor://localhost"]',
    ),
    {},
  ],
  ["no corsheaders", "skipped", settingsOnly('CORS_ALLOWED_ORIGINS = ["a.example"]'), {}],
  [
    "a required variable",
    "passed",
    settingsOnly(
      'import os\nINSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = os.environ["O"].split(",")',
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
          'from elsewhere import something\nINSTALLED_APPS = ["corsheaders"]\nCORS_ALLOWED_ORIGINS = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:3:24 the entries of CORS_ALLOWED_ORIGINS are not known: it comes from elsewhere, which is not modelled",
  ]);
});
