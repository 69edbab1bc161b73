# opaque: BISECT GETATTR_OS VERSION STRUCT_NUMBERS HOST NODE TMP NOW CPU MTIME USER_ID ADDR
# env: A=1
# ── settings.py
import os, sys, json, logging, inspect, importlib.metadata, importlib.util, mimetypes, glob, math, time, copy, platform, socket, tempfile, warnings, multiprocessing, string, uuid, traceback, threading, contextvars, abc, email.utils, wsgiref, types, operator, itertools, functools, numbers, struct, hashlib, queue, errno, stat, locale, gettext, atexit, signal, pprint, weakref, bisect, heapq, statistics, fractions, calendar, zoneinfo, html, keyword, textwrap, unicodedata, difflib, enum, ast
from datetime import timedelta
mimetypes.add_type("text/javascript", ".js", True)
warnings.filterwarnings("ignore", message="x", category=DeprecationWarning)
warnings.simplefilter("default")
warnings.warn("careful", RuntimeWarning, stacklevel=2)
logging.basicConfig(level=logging.INFO)
logging.captureWarnings(True)
logging.disable(logging.NOTSET)
logging.getLogger("x").addHandler(logging.NullHandler())
HOST = socket.gethostname()
NODE = platform.node()
TMP = tempfile.gettempdir()
NOW = time.time()
CPU = multiprocessing.cpu_count()
USER_ID = os.geteuid()
try:
    ADDR = socket.gethostbyname_ex(socket.gethostname())[2]
except socket.error:
    ADDR = []
MTIME = os.path.getmtime(__file__)
DEEP = copy.deepcopy({"a": [1, {"b": 2}]}), copy.copy([1])
GLOBBED = sorted(os.path.basename(p) for p in glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "*.json")))
LISTED = sorted(f for f in os.listdir(os.path.dirname(os.path.abspath(__file__))) if f.endswith(".json"))
FLOOR = math.floor(2.7), math.ceil(2.1), round(2.5), abs(-1), divmod(7, 3), pow(2, 3), math.pi > 3
EMAILS = email.utils.getaddresses(["A B <a@x.com>", "c@y.com"]), email.utils.parseaddr("J <j@x.com>")
MEMBERS = [n for n, v in inspect.getmembers(types.SimpleNamespace(A=1, b=2)) if n.isupper()]
CALLER = inspect.isfunction(lambda: 0), inspect.isclass(dict), callable(len)
JSON = json.dumps({"b": 1, "a": [1.5, None, True, "é"]}, sort_keys=True, indent=None), json.dumps([1], separators=(",", ":"))
UUID = uuid.UUID("12345678123456781234567812345678").version
LOCALES = locale.LC_ALL is not None
ESCAPED = html.escape("<a&b>"), unicodedata.normalize("NFKD", "é").encode("ascii", "ignore").decode()
ITER = list(itertools.chain.from_iterable([[1], [2]])), list(itertools.islice(itertools.count(3), 2)), [list(g) for _, g in itertools.groupby("aab")], list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest("ab", "c", fillvalue="-")), list(itertools.permutations("ab")), list(itertools.combinations([1, 2, 3], 2)), list(itertools.takewhile(lambda x: x < 3, [1, 2, 3]))
SORTED = sorted(["b", "A"], key=str.lower), sorted({"x": 2, "y": 1}.items(), key=operator.itemgetter(1)), sorted([(1, "b"), (1, "a")]), max(["a", "bb"], key=len)
FUNC = functools.reduce(lambda a, b: a + b, [[1], [2]], []), functools.partial(int, base=2)("101"), list(map(str, range(3))), list(filter(None, [0, 1, "", "a"])), list(reversed([1, 2])), any(x > 1 for x in [1, 2])
STRUCT_NUMBERS = isinstance(5, numbers.Number)
STRUCT = isinstance(True, int), type(1) is int, type("") == str, isinstance([], (list, tuple)), issubclass(bool, int)
ERR = errno.ENOENT, stat.S_IRUSR, 0o644 & ~stat.S_IWUSR
TD = timedelta(days=1, hours=2).days, timedelta(minutes=90) // timedelta(hours=1), str(timedelta(days=1)), timedelta(1) > timedelta(0), -timedelta(seconds=1)
ZONE = str(zoneinfo.ZoneInfo("Europe/Berlin"))
GETATTR = hasattr(sys, "argv"), getattr(logging, "WARNING"), sys.argv[1:], os.sep, os.linesep, os.name, sys.platform, os.curdir, os.pathsep, sys.maxsize > 2 ** 32, sys.getdefaultencoding()
BIN = bin(5), hex(255), oct(8), int("0x1f", 16), int("101", 2), float("1e3"), chr(65), ord("a"), ascii("é"), repr("a'b"), format(1234.5, ",.1f"), complex(1).real if False else 0
BISECT = bisect.bisect([1, 2, 3], 2), heapq.nsmallest(2, [3, 1, 2]), statistics.mean([1, 2, 3]) == 2
CTX = contextvars.ContextVar("x", default=1).get()
LOCK = bool(threading.Lock())
SPEC = importlib.util.find_spec("json") is not None, importlib.util.find_spec("no_such_thing")
try:
    VERSION = importlib.metadata.version("nothing-here-at-all")
except importlib.metadata.PackageNotFoundError:
    VERSION = "0"
SLOTS = [*range(2), *(3,)], {**dict(a=1), "b": 2}, (lambda *a, **k: (a, k))(1, *[2], x=1, **{"y": 2})
GETATTR_OS = getattr(os, "nope", "d")
GLOBALS = "DEEP" in globals(), "nope" in locals(), __name__, __file__.endswith("settings.py"), __doc__
# ── a.json
{}
# ── b.json
{}
