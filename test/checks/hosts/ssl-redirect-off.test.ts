import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/ssl-redirect-off.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports the default", async () => {
  expect(
    brief(
      await runOn(check, settingsOnly('MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\n')),
    ),
  ).toEqual(["warning certain SECURE_SSL_REDIRECT is not True, so Django answers plain HTTP as it is"]);
});

test("reports a variable that is unset", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'import os\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = os.environ.get("SSL") == "1"',
        ),
      ),
    ),
  ).toEqual([
    "warning conditional shop/settings.py:3:23 SECURE_SSL_REDIRECT is not True, so Django answers plain HTTP as it is",
  ]);
});

test("reports a platform that redirects, where the environment was given in full", async () => {
  expect(
    brief(
      await runOn(
        check,
        {
          "shop/settings.py":
            'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
          "render.yaml":
            "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
        },
        { env: {} },
      ),
    ),
  ).toEqual(["warning certain SECURE_SSL_REDIRECT is not True, so Django answers plain HTTP as it is"]);
});

test.each([
  [
    "a platform that redirects",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
    },
    {},
  ],
  [
    "the redirect",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True',
    ),
    {},
  ],
  ["no SecurityMiddleware", "skipped", settingsOnly("MIDDLEWARE = []"), {}],
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
          'from elsewhere import something\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:3:23 SECURE_SSL_REDIRECT cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
