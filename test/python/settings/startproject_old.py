# opaque: SERVER COMPLEX
# ── settings.py
# -*- coding: utf-8 -*-
"""
Django settings for mysite project.
"""
from __future__ import absolute_import, unicode_literals
import os, sys
gettext = lambda s: s
PROJECT_ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), 'x', '..'))
PROJECT_NAME = os.path.basename(os.path.normpath(os.path.join(PROJECT_ROOT, 'name/')))
rel = lambda *x: os.path.join(os.path.dirname(os.path.abspath(__file__)), *x)
TEMPLATE_DIRS = (rel('templates'), rel('..', 'more'))
LANGUAGES = (('en', gettext('English')), ('uk', gettext(u'Українська')))
MEDIA_ROOT = rel('media') + os.sep
STATIC_URL = '/static/'
STATIC_ROOT = os.path.join(*([rel()] + ['a', 'b']))
SECRET_KEY = 'x' * 10 + "%s-%d" % ('a', 3) + '{0}{1:>3}'.format('b', 7) + u'\u00e9' + r'\n' + 'a' 'b' \
    'c'
DEBUG = not True or False
TEMPLATE_DEBUG = DEBUG
SERVER = os.uname()[0] if hasattr(os, 'uname') else ''
DEFAULT_CHARSET = str('utf-8')
INSTALLED_APPS = [
    app for app in (
        'django.contrib.auth',
        'debug_toolbar' if DEBUG else None,
        'south' if sys.version_info[0] < 3 else '',
    ) if app
]
MIDDLEWARE_CLASSES = tuple(m for m in ('a', 'b')) + ('c',)
if 'b' in MIDDLEWARE_CLASSES:
    i = MIDDLEWARE_CLASSES.index('b')
    MIDDLEWARE = list(MIDDLEWARE_CLASSES[:i]) + ['x'] + list(MIDDLEWARE_CLASSES[i:])
PY3 = sys.version_info >= (3,), sys.version_info.major == 3, sys.version_info[:1] == (3,)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 365 // 12
CACHE_MIDDLEWARE_SECONDS = int(1e3)
HEX = 0xFF, 0o17, 0b11, 1_000, 5 // 2, -7 // 2, -7 % 3, 2 ** 10, 7 / 2, 1e400
COMPLEX = 3 + 4j
DATABASES = dict(default=dict(ENGINE='django.db.backends.sqlite3', NAME=os.path.join(PROJECT_ROOT, 'db.sqlite3')))
for alias, conf in DATABASES.items():
    conf.update(USER='', ATOMIC_REQUESTS=True)
del alias, conf
ADMINS = MANAGERS = ()
ADMINS += (('me', 'me@example.com'),)
