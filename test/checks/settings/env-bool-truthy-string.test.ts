import { expect, test } from "vitest";
import check from "../../../src/checks/settings/env-bool-truthy-string.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test.each([
  ['DEBUG = os.environ.get("DEBUG", False)'],
  ['DEBUG = os.environ.get("DEBUG")'],
  ['DEBUG = os.environ["DEBUG"]'],
  ['DEBUG = os.environ.get("DEBUG", "True")'],
  ['DEBUG = bool(os.environ.get("DEBUG", default=0))'],
  ['DEBUG = bool(os.getenv("DEBUG", True))'],
  ['DEBUG = "DEBUG" in os.environ'],
  ['DEBUG = False\nif os.environ.get("DEBUG"):\n    DEBUG = True'],
  ['from decouple import config\nDEBUG = config("DEBUG")'],
  ['from decouple import config\nDEBUG = config("DEBUG", default=False)'],
  ['import environ\nenv = environ.Env()\nDEBUG = env("DEBUG")'],
])("%s is on when the text is False", async (text) => {
  const result = await runOn(check, settingsOnly(os + text));
  expect(result.findings.map(({ message }) => message)).toEqual([
    'DEBUG is on when $DEBUG is "False", because that text is true',
  ]);
  expect(result.severity).toBe("error");
});

test("other switches are a warning", async () => {
  const result = await runOn(check, settingsOnly(`${os}SECURE_SSL_REDIRECT = os.environ.get("SSL", "")`));
  expect(brief(result)).toEqual([
    'warning conditional shop/settings.py:2:23 SECURE_SSL_REDIRECT is on when $SSL is "False", because that text is true',
  ]);
});

test.each([
  ["a comparison", 'DEBUG = os.environ.get("DEBUG") == "True"'],
  ["another comparison", 'DEBUG = os.environ.get("ENV") != "production"'],
  ["words that mean yes", 'DEBUG = os.environ.get("DEBUG", "").lower() in ("1", "true", "yes")'],
  ["a number", 'DEBUG = int(os.environ.get("DEBUG", 0))'],
  ["django-environ's smart cast", 'import environ\nenv = environ.Env()\nDEBUG = env("DEBUG", default=False)'],
  ["django-environ's scheme", 'import environ\nenv = environ.Env(DEBUG=(bool, False))\nDEBUG = env("DEBUG")'],
  ["a cast", 'from decouple import config\nDEBUG = config("DEBUG", default=False, cast=bool)'],
  [
    "a function of the project",
    'def flag(name):\n    return os.environ.get(name, "").lower() in ("1", "true")\nDEBUG = flag("DEBUG")',
  ],
  ["strtobool", 'from distutils.util import strtobool\nDEBUG = strtobool(os.environ.get("DEBUG", "no"))'],
  ["a switch that turns off", 'DEBUG = not os.environ.get("PRODUCTION")'],
  ["no environment at all", "DEBUG = False"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});

test("a platform's own variable is no switch", async () => {
  const text = `${os}SECURE_SSL_REDIRECT = "DYNO" in os.environ\nSESSION_COOKIE_SECURE = bool(os.environ.get("DYNO"))`;
  expect(brief(await runOn(check, settingsOnly(text, onHeroku)))).toEqual([]);
});
