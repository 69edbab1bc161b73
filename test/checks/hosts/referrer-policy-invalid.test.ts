import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/referrer-policy-invalid.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.E023", async () => {
  const result = await runOn(
    check,
    project(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "strict"\n',
    ),
  );
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_REFERRER_POLICY names a policy that browsers do not know",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "strict-origin, same-origin"\n',
  ],
  [
    "a list",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = ["no-referrer", "same-origin"]\n',
  ],
  [
    "None, which is another check's",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = None\n',
  ],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
