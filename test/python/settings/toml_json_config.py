# env:
# env also: CONFIG_FILE=other.json
# ── settings.py
import json
import os
import tomllib
from functools import lru_cache, reduce
from operator import getitem, or_
from pathlib import Path

BASE = Path(__file__).parent
CONFIG_FILE = BASE / os.environ.get("CONFIG_FILE", "settings.toml")

@lru_cache(maxsize=None)
def load(path):
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text())
    elif path.suffix == ".json":
        return json.loads(path.read_bytes())
    raise ValueError(f"unknown: {path.suffix!r}")

CONFIG = load(CONFIG_FILE)
def get(*keys, default=...):
    try:
        return reduce(getitem, keys, CONFIG)
    except (KeyError, TypeError):
        if default is ...:
            raise
        return default
DEBUG = get("django", "debug", default=False)
ALLOWED_HOSTS = get("django", "allowed_hosts", default=[])
SECRET_KEY = get("django", "secret", "key", default="none")
CACHES = get("caches", default={})
TIMEOUTS = sorted(get("timeouts", default={}).items(), key=lambda item: (-item[1], item[0]))
VERSION = tomllib.load((BASE / "pyproject.toml").open("rb"))["project"]["version"]
with (BASE / "package.json").open() as f:
    PACKAGE = json.load(f)
PACKAGE_VERSION = PACKAGE.get("version", "0.0.0")
STEM = CONFIG_FILE.stem, CONFIG_FILE.name, CONFIG_FILE.parent.name == BASE.name
FLAGS = reduce(or_, [1, 2, 8], 0)
# ── settings.toml
[django]
debug = false
allowed_hosts = ["a.example.com", "b.example.com"]
[django.secret]
key = "toml-key"
[caches.default]
BACKEND = "django.core.cache.backends.redis.RedisCache"
LOCATION = "redis://x"
TIMEOUT = 300
[timeouts]
a = 1.5
b = 30
c = 30
# ── other.json
{"django": {"debug": true, "allowed_hosts": ["*"]}, "timeouts": {}}
# ── pyproject.toml
[project]
name = "shop"
version = "1.2.3"
# ── package.json
{"name": "shop", "version": "4.5.6", "n": 1e3, "u": "\u00e9"}
