# ── arguments
def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
A = [f(1, c=3), f(1, 2, 3, 4, c=5, z=6), f(*[1, 2], **{"c": 3}), f(c=1, a=2), f(1, *(), c=0, **{"d": 9, "q": 8})]
def g(a, /, b, *, c=1): return a, b, c
B = [g(1, 2), g(1, b=2, c=3)]
def h(*args, **kwargs): return args, kwargs
C = [h(), h(1), h(x=1), h(*"ab", **{"k": 1})]
# ── missing argument
def f(a, b): pass
f(1)
# ── missing two arguments
def f(a, b, c): pass
f()
# ── too many arguments
def f(a): pass
f(1, 2)
# ── too many arguments with default
def f(a, b=1): pass
f(1, 2, 3)
# ── unexpected keyword
def f(a): pass
f(a=1, b=2)
# ── multiple values
def f(a): pass
f(1, a=2)
# ── missing keyword only
def f(*, a): pass
f()
# ── no arguments taken
def f(): pass
f(1)
# ── not callable
x = 5
x()
# ── None is not callable
None()
# ── mutable defaults
def f(x, acc=[]):
    acc.append(x)
    return acc
a = list(f(1)); b = list(f(2))
# ── closures
def outer(n):
    def add(x): return x + n
    return add
a = outer(5)(3)
def counter():
    count = 0
    def inc():
        nonlocal count
        count += 1
        return count
    return inc
c = counter(); b = [c(), c(), c()]
# ── decorators
def double(f):
    def wrapper(*args, **kwargs): return f(*args, **kwargs) * 2
    return wrapper
def times(n):
    def deco(f):
        return lambda *a: f(*a) * n
    return deco
@double
def f(x): return x + 1
@times(3)
@double
def g(x): return x
a = f(1); b = g(2)
# ── lambdas
A = [(lambda: 1)(), (lambda x, y=2: x + y)(1), (lambda *a, **k: (a, k))(1, b=2), sorted([3, 1], key=lambda v: -v), (lambda x: (lambda y: x + y))(1)(2)]
# ── recursion
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
a = fact(20); b = [fib(i) for i in range(10)]
# ── generators
def gen(n):
    for i in range(n):
        yield i
    return "done"
A = [list(gen(3)), sum(gen(4)), [x for x in gen(2)], dict(zip("ab", gen(2)))]
g = gen(2); B = [next(g), next(g), next(g, "end")]
def delegating():
    r = yield from gen(2)
    yield r
C = list(delegating())
def echo():
    got = yield "start"
    while got is not None:
        got = yield got * 2
g = echo(); D = [next(g), g.send(5), g.send("a")]
def infinite():
    n = 0
    while True:
        yield n
        n += 1
E = []
for i in infinite():
    if i > 3: break
    E.append(i)
def with_finally():
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")
log = []
F = list(with_finally())
g = with_finally(); next(g); g.close()
def early(x):
    if not x: return
    yield from x
G = [list(early([])), list(early([1]))]
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else:
        yield t
H = list(tree([1, [2, [3]], 4]))
I = list(x for x in (y * 2 for y in range(3)) if x)
def thrower():
    try: yield 1
    except ValueError as e: yield "caught " + str(e)
g = thrower(); next(g); J = g.throw(ValueError("v"))
del g
# ── generator laziness
log = []
def gen():
    log.append("start")
    yield 1
    log.append("end")
g = gen()
log.append("made")
a = next(g)
log.append("next")
b = list(g)
del g
# ── yield in expressions
def gen():
    x = (yield 1) or 5
    y = [(yield 2), (yield 3)]
    if (yield 4): pass
    for z in (yield 5) or [7]: yield z
    return (yield 6)
A = list(gen())
# ── stop iteration value
def gen():
    yield 1
    return 42
g = gen(); next(g)
try: next(g)
except StopIteration as e: a = e.value
del g
# ── function attributes
def f():
    "doc"
f.attr = 1
a = [f.__name__, f.attr, hasattr(f, "nope"), callable(f), (lambda: 0).__name__]
# ── nested functions and default evaluation
x = 1
def f(y=x): return y
x = 2
a = f()
# ── star args forwarding
def target(a, b, c=3, **k): return (a, b, c, k)
def forward(*args, **kwargs): return target(*args, **kwargs)
A = [forward(1, 2), forward(1, b=2, c=4, d=5)]
# ── return several and none
def f(): return 1, 2
def g(): return
def h(): pass
a, b = f(); c = [g(), h()]
# ── variables of comprehensions do not leak
def f():
    return [i for i in range(3)], [i for i in range(2)]
a = f()
# ── class scope and functions
x = "global"
class A:
    x = "class"
    def get(self): return x
    y = [x for _ in range(1)]
    z = x
a = [A().get(), A.y, A.z]
# ── recursion error
def f(): return f()
try: f()
except RecursionError as e: a = type(e).__name__
# ── builtin with wrong arguments
len()
# ── len of number
len(5)
# ── iterate a number
for x in 5: pass
# ── attribute of None
x = None
x.foo
# ── call None attribute
x = None
x.split(",")
# ── subscript None
x = None
x["a"]
# ── subscript a function
def f(): pass
f[0]
# ── item assignment of text
x = "abc"
x[0] = "b"
# ── argument unpack error
def f(): pass
try: f(*5)
except TypeError: a = 1
