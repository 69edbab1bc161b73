import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-literal.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test("says what kind of key it is, and nothing of the key", async () => {
  const result = await runOn(check, settingsOnly('SECRET_KEY = "django-insecure-zebra-0123"'));
  expect(brief(result)).toEqual([
    "error certain shop/settings.py:1:14 SECRET_KEY is written in the code: a text of 26 characters, which begins with django-insecure-",
  ]);
  expect(JSON.stringify(result.findings)).not.toContain("zebra");
});

test.each([
  ["a concatenation", 'SECRET_KEY = "abc" + "def"'],
  [
    "a literal on the production branch",
    'DEBUG = os.environ.get("DEBUG") == "1"\nif not DEBUG:\n    SECRET_KEY = "abc"\nelse:\n    SECRET_KEY = "dev"',
  ],
  [
    "a key read from a file of the repository",
    'SECRET_KEY = open(os.path.join(os.path.dirname(__file__), "key.txt")).read().strip()',
  ],
])("reports %s", async (_, text) => {
  const result = await runOn(check, settingsOnly(os + text, { "shop/key.txt": "abcdef\n" }));
  expect(result.status).toBe("failed");
});

test.each([
  ["a required variable", 'SECRET_KEY = os.environ["SECRET_KEY"]'],
  ["a fallback, which is another check's", 'SECRET_KEY = os.environ.get("SECRET_KEY", "dev")'],
  [
    "an override",
    'SECRET_KEY = "dev"\nif "SECRET_KEY" in os.environ:\n    SECRET_KEY = os.environ["SECRET_KEY"]',
  ],
  [
    "a literal for development only",
    'DEBUG = os.environ.get("DEBUG") == "1"\nSECRET_KEY = "dev" if DEBUG else os.environ["SECRET_KEY"]',
  ],
  [
    "a generated key",
    "from django.core.management.utils import get_random_secret_key\nSECRET_KEY = get_random_secret_key()",
  ],
  ["a mounted secret", 'SECRET_KEY = open("/run/secrets/key").read().strip()'],
  ["a secret manager", 'import hvac\nSECRET_KEY = hvac.Client().read("secret/django")["key"]'],
  ["no key at all", "X = 1"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});
