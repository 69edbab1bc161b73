import { expect, test } from "vitest";
import check from "../../../src/checks/settings/env-type-mismatch.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a number that may be set", async () => {
  expect(
    brief(await runOn(check, settingsOnly('import os\nSESSION_COOKIE_AGE = os.environ.get("AGE", 3600)'))),
  ).toEqual([
    "warning conditional shop/settings.py:2:44 SESSION_COOKIE_AGE is text where $AGE is set, and every login ends in TypeError",
  ]);
});

test("reports a number that has to be set", async () => {
  expect(brief(await runOn(check, settingsOnly('import os\nEMAIL_TIMEOUT = os.environ["TIMEOUT"]')))).toEqual(
    [
      "error certain shop/settings.py:2:17 EMAIL_TIMEOUT is text where $TIMEOUT is set, and every mail ends in TypeError",
    ],
  );
});

test("reports the database", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": os.getenv("CONN_MAX_AGE", 60)}}',
        ),
      ),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:2:111 CONN_MAX_AGE in DATABASES is text where $CONN_MAX_AGE is set, and the first connection to the database ends in TypeError",
  ]);
});

test("reports a list", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly('import os\nCSRF_TRUSTED_ORIGINS = os.environ.get("ORIGINS", [])')),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:2:50 CSRF_TRUSTED_ORIGINS is text where $ORIGINS is set, and manage.py stops with 4_0.E001 for each of its letters",
  ]);
});

test.each([
  [
    "casts",
    "passed",
    settingsOnly(
      'import os\nSESSION_COOKIE_AGE = int(os.environ.get("AGE", 3600))\nCSRF_TRUSTED_ORIGINS = os.environ.get("ORIGINS", "").split()\nDATABASES = {"default": {"CONN_MAX_AGE": int(os.getenv("X", "60"))}}',
    ),
    {},
  ],
  [
    "what works as text",
    "skipped",
    settingsOnly('import os\nEMAIL_PORT = os.environ["PORT"]\nSECURE_HSTS_SECONDS = os.environ["HSTS"]'),
    {},
  ],
  ["no variable", "skipped", settingsOnly("SESSION_COOKIE_AGE = 5"), {}],
  [
    "a function of the project's",
    "passed",
    settingsOnly(
      'import os\ndef number(name):\n    return int(os.environ.get(name, "5"))\nSESSION_COOKIE_AGE = number("AGE")',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
