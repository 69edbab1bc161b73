# module: config.settings
# env:
# env also: ENVIRONMENT=staging
# ── config/__init__.py
# ── config/settings/__init__.py
import importlib
import os
from .common.base import *
from .common import apps as _apps, urls
from .components.cache import CACHES

environment = os.environ.get("ENVIRONMENT", "production")
_module = importlib.import_module(f".{environment}", package=__name__)
_exported = getattr(_module, "__all__", None) or [n for n in vars(_module) if n.isupper()]
for _n in _exported:
    globals()[_n] = getattr(_module, _n)
INSTALLED_APPS = _apps.INSTALLED_APPS + getattr(_module, "EXTRA_APPS", [])
ROOT_URLCONF = urls.__name__
PACKAGE = __package__, __name__, os.path.basename(__file__), _module.__name__
if environment != "production":
    from .dev_only import DEV
else:
    try:
        from .private import *
    except ImportError:
        PRIVATE = None
# ── config/settings/common/__init__.py
# ── config/settings/common/base.py
from pathlib import Path
from ..constants import NAME, Level
BASE_DIR = Path(__file__).resolve().parents[3]
DEBUG = False
SITE_NAME = NAME.title()
LEVEL = Level.HIGH
_hidden = 1
__all__ = ["BASE_DIR", "DEBUG", "SITE_NAME", "LEVEL"]
__all__ += ["_hidden"]
# ── config/settings/common/apps.py
INSTALLED_APPS = ["django.contrib.admin"]
# ── config/settings/common/urls.py
# ── config/settings/components/cache.py
from ..common.base import BASE_DIR
CACHES = {"default": {"LOCATION": str(BASE_DIR / "cache")}}
# ── config/settings/constants.py
NAME = "my shop"
class Level:
    LOW, HIGH = range(2)
# ── config/settings/production.py
SECURE = True
EXTRA_APPS = ["gunicorn"]
# ── config/settings/staging.py
__all__ = ("STAGING",)
STAGING = True
SECURE = False
# ── config/settings/dev_only.py
DEV = 1
