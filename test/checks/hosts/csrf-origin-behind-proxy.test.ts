import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/csrf-origin-behind-proxy.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports the admin behind a router", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
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
    "error certain every form that is sent over HTTPS is answered with 403: HTTPS ends at the router of Railway, SECURE_PROXY_SSL_HEADER is not set, and gunicorn believes only 127.0.0.1 that a request was HTTPS",
  ]);
});

test("reports a project without the admin as a warning", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'INSTALLED_APPS = ["shop"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
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
    "warning certain every form that is sent over HTTPS is answered with 403: HTTPS ends at the router of Railway, SECURE_PROXY_SSL_HEADER is not set, and gunicorn believes only 127.0.0.1 that a request was HTTPS",
  ]);
});

test("reports an unset variable as a warning", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'import os\nINSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ORIGINS", "").split(",") if o]\nROOT_URLCONF = "shop.urls"\n',
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
    "warning conditional every form that is sent over HTTPS is answered with 403: HTTPS ends at the router of Railway, SECURE_PROXY_SSL_HEADER is not set, and gunicorn believes only 127.0.0.1 that a request was HTTPS",
  ]);
});

test.each([
  [
    "origins",
    "passed",
    {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_TRUSTED_ORIGINS = ["https://a.example"]\nROOT_URLCONF = "shop.urls"\n',
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
    "the header",
    "passed",
    {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nROOT_URLCONF = "shop.urls"\n',
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
        'import os\nINSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_TRUSTED_ORIGINS = os.environ["ORIGINS"].split(",")\nROOT_URLCONF = "shop.urls"\n',
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
    "Heroku's buildpack",
    "passed",
    {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
  [
    "Django 3.2",
    "skipped",
    {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==3.2\ngunicorn==23.0\n",
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
    "a loop that hides it",
    "skipped",
    {
      "shop/settings.py":
        'SECURE_SSL_REDIRECT = True\nINSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
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
    "no CsrfViewMiddleware",
    "skipped",
    {
      "shop/settings.py": 'MIDDLEWARE = []\nROOT_URLCONF = "shop.urls"\n',
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
    "a host that is not known",
    "skipped",
    {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Procfile: "web: gunicorn shop.wsgi\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
