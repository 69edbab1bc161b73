# env:
# env also: DATABASE_URL=postgresql://u:p%23w@h:5432/db?sslmode=require&application_name=x
# env: REPLICA_URL=mysql://u@h2/db2
# env: CACHE_URL=redis://:pw@c:6379/2
# env also: DATABASE_URL=sqlite:////tmp/db.sqlite3
# env: DATABASE_CONN_MAX_AGE=30
# ── settings.py
import os
import dj_database_url
from dj_database_url import parse as db_url
from decouple import config, Csv

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
db_from_env = dj_database_url.config(conn_max_age=500)
DATABASES["default"].update(db_from_env)
SECOND = {"default": dj_database_url.config(default="sqlite:///fallback.sqlite3", conn_max_age=int(os.getenv("DATABASE_CONN_MAX_AGE", 600)), conn_health_checks=True)}
if "REPLICA_URL" in os.environ:
    DATABASES["replica"] = dj_database_url.parse(os.environ["REPLICA_URL"], ssl_require=True)
    DATABASES["replica"].setdefault("OPTIONS", {})["charset"] = "utf8mb4"
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
THIRD = config("DATABASE_URL", default="postgres://localhost/x", cast=db_url)
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"].pop("sslmode", None)
    DATABASES["default"].setdefault("DISABLE_SERVER_SIDE_CURSORS", True)
HOSTS = config("HOSTS", default="a.com, b.com", cast=Csv())
MORE = config("MORE", default="1;2", cast=Csv(int, delimiter=";", post_process=tuple))
ENGINE = DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
DATABASES["default"]["ATOMIC_REQUESTS"] = ENGINE != "sqlite3"
