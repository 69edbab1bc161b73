import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-none.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a variable that is unset", async () => {
  expect(
    brief(await runOn(check, settingsOnly('import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "")'))),
  ).toEqual([
    'warning conditional shop/settings.py:2:43 SECRET_KEY is "", and with an empty one every request ends in an error',
  ]);
});

test("reports no key at all", async () => {
  expect(brief(await runOn(check, settingsOnly("")))).toEqual([
    "warning certain SECRET_KEY is not set, and with an empty one every request ends in an error",
  ]);
});

test("reports an empty one", async () => {
  expect(brief(await runOn(check, settingsOnly('SECRET_KEY = ""')))).toEqual([
    'warning certain shop/settings.py:1:14 SECRET_KEY is "", and with an empty one every request ends in an error',
  ]);
});

test.each([
  ["a required variable", "passed", settingsOnly('import os\nSECRET_KEY = os.environ["SECRET_KEY"]'), {}],
  [
    "a guard",
    "passed",
    settingsOnly(
      'import os\nSECRET_KEY = os.environ.get("SECRET_KEY")\nif not SECRET_KEY:\n    raise RuntimeError("set it")',
    ),
    {},
  ],
  ["a literal", "passed", settingsOnly('SECRET_KEY = "x"'), {}],
  [
    "a generated one",
    "passed",
    {
      "shop/settings.py":
        'import os\nSECRET_KEY = os.environ.get("SECRET_KEY")\nROOT_URLCONF = "shop.urls"\n',
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        generateValue: true\n",
    },
    {},
  ],
  [
    "a value from elsewhere",
    "passed",
    settingsOnly("from elsewhere import something\nSECRET_KEY = something()"),
    {},
  ],
  ["a star import", "passed", settingsOnly("from elsewhere import *\n"), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
