# ── f-strings
x = 5; y = 3.14159; s = "ab"; d = {"k": "v"}; n = None
A = [f"{x}", f"{x:5}|", f"{x:<5}|", f"{x:^5}|", f"{x:05}", f"{x:+}", f"{x: }", f"{y:.2f}", f"{y:8.3f}", f"{s:>5}", f"{s:*^7}", f"{s!r}", f"{s!s:>4}", f"{d['k']}", f"{x + 1}", f"{{}}", f"{x=}", f"{x = }", f"{s=!s}", f"{y=:.1f}", f"{n}", f"{s}{x}", f"{x:{x}}", f"{y:.{x}f}", f"{'nested'}", f"{x!r:>4}"]
# ── integer formats
A = [f"{255:x}", f"{255:X}", f"{255:#x}", f"{255:b}", f"{255:o}", f"{255:#b}", f"{1234567:,}", f"{1234567:_}", f"{255:08b}", f"{-5:05}", f"{-5:<5}|", f"{65:c}", f"{1234:10,}", f"{5:e}", f"{5:.1f}", f"{50:%}", f"{0:,}", f"{-1234567:,}", f"{1234567:012,}", f"{0xdeadbeef:_x}", f"{3:n}", f"{5:=+5}", f"{True:d}", f"{True}", f"{True:5}|"]
# ── float formats
A = [f"{0.1:.3f}", f"{1e10:g}", f"{1e-5:g}", f"{123456789.0:g}", f"{0.5:%}", f"{0.1234:.1%}", f"{1.5:e}", f"{1.5:E}", f"{0.0:e}", f"{1234.5:,.2f}", f"{2.5:.0f}", f"{3.5:.0f}", f"{1e300:.2e}", f"{float('nan')}", f"{float('inf'):5}|", f"{-0.0}", f"{1.0:g}", f"{100000.0:g}", f"{1000000.0:g}", f"{0.0001:g}", f"{12.5:.3}", f"{1.0:.3}", f"{123456.0:.3}", f"{0.1:10}|", f"{1.5:+.1f}", f"{1.25:.1f}", f"{1.35:.1f}", f"{2.675:.2f}", f"{1e22:.0f}", f"{1234.0:09.2f}", f"{1.5:#g}", f"{5.0:#.0f}", f"{1e16}", f"{99.5:.2}", f"{9.5:.1}"]
# ── percent formatting
A = ["%s" % "a", "%d" % 5, "%5d|" % 5, "%-5d|" % 5, "%05d" % 5, "%x" % 255, "%X" % 255, "%#x" % 255, "%o" % 8, "%.2f" % 3.14159, "%e" % 12345.678, "%g" % 0.0001, "%r" % "a", "%%", "%s %s" % ("a", 1), "%(a)s-%(b)d" % {"a": "x", "b": 2}, "%s" % None, "%s" % [1], "%5s|" % "a", "%-5s|" % "a", "%.2s" % "abc", "%c" % "x", "%c" % 65, "%+d" % 5, "% d" % 5, "%i" % 5.9, "%*d" % (5, 3), "%s" % (1,), "%a" % "é", "100%%" % (), "%s" % {"a": 1}, "%(a)s" % {"a": (1, 2)}, "%d%%" % 50, "%010.3f" % 3.14159, "%+.1e" % 0.0, "%g" % 1e20, "%F" % 1.5, "%-10s|%5s" % ("ab", "cd"), "%d" % True]
# ── percent formatting with too few arguments
X = "%s %s" % "a"
# ── percent formatting with too many arguments
X = "%s" % (1, 2)
# ── percent d of text
X = "%d" % "a"
# ── percent with missing key
X = "%(a)s" % {"b": 1}
# ── str.format
class P:
    x = 7
A = ["{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{a}".format(a=1), "{0[a]}".format({"a": 5}), "{0[1]}".format([1, 2]), "{p.x}".format(p=P), "{:>5}".format("a"), "{!r}".format("a"), "{:{w}}".format("a", w=4) + "|", "{{}}".format(), "{:.2f}".format(1.005), "{a[k]}-{b}".format(a={"k": "v"}, b=2), "{:,}".format(1234567), "{0:{1}}".format(5, 3), "{a!s:>3}".format(a=1), "{}".format([]), "{:%}".format(0.25), "{x}{x}".format(**{"x": "y"}), "{}{a}".format(1, a=2)]
B = "{a} {b}".format_map({"a": 1, "b": 2})
# ── str.format with a missing name
X = "{a}".format(b=1)
# ── str.format with too few arguments
X = "{} {}".format(1)
# ── str.format with a single brace
X = "{".format(1)
# ── wrong format code
X = f"{'a':d}"
# ── wrong format code of an int
X = f"{5:s}"
# ── format of a list
X = f"{[1]:5}"
# ── format builtin
A = [format(5, "03"), format(2.5, ".2f"), format("a", ">3"), format(None), format([1])]
# ── __format__ and __str__
class M:
    def __format__(self, spec): return "M:" + spec
    def __str__(self): return "str"
    def __repr__(self): return "repr"
m = M()
A = [f"{m}", f"{m:abc}", f"{m!s}", f"{m!r}", str(m), repr(m), "%s %r" % (m, m), "{}".format(m), str([m])]
# ── strings of containers
A = [f"{[1, 'a', None]}", f"{(1,)}", f"{ {'a': 1}}", f"{ {1} }", str([[], {}, ()]), f"{'a' 'b'}"]
