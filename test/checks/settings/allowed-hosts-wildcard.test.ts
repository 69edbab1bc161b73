import { expect, test } from "vitest";
import check from "../../../src/checks/settings/allowed-hosts-wildcard.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, onRender, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test("a literal is certain", async () => {
  expect(brief(await runOn(check, settingsOnly('ALLOWED_HOSTS = ["shop.example.com", "*"]')))).toEqual([
    'error certain shop/settings.py:1:38 ALLOWED_HOSTS accepts every host ("*"), so a forged Host header reaches password-reset links',
  ]);
});

test.each([
  ['os.getenv("HOSTS", "*").split(",")'],
  ['os.environ.get("HOSTS", "*").split()'],
  ['[os.environ.get("HOST", "*")]'],
])("%s falls back to everything", async (expression) => {
  const result = await runOn(check, settingsOnly(`${os}ALLOWED_HOSTS = ${expression}`));
  expect(result.severity).toBe("error");
  expect(result.findings[0]?.certainty).toBe("conditional");
});

test("Heroku's router makes it advice", async () => {
  const result = await runOn(check, settingsOnly('ALLOWED_HOSTS = ["*"]', onHeroku));
  expect(result.severity).toBe("info");
  expect(result.findings[0]?.message).toContain("Heroku's router");
});

test("a default hidden by a manifest is a warning", async () => {
  const text = `${os}ALLOWED_HOSTS = os.getenv("HOSTS", "*").split(",")`;
  const result = await runOn(check, settingsOnly(text, onRender({ HOSTS: "shop.example.com" })));
  expect(result.severity).toBe("warning");
  expect(result.findings[0]?.message).toBe(
    "ALLOWED_HOSTS accepts every host where render.yaml does not set HOSTS",
  );
});

test.each([
  ["named hosts", 'ALLOWED_HOSTS = ["shop.example.com", ".example.org"]'],
  [
    "a wildcard for development",
    'DEBUG = os.environ.get("DEBUG") == "1"\nALLOWED_HOSTS = ["*"] if DEBUG else ["shop.example.com"]',
  ],
  ["a required variable", 'ALLOWED_HOSTS = os.environ["HOSTS"].split(",")'],
  ["nothing, which is another check's", "ALLOWED_HOSTS = []"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});
