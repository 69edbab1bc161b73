# env:
# env also: DB_PORT=6543
# env: MODE=debug
# ── settings.py
from __future__ import annotations

import os
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from enum import Enum, IntEnum, StrEnum, auto
from typing import Any, ClassVar, Final, NamedTuple


class Mode(str, Enum):
    DEBUG = "debug"
    LIVE = "live"

    @property
    def secure(self) -> bool:
        return self is Mode.LIVE

    @classmethod
    def current(cls) -> Mode:
        return cls(os.environ.get("MODE", "live"))


class Level(IntEnum):
    LOW = auto()
    HIGH = auto()


class Region(StrEnum):
    EU = auto()
    US = "us-east"


@dataclass(frozen=True, kw_only=True)
class Database:
    name: str = "shop"
    host: str = "localhost"
    port: int = 5432
    options: dict[str, Any] = field(default_factory=dict)
    engine: ClassVar[str] = "django.db.backends.postgresql"

    @classmethod
    def from_env(cls) -> Database:
        return cls(port=int(os.environ.get("DB_PORT", cls.port)), options={"sslmode": "require"})

    def as_django(self) -> dict[str, Any]:
        return {"ENGINE": self.engine} | {key.upper(): value for key, value in asdict(self).items()}


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    label: str = field(init=False, default="v", repr=False, compare=False)

    def __post_init__(self):
        self.label = f"v{self.major}.{self.minor}"


class Host(NamedTuple):
    name: str
    port: int = 80

    def __str__(self):
        return f"{self.name}:{self.port}"


MODE = Mode.current()
DEBUG: bool = MODE is Mode.DEBUG
SECURE_SSL_REDIRECT: Final = MODE.secure
database = Database.from_env()
DATABASES: dict[str, dict[str, Any]] = {"default": database.as_django()}
OTHER = replace(database, name="other").as_django()
FIELDS = [f.name for f in fields(Database)]
VERSION = Version(1, 2)
NEWER = Version(1, 3) > VERSION
SHOWN = repr(VERSION), VERSION.label, VERSION == Version(1, 2), astuple(VERSION)
try:
    database.port = 1
except Exception as error:
    FROZEN = type(error).__name__, str(error)
MODES = [m.value for m in Mode], Mode("live").name, Mode["DEBUG"].value, len(Mode), "live" in [m.value for m in Mode]
LEVELS = Level.HIGH > Level.LOW, Level.HIGH + 1, int(Level.LOW), f"{Level.HIGH}", str(Level.LOW)
REGION = Region.EU.value, f"{Region.US}", Region.EU == "eu", Region.US.upper()
MIXED = Mode.LIVE == "live", Mode.LIVE.upper(), {Mode.LIVE: 1}["live"], repr(Mode.LIVE), str(Mode.LIVE)
HOST = Host("a")
HOSTS = [str(HOST), HOST._replace(port=8080).port, HOST._asdict(), HOST[0], tuple(HOST)]
UNDECIDED: str
