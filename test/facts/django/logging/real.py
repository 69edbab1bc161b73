"""What real Django does with each LOGGING of a list: whether it starts, and what is printed of an error of a view."""

import json
import os
import sys
import tempfile
import traceback

from django.conf import settings
from django.utils.log import configure_logging

import django.core.handlers.base  # noqa: F401  makes the loggers that a running Django has
import logging


def child(text, out):
    """In a process of its own, since logging is one for all."""
    names = {}
    exec(text, names)
    settings.configure(DEBUG=False)
    sys.stdout.flush()
    os.dup2(out.fileno(), 1)
    os.dup2(out.fileno(), 2)
    try:
        configure_logging("logging.config.dictConfig", names.get("LOGGING", {}))
    except Exception as error:
        reasons = []
        while error is not None:
            reasons.append(f"{type(error).__name__}: {error}")
            error = error.__cause__
        print("INVALID " + " < ".join(reasons))
        return
    try:
        raise RuntimeError("BOOM")
    except RuntimeError:
        logging.getLogger("django.request").error("Internal Server Error", exc_info=True)


def answer(text):
    with tempfile.TemporaryFile("w+") as out:
        pid = os.fork()
        if pid == 0:
            try:
                child(text, out)
                sys.stdout.flush()
                sys.stderr.flush()
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
            os._exit(0)
        os.waitpid(pid, 0)
        out.seek(0)
        printed = out.read()
    if printed.startswith("INVALID "):
        return {"invalid": printed[len("INVALID ") :].strip()}
    return {"seen": "BOOM" in printed, "fails": "--- Logging error ---" in printed}


print(json.dumps([answer(text) for text in json.load(sys.stdin)]))
