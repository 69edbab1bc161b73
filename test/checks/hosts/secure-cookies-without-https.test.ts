import { expect, test } from "vitest";
import check from "../../../src/checks/hosts/secure-cookies-without-https.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports cookies over plain HTTP", async () => {
  expect(
    brief(
      await runOn(check, {
        "shop/settings.py":
          'SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\nSECURE_SSL_REDIRECT = True\nROOT_URLCONF = "shop.urls"\n',
        "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
        "shop/asgi.py":
          'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
        "manage.py": "",
        Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
        "config/deploy.yml":
          "service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\nproxy:\n  ssl: false\n  forward_headers: false\n",
      }),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:25 SESSION_COOKIE_SECURE keeps the cookie from ever being sent: Kamal serves plain HTTP as it stands",
    "error certain shop/settings.py:2:22 CSRF_COOKIE_SECURE keeps the cookie from ever being sent: Kamal serves plain HTTP as it stands",
    "error certain shop/settings.py:3:23 SECURE_SSL_REDIRECT leads away from the only address that answers: Kamal serves plain HTTP as it stands",
  ]);
});

test.each([
  [
    "HTTPS",
    "passed",
    {
      "shop/settings.py": 'SESSION_COOKIE_SECURE = True\nROOT_URLCONF = "shop.urls"\n',
      "requirements.txt": "django==5.2\ngunicorn==23.0\nuvicorn==0.40\n",
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      "shop/asgi.py":
        'import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n',
      "manage.py": "",
      Dockerfile: 'FROM python:3.13\nCOPY . .\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
      "config/deploy.yml":
        "service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\nproxy:\n  ssl: true\n  host: shop.example.com\n",
    },
    {},
  ],
  [
    "cookies that are not secure",
    "passed",
    {
      "shop/settings.py": 'SESSION_COOKIE_SECURE = False\nROOT_URLCONF = "shop.urls"\n',
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
  [
    "a host that is not known",
    "skipped",
    {
      "shop/settings.py": 'SESSION_COOKIE_SECURE = True\nROOT_URLCONF = "shop.urls"\n',
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
