import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/shared-suffix-trusted.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports origins", async () => {
  expect(
    brief(await runOn(check, settingsOnly('CSRF_TRUSTED_ORIGINS = ["https://*.up.railway.app"]'))),
  ).toEqual([
    'error certain shop/settings.py:1:25 the entry "https://*.up.railway.app" of CSRF_TRUSTED_ORIGINS trusts every app below up.railway.app',
  ]);
});

test("reports hosts as a warning", async () => {
  expect(brief(await runOn(check, settingsOnly('ALLOWED_HOSTS = [".onrender.com"]')))).toEqual([
    'warning certain shop/settings.py:1:18 the entry ".onrender.com" of ALLOWED_HOSTS trusts every app below onrender.com',
  ]);
});

test("reports hosts on Heroku as advice", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'ALLOWED_HOSTS = [".herokuapp.com"]\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        Procfile: "web: gunicorn shop.wsgi\n",
        "app.json": '{ "name": "shop" }\n',
      }),
    ),
  ).toEqual([
    'info certain shop/settings.py:1:18 the entry ".herokuapp.com" of ALLOWED_HOSTS trusts every app below herokuapp.com',
  ]);
});

test("reports a domain for cookies", async () => {
  expect(brief(await runOn(check, settingsOnly('SESSION_COOKIE_DOMAIN = ".onrender.com"')))).toEqual([
    'error certain shop/settings.py:1:25 SESSION_COOKIE_DOMAIN is ".onrender.com", a domain for which browsers refuse cookies',
  ]);
});

test("reports a pattern", async () => {
  expect(
    brief(await runOn(check, settingsOnly('CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://.*\\.vercel\\.app$"]'))),
  ).toEqual([
    'error certain shop/settings.py:1:32 the entry "^https://.*\\\\.vercel\\\\.app$" of CORS_ALLOWED_ORIGIN_REGEXES trusts every app below vercel.app',
  ]);
});

test.each([
  [
    "names of one's own",
    "passed",
    settingsOnly(
      'ALLOWED_HOSTS = ["shop.onrender.com", ".shop.fly.dev"]\nCSRF_TRUSTED_ORIGINS = ["https://shop.onrender.com", "https://*.example.com"]\nCORS_ALLOWED_ORIGIN_REGEXES = [r"^https://shop-\\w+\\.vercel\\.app$"]\nSESSION_COOKIE_DOMAIN = ".example.com"',
    ),
    {},
  ],
  ["nothing", "skipped", settingsOnly(""), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
