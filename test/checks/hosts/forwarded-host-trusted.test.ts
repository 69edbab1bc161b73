import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/forwarded-host-trusted.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a router", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'USE_X_FORWARDED_HOST = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
      }),
    ),
  ).toEqual([
    "warning certain shop/settings.py:1:24 USE_X_FORWARDED_HOST is on, which the router of Railway does not set",
  ]);
});

test("reports every host", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'ALLOWED_HOSTS = ["*"]\nUSE_X_FORWARDED_HOST = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
        "config/deploy.yml":
          "service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\nproxy:\n  ssl: true\n  host: shop.example.com\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings.py:2:24 USE_X_FORWARDED_HOST is on, and ALLOWED_HOSTS accepts every host, so anybody chooses the host in links",
  ]);
});

test("reports a proxy of one's own as advice", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'USE_X_FORWARDED_HOST = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
        "config/deploy.yml":
          "service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\nproxy:\n  ssl: true\n  host: shop.example.com\n",
      }),
    ),
  ).toEqual([
    "info certain shop/settings.py:1:24 USE_X_FORWARDED_HOST is on, which counts only if a proxy sets it on every request",
  ]);
});

test.each([
  [
    "the default",
    "passed",
    {
      "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
    },
    {},
  ],
  [
    "a required variable",
    "passed",
    {
      "shop/settings.py":
        'import os\nUSE_X_FORWARDED_HOST = os.environ["X"] == "1"\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
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
      await runOn(check, settingsOnly("from elsewhere import something\nUSE_X_FORWARDED_HOST = something()")),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:24 USE_X_FORWARDED_HOST cannot be read statically: it comes from elsewhere, which is not modelled",
  ]);
});
