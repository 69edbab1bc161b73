# env:
# env also: APP_DEBUG=1
# env: APP_ALLOWED_HOSTS=["a.example.com"]
# env: APP_DB__HOST=pg
# env: APP_DB__PORT=5433
# env: APP_SECRET_KEY=s3cret
# env: APP_WORKERS=4
# env: CACHE_URL=redis://c/0
# env also: APP_SECRET_KEY=x
# env: APP_WORKERS=many
# ── settings.py
from pathlib import Path
from typing import Literal, Optional

from pydantic import BaseModel, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Database(BaseModel):
    host: str = "localhost"
    port: int = 5432
    name: str = "app"


class AppSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_nested_delimiter="__", extra="ignore")

    debug: bool = False
    secret_key: SecretStr
    allowed_hosts: list[str] = []
    workers: int = 2
    ratio: float = 0.5
    environment: Literal["dev", "prod"] = "prod"
    db: Database = Database()
    cache_url: Optional[str] = Field(default=None, validation_alias="CACHE_URL")
    media: Path = Path("/srv/media")

    @property
    def is_prod(self) -> bool:
        return self.environment == "prod"


conf = AppSettings()
DEBUG = conf.debug
SECRET_KEY = conf.secret_key.get_secret_value()
ALLOWED_HOSTS = conf.allowed_hosts
WORKERS = conf.workers
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": conf.db.host, "PORT": conf.db.port, "NAME": conf.db.name}}
CACHE_URL = conf.cache_url
SECURE_SSL_REDIRECT = conf.is_prod and not conf.debug
MEDIA_ROOT = conf.media / "uploads"
