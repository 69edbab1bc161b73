# module: config.settings
# ── config/settings.py
import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BASE_DIR / "apps"))
sys.path.append(os.path.join(BASE_DIR, "libs"))
import accounts.conf
from helpers import slug
from helpers.text import *
import importlib.util

SLUG = slug("Hello World")
ACCOUNTS = accounts.conf.NAME
SHOUTED = shout("a")
FIRST = sys.path[0].endswith("/apps")
if str(BASE_DIR) not in sys.path:
    sys.path.insert(0, str(BASE_DIR))
hyphen = importlib.import_module("my-app.conf")
HYPHEN = hyphen.VALUE
import namespaced.inner.leaf as leaf
LEAF = leaf.VALUE, leaf.__name__, leaf.__package__
FOUND = importlib.util.find_spec("accounts") is not None, importlib.util.find_spec("no_such_module_here")
INSTALLED_APPS = [p.name for p in sorted((BASE_DIR / "apps").iterdir()) if (p / "__init__.py").exists()]
CONFS = sorted(str(p.relative_to(BASE_DIR)) for p in BASE_DIR.glob("apps/*/conf.py"))
WALK = sorted(name for _, _, names in os.walk(BASE_DIR / "apps") for name in names if name.endswith(".py"))
LISTED = sorted(d for d in os.listdir(BASE_DIR / "apps") if os.path.isdir(os.path.join(BASE_DIR, "apps", d)))
# ── apps/accounts/__init__.py
# ── apps/accounts/conf.py
NAME = "accounts"
# ── apps/billing/__init__.py
# ── libs/helpers/__init__.py
def slug(text): return text.lower().replace(" ", "-")
# ── libs/helpers/text.py
__all__ = [name for name in ("shout", "whisper")]
def shout(x): return x.upper() + "!"
def whisper(x): return x.lower()
def hidden(): pass
# ── my-app/conf.py
VALUE = "hyphen"
# ── namespaced/inner/leaf.py
VALUE = 3
