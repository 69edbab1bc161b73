import { expect, test } from "vitest";
import check from "../../../src/checks/settings/settings-module-mismatch.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports a release step", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nexecute_from_command_line()\n',
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py":
          'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        "shop/settings/dev.py": "from .base import *\n",
        "shop/settings/production.py": "from .base import *\n",
        "shop/settings/local.py":
          'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate --noinput\n",
        "app.json": '{ "name": "shop" }\n',
      }),
    ),
  ).toEqual([
    "warning conditional Procfile:2:1 manage.py migrate --noinput loads shop.settings.local, and the web process loads shop.settings.production",
  ]);
});

test.each([
  [
    "no step that runs manage.py",
    "passed",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\n",
      "shop/settings/local.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
  [
    "the variable in the command",
    "passed",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\n",
      "shop/settings/local.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      Procfile:
        "web: gunicorn shop.wsgi\nrelease: DJANGO_SETTINGS_MODULE=shop.settings.production python manage.py migrate\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
  [
    "the option",
    "passed",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\n",
      "shop/settings/local.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      Procfile:
        "web: gunicorn shop.wsgi\nrelease: python manage.py migrate --settings=shop.settings.production\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
  [
    "the variable in a manifest",
    "skipped",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\n",
      "shop/settings/local.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
      "app.json": '{ "name": "shop", "env": { "DJANGO_SETTINGS_MODULE": "shop.settings.production" } }\n',
    },
    {},
  ],
  [
    "one module for both",
    "skipped",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\n",
      "shop/settings/local.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
      "app.json": '{ "name": "shop" }\n',
    },
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
