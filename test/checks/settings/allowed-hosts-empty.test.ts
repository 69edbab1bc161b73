import { expect, test } from "vitest";
import check from "../../../src/checks/settings/allowed-hosts-empty.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onRender, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test.each([
  ["an empty list", "ALLOWED_HOSTS = []", "ALLOWED_HOSTS is empty, so Django answers 400 to every request"],
  ["an empty tuple", "ALLOWED_HOSTS = ()", "ALLOWED_HOSTS is empty, so Django answers 400 to every request"],
  ["nothing", "X = 1", "ALLOWED_HOSTS is not set, so Django answers 400 to every request"],
  [
    "hosts for development only",
    'DEBUG = False\nALLOWED_HOSTS = ["*"] if DEBUG else []',
    "ALLOWED_HOSTS is empty, so Django answers 400 to every request",
  ],
])("%s is an error", async (_, text, message) => {
  const result = await runOn(check, settingsOnly(os + text));
  expect(result.findings.map((finding) => finding.message)).toEqual([message]);
  expect(result.severity).toBe("error");
});

test.each([
  ['[h for h in os.environ.get("HOSTS", "").split(",") if h]'],
  ['list(filter(None, os.environ.get("HOSTS", "").split(",")))'],
])("%s is a warning: the variable is the operator's", async (expression) => {
  const result = await runOn(check, settingsOnly(`${os}ALLOWED_HOSTS = ${expression}`));
  expect(result.severity).toBe("warning");
  expect(result.findings[0]?.when).toEqual(["$HOSTS is unset"]);
});

const renderIdiom = `${os}ALLOWED_HOSTS = []
HOST = os.environ.get("RENDER_EXTERNAL_HOSTNAME")
if HOST:
    ALLOWED_HOSTS.append(HOST)`;

test("the platform's own variable fills the list there", async () => {
  expect((await runOn(check, settingsOnly(renderIdiom, onRender({})))).status).toBe("passed");
  expect((await runOn(check, settingsOnly(renderIdiom))).status).toBe("passed");
  expect((await runOn(check, settingsOnly(renderIdiom), { platform: "procfile-host" })).severity).toBe(
    "warning",
  );
});

test.each([
  ["named hosts", 'ALLOWED_HOSTS = ["shop.example.com"]'],
  ["a required variable", 'ALLOWED_HOSTS = os.environ["HOSTS"].split(",")'],
  ["a required list", 'import environ\nenv = environ.Env()\nALLOWED_HOSTS = env.list("HOSTS")'],
  ["a wildcard, which is another check's", 'ALLOWED_HOSTS = ["*"]'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});
