import { expect, test } from "vitest";
import check from "../../../src/checks/settings/allowed-hosts-malformed.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test.each([
  ["https://shop.example.com", "it holds a scheme, and a Host header has none", '["shop.example.com"]'],
  [
    "shop.example.com:8000",
    "it holds a port, which Django removes from the Host header before comparing",
    '["shop.example.com"]',
  ],
  ["shop.example.com/", "it holds a path, and a Host header has none", '["shop.example.com"]'],
  [
    "*.example.com",
    'Django knows no patterns; a leading dot (".example.com") matches subdomains',
    '[".example.com"]',
  ],
  [" shop.example.com", "it holds white space", '["shop.example.com"]'],
  ["a.example.com,b.example.com", "it holds a comma: it was not split into hosts", '["a.example.com"]'],
])("%j never matches", async (entry, because, fix) => {
  const result = await runOn(check, settingsOnly(`ALLOWED_HOSTS = [${JSON.stringify(entry)}]`));
  expect(brief(result)).toEqual([
    `error certain shop/settings.py:1:18 the entry ${JSON.stringify(entry)} of ALLOWED_HOSTS never matches: ${because}`,
  ]);
  expect(result.findings[0]?.fix).toBe(`ALLOWED_HOSTS = ${fix}`);
});

test("an empty text from split is the operator's to replace", async () => {
  const result = await runOn(
    check,
    settingsOnly(`${os}ALLOWED_HOSTS = os.environ.get("HOSTS", "").split(",")`),
  );
  expect(result.severity).toBe("warning");
  expect(result.findings[0]?.message).toContain('the entry "" of ALLOWED_HOSTS never matches');
  expect(result.findings[0]?.when).toEqual(["$HOSTS is unset"]);
});

test("beside an entry that matches it is a warning", async () => {
  const result = await runOn(check, settingsOnly('ALLOWED_HOSTS = ["shop.example.com", "localhost:8000"]'));
  expect(result.severity).toBe("warning");
});

test("a bare string is not what Django takes", async () => {
  const result = await runOn(check, settingsOnly('ALLOWED_HOSTS = "shop.example.com"'));
  expect(result.findings[0]?.message).toBe(
    'ALLOWED_HOSTS is "shop.example.com", and Django refuses to start with anything but a list or a tuple',
  );
});

test.each([
  ["names and suffixes", 'ALLOWED_HOSTS = ["shop.example.com", ".example.org", "localhost", "127.0.0.1"]'],
  ["IPv6", 'ALLOWED_HOSTS = ["[::1]", "::1"]'],
  ["a tuple", 'ALLOWED_HOSTS = ("shop.example.com",)'],
  ["a wildcard", 'ALLOWED_HOSTS = ["*"]'],
  ["a filtered split", 'ALLOWED_HOSTS = [h for h in os.environ.get("HOSTS", "").split(",") if h]'],
  ["a required variable", 'ALLOWED_HOSTS = os.environ["HOSTS"].split(",")'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});
