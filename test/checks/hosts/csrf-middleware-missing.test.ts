import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-middleware-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports sessions without it", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]'),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:14 MIDDLEWARE lacks CsrfViewMiddleware, so any site can send forms in the name of whoever is logged in",
  ]);
});

test("reports an API without sessions as a warning", async () => {
  expect(
    brief(await runOn(check, settingsOnly('MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]'))),
  ).toEqual([
    "warning certain shop/settings.py:1:14 MIDDLEWARE lacks CsrfViewMiddleware, which leaves every form open that is ever added",
  ]);
});

test("reports one of the project's own as advice", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "shop.middleware.CsrfMiddleware"]',
        ),
      ),
    ),
  ).toEqual([
    "info certain shop/settings.py:1:14 MIDDLEWARE has shop.middleware.CsrfMiddleware in place of Django's CsrfViewMiddleware",
  ]);
});

test.each([
  ["Django's own", "passed", settingsOnly('MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]'), {}],
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
