# opaque: GENERATED KEY_EXISTS STATUS
# ── settings.py
import os, io, json, tempfile, random, secrets, string, time, platform, getpass, shutil, subprocess
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent
LOG_DIR = BASE_DIR / "logs"
LOG_DIR.mkdir(parents=True, exist_ok=True)
os.makedirs(BASE_DIR / "media", exist_ok=True)
if not os.path.exists(BASE_DIR / "static"):
    os.makedirs(BASE_DIR / "static")
with open(BASE_DIR / "VERSION") as f:
    VERSION = f.read().strip()
LINES = [line.rstrip("\n") for line in open(BASE_DIR / "requirements.txt") if not line.startswith("#")]
COUNT = sum(1 for _ in (BASE_DIR / "requirements.txt").open())
FIRST = (BASE_DIR / "requirements.txt").read_text().splitlines()[0]
with io.open(str(BASE_DIR / "VERSION"), "r", encoding="utf-8") as fh:
    PARTS = tuple(int(p) for p in fh.readline().split("."))
try:
    SECRET_KEY = open(BASE_DIR / "no-secret").read()
except IOError:
    SECRET_KEY = "default"
try:
    (BASE_DIR / "nothing").read_text()
except FileNotFoundError as error:
    ERR = error.errno, error.strerror, os.path.basename(error.filename)
GENERATED = "".join(random.SystemRandom().choice(string.ascii_letters) for _ in range(50))
KEY_EXISTS = secrets.token_urlsafe(32)
STATUS = subprocess.check_output(["echo", "hi"]).decode().strip()
LETTERS = string.ascii_lowercase[:3] + string.digits[-1]
EXT = os.path.splitext("a/b.tar.gz"), os.path.split("/a/b"), Path("a/b.txt").suffix, Path("/a/b/../c").parts, os.path.relpath("/a/b", "/a"), os.path.commonpath(["/a/b", "/a/c"])
ISDIR = (BASE_DIR / "VERSION").is_file(), BASE_DIR.is_dir(), (BASE_DIR / "x").exists(), os.path.isdir(BASE_DIR)
JOINED = os.path.join("/a", "/b", "c"), Path("a", "b") / "c", Path("/a").joinpath("b", "c"), Path("~").name, os.path.normpath("/a/./b/../c")
CWD = os.getcwd() == str(BASE_DIR), Path.cwd() == BASE_DIR
# ── VERSION
1.2.3
# ── requirements.txt
Django
#no
redis
