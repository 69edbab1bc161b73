# ── if chains
x = 5
if x > 10: a = "big"
elif x > 3: a = "mid"
else: a = "small"
b = "yes" if x else "no"
c = x and "and"; d = 0 or "or"; e = not x; f = None or [] or "last"; g = 1 and 2 and 3; h = "" and 1
# ── for loops
a = []
for i in range(5):
    if i == 1: continue
    if i == 4: break
    a.append(i)
else:
    a.append("else")
for j in []: pass
else: b = "empty"
for k, v in {"a": 1}.items(): c = (k, v)
for ch in "ab": d = ch
for n in range(3): pass
# ── while loops
n = 0; a = []
while n < 5:
    n += 1
    if n == 2: continue
    a.append(n)
else:
    b = "done"
while True:
    n -= 1
    if n < 2: break
# ── augmented assignment
a = 1; a += 2; a -= 1; a *= 10; a /= 4; a //= 2; a **= 3; a %= 5
b = 5; b <<= 2; b |= 1; b &= 0xf; b ^= 3; b >>= 1
c = "x"; c += "y"; c *= 2
d = [1]; e = d; d += [2]
f = (1,); g = f; f += (2,)
h = {"n": 1}; h["n"] += 1
i = [1, 2]; i[0] += 5
j = {"l": []}; j["l"] += [1]
k = {1}; l = k; k |= {2}
# ── try
a = []
try:
    a.append(1)
    raise ValueError("x")
except TypeError:
    a.append("type")
except (KeyError, ValueError) as e:
    a.append(str(e))
    a.append(e.args)
else:
    a.append("else")
finally:
    a.append("finally")
try: b = 1
except Exception: b = 2
else: b = 3
finally: c = 4
# ── try nested
a = []
try:
    try:
        {}["x"]
    except ValueError:
        a.append("no")
    finally:
        a.append("inner")
except KeyError as e:
    a.append(repr(e))
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("again") from None
except RuntimeError as e:
    a.append(str(e))
# ── exception hierarchy
a = []
for error in [KeyError("k"), IndexError("i"), ValueError("v"), FileNotFoundError("f"), ZeroDivisionError(), ModuleNotFoundError("m"), NotImplementedError("n"), RecursionError("r")]:
    try: raise error
    except LookupError as e: a.append(("lookup", str(e)))
    except OSError as e: a.append(("os", str(e)))
    except ArithmeticError: a.append("arith")
    except ImportError as e: a.append(("import", e.name))
    except RuntimeError as e: a.append(("runtime", type(e).__name__))
    except ValueError as e: a.append(("value", str(e)))
    except TypeError: a.append("type")
# ── reraise
try:
    try: raise ValueError("a")
    except ValueError: raise
except ValueError as e: a = str(e)
# ── uncaught
x = 1
raise RuntimeError("boom", 5)
# ── raise class
raise ValueError
# ── raise without exception
raise
# ── raise a non exception
raise "x"
# ── exception name unbound after
try: 1 / 0
except ZeroDivisionError as e: pass
x = e
# ── custom exceptions
class MyError(Exception): pass
class Other(MyError):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code
    def __str__(self): return "custom " + super().__str__()
try: raise Other(5)
except MyError as e: a = (str(e), e.code, e.args, isinstance(e, Exception))
raise MyError("end")
# ── assert
assert 1 == 1, "fine"
assert False, "bad"
# ── assert without message
assert 0
# ── finally with return
def f():
    try: return 1
    finally: a.append("f")
a = []; b = f()
def g():
    for i in range(3):
        try: continue
        finally: a.append(i)
g()
def h():
    try: raise ValueError
    finally: return "swallowed"
c = h()
def k():
    while True:
        try: return "r"
        finally: break
    return "broke"
d = k()
# ── with
class CM:
    def __init__(self, swallow=False): self.swallow = swallow
    def __enter__(self):
        log.append("enter")
        return self
    def __exit__(self, t, v, tb):
        log.append(("exit", t.__name__ if t else None))
        return self.swallow
log = []
with CM() as a, CM(): log.append("body")
with CM(True): raise ValueError("x")
b = "after"
try:
    with CM(): 1 / 0
except ZeroDivisionError: c = "caught"
def f():
    with CM(): return 5
d = f()
del a
# ── global nonlocal
n = 1
def f():
    global n, m
    n += 1
    m = "new"
def g():
    c = 0
    def inner():
        nonlocal c
        c += 1
        return c
    inner()
    return inner()
f()
a = g()
# ── unbound local
x = 1
def f():
    y = x
    x = 2
f()
# ── undefined name
y = nope
# ── undefined name in function
def f(): return nope
f()
# ── late binding
def f(): return later
later = 5
a = f()
fs = [lambda: i for i in range(3)]
b = [f() for f in fs]
fs2 = [lambda i=i: i for i in range(3)]
c = [f() for f in fs2]
# ── match
def m(x):
    match x:
        case 0: return "zero"
        case 1 | 2: return "small"
        case str() as s: return "str " + s
        case [a, b]: return ("pair", a, b)
        case [a, *rest]: return ("list", a, rest)
        case {"k": v, **kw}: return ("map", v, kw)
        case None: return "none"
        case True: return "true"
        case float(f) if f > 1: return "big float"
        case int(n): return ("int", n)
        case _: return "other"
A = [m(v) for v in [0, 1, 2, "s", [1, 2], [1, 2, 3], (4, 5), {"k": 1, "z": 2}, None, 1.5, 0.5, 77, {}, set(), -1]]
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
match P(1, 2):
    case P(1, y=yy): B = yy
match P(1, 2):
    case P(x, 3): C = 1
    case P(x, 2): C = ("second", x)
match "a.b".split("."):
    case [one, two]: D = one + two
match 5:
    case x if x > 10: E = 1
    case x: F = x
# ── pass and ellipsis
def f(): ...
class A: pass
a = f(); b = ...
# ── annotated assignment
a: int = 5
b: "list[str]" = []
c: int
class A:
    x: int = 1
    y: str
d = A.x
# ── chained and nested assignment
a = b = c = []
a.append(1)
d = {}
d["x"] = d2 = {"y": 1}
e, f = g = (1, 2)
i = 0
l = [0, 0]
i, l[i] = 1, 9
# ── del in loop and conditions
DEBUG = True
INSTALLED_APPS = ["a", "b"]
if DEBUG:
    INSTALLED_APPS += ["debug_toolbar"]
    MIDDLEWARE = ["x"] + ["y"]
if "b" in INSTALLED_APPS: INSTALLED_APPS.remove("b")
INSTALLED_APPS.insert(INSTALLED_APPS.index("a") + 1, "c")
# ── environment branches
import os
DEBUG = True
ENV = os.environ.get("T_ENV")
if ENV == "production":
    DEBUG = False
    HOSTS = ["prod"]
elif ENV:
    HOSTS = ["other"]
else:
    HOSTS = []
LEVEL = "DEBUG" if DEBUG else "INFO"
try:
    PORT = int(os.environ.get("T_PORT", "80"))
except ValueError:
    PORT = None
# ── environment helpers
import os
def get_bool(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.lower() in ("1", "true", "yes")
def get_list(name, default=""):
    return [v.strip() for v in os.environ.get(name, default).split(",") if v.strip()]
def require(name):
    try:
        return os.environ[name]
    except KeyError:
        raise RuntimeError(f"Set the {name} environment variable")
DEBUG = get_bool("T_DEBUG", True)
HOSTS = get_list("T_HOSTS")
X = require("T_ENV")
# ── globals
g = globals()
g["A"] = 1
globals().update({"B": 2})
for name, value in {"C": 3}.items(): globals()[name] = value
D = "A" in globals()
E = globals()["B"]
F = globals().get("nope", "d")
def f(): return "A" in locals(), sorted(vars().keys()), (lambda x: sorted(locals()))(1)
G = f()
H = [k for k in list(globals()) if k.isupper()]
locals()["I"] = 9
J = I
del globals()["A"]
K = "A" in dir()
del g
# ── semicolons and nesting
if True:
    if True:
        for _ in (1,):
            a = 1; b = 2
# ── try in loop with break
a = []
for i in range(5):
    try:
        if i == 3: break
        if i % 2: continue
        a.append(i)
    finally:
        a.append("f")
# ── unpacking in calls of unknown length and defaults
def f(*a, **k): return len(a), sorted(k)
A = [f(*range(3), *"ab", x=1, **{"y": 2}), f(*[], **{})]
# ── settings idioms
import os
def env(name, default=None, cast=str):
    raw = os.environ.get(name)
    if raw is None:
        return default
    if cast is bool:
        return raw.strip().lower() in {"1", "true", "yes", "on"}
    try:
        return cast(raw)
    except (TypeError, ValueError) as exc:
        raise RuntimeError(f"{name} must be {cast.__name__}, not {raw!r}") from exc
DEBUG = env("T_DEBUG", False, bool)
SITE = {"hosts": [h for h in env("T_HOSTS", "").replace(" ", "").split(",") if h] or ["localhost"], "debug": DEBUG}
LOGGING = {"version": 1, "loggers": {name: {"level": "DEBUG" if DEBUG else "INFO"} for name in ("django", "app")}}
for name, conf in LOGGING["loggers"].items():
    conf["handlers"] = ["console"] if name == "django" else []
DATABASES = {"default": dict(ENGINE="sqlite3", OPTIONS={**({"timeout": 20} if not DEBUG else {})})}
MIDDLEWARE = ["a", *(["debug"] if DEBUG else []), "z"]
CACHES = {alias: {"KEY_PREFIX": f"{alias}:{env('T_ENV', 'dev')}"} for alias in ("default", "sessions")}
PORT = env("T_PORT", 80, int)
# ── conditional definitions
import os
if os.environ.get("T_DEBUG") == "True":
    def mode(): return "debug"
else:
    def mode(): return "plain"
M = mode()
class Config:
    DEBUG = False
class Production(Config):
    HOSTS = ["x"]
class Development(Config):
    DEBUG = True
config = {"production": Production, "development": Development}.get(os.environ.get("T_ENV", "development"), Config)
D = config.DEBUG
H = getattr(config, "HOSTS", [])
for key in dir(config):
    if key.isupper():
        globals()["C_" + key] = getattr(config, key)
del key
