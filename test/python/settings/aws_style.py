# env:
# env also: SECRETS={"SECRET_KEY": "aws", "DB": {"host": "rds", "port": 3306}}
# env: RDS_DB_NAME=ebdb
# env: RDS_HOSTNAME=rds.amazonaws.com
# env: USE_S3=TRUE
# env: AWS_STORAGE_BUCKET_NAME=bucket
# ── settings.py
import json
import os
from django.core.exceptions import ImproperlyConfigured

def get_secret(setting, secrets=json.loads(os.environ.get("SECRETS", "{}"))):
    try:
        return secrets[setting]
    except KeyError:
        error_msg = "Set the {0} environment variable".format(setting)
        raise ImproperlyConfigured(error_msg)

try:
    SECRET_KEY = get_secret("SECRET_KEY")
except ImproperlyConfigured as e:
    SECRET_KEY = "fallback"
    PROBLEM = e.args[0]
if "RDS_DB_NAME" in os.environ:
    DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", **{k: os.environ.get("RDS_" + k, "") for k in ("DB_NAME", "HOSTNAME")}}}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
USE_S3 = os.getenv("USE_S3") == "TRUE"
if USE_S3:
    AWS_STORAGE_BUCKET_NAME = os.getenv("AWS_STORAGE_BUCKET_NAME")
    AWS_S3_CUSTOM_DOMAIN = f"{AWS_STORAGE_BUCKET_NAME}.s3.amazonaws.com"
    AWS_S3_OBJECT_PARAMETERS = {"CacheControl": "max-age=86400"}
    STATIC_URL = f"https://{AWS_S3_CUSTOM_DOMAIN}/static/"
    STORAGES = {"default": {"BACKEND": "storages.backends.s3boto3.S3Boto3Storage"}, "staticfiles": {"BACKEND": "storages.backends.s3boto3.S3StaticStorage"}}
else:
    STATIC_URL = "/static/"
    STATIC_ROOT = "/var/www/static"
match os.environ.get("RDS_DB_NAME"):
    case None:
        TIER = "local"
    case "ebdb" | "prod" as name if len(name) > 3:
        TIER = f"aws-{name}"
    case str() as other:
        TIER = other
match json.loads(os.environ.get("SECRETS", "{}")):
    case {"DB": {"host": host, "port": int(port)}, **rest}:
        DB = (host, port, sorted(rest))
    case _:
        DB = None
