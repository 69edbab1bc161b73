import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/referrer-policy-unset.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W022", async () => {
  const result = await runOn(
    check,
    project(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = None\n',
    ),
  );
  expect(result.severity).toBe("warning");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_REFERRER_POLICY is None, so SecurityMiddleware sends no Referrer-Policy",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "same-origin"\n',
  ],
  ["the default", 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
