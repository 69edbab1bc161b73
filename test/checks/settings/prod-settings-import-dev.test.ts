import { expect, test } from "vitest";
import check from "../../../src/checks/settings/prod-settings-import-dev.ts";
import { brief, runOn } from "../../support/run-on.ts";

test("reports a star import", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py":
          'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        "shop/settings/dev.py": "from .base import *\n",
        "shop/settings/production.py": "from .dev import *\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings/production.py:1:1 shop.settings.production takes settings for development from shop/settings/dev.py",
  ]);
});

test("reports an import on the way", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py":
          'from shop.settings.dev import X\nimport os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        "shop/settings/dev.py": "X = 1\n",
        "shop/settings/production.py": "from .base import *\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings/base.py:1:1 shop.settings.production takes settings for development from shop/settings/dev.py",
  ]);
});

test("reports the package itself", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
        "shop/settings/__init__.py": "from .dev import *\n",
        "shop/settings/base.py":
          'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        "shop/settings/dev.py": "from .base import *\n",
        "shop/settings/production.py": "from .base import *\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings/__init__.py:1:1 shop.settings.production takes settings for development from shop/settings/dev.py",
  ]);
});

test("reports a tracked file for one machine", async () => {
  expect(
    brief(
      await runOn(check, {
        "manage.py":
          'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
        "shop/wsgi.py":
          'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
        "shop/settings/__init__.py": "",
        "shop/settings/base.py":
          'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
        "shop/settings/dev.py": "from .base import *\n",
        "shop/settings/production.py":
          "from .base import *\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n",
        "shop/settings/local.py": "X = 1\n",
      }),
    ),
  ).toEqual([
    "warning certain shop/settings/production.py:3:5 shop.settings.production takes settings for development from shop/settings/local.py",
  ]);
});

test.each([
  [
    "what they have in common",
    "passed",
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
    },
    {},
  ],
  [
    "a file that is not there",
    "passed",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py":
        "from .base import *\ntry:\n    from .local import *\nexcept ImportError:\n    pass\n",
    },
    {},
  ],
  [
    "a branch that is not taken",
    "passed",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\nDEBUG = False\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "from .base import *\nif DEBUG:\n    from .dev import *\n",
    },
    {},
  ],
  [
    "settings for development as a whole",
    "skipped",
    {
      "manage.py":
        'import os\nfrom django.core.management import execute_from_command_line\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\nexecute_from_command_line()\n',
      "shop/wsgi.py":
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\napplication = get_wsgi_application()\n',
      "shop/settings/__init__.py": "",
      "shop/settings/base.py":
        'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["a.example"]\n',
      "shop/settings/dev.py": "from .base import *\n",
      "shop/settings/production.py": "",
    },
    { settings: "shop.settings.dev" },
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
