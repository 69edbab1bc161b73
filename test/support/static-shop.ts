/** A project with static files and templates, for the checks of both. `more` stands behind its settings. */
export function staticShop(
  more = "",
  files: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    "manage.py":
      'import os\nimport sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
    "requirements.txt": "django==5.2.19\ngunicorn==23.0.0\nwhitenoise==6.12.0\n",
    "shop/__init__.py": "",
    "shop/wsgi.py":
      'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
    "shop/views.py": 'def index(request):\n    return render(request, "index.html")\n',
    "shop/settings.py": `${settings}${more}`,
    "static/css/site.css": "body {}\n",
    ...files,
  };
}

const settings = `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = False
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "shop.urls"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
    }
]
`;

export const manifest =
  'STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}\n';

export const heroku = { Procfile: "web: gunicorn shop.wsgi\n", "app.json": '{"name": "shop"}\n' };

/** An image for Fly.io, with these instructions in the middle. */
export function image(...instructions: readonly string[]): Readonly<Record<string, string>> {
  return {
    "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n',
    Dockerfile: [
      "FROM python:3.13-slim AS base",
      "WORKDIR /app",
      "COPY . .",
      "RUN pip install -r requirements.txt",
      ...instructions,
      'CMD ["gunicorn", "--bind", "0.0.0.0:8080", "shop.wsgi"]\n',
    ].join("\n"),
  };
}
