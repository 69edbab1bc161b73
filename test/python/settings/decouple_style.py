# env:
# env also: DEBUG=off
# env: PORT=25
# env: HOSTS=x.example.com
# env: CHOICE=b
# ── settings.py
import json
import os
from decouple import AutoConfig, Choices, Config, Csv, RepositoryEnv, UndefinedValueError, config

DEBUG = config("DEBUG", default=True, cast=bool)
PORT = config("PORT", default=587, cast=int)
HOSTS = config("HOSTS", cast=Csv(), default="localhost,127.0.0.1")
CHOICE = config("CHOICE", default="a", cast=Choices(["a", "b"]))
JSON = config("JSON", default="{}", cast=json.loads)
LAMBDA = config("X", default="1|2", cast=lambda v: [int(p) for p in v.split("|")])
FLOAT = config("RATE", default="0.25", cast=float)
FROM_FILE = config("FROM_FILE")
other = Config(RepositoryEnv(os.path.join(os.path.dirname(__file__), "other.env")))
OTHER = other("OTHER"), other.get("MISSING", default="d")
try:
    config("REQUIRED")
except UndefinedValueError as e:
    REQUIRED = str(e)
try:
    config("PORT_X", default="x", cast=int)
except ValueError as e:
    BAD = str(e)
DATABASES = {"default": {"ENGINE": config("ENGINE", "django.db.backends.sqlite3"), "NAME": config("NAME", default=os.path.join("a", "b"))}}
EMAIL = config("EMAIL_USE_TLS", default="yes", cast=bool), config("EMPTY", default=""), config("NONE", default=None)
# ── .env
FROM_FILE=hello world
DEBUG=True
# ── other.env
OTHER = "quoted"
