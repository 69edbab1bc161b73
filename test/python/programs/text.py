# ── case
A = ["Hello World".lower(), "Hello".upper(), "hello world".title(), "hELLO wORLD".capitalize(), "Hello".swapcase(), "straße".casefold(), "they're bill's".title(), "a1b2 c3d".title()]
# ── strip
A = ["  a b  ".strip(), "xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "\t\n a \r\n".strip(), "a".strip("a"), "".strip(), "https://x/".rstrip("/"), " a ".strip(None), "\u00a0x\u2003".strip()]
# ── split
A = ["a,b,c".split(","), "a,b,c".split(",", 1), "".split(","), "".split(), "  a  b ".split(), "a b c d".split(None, 2), "a,b,c".rsplit(",", 1), "a b c".rsplit(None, 1), " a  b  c ".split(None, 1), " a  b  c ".rsplit(None, 1), "a--b--c".split("--"), "abc".split("x"), ",".split(","), "a,b,".split(",")]
# ── split with empty separator
X = "abc".split("")
# ── splitlines partition
A = ["a\nb\r\nc".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "a\n\nb".splitlines(), "a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("x"), "abc".rpartition("x")]
# ── join replace
A = [",".join(["a", "b"]), "".join([]), "-".join("abc"), "a.b.c".replace(".", "/"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("x", "y"), ", ".join(str(i) for i in range(3)), "x".join(("a",)), "".join({"k": 1})]
# ── join of numbers
X = ",".join([1, 2])
# ── startswith endswith
A = ["abc".startswith("a"), "abc".startswith(("x", "a")), "abc".endswith("bc"), "abc".startswith("b", 1), "abc".endswith("b", 0, 2), "".startswith(""), "abc".startswith("", 5), "abc".endswith(())]
# ── find index count
A = ["banana".find("an"), "banana".rfind("an"), "banana".find("x"), "banana".index("n"), "banana".count("an"), "banana".count(""), "banana".find("an", 2), "banana".find("an", 2, 3), "banana".count("a", 1, 4), "aaaa".count("aa")]
# ── index of what is not there
X = "abc".index("x")
# ── padding
A = ["a".ljust(3) + "|", "a".rjust(3, "*"), "a".center(4, "-"), "ab".center(5, "-"), "5".zfill(3), "-5".zfill(4), "+5".zfill(4), "abc".zfill(2), "a\tb".expandtabs(4), "abc".center(2)]
# ── tests
A = [s.isdigit() for s in ["12", "1a", "", "²"]]
B = [[s.isalpha(), s.isalnum(), s.isspace(), s.islower(), s.isupper(), s.istitle(), s.isidentifier(), s.isnumeric(), s.isdecimal(), s.isascii(), s.isprintable()] for s in ["abc", "ABC", "Abc Def", " ", "a1", "1a", "", "_x", "é", "½"]]
# ── prefix suffix
A = ["refs/heads/main".removeprefix("refs/"), "a.py".removesuffix(".py"), "abc".removeprefix("x"), "abc".removesuffix(""), "abc".removesuffix("abc")]
# ── slices
S = "abcdef"
A = [S[0], S[-1], S[1:3], S[:2], S[-2:], S[::2], S[::-1], S[5:1:-2], S[10:], S[-100:2], S[2:2], S[:-1], S[slice(1, 4)], S[True]]
# ── index out of range
X = "abc"[5]
# ── index by text
X = "abc"["a"]
# ── repetition and membership
A = ["ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "b" in "abc", "x" not in "abc", "" in "abc", "=" * 5]
# ── membership of a number
X = 1 in "abc"
# ── concatenation with a number
X = "a" + 1
# ── number plus text
X = 1 + "a"
# ── comparison
A = ["a" < "b", "a" < "B", "abc" < "abd", "" < "a", "Z" < "a", "é" > "z", "a" == "a", "1" == 1, "10" < "9"]
# ── escapes and repr
A = ["a\tb\n", 'it\'s', "say \"hi\"", "both ' and \"", "\\", "\x00\x1f\x7f", "é", "\u200b", "😀", "\xa0", r"\n", "\101", "\N{BULLET}" if False else "•", "a\
b"]
B = [repr("a'b"), repr("\n"), ascii("é😀"), repr(b"a'\x00\xff"), str(b"x"), repr("\ud800" if False else "x")]
# ── characters beyond the basic plane
A = [len("a😀b"), "a😀b"[1], "a😀b"[::-1], "😀".upper(), list("😀é"), "a😀b".find("b"), "😀" * 2, "x😀".center(5, "*"), "a😀b".replace("😀", "-"), "a😀b"[1:2]]
# ── encode decode
A = ["é".encode(), "é".encode("latin-1"), b"\xc3\xa9".decode(), "abc".encode("ascii"), "é".encode("ascii", "ignore"), "é".encode("ascii", "replace"), b"abc".decode("utf-8"), b"\xff".decode("utf-8", "ignore"), b"\xff".decode("latin-1"), bytes("é", "utf-8"), str(b"abc", "utf-8")]
# ── bytes
A = [b"abc"[0], b"abc"[1:], b"a" + b"b", b"ab" * 2, list(b"abc"), b"a,b".split(b","), b"abc".upper(), len(b"abc"), b"b" in [b"b"], bytes(3), bytes([65, 66]), b"abc".hex(), bytes.fromhex("4142"), b"x" == "x", b"abc".startswith(b"a"), b" a ".strip(), b",".join([b"a", b"b"]), b"%s-%d" % (b"x", 5)]
# ── translate
A = "hello".translate(str.maketrans("el", "ip"))
B = "hello".translate(str.maketrans({"l": None, "h": "HH"}))
C = "a-b_c".translate({ord("-"): None, ord("_"): " "})
# ── unbound methods
A = [str.upper("abc"), list(map(str.strip, [" a ", "b "])), str.join(",", ["a"]), sorted(["b", "A"], key=str.lower), int.bit_length(5), dict.fromkeys("ab", 1)]
# ── implicit concatenation and multiline
A = "a" "b" 'c'
B = ("one "
     "two")
C = """line1
line2"""
D = '''a'b"c'''
# ── unknown attribute
X = "a".nope()
# ── int of str methods
A = [str(5), str(None), str(True), str([1, "a"]), str({"a": 1}), str((1,)), str({1}), str(1.5), str("x"), str(), str(range(3)), repr(range(1, 10, 2)), str(()), str(set()), str({})]
# ── environment text
import os
A = os.environ.get("T_HOSTS", "localhost").split(",")
B = [h.strip() for h in os.environ.get("T_HOSTS", "").split(",") if h.strip()]
C = os.environ.get("T_ENV", "dev").lower() in ("production", "staging")
D = "T_DEBUG" in os.environ
E = os.getenv("T_DEBUG", "False") == "True"
F = bool(int(os.environ.get("T_PORT", 5)))
# ── required environment
import os
A = os.environ["T_ENV"]
B = A or "empty"
# ── caught missing environment
import os
try:
    A = os.environ["T_ENV"]
except KeyError as e:
    A = str(e)
    B = e.args
