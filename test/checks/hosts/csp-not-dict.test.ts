import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csp-not-dict.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text, { "requirements.txt": "django==6.0\n" });

test("reports what Django reports as security.E026", async () => {
  const result = await runOn(check, project("SECURE_CSP = \"default-src 'self'\"\n"));
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECURE_CSP or SECURE_CSP_REPORT_ONLY is no dictionary, which Django refuses with security.E026",
  ]);
});

test.each([
  ["the good example", 'SECURE_CSP = {"default-src": ["\'self\'"]}\n'],
  ["the default", ""],
  ["None", "SECURE_CSP = None\n"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text = "from elsewhere import something\nSECURE_CSP = something()\n";
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
