import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/coop-invalid.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.E024", async () => {
  const result = await runOn(
    check,
    project(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = "same_origin"\n',
    ),
  );
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_CROSS_ORIGIN_OPENER_POLICY is a value that browsers do not know",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"\n',
  ],
  [
    "None",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = None\n',
  ],
  ["the default", 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
