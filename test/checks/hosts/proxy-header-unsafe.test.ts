import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/proxy-header-unsafe.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a text", async () => {
  expect(
    brief(await runOn(check, settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO")'))),
  ).toEqual([
    'error certain shop/settings.py:1:28 SECURE_PROXY_SSL_HEADER is "HTTP_X_FORWARDED_PROTO", with which every request ends in ImproperlyConfigured: it is one text, not a tuple of two',
  ]);
});

test("reports one item", async () => {
  expect(
    brief(await runOn(check, settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO",)'))),
  ).toEqual([
    'error certain shop/settings.py:1:27 SECURE_PROXY_SSL_HEADER is ("HTTP_X_FORWARDED_PROTO",), with which every request ends in ImproperlyConfigured: it is no tuple of two texts',
  ]);
});

test("reports the name as it is sent, as a warning", async () => {
  expect(
    brief(await runOn(check, settingsOnly('SECURE_PROXY_SSL_HEADER = ("X-Forwarded-Proto", "https")'))),
  ).toEqual([
    'warning certain shop/settings.py:1:27 SECURE_PROXY_SSL_HEADER is ("X-Forwarded-Proto", "https"), which never matches: request.META has no "X-Forwarded-Proto": a header is found there as HTTP_…, in capitals and with underscores',
  ]);
});

test("reports the name as it is sent, with a redirect", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("X-Forwarded-Proto", "https")',
        ),
      ),
    ),
  ).toEqual([
    'error certain shop/settings.py:3:27 SECURE_PROXY_SSL_HEADER is ("X-Forwarded-Proto", "https"), which never matches: request.META has no "X-Forwarded-Proto": a header is found there as HTTP_…, in capitals and with underscores',
  ]);
});

test("reports another text", async () => {
  expect(
    brief(await runOn(check, settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "HTTPS")'))),
  ).toEqual([
    'warning certain shop/settings.py:1:27 SECURE_PROXY_SSL_HEADER is ("HTTP_X_FORWARDED_PROTO", "HTTPS"), which never matches: X-Forwarded-Proto is "https" where a request was HTTPS, never "HTTPS"',
  ]);
});

test.each([
  [
    "the usual one",
    "passed",
    settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'),
    {},
  ],
  ["a list", "passed", settingsOnly('SECURE_PROXY_SSL_HEADER = ["HTTP_X_FORWARDED_PROTO", "https"]\n'), {}],
  [
    "CloudFront",
    "passed",
    settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_CLOUDFRONT_FORWARDED_PROTO", "https")'),
    {},
  ],
  ["X-Forwarded-Ssl", "passed", settingsOnly('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_SSL", "on")'), {}],
  ["none", "skipped", settingsOnly(""), {}],
  ["None", "skipped", settingsOnly("SECURE_PROXY_SSL_HEADER = None"), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a value from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly("from elsewhere import something\nSECURE_PROXY_SSL_HEADER = something()"),
      ),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:27 SECURE_PROXY_SSL_HEADER cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
