# ── basics
class A:
    """doc"""
    count = 0
    def __init__(self, x, y=2):
        self.x = x
        self.y = y
        A.count += 1
    def total(self): return self.x + self.y
    @property
    def double(self): return self.x * 2
    @double.setter
    def double(self, v): self.x = v / 2
    @staticmethod
    def s(v): return v + 1
    @classmethod
    def c(cls, v): return cls(v)
a = A(1); a.double = 10
R = [a.x, a.y, a.total(), a.double, A.s(1), a.s(2), A.c(5).x, A.count, a.count, A.__name__, a.__class__.__name__, hasattr(a, "x"), getattr(a, "nope", 3), isinstance(a, A), a.__dict__, vars(a), A.total(a), type(a).__name__, type(a) is A, A.__doc__]
setattr(a, "z", 1); S = a.z; delattr(a, "z"); T = hasattr(a, "z")
# ── inheritance
class Base:
    kind = "base"
    def __init__(self, n): self.n = n
    def hello(self): return "base " + self.kind
class Child(Base):
    kind = "child"
    def __init__(self, n, m):
        super().__init__(n)
        self.m = m
    def hello(self): return "child of " + super().hello()
class Grand(Child):
    def hello(self): return "grand " + super(Grand, self).hello()
g = Grand(1, 2)
A = [g.hello(), g.n, g.m, isinstance(g, Base), issubclass(Grand, Base), issubclass(Base, Grand), [c.__name__ for c in Grand.__mro__], Grand.__bases__[0].__name__, isinstance(g, (int, Child))]
# ── multiple inheritance
class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
R = [D().f(), [k.__name__ for k in D.mro()]]
# ── inconsistent inheritance
class A: pass
class B(A): pass
class C(A, B): pass
# ── dunder operators
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __mul__(self, o): return V(self.x * o)
    def __truediv__(self, o): return f"{self.x}/{o}"
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __hash__(self): return hash(self.x)
    def __len__(self): return self.x
    def __bool__(self): return self.x > 1
    def __contains__(self, i): return i == self.x
    def __getitem__(self, i): return i * self.x
    def __call__(self, *a): return a
    def __iter__(self): return iter(range(self.x))
    def __str__(self): return f"V{self.x}"
    def __repr__(self): return f"V({self.x})"
    def __neg__(self): return V(-self.x)
    def __or__(self, o): return "or"
    def __ror__(self, o): return "ror"
    def __iadd__(self, o):
        self.x += o
        return self
    def __int__(self): return self.x
    def __float__(self): return 1.5
    def __abs__(self): return "abs"
    def __index__(self): return self.x
    def __enter__(self): return "entered"
    def __exit__(self, *a): return None
a, b = V(2), V(3)
A = [str(a + b), str(a + 1), str(1 + a), str(a * 3), a / "x", a == V(2), a != b, a < b, a > b, len(a), bool(a), bool(V(1)), 2 in a, a[5], a(1, 2), list(a), str(a), repr(a), str(-a), a | 1, 1 | a, int(a), float(a), abs(a), [10, 20, 30][a], sorted([b, a])[0].x, {a: 1}[V(2)], max(a, b).x, f"{a}", [x for x in b], sum([a, b], 0).x]
c = a; c += 5; B = (a.x, c is a)
with V(1) as w: C = w
del a, b, c
# ── getattr hooks
class A:
    x = 1
    def __getattr__(self, name):
        if name.startswith("dyn_"): return name[4:]
        raise AttributeError(name)
    def __setattr__(self, name, value): object.__setattr__(self, name, ("set", value))
a = A(); a.y = 5
R = [a.x, a.dyn_foo, a.y, hasattr(a, "nope"), getattr(a, "nope", "d")]
# ── missing attribute
class A: pass
A().nope
# ── missing class attribute
class A: pass
A.nope
# ── takes no arguments
class A: pass
A(1)
# ── missing init argument
class A:
    def __init__(self, x): pass
A()
# ── read only property
class A:
    @property
    def x(self): return 1
a = A()
a.x = 2
# ── class attributes and mutation
class A:
    shared = []
a, b = A(), A()
a.shared.append(1)
b.own = 2
R = [A.shared, b.shared, "own" in a.__dict__]
A.new = 5
S = a.new
del a, b
# ── derived builtins
class D(dict):
    def __missing__(self, k): return k + "!"
    def __getattr__(self, k): return self[k]
d = D(a=1); d["b"] = 2
A = [d["a"], d["zz"], d.b, len(d), list(d), "a" in d, dict(d), d == {"a": 1, "b": 2}, isinstance(d, dict), d.get("q"), sorted(d.items())]
class L(list):
    def last(self): return self[-1]
l = L([1, 2]); l.append(3)
B = [l.last(), len(l), l[0], l + [4], l == [1, 2, 3], [x for x in l], sorted(l, reverse=True)]
class S(str):
    def shout(self): return self.upper() + "!"
s = S("abc")
C = [s.shout(), s + "d", len(s), s == "abc", s[0], f"{s}", {"abc": 1}[s], isinstance(s, str), s in ["abc"], "x".join([s])]
class I(int): pass
E = [I(5) + 1, I("7") * 2, I(3) == 3]
del d, l, s
# ── iterator class
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n
A = [list(It(3)), [x for x in It(2)], sum(It(4)), max(It(3)), 1 in It(3)]
# ── old iteration protocol
class O:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
A = [list(O()), 20 in O()]
# ── init_subclass and set_name
log = []
class Base:
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        log.append((cls.__name__, tag))
class A(Base, tag="x"): pass
class B(A): pass
class Desc:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner): return (self.name, obj is None)
    def __set__(self, obj, value): log.append(("set", value))
class C:
    field = Desc()
c = C(); c.field = 3
R = [C.field, c.field]
del c
# ── new
class A:
    def __new__(cls, *args):
        self = super().__new__(cls)
        self.made = args
        return self
    def __init__(self, *args): self.inited = True
a = A(1, 2)
R = [a.made, a.inited]
class Single:
    instance = None
    def __new__(cls):
        if cls.instance is None: cls.instance = super().__new__(cls)
        return cls.instance
S = Single() is Single()
del a
# ── type with three arguments
X = type("X", (), {"a": 1, "f": lambda self: self.a + 1})
A = [X.__name__, X().a, X().f(), isinstance(X(), X)]
# ── class body control flow
class A:
    names = []
    for n in "ab": names.append(n)
    if len(names) > 1: flag = True
    else: flag = False
    nested = {k: v for k, v in zip(names, range(2))}
    class Inner:
        v = 1
R = [A.names, A.flag, A.nested, A.Inner.v, A.Inner.__qualname__, A.n]
# ── class decorators
def register(cls):
    registry.append(cls.__name__)
    cls.registered = True
    return cls
registry = []
@register
class A: pass
R = A.registered
# ── equality without hash
class A:
    def __eq__(self, o): return True
{A(): 1}
# ── types
A = [type(1) is int, type("a") == str, type([]).__name__, type(None).__name__, type(lambda: 0).__name__, type(1.5) is float, isinstance(True, int), isinstance(1, bool), isinstance("a", (int, str)), issubclass(bool, int), type(type).__name__, isinstance(int, type), callable(int), isinstance(1, int | str), isinstance(None, type(None)), int.__name__, isinstance([], object)]
# ── isinstance with wrong class
isinstance(1, "int")
# ── comparison methods reflected
class A:
    def __gt__(self, o): return "gt"
    def __ge__(self, o): return True
R = [1 < A(), A() >= 1]
# ── ordering not supported
class A: pass
A() < A()
# ── not implemented
class A:
    def __add__(self, o): return NotImplemented
A() + 1
# ── exceptions in init
class A:
    def __init__(self): raise ValueError("no")
try: A()
except ValueError as e: a = str(e)
# ── slots and dunder dict
class A:
    __slots__ = ("x",)
    def __init__(self): self.x = 1
a = A().x
# ── property of inherited class and override
class A:
    @property
    def v(self): return self.compute()
    def compute(self): return 1
class B(A):
    def compute(self): return 2
a = [A().v, B().v]
# ── class methods through inheritance
class A:
    @classmethod
    def name(cls): return cls.__name__
    @classmethod
    def build(cls, **kw):
        o = cls()
        o.__dict__.update(kw)
        return o
class B(A):
    @classmethod
    def name(cls): return "B:" + super().name()
R = [A.name(), B.name(), B().name(), B.build(q=1).q]
# ── str subclass enum like constants
class Env:
    PROD = "production"
    DEV = "development"
    ALL = [PROD, DEV]
    @classmethod
    def valid(cls, v): return v in cls.ALL
R = [Env.PROD, Env.valid("x"), [k for k in vars(Env) if k.isupper()], [k for k in dir(Env) if not k.startswith("_")]]
# ── special methods of builtins
A = [hasattr("a", "__iter__"), hasattr([], "__iter__"), hasattr({}, "__iter__"), hasattr(5, "__iter__"), hasattr(None, "__iter__"), hasattr((), "__len__"), hasattr("a", "__contains__"), (1).__add__(2), "a".__add__("b"), [1].__contains__(1), (1, 2).__len__(), {"a": 1}.__getitem__("a"), hasattr(5, "split"), hasattr("a", "split"), list((1, 2).__iter__())]
class S(str):
    def __add__(self, o): return S(super().__add__(o))
B = [type(S("a") + "b").__name__, S("a") + "b"]
class D(dict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
    def __getitem__(self, k): return super().__getitem__(k.upper())
    def __contains__(self, k): return super().__contains__(k.upper())
d = D(); d["a"] = 1
C = [d["A"], "a" in d, dict(d)]
del d
# ── class attributes through self and nested functions
class A:
    items = {"k": 1}
    @classmethod
    def get(cls, k, default=None): return cls.items.get(k, default)
    def __enter__(self): return self
    def __exit__(self, *exc): return exc[0] is KeyError
with A() as a:
    x = {}["nope"]
R = [A.get("k"), A.get("z", 2)]
del a
