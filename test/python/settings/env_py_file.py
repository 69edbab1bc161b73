# env:
# env also: PORT=9000
# ── settings.py
import os
import dotenv
from pathlib import Path
from dotenv import load_dotenv, find_dotenv, dotenv_values

if os.path.exists("env.py"):
    import env
BASE_DIR = Path(__file__).resolve().parent
dotenv_file = os.path.join(BASE_DIR, ".env.production")
if os.path.isfile(dotenv_file):
    dotenv.load_dotenv(dotenv_file)
load_dotenv(BASE_DIR / "missing.env")
CONFIG = {**dotenv_values(BASE_DIR / ".env.shared"), **{"X": os.environ.get("X", "none")}}
SECRET_KEY = os.environ.get("SECRET_KEY")
PORT = int(os.environ["PORT"])
DEBUG = eval(os.environ.get("DEBUG", "False"))
HOSTS = os.environ.get("ALLOWED_HOSTS", "").split(",")
MULTI = os.environ["MULTI"]
EXPANDED = os.environ["URL"]
QUOTED = os.environ["QUOTED"]
BOOL = bool(os.environ.get("EMPTY")), os.environ.get("EMPTY") is None, os.getenv("NOPE", None)
os.environ.setdefault("PORT", "1")
os.environ["ADDED"] = "yes"
HAS = "ADDED" in os.environ, os.environ.pop("ADDED"), os.environ.get("ADDED", "gone"), len([k for k in os.environ if k == "ADDED"])
# ── env.py
import os
os.environ["SECRET_KEY"] = "from-env-py"
os.environ.setdefault("PORT", "8000")
# ── .env.production
# comment
export DEBUG=True
ALLOWED_HOSTS=a.example.com,b.example.com # trailing
MULTI="line1
line2"
BASE=https://example.com
URL=${BASE}/path
QUOTED='single $BASE'
PORT=7777
EMPTY=
# ── .env.shared
A=1
B
