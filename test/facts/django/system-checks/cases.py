# Small settings modules for Django's own system checks. "# === name" begins one, after which the lines of "base"
# are prepended to it, unless the name ends in "(bare)". "# env: A=1" sets a variable; "# unknown: id …" names the
# checks that cannot be told from the files alone. scripts/record-system-checks.py asks the real Django.

# === base
SECRET_KEY = "q7!x)v2m#k0w@e9r$t8y%u6i^o5p&a4s*d3f(g1h-j_zl+cbnQWERTYUIOP"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}]
ALLOWED_HOSTS = ["shop.example.com"]
STATIC_URL = "static/"
SITE_ID = 1
SECURE_HSTS_SECONDS = 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# === nothing at all (bare)
pass

# === only a key (bare)
SECRET_KEY = "short"

# === everything is well
pass

# === key is empty
SECRET_KEY = ""

# === key is None
SECRET_KEY = None

# === key is 49 characters
SECRET_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"

# === key is 50 characters
SECRET_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"

# === key of four characters
SECRET_KEY = "abcd" * 20

# === key of five characters
SECRET_KEY = "abcde" * 20

# === key of astral characters
SECRET_KEY = "😀😃😄😁😆" * 10

# === key of 49 astral characters
SECRET_KEY = "😀😃😄😁😆" * 9 + "😀😃😄😁"

# === key has the prefix
SECRET_KEY = "django-insecure-" + SECRET_KEY

# === key of short bytes
SECRET_KEY = b"abc"

# === key of bytes
# unknown: security.W009
SECRET_KEY = SECRET_KEY.encode()

# === key from the environment
# env: KEY=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ
import os
SECRET_KEY = os.environ["KEY"]

# === fallback keys
SECRET_KEY_FALLBACKS = [SECRET_KEY, "weak", "weaker"]

# === fallback keys that are strong
SECRET_KEY_FALLBACKS = (SECRET_KEY[::-1],)

# === fallback keys as a text
SECRET_KEY_FALLBACKS = "weak"

# === no middleware
MIDDLEWARE = []

# === middleware as a tuple
MIDDLEWARE = tuple(MIDDLEWARE[1:])

# === middleware as a text
MIDDLEWARE = "django.middleware.security.SecurityMiddleware,django.middleware.csrf.CsrfViewMiddleware"

# === middleware without csrf
MIDDLEWARE.remove("django.middleware.csrf.CsrfViewMiddleware")
CSRF_COOKIE_SECURE = False

# === sessions without their middleware
MIDDLEWARE.pop(1)
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = False

# === session middleware without the app
INSTALLED_APPS.remove("django.contrib.sessions")
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = False

# === sessions by their configuration
INSTALLED_APPS[1] = "django.contrib.sessions.apps.SessionsConfig"
SESSION_COOKIE_SECURE = False

# === session cookies are open
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = False

# === session cookies are 1
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_SECURE = 1

# === session cookies are text
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_SECURE = "True"

# === session cookies are None
SESSION_COOKIE_SECURE = SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_SECURE = None

# === csrf in the session
CSRF_USE_SESSIONS = True
CSRF_COOKIE_SECURE = False

# === no hsts
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False

# === hsts for one host
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = 1

# === hsts from text
SECURE_HSTS_SECONDS = "0"
SECURE_HSTS_PRELOAD = "True"

# === without the security middleware nothing of it counts
MIDDLEWARE.pop(0)
SECURE_HSTS_SECONDS = 0
SECURE_SSL_REDIRECT = SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = "nonsense"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "nonsense"

# === no redirect
SECURE_SSL_REDIRECT = "True"

# === types are sniffed
SECURE_CONTENT_TYPE_NOSNIFF = 1

# === debug by a text
DEBUG = "False"

# === debug by a number
DEBUG = 0

# === frames of the same origin
X_FRAME_OPTIONS = "SAMEORIGIN"

# === frames in small letters
X_FRAME_OPTIONS = "deny"

# === no hosts
ALLOWED_HOSTS = []

# === an empty host
ALLOWED_HOSTS = ("",)

# === hosts as a text
ALLOWED_HOSTS = "*"

# === hosts as a set
ALLOWED_HOSTS = {"shop.example.com"}

# === hosts are None
ALLOWED_HOSTS = None

# === no referrer policy
SECURE_REFERRER_POLICY = None

# === an empty referrer policy
SECURE_REFERRER_POLICY = ""

# === referrer policies in a text
SECURE_REFERRER_POLICY = "no-referrer, strict-origin-when-cross-origin"

# === referrer policies in a list
SECURE_REFERRER_POLICY = ["no-referrer", "origin"]

# === a bad referrer policy in a list
SECURE_REFERRER_POLICY = ("no-referrer", "always")

# === no opener policy
SECURE_CROSS_ORIGIN_OPENER_POLICY = None

# === a bad opener policy
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same_origin"

# === content security policies of the wrong types
SECURE_CSP = "default-src 'self'"
SECURE_CSP_REPORT_ONLY = []

# === content security policies that are none
SECURE_CSP = SECURE_CSP_REPORT_ONLY = None

# === a nonce that no template gets
MIDDLEWARE += ["django.middleware.csp.ContentSecurityPolicyMiddleware"] * (__import__("django").VERSION >= (6, 0))
SECURE_CSP = {"script-src": ["'self'", "<CSP_NONCE_SENTINEL>"]}

# === a nonce that templates get
MIDDLEWARE += ["django.middleware.csp.ContentSecurityPolicyMiddleware"] * (__import__("django").VERSION >= (6, 0))
SECURE_CSP = {"script-src": "<CSP_NONCE_SENTINEL>", "img-src": None}
TEMPLATES[0]["OPTIONS"]["context_processors"] = ["django.template.context_processors." + "csp"]

# === a hashing algorithm
DEFAULT_HASHING_ALGORITHM = "md5"

# === a failure view
CSRF_FAILURE_VIEW = "views.failure"

# === a failure view without a reason
# unknown: security.E101 security.E102
CSRF_FAILURE_VIEW = "views.wrong"

# === no failure view
# unknown: security.E101 security.E102
CSRF_FAILURE_VIEW = "views.absent"

# === no caches
CACHES = {}

# === caches without a default
CACHES = {"other": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

# === a cache in relative files
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "cache"}}

# === a cache in what is served
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/media/cache"}}
MEDIA_ROOT = "/srv/media/"

# === a cache around what is served
from pathlib import Path
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": Path("/srv")}}
STATIC_ROOT = Path("/srv") / "static"

# === a cache that is what is served
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "static"}}
STATICFILES_DIRS = [("prefix", "./static")]

# === a cache beside what is served
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/media2"}}
MEDIA_ROOT = "/srv/media"

# === uploads to a folder that is there
FILE_UPLOAD_TEMP_DIR = "/tmp"

# === uploads to a folder that is not
# unknown: files.E001
FILE_UPLOAD_TEMP_DIR = "/no/such/folder"

# === uploads to no folder
FILE_UPLOAD_TEMP_DIR = ""

# === origins without a scheme
CSRF_TRUSTED_ORIGINS = ["shop.example.com", "https://example.org"]

# === origins with a scheme
CSRF_TRUSTED_ORIGINS = ("https://*.example.org",)

# === origins as a text
CSRF_TRUSTED_ORIGINS = "https://shop.example.com"

# === addresses without a slash
STATIC_URL = "static"
MEDIA_URL = "https://cdn.example.com/media"

# === empty addresses
STATIC_URL = MEDIA_URL = ""

# === no addresses
STATIC_URL = None

# === language with a wrong form
LANGUAGE_CODE = "en_GB"

# === language that is no text
LANGUAGE_CODE = None
USE_I18N = False

# === language not among the languages
LANGUAGE_CODE = "de"
LANGUAGES = [("en", "English"), ("fr", "French")]

# === language by its generic variant
LANGUAGE_CODE = "de-at"
LANGUAGES = [("de", "German")]

# === language by another region
LANGUAGE_CODE = "es"
LANGUAGES = [("es-mx", "Mexican Spanish")]

# === language in capitals
LANGUAGE_CODE = "pt-BR"

# === Chinese by its old name
LANGUAGE_CODE = "zh-cn"

# === language of three parts
LANGUAGE_CODE = "zh-hant-tw"
LANGUAGES = [("zh-hant", "Traditional Chinese")]

# === languages with wrong codes
LANGUAGES = [("en", "English"), ("en_GB", "British"), (None, "Nothing")]
LANGUAGES_BIDI = ["he", "a_b"]

# === language that nobody translates
# unknown: translation.E004
LANGUAGE_CODE = "tlh"
LANGUAGES = [("tlh", "Klingon")]

# === templates with loaders and app folders
TEMPLATES[0]["OPTIONS"]["loaders"] = ["django.template.loaders.filesystem.Loader"]

# === templates with something invalid
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = 1

# === templates with something lazy
from django.utils.translation import gettext_lazy
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "nothing"

# === static folders as a text
STATICFILES_DIRS = "/tmp"

# === static folders as a set
STATICFILES_DIRS = {"/tmp"}

# === static folders hold the root
STATIC_ROOT = "static/"
STATICFILES_DIRS = ["static"]

# === static folder that is not there
# unknown: staticfiles.W004
STATICFILES_DIRS = ["/no/such/folder"]

# === static folder that is there
STATICFILES_DIRS = ["static"]

# === static prefix with a slash
STATICFILES_DIRS = [("one/", "static")]

# === static folders without the finder
STATICFILES_DIRS = {"/no/such/folder"}
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

# === static folders without the app
INSTALLED_APPS.remove("django.contrib.staticfiles")
STATICFILES_DIRS = {"/no/such/folder"}

# === static files by their configuration
INSTALLED_APPS[3] = "django.contrib.staticfiles.apps.StaticFilesConfig"
STATICFILES_DIRS = {"/tmp"}

# === storages without static files
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}

# === both names for storages
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"

# === both names for default storage
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"

# === the old name for storages
STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"

# === site by a text
SITE_ID = "1"

# === site by a bool
SITE_ID = True

# === site by a text without sites
SITE_ID = "1"
INSTALLED_APPS.remove("django.contrib.sites")

# === async is unsafe
# env: DJANGO_ALLOW_ASYNC_UNSAFE=true
pass

# === async is unsafe by an empty variable
# env: DJANGO_ALLOW_ASYNC_UNSAFE=
pass

# === async is unsafe by the settings
import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# === mail without a default
MAILERS = {"other": {}}

# === mail to nowhere
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}

# === mail as usual
MAILERS = {"default": {"OPTIONS": {"host": "mail.example.com"}}}

# === mail by two names
MAILERS = {"default": {}}
EMAIL_HOST = "mail.example.com"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

# === silenced
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W004"]
SECURE_SSL_REDIRECT = False
X_FRAME_OPTIONS = "SAMEORIGIN"

# === a time zone
TIME_ZONE = "Europe/Berlin"

# === an old time zone
TIME_ZONE = "US/Eastern"

# === no time zone
TIME_ZONE = None

# === a time zone that is none
TIME_ZONE = "Europe/Atlantis"

# === apps as a text
INSTALLED_APPS = "django.contrib.sessions"

# === locale folders as a text
LOCALE_PATHS = "locale"

# === templates of old
TEMPLATE_DIRS = "templates"

# === small names do not count
debug = True
Debug = True

# === timeouts in days
PASSWORD_RESET_TIMEOUT_DAYS = 3
PASSWORD_RESET_TIMEOUT = 3

# === no language
LANGUAGE_CODE = ""

# === no language and no translation
LANGUAGE_CODE = ""
USE_I18N = False
