# env:
# env also: APP_ENV=staging
# env also: APP_ENV=missing
# ── settings.py
import os
from pathlib import Path
import yaml

BASE_DIR = Path(__file__).resolve().parent
ENV = os.getenv("APP_ENV", "production")
try:
    with open(BASE_DIR / "config" / f"{ENV}.yml") as stream:
        CONFIG = yaml.safe_load(stream) or {}
except FileNotFoundError as error:
    CONFIG = {}
    MISSING = error.filename, error.errno
def setting(path, default=None):
    node = CONFIG
    for part in path.split("."):
        if not isinstance(node, dict) or part not in node:
            return default
        node = node[part]
    return node
DEBUG = setting("debug", False)
ALLOWED_HOSTS = setting("hosts", [])
DATABASES = {name: {**{"ENGINE": "django.db.backends.postgresql"}, **{k.upper(): v for k, v in db.items()}} for name, db in setting("databases", {}).items()}
globals().update({k: v for k, v in setting("django", {}).items() if k.isupper()})
# ── config/production.yml
# production
debug: off
hosts: [shop.example.com, "www.example.com"]
databases:
  default: &db
    host: pg
    port: 5432
    name: shop
    conn_max_age: 60
  replica:
    <<: *db
    host: pg2
django:
  SECRET_KEY: "k: v"
  SESSION_COOKIE_SECURE: yes
  SECURE_HSTS_SECONDS: 31_536_000
  lower: 1
  EMAIL_TIMEOUT: 2.5
  NOTHING: ~
  TEXT: |
    two
    lines
  FOLDED: >-
    one
    line
# ── config/staging.yml
debug: true
