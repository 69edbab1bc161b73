# env:
# env also: SECRET_KEY=s
# env: ALLOWED_HOSTS=a.com;b.com
# env: DATABASE_URL=postgres://u:p@h/db
# ── settings.py
import os
import dj_database_url
from constants import Status, Level
env = os.environ.copy()
DEBUG = False
if "DATABASE_URL" in env:
    DATABASES = {"default": dj_database_url.config(conn_max_age=60)}
else:
    DATABASES = {}
ALLOWED_HOSTS = env.get("ALLOWED_HOSTS", "localhost").split(";")
env["ADDED"] = "1"
ADDED = env["ADDED"], "ADDED" in env, "ADDED" in os.environ, isinstance(env, dict)
DEFAULT_STATUS = Status.LIVE
STATUSES = Status.choices, Status.values, Status.labels, Status.LIVE.label, Status.DRAFT.label, str(Status.LIVE), Status.LIVE == "live", f"{Status.LIVE}"
LEVELS = Level.choices, Level.HIGH + 1, Level(1).name, Level.names, len(Level), [m.value for m in Level]
SECRET_KEY = env["SECRET_KEY"]
# ── constants.py
from django.db import models
from django.db.models import TextChoices
class Status(TextChoices):
    LIVE = "live", "Live now"
    DRAFT = "draft"
class Level(models.IntegerChoices):
    LOW = 1, "Low"
    HIGH = 2, "High"
