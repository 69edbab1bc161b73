import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/nosniff-off.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W006", async () => {
  const result = await runOn(
    check,
    project(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CONTENT_TYPE_NOSNIFF = False\n',
    ),
  );
  expect(result.severity).toBe("warning");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_CONTENT_TYPE_NOSNIFF is not True, so browsers may take an upload for a script",
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CONTENT_TYPE_NOSNIFF = True\n',
  ],
  ["the default", 'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CONTENT_TYPE_NOSNIFF = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
