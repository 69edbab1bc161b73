# env:
# env also: APP_SETTINGS=Development
# ── settings.py
import os
import sys

class Config:
    DEBUG = False
    TESTING = False
    HOSTS: list = []
    _instance = None

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init_subclass__(cls, *, abstract=False, **kwargs):
        super().__init_subclass__(**kwargs)
        if not abstract:
            registry[cls.__name__] = cls

    def __getattr__(self, name):
        if name.startswith("DEFAULT_"):
            return name.lower()
        raise AttributeError(f"no setting {name}")

    def __getitem__(self, key):
        return getattr(self, key)

    def __contains__(self, key):
        return hasattr(self, key)

    def __iter__(self):
        for name in sorted(dir(self)):
            if name.isupper():
                yield name, getattr(self, name)

    def __call__(self, name, default=None):
        return getattr(self, name, default)

    def __repr__(self):
        return f"<{type(self).__name__}>"

    @staticmethod
    def flag(value): return value in ("1", "true")

    @classmethod
    def load(cls, name): return registry[name]()

    @property
    def url(self): return self._url
    @url.setter
    def url(self, value): self._url = value.rstrip("/")

registry = {}

class Production(Config):
    HOSTS = ["example.com"]
    SECURE = True

class Development(Production):
    DEBUG = True
    HOSTS = Production.HOSTS + ["localhost"]
    def __init__(self):
        super().__init__()
        self.EXTRA = [*self.HOSTS]

conf = Config.load(os.environ.get("APP_SETTINGS", "Production"))
conf.url = "https://example.com/"
this = sys.modules[__name__]
for name, value in conf:
    setattr(this, name, value)
URL = conf.url
ITEM = conf["DEBUG"], "NOPE" in conf, conf("MISSING", 3), conf.DEFAULT_X, repr(conf)
REGISTERED = sorted(registry)
SAME = Config.load("Production") is registry["Production"]()
MRO = [c.__name__ for c in Development.__mro__], issubclass(Development, Config), isinstance(conf, Production)
VARS = sorted(k for k in vars(Production) if not k.startswith("__"))
DYNAMIC = type("Dyn", (Production,), {"X": 1}).X, hasattr(conf, "EXTRA"), getattr(conf, "EXTRA", None)
class Descriptor:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, owner=None): return self if obj is None else obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value): obj.__dict__[self.name] = value * 2
class Holder:
    field = Descriptor()
    __slots__ = ("__dict__",)
h = Holder(); BEFORE = h.field; h.field = 4; DESCRIBED = BEFORE, h.field, Holder.field.name
class Money(float):
    def __add__(self, other): return Money(float(self) + other + 1)
    def __str__(self): return f"${float(self):.2f}"
MONEY = str(Money(1) + 2), Money(2) > 1
class Dotted(dict):
    __getattr__ = dict.__getitem__
    def __setattr__(self, k, v): self[k] = v
dotted = Dotted(a=1); dotted.b = 2
DOTTED = dotted, dotted.a, len(dotted), "b" in dotted, {**dotted}
