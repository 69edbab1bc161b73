import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/session-cookie-secure.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W012", async () => {
  const result = await runOn(
    check,
    project(
      'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\n',
    ),
  );
  expect(result.severity).toBe("warning");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SESSION_COOKIE_SECURE is not True, so the session cookie is sent over plain HTTP as well",
  ]);
});

test.each([
  [
    "the good example",
    'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_SECURE = True\n',
  ],
  ["no sessions", ""],
  [
    "a required variable",
    'import os\nINSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_SECURE = os.environ["SECURE"] == "1"\n',
  ],
  [
    "what is on with DEBUG off",
    'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nDEBUG = False\nSESSION_COOKIE_SECURE = not DEBUG\n',
  ],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nINSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_SECURE = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
