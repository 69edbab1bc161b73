import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-random.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a key that is made", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          "from django.core.management.utils import get_random_secret_key\nSECRET_KEY = get_random_secret_key()",
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:14 SECRET_KEY is made anew by each process and at each start",
  ]);
});

test("reports a fallback that is made", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os, secrets\nSECRET_KEY = os.environ.get("SECRET_KEY", secrets.token_urlsafe(50))',
        ),
      ),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:2:43 SECRET_KEY is made anew by each process and at each start",
  ]);
});

test.each([
  [
    "a generated variable",
    "passed",
    {
      "shop/settings.py":
        'import os, secrets\nSECRET_KEY = os.environ.get("SECRET_KEY", secrets.token_urlsafe(50))\nROOT_URLCONF = "shop.urls"\n',
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        generateValue: true\n",
    },
    {},
  ],
  [
    "development",
    "passed",
    settingsOnly(
      'import secrets\nDEBUG = False\nSECRET_KEY = "x"\nif DEBUG:\n    SECRET_KEY = secrets.token_hex()',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a test that cannot be known", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import secrets\nfrom elsewhere import something\nSECRET_KEY = "x"\nif something():\n    SECRET_KEY = secrets.token_hex()',
        ),
      ),
    ),
  ).toEqual(["unknown shop/settings.py:5:18 SECRET_KEY is made anew at each start if `something()` is true"]);
});
