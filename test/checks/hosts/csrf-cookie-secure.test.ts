import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-cookie-secure.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W016", async () => {
  const result = await runOn(check, project('MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\n'));
  expect(result.severity).toBe("warning");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "CSRF_COOKIE_SECURE is not True, so the CSRF cookie is sent over plain HTTP as well",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_COOKIE_SECURE = True\n',
  ],
  [
    "the token in the session",
    'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_USE_SESSIONS = True\n',
  ],
  ["no CsrfViewMiddleware", "MIDDLEWARE = []\n"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_COOKIE_SECURE = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
