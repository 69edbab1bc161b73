# env:
# env also: LOCAL=1
# ── settings.py
import os
import runpy
from importlib import import_module

BASE_DIR = os.path.dirname(os.path.abspath(__file__))
DEBUG = True
INSTALLED_APPS = ["a"]
exec(open(os.path.join(BASE_DIR, "conf", "common.py")).read())
with open(os.path.join(BASE_DIR, "conf", "more.py")) as source:
    exec(compile(source.read(), "conf/more.py", "exec"), globals())
scope = {}
exec("X = 1\nY = X + 1", scope)
FROM_SCOPE = scope["Y"], "__builtins__" in scope
SUM = eval("sum([1, 2, 3]) + len(INSTALLED_APPS)")
EVAL = eval(os.environ.get("EXPR", "{'a': [True, None]}"))
WITH = eval("a + b", {"a": 1}, {"b": 2})
loaded = runpy.run_path(os.path.join(BASE_DIR, "conf", "more.py"))
MORE = loaded["MORE"]
module = import_module("conf." + ("local" if os.environ.get("LOCAL") else "common"))
for name in dir(module):
    if name.isupper():
        globals().setdefault(name, getattr(module, name))
vars(module)["ADDED"] = 5
ADDED = module.ADDED
locals()["VIA_LOCALS"] = 7
locals().update(OTHER=8)
globals().update({"THIRD": 9})
def inner():
    global FOURTH
    FOURTH = 10
    x = 1
    locals()["x"] = 2
    return x
FIFTH = inner()
try:
    exec("syntax error here")
except SyntaxError as error:
    SYNTAX = type(error).__name__
try:
    eval("undefined_name")
except NameError as error:
    NAME = str(error)
# ── conf/__init__.py
# ── conf/common.py
if "INSTALLED_APPS" in globals(): INSTALLED_APPS += ["b"]
COMMON = __name__
# ── conf/more.py
MORE = ["more"]
DEBUG = False
# ── conf/local.py
ONLY_LOCAL = True
