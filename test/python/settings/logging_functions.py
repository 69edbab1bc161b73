# env:
# env also: LOG_LEVEL=debug
# env: LOG_JSON=1
# env: LOG_DIR=logs
# ── settings.py
import copy
import logging
import logging.config
import os
from functools import partial
from itertools import chain, product
from django.utils.log import DEFAULT_LOGGING

LEVEL = getattr(logging, os.environ.get("LOG_LEVEL", "info").upper(), logging.INFO)


def handler(kind, level="INFO", **extra):
    return {"class": f"logging.{kind}", "level": level, **extra}


console = partial(handler, "StreamHandler", formatter="verbose")


def build(*apps, level=logging.INFO, json=False, **overrides):
    names = ["django", *apps]
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "verbose": {"format": "{levelname} {asctime} {message}", "style": "{"},
            **({"json": {"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}} if json else {}),
        },
        "handlers": {"console": console(level=logging.getLevelName(level)), "null": {"class": "logging.NullHandler"}},
        "loggers": {
            name: {"handlers": ["console"], "level": "INFO" if name == "django" else "DEBUG", "propagate": False}
            for name in names
        },
        "root": {"handlers": ["console"], "level": logging.getLevelName(level)},
    }
    if json:
        for item in config["handlers"].values():
            item.setdefault("formatter", "json")
    config["loggers"].update(overrides)
    return config


class HealthFilter(logging.Filter):
    def filter(self, record):
        return "/healthz" not in record.getMessage()


LOGGING = build("shop", "shop.api", level=LEVEL, json="LOG_JSON" in os.environ, celery={"level": "ERROR"})
if log_dir := os.environ.get("LOG_DIR"):
    for kind in ("debug", "error"):
        LOGGING["handlers"][f"file_{kind}"] = {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": os.path.join(log_dir, f"{kind}.log"),
            "maxBytes": 10 * 1024 ** 2,
            "backupCount": 5,
        }
        LOGGING["root"]["handlers"].append(f"file_{kind}")
LOGGING["filters"] = {"health": {"()": HealthFilter}}
MERGED = copy.deepcopy(DEFAULT_LOGGING)
MERGED["handlers"]["console"]["level"] = "DEBUG"
UNTOUCHED = DEFAULT_LOGGING["handlers"]["console"]["level"]
logger = logging.getLogger(__name__)
logger.setLevel(logging.DEBUG)
logger.warning("starting %s", __name__)
PAIRS = [f"{a}-{b}" for a, b in product("ab", range(2))]
FLAT = list(chain(["a"], ("b",), chain.from_iterable([["c"], ["d"]])))
NAME = logger.name, logging.getLevelName("WARNING"), logging.getLevelName(15)
