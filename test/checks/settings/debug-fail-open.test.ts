import { expect, test } from "vitest";
import check from "../../../src/checks/settings/debug-fail-open.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, onRender, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test.each([
  ['DEBUG = os.environ.get("DEBUG", "True") == "True"', '$DEBUG is "False"'],
  ['DEBUG = os.getenv("APP_ENV", "dev") != "production"', '$APP_ENV is "production"'],
  ['DEBUG = True\nif os.environ.get("ENV") == "production":\n    DEBUG = False', '$ENV is "production"'],
  ['DEBUG = "PROD" not in os.environ', "$PROD is set"],
  [
    'def flag(name, default):\n    return os.getenv(name, default).lower() == "true"\nDEBUG = flag("DEBUG", "true")',
    '$DEBUG is "False"',
  ],
  ['import environ\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", default=True)', '$DEBUG is "False"'],
  ['from decouple import config\nDEBUG = config("DEBUG", default=True, cast=bool)', '$DEBUG is "False"'],
])("%s is on unless %s", async (text, condition) => {
  const result = await runOn(check, settingsOnly(os + text));
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    `DEBUG is on unless ${condition}, which nothing in this repository sees to`,
  ]);
  expect(result.findings[0]?.certainty).toBe("conditional");
});

test("names both variables where one does not do", async () => {
  const text = 'DEBUG = not (os.environ.get("STAGE") == "live" and os.environ.get("SAFE") == "yes")';
  const result = await runOn(check, settingsOnly(os + text));
  expect(result.findings[0]?.message).toContain('$STAGE is "live" and $SAFE is "yes"');
});

test("the fix speaks the project's own idiom", async () => {
  const text = 'import environ\nenv = environ.Env()\nDEBUG = env.bool("DJANGO_DEBUG", default=True)';
  const result = await runOn(check, settingsOnly(text));
  expect(result.findings[0]?.fix).toBe('DEBUG = env.bool("DJANGO_DEBUG", default=False)');
});

test.each([
  ["a safe default", 'DEBUG = os.environ.get("DEBUG", "False") == "True"'],
  ["a variable that must be set", 'DEBUG = os.environ["DEBUG"] == "True"'],
  ["a scheme", 'import environ\nenv = environ.Env(DEBUG=(bool, False))\nDEBUG = env("DEBUG")'],
  ["a literal, which is another check's", "DEBUG = True"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});

test("what the platform sets closes it there", async () => {
  const text = `${os}DEBUG = "DYNO" not in os.environ`;
  const result = await runOn(check, settingsOnly(text, onHeroku));
  expect(result.status).toBe("passed");
  expect(result.evidence.map((each) => each.text)).toContain("DEBUG is off because Heroku sets $DYNO");
  const onRenderInstead = settingsOnly(`${os}DEBUG = "RENDER" not in os.environ`, onRender({}));
  expect((await runOn(check, onRenderInstead)).status).toBe("passed");
  const elsewhere = settingsOnly(`${os}DEBUG = "FLY_APP_NAME" not in os.environ`, onHeroku);
  expect((await runOn(check, elsewhere, { platform: "heroku" })).status).toBe("failed");
});

test("a manifest that sets the variable makes it a warning", async () => {
  const text = `${os}DEBUG = os.environ.get("DEBUG", "1") == "1"`;
  const result = await runOn(check, settingsOnly(text, onRender({ DEBUG: "0" })));
  expect(brief(result)).toEqual([
    "warning conditional shop/settings.py:2:1 DEBUG is off only because render.yaml sets DEBUG: without it, DEBUG is on",
  ]);
});

test("a variable that only another host sets", async () => {
  const text = `${os}DEBUG = os.environ.get("VERCEL_ENV") is None`;
  expect(brief(await runOn(check, settingsOnly(text)))).toEqual([
    "warning conditional shop/settings.py:2:1 DEBUG is on unless $VERCEL_ENV is set, which only Vercel sees to",
  ]);
});
