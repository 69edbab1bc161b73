# env:
# env also: HOSTNAME=web-1.example.com
# env also: HOSTNAME=laptop
# ── settings.py
import os
import socket
import sys

BASE_DIR = os.path.dirname(os.path.realpath(__file__))
HOSTNAME = os.environ.get("HOSTNAME", "")
PRODUCTION_HOSTS = ("web-1.example.com", "web-2.example.com")
if HOSTNAME in PRODUCTION_HOSTS:
    from settings_hosts.production import *
elif HOSTNAME.startswith("laptop"):
    from settings_hosts.laptop import *
else:
    DEBUG = False
    ALLOWED_HOSTS = []
TESTING = "test" in sys.argv or "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
IS_RUNSERVER = len(sys.argv) > 1 and sys.argv[1] == "runserver"
MANAGE = sys.argv[0]
TEMPLATE_DIRS = (os.path.join(BASE_DIR, "templates").replace("\\", "/"),)
# ── settings_hosts/__init__.py
# ── settings_hosts/common.py
ADMINS = (("a", "a@example.com"),)
# ── settings_hosts/production.py
from .common import *
DEBUG = False
ALLOWED_HOSTS = ["web-1.example.com"]
# ── settings_hosts/laptop.py
from .common import *
import socket as _socket
DEBUG = TEMPLATE_DEBUG = True
ALLOWED_HOSTS = ["*"]
