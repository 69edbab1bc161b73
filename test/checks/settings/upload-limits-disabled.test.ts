import { expect, test } from "vitest";
import check from "../../../src/checks/settings/upload-limits-disabled.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports no limit", async () => {
  expect(brief(await runOn(check, settingsOnly("DATA_UPLOAD_MAX_NUMBER_FIELDS = None")))).toEqual([
    "warning certain shop/settings.py:1:33 DATA_UPLOAD_MAX_NUMBER_FIELDS is None, so nothing bounds the fields of a form",
  ]);
});

test("reports a huge limit as advice", async () => {
  expect(brief(await runOn(check, settingsOnly("FILE_UPLOAD_MAX_MEMORY_SIZE = 500 * 1024 * 1024")))).toEqual([
    "info certain shop/settings.py:1:31 FILE_UPLOAD_MAX_MEMORY_SIZE is 524288000, so one request may take that much for an upload in memory",
  ]);
});

test.each([
  ["a limit", "passed", settingsOnly("DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024"), {}],
  ["the defaults", "passed", settingsOnly(""), {}],
  [
    "a limit from elsewhere",
    "passed",
    settingsOnly("from elsewhere import something\nDATA_UPLOAD_MAX_MEMORY_SIZE = something()"),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
