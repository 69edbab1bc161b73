import type { Example } from "../check.ts";

/** A project with which nothing is wrong but for what an example changes. */
export const shop: Example = {
  ".python-version": "3.13\n",
  "manage.py":
    'import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nexecute_from_command_line(sys.argv)\n',
  "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\n",
  "shop/settings.py":
    'import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n',
  "shop/wsgi.py":
    'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
};
