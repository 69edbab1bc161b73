import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/asgi-proxy-headers.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports uvicorn on Render", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["https://a.example"]\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "uvicorn shop.asgi:application --host 0.0.0.0"}}',
      }),
    ),
  ).toEqual([
    "warning certain railway.json:1:29 uvicorn believes only 127.0.0.1 that a request was HTTPS, and the router of Railway has another address",
  ]);
});

test("reports gunicorn with uvicorn's worker", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["https://a.example"]\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json":
          '{"deploy": {"startCommand": "gunicorn -k uvicorn.workers.UvicornWorker shop.asgi:application"}}',
      }),
    ),
  ).toEqual([
    "warning certain railway.json:1:29 gunicorn believes only 127.0.0.1 that a request was HTTPS, and the router of Railway has another address",
  ]);
});

test("reports daphne", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["https://a.example"]\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "daphne -b 0.0.0.0 shop.asgi:application"}}',
      }),
    ),
  ).toEqual([
    "warning certain railway.json:1:29 daphne has no --proxy-headers, and the router of Railway has another address",
  ]);
});

test.each([
  [
    "uvicorn that believes everybody",
    "passed",
    {
      "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json":
        '{"deploy": {"startCommand": "uvicorn shop.asgi:application --host 0.0.0.0 --forwarded-allow-ips=\'*\'"}}',
    },
    {},
  ],
  [
    "the header of Django",
    "passed",
    {
      "shop/settings.py":
        'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "uvicorn shop.asgi:application --host 0.0.0.0"}}',
    },
    {},
  ],
  [
    "Heroku's buildpack",
    "passed",
    {
      "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Procfile: "web: uvicorn shop.asgi:application --host 0.0.0.0\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
  [
    "gunicorn itself",
    "skipped",
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
    "forms that fail already",
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
      "railway.json": '{"deploy": {"startCommand": "uvicorn shop.asgi:application --host 0.0.0.0"}}',
    },
    {},
  ],
  [
    "a host that is not known",
    "skipped",
    {
      "shop/settings.py": '\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Procfile: "web: uvicorn shop.asgi:application --host 0.0.0.0\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("says nothing where the platform itself sets what the server asks for", async () => {
  const result = await runOn(check, {
    "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "requirements.txt": "fastapi==0.165.0\nuvicorn==0.54.0\n",
    "render.yaml":
      "services:\n  - type: web\n    name: units\n    runtime: python\n    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT\n",
  });
  expect([result.status, result.reason]).toEqual([
    "skipped",
    "Render sets $FORWARDED_ALLOW_IPS for its own router",
  ]);
});
