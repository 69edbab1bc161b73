# module: shop.settings
# env: DJANGO_ENV=production
# env also: DJANGO_ENV=development
# ── shop/__init__.py
# ── shop/settings/__init__.py
"""Settings of several files."""
from os import environ
from split_settings.tools import include, optional

_ENV = environ.setdefault("DJANGO_ENV", "development")
_base_settings = ("components/common.py", "components/logging.py", f"environments/{_ENV}.py", optional("environments/local.py"))
include(*_base_settings)
# ── shop/settings/components/__init__.py
from pathlib import Path
from decouple import AutoConfig
BASE_DIR = Path(__file__).parent.parent.parent.parent
config = AutoConfig(search_path=BASE_DIR.joinpath("config"))
# ── shop/settings/components/common.py
from shop.settings.components import BASE_DIR, config
SECRET_KEY = config("SECRET_KEY", default="none")
INSTALLED_APPS: tuple[str, ...] = ("django.contrib.auth",)
MIDDLEWARE: tuple[str, ...] = ("a", "b")
DEBUG = True
TEMPLATES = [{"DIRS": [BASE_DIR.joinpath("shop", "templates")]}]
# ── shop/settings/components/logging.py
LOGGING = {"version": 1, "root": {"level": "DEBUG" if DEBUG else "INFO"}}
# ── shop/settings/environments/production.py
from shop.settings.components import config
DEBUG = False
ALLOWED_HOSTS = [config("DOMAIN_NAME", default="example.com"), "localhost"]
SECURE_HSTS_SECONDS = 518400
_PASS = "django.core.handlers.wsgi"
# ── shop/settings/environments/development.py
from typing import TYPE_CHECKING
from shop.settings.components.common import INSTALLED_APPS, MIDDLEWARE
if TYPE_CHECKING:
    from django.http import HttpRequest
DEBUG = True
INSTALLED_APPS += ("debug_toolbar",)
MIDDLEWARE += ("c",)
def _toolbar(request: "HttpRequest") -> bool:
    return True
DEBUG_TOOLBAR_CONFIG = {"SHOW_TOOLBAR_CALLBACK": "shop.settings.environments.development._toolbar"}
