import { expect, test } from "vitest";
import check from "../../../src/checks/services/mailers-default-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports no default", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'MAILERS = {}\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.1\n",
      }),
    ),
  ).toEqual([
    'error certain shop/settings.py:1:11 MAILERS has no "default", so send_mail() ends in an exception',
  ]);
});

test("reports a backend for development", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.1\n",
      }),
    ),
  ).toEqual([
    'error certain shop/settings.py:1:11 the "default" of MAILERS has a backend for development, so no mail leaves the machine',
  ]);
});

test.each([
  [
    "Django 5.2",
    "skipped",
    { "shop/settings.py": 'MAILERS = {}\nROOT_URLCONF = "shop.urls"\n', "requirements.txt": "django==5.2\n" },
    {},
  ],
  [
    "no MAILERS",
    "skipped",
    { "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n', "requirements.txt": "django==6.1\n" },
    {},
  ],
  [
    "a default",
    "passed",
    {
      "shop/settings.py":
        'MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==6.1\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'from elsewhere import something\nMAILERS = something()\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==6.1\n",
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:11 MAILERS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
