# env:
# env also: SECRET_KEY=k
# env: DEBUG=true
# env: ALLOWED_HOSTS=a.com, b.com
# env: DATABASE_URL=postgres://u:p@h:1/db
# env: TTL=30
# env: LIMITS={"a": 1}
# env: LEVEL=WARNING
# env: WEIGHTS=a=1,b=2
# env: AWS_KEY=kk
# env: AWS_REGION=eu
# env: EMAIL_URL=smtp://u:p@mail:587/?tls=True
# env: START=2024-01-02
# ── settings.py
from pathlib import Path
from environs import Env, EnvError

env = Env()
env.read_env()
BASE_DIR = Path(__file__).parent
with env.prefixed("AWS_"):
    AWS = {"key": env("KEY", None), "region": env.str("REGION", "us")}
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
INTERNAL_IPS = env.list("INTERNAL_IPS", default=["127.0.0.1"])
TTL = env.timedelta("TTL", 10)
LIMITS = env.json("LIMITS", "{}")
LEVEL = env.log_level("LEVEL", "INFO")
WEIGHTS = env.dict("WEIGHTS", subcast_values=int, default={})
try:
    NEEDED = env.int("NEEDED")
except EnvError as error:
    NEEDED = str(error)
DATABASES = {"default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
email = env.dj_email_url("EMAIL_URL", default="console:")
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST = email.get("EMAIL_HOST")
FLOATS = env.list("FLOATS", [1.5], subcast=float)
SECRET_KEY = env.str("SECRET_KEY")
