# ── lists
a = [3, 1, 2]
b = a
a.append(4); a += [5]; a.extend((6, 7)); a.insert(0, 0); a.insert(-1, 99); a.insert(100, 100)
c = a.pop(); d = a.pop(0); a.remove(99); e = a.index(2); f = a.count(1); g = a.copy(); a.sort(); g.reverse()
h = a is b
i = [a[1:3], a[-1], a[::2], a[::-1], len(a), 3 in a, [1] + [2], [0] * 3, [1, 2] == [1, 2], [1, 2] < [1, 3], [] < [0], [1] < [1, 0]]
# ── list slices assigned
a = [0, 1, 2, 3, 4, 5]
a[1:3] = ["x"]
b = a[:]
b[::2] = "abc"
c = list(range(5)); c[2:2] = [9, 9]
d = list(range(5)); d[:] = []
e = list(range(6)); del e[1::2]
f = list(range(6)); del f[0], f[-1]
g = list(range(5)); g[-2:] = [7]
h = list(range(3)); h[5:] = [9]
i = list(range(5)); i[3:1] = ["y"]
# ── extended slice of the wrong size
a = [1, 2, 3, 4]
a[::2] = [1]
# ── list pop from empty
a = []
a.pop()
# ── list pop out of range
a = [1]
a.pop(5)
# ── list remove what is not there
[1].remove(2)
# ── list index what is not there
[1, "a"].index("b")
# ── list index out of range
X = [1][5]
# ── list assignment out of range
a = [1]
a[3] = 1
# ── list index by text
X = [1]["a"]
# ── list plus tuple
X = [1] + (2,)
# ── list sort
a = ["b", "A", "c"]; a.sort(key=str.lower, reverse=True)
b = sorted([3, 1, 2]); c = sorted({"b": 1, "a": 2}); d = sorted([(1, "b"), (1, "a")]); e = sorted([1, 2, 3, 4], key=lambda n: n % 2); f = sorted([1, 2, 3, 4], key=lambda n: n % 2, reverse=True); g = sorted("hello"); h = list(reversed([1, 2, 3])); i = sorted([True, False, 2, 0.5])
# ── list sort of mixed types
X = sorted([1, "a"])
# ── in-place multiplication
a = [1, 2]; b = a; a *= 2
# ── tuples
a = (1, 2, 3); b = a + (4,); c = a * 2; d = a[1:]; e = (); f = (1,); g = 1, 2; h = a.index(2); i = a.count(1); j = (1, 2) < (1, 3); k = tuple("ab"); m = tuple([1]); n = len(a); o = 2 in a; a += (9,)
# ── tuple assignment
a = (1,)
a[0] = 2
# ── dicts
d = {"a": 1, "b": 2}
e = d
d["c"] = 3; d.update({"a": 10}, z=5); d.update([("y", 6)]); f = d.get("a"); g = d.get("nope"); h = d.get("nope", 7); i = d.pop("b"); j = d.pop("nope", None); k = d.setdefault("q", []); k.append(1); d.setdefault("q", 5)
l = list(d); m = list(d.items()); n = list(d.values()); o = list(d.keys()); p = "a" in d; q = len(d); del d["c"]; r = d.copy(); s = dict(a=1, **{"b": 2}); t = dict([("x", 1)]); u = {**d, "a": 0}; v = d | {"n": 1}; w = dict(zip("ab", [1, 2])); x = {"a": 1} == {"a": 1}; y = dict.fromkeys(["a", "b"]); z = d.popitem()
d |= {"zz": 1}
aa = d is e
bb = {1: "a", 1.0: "b", True: "c"}
cc = {(1, 2): "t", None: "n", "s": 1, 2.5: "f"}
dd = {k: v for k, v in sorted({"b": 1, "a": 2}.items())}
# ── dict key error
X = {"a": 1}["b"]
# ── dict key error of a number
X = {}[5]
# ── dict pop error
X = {}.pop("a")
# ── dict with unhashable key
X = {[]: 1}
# ── dict update with wrong pairs
X = dict([(1, 2, 3)])
# ── dict of number
X = dict(5)
# ── dict changed while walking
d = {"a": 1}
for k in d:
    d[k + "x"] = 1
# ── dict copied while walking
d = {"a": 1, "b": 2}
for k in list(d):
    del d[k]
# ── nested dicts
D = {"default": {"ENGINE": "x", "OPTIONS": {}}}
D["default"]["OPTIONS"]["sslmode"] = "require"
D["default"].update(NAME="y")
D["other"] = D["default"].copy()
D["other"]["NAME"] = "z"
D["default"]["OPTIONS"]["n"] = 1
# ── dict views
d = {"a": 1, "b": 2}
ks = d.keys()
d["c"] = 3
A = [list(ks), "a" in ks, len(ks), sorted(ks & {"a", "x"}), sorted(ks | {"x"}), sorted(ks - {"a"}), ("a", 1) in d.items(), 1 in d.values(), list(reversed(list(d))), ks == {"a", "b", "c"}]
# ── sets
a = {1, 2, 3}; b = {2, 3, 4}
A = [a | b, a & b, a - b, a ^ b, a <= b, {2} < a, a.union([9]), a.intersection(b), a.difference(b), a.issubset({1, 2, 3, 4}), a.isdisjoint({9}), len(a), 2 in a, set("hello"), frozenset([1, 2]), set(), a == {3, 2, 1}, a.symmetric_difference(b), a.issuperset({1})]
a.add(10); a.discard(99); a.remove(1); c = a.copy(); c.update([7, 8], (9,)); a |= {50}; a &= {10, 50, 2}; b -= {2}
d = {frozenset([1]): "x"}
e = {1, 1.0, True}
f = {s for s in "abca"}
# ── set remove what is not there
{1}.remove(2)
# ── set of lists
X = {[1]}
# ── set indexing
X = {1}[0]
# ── ranges
A = [list(range(5)), list(range(2, 10, 3)), list(range(5, 0, -1)), len(range(10)), 3 in range(5), range(5)[2], range(5)[-1], list(range(0)), range(3) == range(0, 3), 10 in range(0, 20, 3), list(reversed(range(3))), sum(range(101)), max(range(3))]
# ── range of float
X = range(1.5)
# ── range with zero step
X = range(1, 2, 0)
# ── unpacking
a, b = 1, 2
a, b = b, a
c, *d = [1, 2, 3]
*e, f = "abc"
g, (h, i) = 1, (2, 3)
[j, k] = {"x": 1, "y": 2}
l, *m, n = range(5)
o = p = q = [1]
r, = [9]
*s, = "ab"
(t, u), v = (1, 2), 3
for w, (x, y) in [(1, (2, 3))]: pass
# ── unpacking too few
a, b = [1]
# ── unpacking too many
a, b = 1, 2, 3
# ── unpacking too few for star
a, *b, c = [1]
# ── unpacking a number
a, b = 5
# ── star displays
a = [1, 2]; b = (3,)
A = [*a, *b, 4]; B = (*a, *"xy"); C = {*a, *a}; D = {**{"a": 1}, "b": 2, **{"a": 3}}; E = [*range(3)], [*{}]
# ── enumerate zip map filter
A = [list(enumerate("ab")), list(enumerate("ab", 1)), list(zip([1, 2], "abc")), list(map(lambda x: x * 2, [1, 2])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(lambda a, b: a + b, [1, 2], [3, 4])), dict(enumerate("ab")), list(zip()), list(map(str, range(3))), list(zip(*[(1, 2), (3, 4)]))]
# ── any all
A = [any([]), all([]), any([0, 1]), all([1, 0]), any(x > 2 for x in [1, 2, 3]), all(x > 0 for x in [1, 2]), any("ab"), all({})]
# ── iterators
it = iter([1, 2, 3])
a = next(it); b = list(it); c = next(it, "end"); d = list(it)
e = next(iter({"k": 1})); f = next(x for x in range(10) if x > 5); g = next((x for x in []), None)
# ── next of exhausted
next(iter([]))
# ── next of a list
next([1])
# ── aliasing
a = [1]; b = [a, a]; b[0].append(2); c = [[0]] * 2; c[0].append(1); d = {"x": a}; d["x"] += [3]; e = a; e = e + [9]
# ── identity
a = []; b = a; c = [a is b, a is not [], None is None, a is not None, [] is [], True is True, () is ()]
# ── walrus
if (n := len([1, 2, 3])) > 2:
    a = n
b = [y for x in range(3) if (y := x * 2)]
c = (z := 5) + z
# ── delete
a = 1; b = {"x": 1, "y": 2}; c = [1, 2, 3]
del a, b["x"], c[0]
# ── delete what is not there
del nope
# ── use after delete
a = 1
del a
b = a
# ── membership
A = [1 in [1.0], "a" in {"a": 1}, None in [None], (1, 2) in [(1, 2)], [1] in [[1]], 3 not in (1, 2), "b" in ["a", "b"], 0 in [False]]
# ── recursion in containers
a = [1]; a.append(a); b = len(a); c = repr(a)
d = {}; d["d"] = d; e = str(d)
del a, d
# ── comprehensions
A = [x for x in range(5) if x % 2 if x > 1]
B = {x: x ** 2 for x in range(3)}
C = {len(w) for w in ["a", "bb", "cc"]}
D = [(x, y) for x in "ab" for y in range(2)]
E = [[j for j in range(i)] for i in range(3)]
x = "outer"
F = [x for x in range(3)]
G = sum(x for x in range(4)); H = list(x * 2 for x in [1, 2]); I = dict((k, v) for k, v in [("a", 1)]); J = [i for i, in [(1,), (2,)]]; K = [a or b for a, b in [(0, 1), (2, 3)]]; L = {k: [v] for k, v in {"a": 1}.items()}; M = tuple(x for x in "ab"); N = [f"{x}" for x in range(2)]; O = [x if x else "zero" for x in range(2)]
