# module: shop.settings
# ── shop/__init__.py
# ── shop/settings.py
import os, sys, warnings, traceback
DEBUG = False
DATABASES = {"default": {"NAME": "x"}}
try:
    from .local_settings import *
except ImportError:
    pass
try:
    from shop.really_local import *
except ImportError as e:
    WHY = str(e), e.name, e.msg
    warnings.warn("no local settings: %s" % e)
else:
    WHY = None
finally:
    DONE = True
try:
    import nothing_like_this
    HAS = True
except ModuleNotFoundError:
    HAS = False
try:
    import shop.broken
except ImportError as error:
    BROKEN = type(error).__name__, str(error).split(" (")[0]
for suffix in ("one", "two"):
    try:
        mod = __import__(f"shop.extra_{suffix}", globals(), locals(), ["*"])
    except ImportError:
        continue
    for attr in (a for a in dir(mod) if not a.startswith("_")):
        globals()[attr] = getattr(mod, attr)
if not DATABASES["default"].get("HOST"):
    DATABASES["default"]["HOST"] = "local"
_locals = {k: v for k, v in list(locals().items()) if k.startswith("EX")}
try:
    raise KeyError("x")
except (KeyError, ValueError) as err:
    CAUGHT = repr(err), err.args
def attempt():
    try:
        return "try"
    finally:
        STATE.append("finally")
STATE = []
RESULT = attempt()
try:
    try:
        int("x")
    except ValueError as inner:
        raise RuntimeError("outer") from inner
except RuntimeError as outer:
    CHAIN = str(outer), str(outer.__cause__)
# ── shop/local_settings.py
DEBUG = True
DATABASES = {"default": {"NAME": "local"}}
_HIDDEN = 1
# ── shop/broken.py
from shop import nothing_here
# ── shop/extra_one.py
EX_ONE = 1
