# module: config.settings.production
# env:
# env also: DJANGO_SECRET_KEY=s3cr3t-and-long
# env: DATABASE_URL=postgres://u:p%40ss@db:5433/shop
# env: DJANGO_ALLOWED_HOSTS=shop.example.com,www.example.com
# env: REDIS_URL=redis://cache:6379
# env: DJANGO_ADMIN_URL=hidden/
# env: MAILGUN_API_KEY=key-1
# env: MAILGUN_DOMAIN=mg.example.com
# env: DJANGO_AWS_ACCESS_KEY_ID=AKIA
# env: DJANGO_AWS_SECRET_ACCESS_KEY=zzz
# env: DJANGO_AWS_STORAGE_BUCKET_NAME=bucket
# env: DJANGO_SECURE_SSL_REDIRECT=False
# ── config/__init__.py
# ── config/settings/__init__.py
# ── config/settings/base.py
"""Base settings."""
import environ

ROOT_DIR = environ.Path(__file__) - 3
APPS_DIR = ROOT_DIR.path('shop')

env = environ.Env()

READ_DOT_ENV_FILE = env.bool('DJANGO_READ_DOT_ENV_FILE', default=False)
if READ_DOT_ENV_FILE:
    env.read_env(str(ROOT_DIR.path('.env')))

DEBUG = env.bool('DJANGO_DEBUG', False)
TIME_ZONE = 'UTC'
SITE_ID = 1
DATABASES = {
    'default': env.db('DATABASE_URL', default='postgres:///shop'),
}
DATABASES['default']['ATOMIC_REQUESTS'] = True
DJANGO_APPS = ['django.contrib.auth', 'django.contrib.contenttypes', 'django.contrib.admin']
THIRD_PARTY_APPS = ['crispy_forms', 'allauth']
LOCAL_APPS = ['shop.users.apps.UsersAppConfig']
INSTALLED_APPS = DJANGO_APPS + THIRD_PARTY_APPS + LOCAL_APPS
STATIC_ROOT = str(ROOT_DIR('staticfiles'))
STATICFILES_DIRS = [str(APPS_DIR.path('static'))]
MEDIA_ROOT = str(APPS_DIR('media'))
TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [str(APPS_DIR.path('templates'))],
        'OPTIONS': {'debug': DEBUG, 'loaders': ['django.template.loaders.filesystem.Loader']},
    },
]
FIXTURE_DIRS = (str(APPS_DIR.path('fixtures')),)
EMAIL_BACKEND = env('DJANGO_EMAIL_BACKEND', default='django.core.mail.backends.smtp.EmailBackend')
ADMIN_URL = 'admin/'
ADMINS = [("""Jo""", 'jo@example.com')]
MANAGERS = ADMINS
ACCOUNT_ALLOW_REGISTRATION = env.bool('DJANGO_ACCOUNT_ALLOW_REGISTRATION', True)
# ── config/settings/production.py
import logging

from .base import *  # noqa
from .base import env

SECRET_KEY = env('DJANGO_SECRET_KEY')
ALLOWED_HOSTS = env.list('DJANGO_ALLOWED_HOSTS', default=['example.com'])
DATABASES['default'] = env.db('DATABASE_URL')  # noqa F405
DATABASES['default']['ATOMIC_REQUESTS'] = True  # noqa F405
DATABASES['default']['CONN_MAX_AGE'] = env.int('CONN_MAX_AGE', default=60)  # noqa F405
CACHES = {
    'default': {
        'BACKEND': 'django_redis.cache.RedisCache',
        'LOCATION': f'{env("REDIS_URL", default="redis://127.0.0.1:6379")}/{0}',
        'OPTIONS': {'CLIENT_CLASS': 'django_redis.client.DefaultClient', 'IGNORE_EXCEPTIONS': True},
    }
}
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
SECURE_SSL_REDIRECT = env.bool('DJANGO_SECURE_SSL_REDIRECT', default=True)
SESSION_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool('DJANGO_SECURE_HSTS_INCLUDE_SUBDOMAINS', default=True)
INSTALLED_APPS += ['storages']  # noqa F405
AWS_ACCESS_KEY_ID = env('DJANGO_AWS_ACCESS_KEY_ID')
AWS_SECRET_ACCESS_KEY = env('DJANGO_AWS_SECRET_ACCESS_KEY')
AWS_STORAGE_BUCKET_NAME = env('DJANGO_AWS_STORAGE_BUCKET_NAME')
_AWS_EXPIRY = 60 * 60 * 24 * 7
AWS_S3_OBJECT_PARAMETERS = {
    'CacheControl': f'max-age={_AWS_EXPIRY}, s-maxage={_AWS_EXPIRY}, must-revalidate',
}
from storages.backends.s3boto3 import S3Boto3Storage  # noqa E402
StaticRootS3BotoStorage = lambda: S3Boto3Storage(location='static')  # noqa
MEDIA_URL = f'https://{AWS_STORAGE_BUCKET_NAME}.s3.amazonaws.com/'
TEMPLATES[0]['OPTIONS']['loaders'] = [  # noqa F405
    ('django.template.loaders.cached.Loader', ['django.template.loaders.filesystem.Loader']),
]
DEFAULT_FROM_EMAIL = env('DJANGO_DEFAULT_FROM_EMAIL', default='shop <noreply@example.com>')
SERVER_EMAIL = env('DJANGO_SERVER_EMAIL', default=DEFAULT_FROM_EMAIL)
EMAIL_SUBJECT_PREFIX = env('DJANGO_EMAIL_SUBJECT_PREFIX', default='[shop]')
ADMIN_URL = env('DJANGO_ADMIN_URL')
ANYMAIL = {'MAILGUN_API_KEY': env('MAILGUN_API_KEY'), 'MAILGUN_SENDER_DOMAIN': env('MAILGUN_DOMAIN')}
SENTRY_LOGLEVEL = env.int('DJANGO_SENTRY_LOG_LEVEL', logging.INFO)
LOGGING = {
    'version': 1,
    'filters': {'require_debug_false': {'()': 'django.utils.log.RequireDebugFalse'}},
    'formatters': {'verbose': {'format': '%(levelname)s %(asctime)s %(module)s '
                                         '%(process)d %(thread)d %(message)s'}},
}
# ── storages/__init__.py
# ── storages/backends/__init__.py
# ── storages/backends/s3boto3.py
class S3Boto3Storage: pass
