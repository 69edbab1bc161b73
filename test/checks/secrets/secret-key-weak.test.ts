import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-weak.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a key that is given", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly('import os\nSECRET_KEY = os.environ["SECRET_KEY"]'), {
        env: { SECRET_KEY: "django-insecure-abcdefghijklmnopqrstuvwxyz0123456789abcdefgh" },
      }),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:14 SECRET_KEY is a text of 60 characters, which begins with django-insecure-, and can be guessed",
  ]);
});

test.each([
  ["a literal, which is another check's", "skipped", settingsOnly('SECRET_KEY = "short"'), {}],
  [
    "a fallback, which is another check's",
    "skipped",
    settingsOnly('import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "short")'),
    {},
  ],
  [
    "a variable that pydantic keeps as a secret",
    "passed",
    settingsOnly(
      "from pydantic import SecretStr\nfrom pydantic_settings import BaseSettings\nclass Config(BaseSettings):\n    secret_key: SecretStr\nSECRET_KEY = Config().secret_key.get_secret_value()",
    ),
    {},
  ],
  ["a variable", "passed", settingsOnly('import os\nSECRET_KEY = os.environ["SECRET_KEY"]'), {}],
  [
    "a good key",
    "passed",
    settingsOnly('import os\nSECRET_KEY = os.environ["SECRET_KEY"]'),
    { env: { SECRET_KEY: "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop" } },
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(await runOn(check, settingsOnly("from elsewhere import something\nSECRET_KEY = something()"))),
  ).toEqual([
    "unknown shop/settings.py:2:14 SECRET_KEY cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
