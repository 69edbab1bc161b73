import { expect, test } from "vitest";
import check from "../../../src/checks/settings/async-unsafe-allowed.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a variable that is given", async () => {
  expect(brief(await runOn(check, settingsOnly(""), { env: { DJANGO_ALLOW_ASYNC_UNSAFE: "true" } }))).toEqual(
    ["error certain --env sets DJANGO_ALLOW_ASYNC_UNSAFE, so asynchronous code shares database connections"],
  );
});

test("reports the code itself", async () => {
  expect(
    brief(await runOn(check, settingsOnly('import os\nos.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"'))),
  ).toEqual([
    "error certain shop/settings.py:2:43 the code sets DJANGO_ALLOW_ASYNC_UNSAFE, so asynchronous code shares database connections",
  ]);
});

test.each([
  ["an empty text", "passed", settingsOnly(""), { env: { DJANGO_ALLOW_ASYNC_UNSAFE: "" } }],
  [
    "code for development",
    "passed",
    settingsOnly('import os\nDEBUG = False\nif DEBUG:\n    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"'),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from elsewhere import something\nimport os\nos.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown $DJANGO_ALLOW_ASYNC_UNSAFE cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
