# ── settings.py
import configparser
import os
from configparser import RawConfigParser

BASE_DIR = os.path.dirname(os.path.abspath(__file__))
config = configparser.ConfigParser()
READ = [os.path.basename(p) for p in config.read(["config.ini", os.path.join(BASE_DIR, "local.ini")])]
SECRET_KEY = config["main"]["secret_key"]
DEBUG = config.getboolean("main", "debug", fallback=True)
PORT = config.getint("database", "port")
HOST = config.get("database", "host", fallback="localhost")
TIMEOUT = config["database"].getfloat("timeout", 1.5)
NAME = config["database"].get("name")
URL = config.get("database", "url")
SECTIONS = config.sections()
HAS = config.has_option("main", "debug"), config.has_section("nope"), "main" in config
ITEMS = dict(config.items("database"))
DEFAULTS = dict(config.defaults())
try:
    config.get("nope", "x")
except configparser.NoSectionError as error:
    ERROR = str(error), error.section
try:
    config["main"]["nope"]
except KeyError as error:
    KEY = str(error)
raw = RawConfigParser()
raw.optionxform = str
raw.read_string("[A]\nKey = %(x)s\nmulti = one\n  two\n")
RAW = raw.get("A", "Key"), raw.items("A")
config.read_dict({"extra": {"n": 1}})
EXTRA = config["extra"]["n"]
config.set("main", "debug", "no")
CHANGED = config.getboolean("main", "debug")
LINES = config.get("main", "hosts").split()
# ── config.ini
; comment
[DEFAULT]
host = pg
[main]
secret_key = a=b:c
debug: off
# hosts below
hosts =
    a.example.com
    b.example.com

[database]
port = 5432
name =
url = postgres://%(host)s:%(port)s/x
