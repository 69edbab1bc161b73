import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/hsts-subdomains-off.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W005", async () => {
  const result = await runOn(
    check,
    project('MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 3600\n'),
  );
  expect(result.severity).toBe("info");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_HSTS_INCLUDE_SUBDOMAINS is off, so browsers still ask subdomains over plain HTTP",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 3600\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\n',
  ],
  ["HSTS off", 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 3600\nSECURE_HSTS_INCLUDE_SUBDOMAINS = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
