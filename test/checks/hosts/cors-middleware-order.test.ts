import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/cors-middleware-order.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports CommonMiddleware in front", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "corsheaders.middleware.CorsMiddleware"]',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:1:14 CommonMiddleware stands in front of CorsMiddleware, so what it answers itself has no CORS headers",
  ]);
});

test("reports WhiteNoise in front", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware", "corsheaders.middleware.CorsMiddleware"]',
        ),
      ),
    ),
  ).toEqual([
    "info certain shop/settings.py:1:14 WhiteNoiseMiddleware stands in front of CorsMiddleware, so what it answers itself has no CORS headers",
  ]);
});

test("reports no middleware", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = []\nCORS_ALLOWED_ORIGINS = ["https://a.example"]',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:14 MIDDLEWARE lacks CorsMiddleware, so CORS_ALLOWED_ORIGINS has no effect",
  ]);
});

test.each([
  [
    "security and sessions in front",
    "passed",
    settingsOnly(
      'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware", "corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"]',
    ),
    {},
  ],
  ["nothing of it", "skipped", settingsOnly("MIDDLEWARE = []"), {}],
  [
    "another middleware for it",
    "passed",
    settingsOnly(
      'INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["shop.middleware.CorsMiddleware"]\nCORS_ALLOWED_ORIGINS = []',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a list from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from elsewhere import something\nINSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = [*something()]\nCORS_ALLOW_ALL_ORIGINS = False',
        ),
      ),
    ),
  ).toEqual(["unknown shop/settings.py:3:14 whether CorsMiddleware is installed cannot be read statically"]);
});
