# opaque: LOGIN_URL RANDOM PRICE SINCE
# ── settings.py
import re
from datetime import timedelta, datetime, date
from decimal import Decimal
from django.conf import global_settings
from django.conf.global_settings import LANGUAGES as ALL_LANGUAGES, PASSWORD_HASHERS
from django.contrib.messages import constants as messages
from django.core.management.utils import get_random_secret_key
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _, pgettext_lazy
import django
from django.core.validators import URLValidator
from django.utils.text import slugify
from celery.schedules import crontab
from corsheaders.defaults import default_headers, default_methods

LANGUAGES = [("en", _("English")), ("de", _("German"))]
FEW = [lang for lang in ALL_LANGUAGES if lang[0] in {"en", "de", "fr"}]
HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"] + list(PASSWORD_HASHERS)
UPLOAD = list(global_settings.FILE_UPLOAD_HANDLERS)
MESSAGE_TAGS = {messages.ERROR: "danger", messages.DEBUG: "secondary"}
RANDOM = get_random_secret_key()
LOGIN_URL = reverse_lazy("login")
SIMPLE_JWT = {"ACCESS_TOKEN_LIFETIME": timedelta(minutes=5), "ROTATE": timedelta(days=1) * 2, "SECONDS": timedelta(hours=1).total_seconds()}
VERSION = django.VERSION >= (4, 2), django.VERSION[0] > 3, django.get_version().split(".")[0]
CORS_ALLOW_HEADERS = list(default_headers) + ["x-custom"]
CORS_ALLOW_METHODS = [*default_methods, "VIEW"]
IGNORABLE_404_URLS = [re.compile(r"^/favicon\.ico$"), re.compile(r"\.(php|cgi)$", re.I)]
DISALLOWED_USER_AGENTS = [re.compile(r"^bad")]
SINCE = date(2024, 1, 2).isoformat(), datetime(2024, 1, 2, 3, 4).strftime("%Y-%m-%d %H:%M"), datetime.strptime("2024-05", "%Y-%m").month
PRICE = Decimal("1.10") + Decimal("2.20"), str(Decimal("0.1") * 3)
GREETING = pgettext_lazy("ctx", "May"), isinstance(_("World"), str)
MATCH = re.match(r"(\d+)-(\w+)", "12-ab").groups(), re.sub(r"\s+", "-", "a  b c"), re.split(r"[,;]", "a,b;c"), re.findall(r"\d", "a1b2"), bool(re.search("x", "abc"))
SLUG = slugify("Hello World, you!")
SCHEDULE_ENABLED = bool({"task": crontab(minute=0, hour="*/3")})
