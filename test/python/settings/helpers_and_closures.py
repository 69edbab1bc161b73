# env:
# env also: FLAG=TRUE
# env: COUNT=12
# env: LIST= a, b ,,c
# ── settings.py
import os
from functools import wraps
from contextlib import contextmanager, suppress, ExitStack, nullcontext
from typing import Any, Callable, Optional, TypeVar, Union, cast, overload
from collections import OrderedDict, ChainMap, Counter, deque, namedtuple
T = TypeVar("T")
_cache: dict[str, Any] = {}

class EnvError(Exception):
    def __init__(self, name, *, reason="missing"):
        super().__init__(f"{name}: {reason}")
        self.name = name

def memo(fn):
    @wraps(fn)
    def inner(name, *args, **kwargs):
        key = (fn.__name__, name)
        if key not in _cache:
            _cache[key] = fn(name, *args, **kwargs)
        return _cache[key]
    inner.calls = 0
    return inner

def caster(to: Callable[[str], T], default: Optional[T] = None):
    @memo
    def read(name: str, default: Optional[T] = default, required=False) -> Optional[T]:
        raw = os.environ.get(name)
        if raw is None or raw == "":
            if required:
                raise EnvError(name)
            return default
        try:
            return to(raw)
        except (TypeError, ValueError) as exc:
            raise EnvError(name, reason=str(exc)) from exc
    return read

env_bool = caster(lambda v: v.strip().lower() in ("1", "true", "yes"), False)
env_int = caster(int, 0)
env_list = caster(lambda v: [x.strip() for x in v.split(",") if x.strip()], [])
FLAG = env_bool("FLAG")
COUNT = env_int("COUNT", 5)
LIST = env_list("LIST")
KEYS = sorted(_cache)
try:
    env_int("NEEDED", required=True)
except EnvError as e:
    NEEDED = e.name, str(e), e.__class__.__name__
NAME = env_int.__name__, caster.__doc__, env_bool.calls

def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    return step
step = counter(); step(); step(by=3)
STEPS = step()

def gen(limit):
    i = 0
    while True:
        if i >= limit:
            return "done"
        sent = yield i
        i += sent or 1
g = gen(5)
GEN = [next(g), g.send(2), *g]
def chain(*its):
    for it in its:
        yield from it
CHAINED = list(chain("ab", [1], (x * 2 for x in range(2))))

@contextmanager
def temporarily(name, value):
    old = globals().get(name)
    globals()[name] = value
    try:
        yield value
    finally:
        globals()[name] = old
LEVEL = 1
with temporarily("LEVEL", 2) as inside:
    SEEN = LEVEL, inside
AFTER = LEVEL
del temporarily
with suppress(KeyError, ValueError), nullcontext(3) as three:
    {}["x"]
ORDERED = OrderedDict([("b", 1), ("a", 2)])
ORDERED.move_to_end("b")
CHAIN = dict(ChainMap({"a": 1}, {"a": 2, "b": 3}))
COUNTS = Counter("abca").most_common(1), dict(Counter(["x", "x"]))
QUEUE = list(deque([1, 2, 3], maxlen=2))
Point = namedtuple("Point", "x y", defaults=[0])
POINT = Point(1), Point(x=1, y=2).y, Point._fields
del Point
a, *b, c = range(5)
(d, e), f = (1, 2), 3
x = y = []
x.append(1)
SHARED = y
SLICES = "abcdef"[::2], [1, 2, 3, 4][-2:], (1, 2, 3)[::-1], "abc"[-1]
nums = [5, 3, 8]
nums[1:2] = [9, 9]
del nums[0]
SORTED = sorted(nums, reverse=True), max(nums, default=0), min("b", "a"), sum(nums, 10), list(zip("ab", nums)), dict(enumerate("ab", 1))
TERNARY = "a" if FLAG else "b" if COUNT > 10 else "c"
WALRUS = [y for x in range(4) if (y := x * 2) > 2]
STRINGS = f"{COUNT:>5}|{COUNT!r:<4}|{3.14159:.2f}|{1234567:,}|{255:#x}|{'x':^5}|{COUNT=}|{{}}"
CHAINED_CMP = 1 < COUNT < 10, 1 == 1.0 is not None, not (1 > 2 or 3 < 2)
SETS = {1, 2} | {3}, {1, 2} & {2}, {1, 2} - {1}, {1} <= {1, 2}, frozenset("a")
DICTS = {"a": 1} | {"b": 2}, {**{"a": 1}, "a": 3}, dict(zip("ab", (1, 2))), {k: v for k, v in (("a", 1),)}
STR = "a-b_c".replace("-", "_").split("_", 1), "x".join(["1", "2"]), "Abc".swapcase(), "abc".partition("b"), " a ".strip(), "a,b".rsplit(",")[-1], "%(a)s %(b)03d" % {"a": 1, "b": 2}, "abc".find("c"), "ß".upper(), "a\tb".expandtabs(4), "title case".title(), "x".zfill(3), "A".casefold(), "ab".translate(str.maketrans("a", "b"))
BYTES = b"abc".decode(), "é".encode("utf-8"), bytes([65, 66]), b"a" + b"b", b"abc"[0]
