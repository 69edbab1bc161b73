import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/session-cookie-httponly.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W015", async () => {
  const result = await runOn(
    check,
    project(
      'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_HTTPONLY = False\n',
    ),
  );
  expect(result.severity).toBe("warning");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SESSION_COOKIE_HTTPONLY is not True, so a script in a page can read the session cookie",
  ]);
});

test.each([
  [
    "the good example",
    'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_HTTPONLY = True\n',
  ],
  [
    "the default",
    'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\n',
  ],
  ["no sessions", "SESSION_COOKIE_HTTPONLY = False\n"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nINSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_HTTPONLY = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
