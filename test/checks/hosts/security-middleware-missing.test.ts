import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/security-middleware-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a list without it", async () => {
  expect(brief(await runOn(check, settingsOnly("MIDDLEWARE = []")))).toEqual([
    "warning certain shop/settings.py:1:14 MIDDLEWARE lacks SecurityMiddleware, so none of the SECURE_… settings has an effect",
  ]);
});

test("reports one of the project's own as advice", async () => {
  expect(
    brief(await runOn(check, settingsOnly('MIDDLEWARE = ["shop.middleware.SecurityMiddleware"]'))),
  ).toEqual([
    "info certain shop/settings.py:1:14 MIDDLEWARE has shop.middleware.SecurityMiddleware in place of Django's SecurityMiddleware",
  ]);
});

test.each([
  [
    "Django's own",
    "passed",
    settingsOnly('MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]'),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a list from elsewhere", async () => {
  expect(
    brief(await runOn(check, settingsOnly("from elsewhere import something\nMIDDLEWARE = something()"))),
  ).toEqual([
    "unknown shop/settings.py:2:14 MIDDLEWARE cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
