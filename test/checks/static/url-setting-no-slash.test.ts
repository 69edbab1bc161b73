import { expect, test } from "vitest";
import check from "../../../src/checks/static/url-setting-no-slash.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports both", async () => {
  expect(brief(await runOn(check, settingsOnly('STATIC_URL = "/static"\nMEDIA_URL = "/media"')))).toEqual([
    'error certain shop/settings.py:1:14 STATIC_URL is "/static", without a slash at its end, which Django refuses with urls.E006',
    'error certain shop/settings.py:2:13 MEDIA_URL is "/media", without a slash at its end, which Django refuses with urls.E006',
  ]);
});

test.each([
  ["a relative one", "passed", settingsOnly('STATIC_URL = "static/"'), {}],
  ["an empty one", "passed", settingsOnly('MEDIA_URL = ""'), {}],
  ["another host", "passed", settingsOnly('STATIC_URL = "https://cdn.example/"'), {}],
  ["a variable", "passed", settingsOnly('import os\nSTATIC_URL = os.environ["STATIC"]'), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(await runOn(check, settingsOnly("from elsewhere import something\nSTATIC_URL = something()"))),
  ).toEqual(["unknown STATIC_URL cannot be read statically: it comes from elsewhere, which is not modelled"]);
});
