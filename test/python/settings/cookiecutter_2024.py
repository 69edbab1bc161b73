# module: config.settings.production
# env: DJANGO_SECRET_KEY=abc
# env: DATABASE_URL=postgres://u:p@db:5432/shop?sslmode=require
# env: REDIS_URL=rediss://cache:6379/1
# env: DJANGO_ADMIN_URL=adm/
# env: SENTRY_DSN=https://x@sentry.io/1
# env: DJANGO_ACCOUNT_ALLOW_REGISTRATION=off
# env also: DJANGO_SECRET_KEY=abc
# ── config/settings/base.py
# ruff: noqa: ERA001, E501
"""Base settings to build other settings files upon."""

import ssl
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve(strict=True).parent.parent.parent
APPS_DIR = BASE_DIR / "shop"
env = environ.Env()

READ_DOT_ENV_FILE = env.bool("DJANGO_READ_DOT_ENV_FILE", default=False)
if READ_DOT_ENV_FILE:
    env.read_env(str(BASE_DIR / ".env"))

DEBUG = env.bool("DJANGO_DEBUG", False)
LOCALE_PATHS = [str(BASE_DIR / "locale")]
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
]
MIGRATION_MODULES = {"sites": "shop.contrib.sites.migrations"}
STATIC_ROOT = str(BASE_DIR / "staticfiles")
STATICFILES_DIRS = [str(APPS_DIR / "static")]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
REDIS_URL = env("REDIS_URL", default="redis://redis:6379/0")
REDIS_SSL = REDIS_URL.startswith("rediss://")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE} if REDIS_SSL else None
CELERY_TASK_TIME_LIMIT = 5 * 60
ACCOUNT_ALLOW_REGISTRATION = env.bool("DJANGO_ACCOUNT_ALLOW_REGISTRATION", True)
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ("rest_framework.authentication.SessionAuthentication",)}
CORS_URLS_REGEX = r"^/api/.*$"
# ── config/settings/production.py
import logging

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from .base import *  # noqa: F403
from .base import DATABASES
from .base import REDIS_URL
from .base import env

SECRET_KEY = env("DJANGO_SECRET_KEY")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["example.com"])
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": REDIS_URL}}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("DJANGO_SECURE_SSL_REDIRECT", default=True)
SESSION_COOKIE_NAME = "__Secure-sessionid"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
ADMIN_URL = env("DJANGO_ADMIN_URL")
SENTRY_DSN = env("SENTRY_DSN")
SENTRY_LOG_LEVEL = env.int("DJANGO_SENTRY_LOG_LEVEL", logging.INFO)
sentry_logging = LoggingIntegration(level=SENTRY_LOG_LEVEL, event_level=logging.ERROR)
integrations = [sentry_logging, DjangoIntegration(), CeleryIntegration()]
sentry_sdk.init(dsn=SENTRY_DSN, integrations=integrations, traces_sample_rate=env.float("SENTRY_TRACES_SAMPLE_RATE", default=0.0))
SPECTACULAR_SETTINGS = {"SERVERS": [{"url": "https://example.com", "description": "Production server"}]}
# ── sentry_sdk/__init__.py
def init(**kwargs): pass
# ── sentry_sdk/integrations/__init__.py
# ── sentry_sdk/integrations/celery.py
class CeleryIntegration: pass
# ── sentry_sdk/integrations/django.py
class DjangoIntegration: pass
# ── sentry_sdk/integrations/logging.py
class LoggingIntegration:
    def __init__(self, level=None, event_level=None): pass
