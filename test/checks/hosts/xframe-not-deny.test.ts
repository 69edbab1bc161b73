import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/xframe-not-deny.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as security.W019", async () => {
  const result = await runOn(
    check,
    project(
      'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nX_FRAME_OPTIONS = "SAMEORIGIN"\n',
    ),
  );
  expect(result.severity).toBe("info");
  expect(result.findings.map(({ message }) => message)).toEqual([
    'X_FRAME_OPTIONS is not "DENY", so some pages may put this site into a frame',
  ]);
});

test.each([
  [
    "the good example",
    'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nX_FRAME_OPTIONS = "DENY"\n',
  ],
  ["the default", 'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nMIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nX_FRAME_OPTIONS = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
