import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-fallback-weak.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a key in the code", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('SECRET_KEY_FALLBACKS = ["abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop"]'),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:1:25 SECRET_KEY_FALLBACKS holds a key in the code: a text of 52 characters",
  ]);
});

test("reports a weak key that is given", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly('import os\nSECRET_KEY_FALLBACKS = [os.environ["OLD"]]'), {
        env: { OLD: "x" },
      }),
    ),
  ).toEqual(["warning certain shop/settings.py:2:24 SECRET_KEY_FALLBACKS holds a key that can be guessed"]);
});

test.each([
  [
    "keys in the environment",
    "passed",
    settingsOnly(
      'import os\nSECRET_KEY_FALLBACKS = [key for key in os.environ.get("OLD", "").split(",") if key]',
    ),
    {},
  ],
  ["no old keys", "skipped", settingsOnly(""), {}],
  [
    "Django 4.0",
    "skipped",
    {
      "shop/settings.py": 'SECRET_KEY_FALLBACKS = ["x"]\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==4.0\n",
    },
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
        settingsOnly("from elsewhere import something\nSECRET_KEY_FALLBACKS = [something()]"),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:24 an entry of SECRET_KEY_FALLBACKS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
