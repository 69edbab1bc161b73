import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/ssl-redirect-loop.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports gunicorn on Render", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
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
    "error certain shop/settings.py:2:23 SECURE_SSL_REDIRECT sends every request round in a circle: HTTPS ends at the router of Railway, SECURE_PROXY_SSL_HEADER is not set, and gunicorn believes only 127.0.0.1 that a request was HTTPS",
  ]);
});

test("reports daphne without its option", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "daphne shop.asgi:application"}}',
      }),
    ),
  ).toEqual([
    "error certain shop/settings.py:2:23 SECURE_SSL_REDIRECT sends every request round in a circle: HTTPS ends at the router of Railway, SECURE_PROXY_SSL_HEADER is not set, and daphne has no --proxy-headers",
  ]);
});

test("reports a proxy of one's own as a warning", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
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
    "warning conditional shop/settings.py:2:23 SECURE_SSL_REDIRECT sends every request round in a circle: HTTPS ends at the proxy in front, SECURE_PROXY_SSL_HEADER is not set, and gunicorn believes only 127.0.0.1 that a request was HTTPS",
  ]);
});

test.each([
  [
    "the header",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nROOT_URLCONF = "shop.urls"\n',
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
    "gunicorn that believes everybody",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi --forwarded-allow-ips=\'*\'"}}',
    },
    {},
  ],
  [
    "a variable for gunicorn",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "FORWARDED_ALLOW_IPS=* gunicorn shop.wsgi"}}',
    },
    {},
  ],
  [
    "a configuration file",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
      "gunicorn.conf.py": 'forwarded_allow_ips = "*"\n',
    },
    {},
  ],
  [
    "Heroku's buildpack",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
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
    "uWSGI",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "uwsgi --http :8000 --module shop.wsgi"}}',
    },
    {},
  ],
  [
    "daphne with its option",
    "passed",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      "railway.json": '{"deploy": {"startCommand": "daphne --proxy-headers shop.asgi:application"}}',
    },
    {},
  ],
  [
    "no redirect",
    "skipped",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
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
    "no SecurityMiddleware",
    "skipped",
    {
      "shop/settings.py": 'MIDDLEWARE = []\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
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
    "plain HTTP",
    "skipped",
    {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
      "config/deploy.yml":
        "service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\nproxy:\n  ssl: false\n  forward_headers: false\n",
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a host that is not known", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        Procfile: "web: gunicorn shop.wsgi\n",
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:23 whether SECURE_SSL_REDIRECT loops is not to be told: where HTTPS ends on a Procfile host is not known",
  ]);
});

test("cannot tell: an application that sets the scheme", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\nos.environ["wsgi.url_scheme"] = "https"\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:23 whether SECURE_SSL_REDIRECT loops is not to be told: shop.wsgi may tell of HTTPS itself",
  ]);
});

test("cannot tell: a middleware of the project's own", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "shop.middleware.ForwardedMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
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
    "unknown shop/settings.py:2:23 whether SECURE_SSL_REDIRECT loops is not to be told: the middleware shop.middleware.ForwardedMiddleware may tell Django of HTTPS",
  ]);
});

test("cannot tell: a header that depends on a variable", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'import os\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nif os.environ.get("BEHIND"):\n    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nROOT_URLCONF = "shop.urls"\n',
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
    "unknown shop/settings.py:3:23 whether SECURE_SSL_REDIRECT loops is not to be told: SECURE_PROXY_SSL_HEADER is set where $BEHIND is",
  ]);
});

test("cannot tell: another address than the router's", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi --forwarded-allow-ips=10.0.0.1"}}',
      }),
    ),
  ).toEqual([
    "unknown shop/settings.py:2:23 whether SECURE_SSL_REDIRECT loops is not to be told: gunicorn believes only 10.0.0.1 that a request was HTTPS",
  ]);
});
