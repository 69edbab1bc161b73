# ── integer arithmetic
A = [7 + 3, 7 - 10, 7 * -3, 7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, -2 ** 2, 2 ** -1]
B = [7 / 2, 6 / 3, 1 / 3, 10 ** 20, 10 ** 20 / 3, 123456789 ** 5, -(2 ** 70) // 3, (2 ** 70) % 1000]
C = [1 << 10, 1024 >> 3, -5 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, ~-1, -5 & 0xff]
D = [60 * 60 * 24 * 7, 1_000_000, 0xff, 0o17, 0b101, 5 * 1024 * 1024]
# ── float arithmetic
A = [0.1 + 0.2, 1.5 * 2, 1e16, 1e15, 123456789012345678.0, 1e-4, 1e-5, 1.0, -0.0, 1e100, 5e-324, 1.7976931348623157e308]
B = [7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 2.0 ** 0.5, 4 ** 0.5, 1e308 * 10, -1e308 * 10]
C = [3.0 == 3, 0.1 + 0.2 == 0.3, 1.0 < 2, 2 > 1.5, 10**400 > 1e308, float("nan") == float("nan")]
D = [float("inf"), float("-inf"), float("nan"), float("1e3"), float(" 2.5 "), float("1_000.5"), float(".5"), float("5.")]
# ── bool arithmetic
A = [True + True, True * 3, -True, ~False, True & False, True | False, True ^ True, 5 & True, sum([True, False, True])]
B = [True == 1, True is True, False == 0, 1.0 == True, {True: "a", 1: "b", 1.0: "c"}, {0: "x", False: "y"}]
# ── round
A = [round(0.5), round(1.5), round(2.5), round(-0.5), round(-1.5), round(2.675, 2), round(1234.5678, -2), round(1.005, 2), round(5, -1), round(15, -1), round(25, -1), round(1e20), round(2.5, 0), round(-2.5, 0), round(0.125, 2), round(3.14159, 3), round(7), round(True)]
# ── int of text
A = [int("12"), int(" 12 "), int("-5"), int("+5"), int("1_000"), int("ff", 16), int("0xff", 16), int("0b11", 0), int("0o17", 0), int("z", 36), int("101", 2), int(3.99), int(-3.99), int(True), int("٣"), int(), int(b"12")]
# ── int of wrong text
X = int("12a")
# ── int of empty text
X = int("")
# ── int of float text
X = int("1.5")
# ── int of underscore text
X = int("1__0")
# ── int of None
X = int(None)
# ── float of wrong text
X = float("abc")
# ── division by zero
X = 1 / 0
# ── modulo by zero
X = 1 % 0
# ── float division by zero
X = 1.0 / 0
# ── abs divmod pow
A = [abs(-5), abs(-2.5), divmod(17, 5), divmod(-17, 5), divmod(7.5, 2), pow(2, 10), pow(2, 10, 1000), pow(2, -1), pow(3, 4, 5), abs(True)]
B = [hex(255), oct(8), bin(5), hex(-255), chr(97), ord("a"), chr(128512), min(3, 1, 2), max([1, 5, 2]), min("b", "a"), max(1, 2.5), min([], default=7), max("aa", "b", key=len), sum([1, 2, 3]), sum([0.1] * 3), sum([[1], [2]], [])]
# ── number methods
A = [(255).bit_length(), (5).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big"), (2.0).is_integer(), (0.5).as_integer_ratio(), (10).conjugate(), (7).bit_count(), int.from_bytes(b"\xff\xff", "big", signed=True), (258).to_bytes(2, byteorder="little")]
# ── comparison chains
A = [1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 >= 2, 1 < 2 > 1, not 1 < 2 < 3, 1 != 2 != 1]
# ── comparison of different types
X = 1 < "a"
# ── large numbers to text
X = str(10 ** 5000)
# ── shift by negative
X = 1 << -1
# ── float repr
A = [1e22, 1e21, 123456.789e3, 0.00001234, 100.0, 1/7, 2/3, 1e5, 12345678.9, 1.1e-10, 9007199254740993.0]
B = [str(1.0), repr(2.50), str(1e-7), str(float(10**15)), str(float(10**16)), str(-1.5e300)]
# ── integer division of huge numbers
A = [10**30 / 7, 10**25 / 10**20, (10**40 + 1) / 10**20, 1 / 10**30, 3**100 / 2**80, -10**30 / 3]
# ── power of floats and negative bases
A = [2 ** 0.5, (-8) ** 2, (-8) ** 3, 0 ** 0, 0.0 ** 0, 10 ** -2, 2.0 ** 3, 1 ** 10**9]
# ── zero to a negative power
X = 0 ** -1
# ── constants with suffixes
A = [1e3, 1E3, 1.e2, .5e1, 0XFF, 0B11, 0O17]
