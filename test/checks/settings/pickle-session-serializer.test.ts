import { expect, test } from "vitest";
import check from "../../../src/checks/settings/pickle-session-serializer.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports Django's", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('SESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"'),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:22 SESSION_SERIALIZER is django.contrib.sessions.serializers.PickleSerializer, which runs whatever a forged session says",
  ]);
});

test.each([
  ["the default", "passed", settingsOnly(""), {}],
  [
    "one of the project's own",
    "passed",
    settingsOnly('SESSION_SERIALIZER = "shop.sessions.JSONSerializer"'),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly("from elsewhere import something\nSESSION_SERIALIZER = something()")),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:22 SESSION_SERIALIZER cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
