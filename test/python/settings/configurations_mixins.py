# module: shop.plain
# env:
# env also: DJANGO_DEBUG=yes
# env: FEATURES=a,b
# ── shop/plain.py
"""Class-based settings without a library: a metaclass, and the names copied out."""
import os


class Registry(type):
    classes = {}

    def __new__(mcs, name, bases, namespace, **kwargs):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.classes[name] = cls
        cls.label = kwargs.get("label", name.lower())
        return cls

    def __getattr__(cls, name):
        if name.startswith("AUTO_"):
            return name[5:].lower()
        raise AttributeError(name)

    def exported(cls):
        return sorted(key for key in dir(cls) if key.isupper())


class Base(metaclass=Registry):
    DEBUG = False
    FEATURES = tuple(filter(None, os.environ.get("FEATURES", "").split(",")))
    __private = 3

    @classmethod
    def private(cls):
        return cls.__private

    @property
    def COMPUTED(self):
        return len(self.FEATURES)


class SecureMixin:
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True


class Prod(SecureMixin, Base, label="live"):
    DEBUG = bool(os.environ.get("DJANGO_DEBUG"))
    ALLOWED_HOSTS = ["example.com"]


active = Prod()
for _name in Prod.exported():
    globals()[_name] = getattr(active, _name)
LABEL = Prod.label
KNOWN = sorted(Registry.classes)
AUTO = Prod.AUTO_HELLO
PRIVATE = Prod.private()
HAS = hasattr(Prod, "nothing"), hasattr(active, "_Base__private")
TYPES = type(Prod).__name__, isinstance(Prod, Registry), Prod.__mro__[1].__name__
