import { expect, test } from "vitest";
import check from "../../../src/checks/settings/weak-password-config.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports MD5", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["django.contrib.auth"]\nPASSWORD_HASHERS = ("django.contrib.auth.hashers.MD5PasswordHasher",)',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:20 PASSWORD_HASHERS begins with MD5PasswordHasher, which is made to be fast",
  ]);
});

test("reports no validators", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly('INSTALLED_APPS = ["django.contrib.auth"]\nAUTH_PASSWORD_VALIDATORS = []'),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:28 AUTH_PASSWORD_VALIDATORS is empty, so any text is a password",
  ]);
});

test.each([
  ["the defaults", "passed", settingsOnly('INSTALLED_APPS = ["django.contrib.auth"]\n'), {}],
  [
    "an old hasher behind",
    "passed",
    settingsOnly(
      'INSTALLED_APPS = ["django.contrib.auth"]\nPASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.UnsaltedMD5PasswordHasher"]',
    ),
    {},
  ],
  [
    "no auth",
    "skipped",
    settingsOnly('PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]'),
    {},
  ],
  [
    "logins elsewhere",
    "skipped",
    settingsOnly(
      'INSTALLED_APPS = ["django.contrib.auth"]\nAUTHENTICATION_BACKENDS = ["mozilla_django_oidc.auth.OIDCAuthenticationBackend"]\nAUTH_PASSWORD_VALIDATORS = []',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: hashers from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from elsewhere import something\nINSTALLED_APPS = ["django.contrib.auth"]\nPASSWORD_HASHERS = something()',
        ),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:3:20 PASSWORD_HASHERS cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
