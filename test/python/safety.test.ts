import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import { tooDeep, wasExhausted } from "../../src/python/stack.ts";
import { runDeeply } from "./deep.ts";
import { boundIn, runText, scenario, world } from "./run-python.ts";
import { show } from "./show.ts";

// No project may hang or crash the interpreter, whatever it does. Each of these ends, and soon.

const seconds = 6;

describe("programs that do not end, or want too much", () => {
  test.each([
    ["while True", "while True: pass"],
    ["while True in a function", "def f():\n    while True: x = 1\nf()"],
    ["an endless generator", "def g():\n    while True: yield 1\nX = list(g())"],
    ["an endless for", "a = [1]\nfor x in a: a.append(x)"],
    [
      "an iterator without end",
      "class A:\n    def __iter__(self): return self\n    def __next__(self): return 1\nX = list(A())",
    ],
    ["exponential recursion", "def f(n): return f(n - 1) + f(n - 1) if n else 1\nX = f(60)"],
    ["nested loops", "n = 0\nfor a in range(10**6):\n    for b in range(10**6):\n        n += 1"],
    ["a huge range", "X = list(range(10**9))"],
    ["a huge comprehension", "X = [[i] * 10000 for i in range(10**6)]"],
    ["a text that doubles", "x = 'ab'\nwhile True: x += x"],
    ["a list that doubles", "x = [1]\nwhile True: x += x"],
    ["a number that grows", "x = 3\nwhile True: x = x * x"],
    ["a format that doubles", "x = 'ab'\nwhile True: x = f'{x}{x}'"],
    ["replacements that multiply", "x = 'a' * 1000\nwhile True: x = x.replace('a', x)"],
    [
      "a try that catches everything",
      "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ],
    ["a finally that goes on", "def f():\n    try: return 1\n    finally:\n        while True: pass\nf()"],
    ["a repr of nested lists that doubles", "x = []\nfor i in range(60): x = [x, x]\nX = repr(x)"],
    [
      "a comparison that doubles",
      "x = []\ny = []\nfor i in range(60):\n    x = [x, x]\n    y = [y, y]\nX = x == y",
    ],
    ["a sum of ranges", "X = sum(range(10**12))"],
    ["membership in a generator", "X = -1 in (i for i in range(10**12))"],
    ["zip without end", "def g():\n    while True: yield 1\nX = dict(zip(g(), g()))"],
    ["powers", "x = 2\nfor i in range(10**7): x = pow(x, x, 10**1000)"],
  ])("%s", (_what, text) => {
    const started = performance.now();
    const { outcome } = runText(text);
    expect(["stopped", "raised", "completed"]).toContain(outcome.kind);
    if (outcome.kind === "stopped") expect(outcome.because).toMatch(/^(takes|needs|nests)/);
    expect(performance.now() - started).toBeLessThan(seconds * 1000);
  });

  test.each([
    ["a very long text", "X = 'x' * 10**9"],
    ["a very long list", "X = [0] * 10**9"],
    ["a very large power", "X = 10 ** 10 ** 9"],
    ["a very large shift", "X = 1 << 10**12"],
    ["a very wide format", "X = f'{1:1000000000}'"],
    ["a very wide %", "X = '%1000000000d' % 1"],
    ["very much padding", "X = 'a'.ljust(10**9)"],
    ["very many bytes", "X = bytes(10**9)"],
  ])("%s is not known", (_what, text) => {
    const run = runText(`${text}\nY = 1`);
    expect(boundIn(run, "X")).toMatchObject({ kind: "opaque", cause: "unmodelled" });
    expect(show(boundIn(run, "Y"))).toBe("1");
  });

  test("what is merely large is computed", () => {
    const run = runText(
      "X = len([i * 2 for i in range(100_000)])\nY = len('x' * 10**6)\nZ = str(2 ** 1000)[:5]",
    );
    expect(["X", "Y", "Z"].map((name) => show(boundIn(run, name)))).toEqual(["100000", "1000000", "'10715'"]);
  });
});

describe("programs that nest deeply", () => {
  const endless: readonly (readonly [string, string])[] = [
    ["calls", "def f(n): return f(n + 1)\nf(0)"],
    ["calls through methods", "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().y"],
    ["repr of itself through __repr__", "class A:\n    def __repr__(self): return repr(self)\nrepr(A())"],
    ["equality", "class A:\n    def __eq__(self, o): return o == self\nA() == A()"],
    ["calls through a builtin", "def f():\n    for i in map(lambda x: f(), [1]): pass\nf()"],
    ["construction", "class A:\n    def __init__(self): self.inner = A()\nA()"],
    ["generators", "def g(n):\n    for x in [1]:\n        yield from g(n + 1)\nlist(g(0))"],
    ["a key", "def g(n): return sorted([1, 2], key=lambda x: {'a': [g(x) for x in [1]]})\ng(1)"],
  ];

  test.each(endless)("%s without end: RecursionError, as in CPython", async (_what, text) => {
    const { outcome } = await runDeeply(text);
    expect(outcome).toMatchObject({
      kind: "raised",
      error: "RecursionError",
      message: "maximum recursion depth exceeded",
    });
  });

  test.each(endless)("%s on the usual stack: not known, and never another way", (_what, text) => {
    const caught = `try:\n    ${text.replaceAll("\n", "\n    ")}\n    X = 1\nexcept RecursionError: X = 2`;
    const { outcome } = runText(caught);
    expect(outcome).toMatchObject({ kind: "stopped", because: tooDeep });
    expect(wasExhausted()).toBe(true);
  });

  test("calls are followed as far as CPython follows them", async () => {
    const text = `
import sys
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
A = depth(990)
def count():
    global N
    N += 1
    count()
N = 0
try: count()
except RecursionError as error: B = str(error)
C = 990 < N <= 1000
N = 0
sys.setrecursionlimit(100)
try: count()
except RecursionError: pass
D = 90 < N <= 100
`;
    const { outcome, names } = await runDeeply(text);
    expect(outcome).toEqual({ kind: "completed" });
    expect(names).toMatchObject({ A: 990, B: "maximum recursion depth exceeded", C: true, D: true });
  });

  test("what the code allows itself beyond CPython's limit is not known", async () => {
    const text = `import sys\nsys.setrecursionlimit(5000)\ndef f(n): return n and f(n - 1)\nX = f(2000)`;
    expect((await runDeeply(text)).outcome).toMatchObject({ kind: "stopped", because: tooDeep });
  });

  test("data that holds itself", () => {
    const run = runText(`
a = []; a.append(a)
b = []; b.append(b)
d = {}; d[1] = d
e = {}; e[1] = e
def attempt(f):
    try: return f()
    except RecursionError as error: return str(error)
X = [attempt(lambda: a == b), attempt(lambda: d == e), attempt(lambda: a < b), attempt(lambda: a == a)]
Y = repr([a, d, (a, d)])
Z = repr({"a": a}) == str({"a": a})
`);
    const words = "'maximum recursion depth exceeded in comparison'";
    expect(show(boundIn(run, "X"))).toBe(`[${words}, ${words}, ${words}, True]`);
    expect(show(boundIn(run, "Y"))).toBe(`'[[[...]], {1: {...}}, ([[...]], {1: {...}})]'`);
    expect(show(boundIn(run, "Z"))).toBe("True");
  });

  test.each([150, 500, 800])("data in %i others", async (depth) => {
    const text = `def nest():\n    x = []\n    for i in range(${depth}): x = [x]\n    return x\nX = [len(repr(nest())), nest() == nest()]`;
    expect((await runDeeply(text)).names).toMatchObject({ X: [2 * depth + 2, true] });
  });

  test.each([
    ["parentheses", `X = ${"(".repeat(5000)}1${")".repeat(5000)}`],
    ["lists", `X = ${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["unary operators", `X = ${"-".repeat(50_000)}1`],
    ["not", `X = ${"not ".repeat(50_000)}1`],
    ["attributes", `X = a${".b".repeat(50_000)}`],
    ["calls", `X = str${"()".repeat(20_000)}`],
    [
      "blocks",
      `${Array.from({ length: 90 }, (_, i) => `${" ".repeat(i)}if 1:`).join("\n")}\n${" ".repeat(90)}X = 1`,
    ],
    ["lambdas", `X = ${"lambda: ".repeat(20_000)}1`],
    ["conditionals", `X = ${"1 if 0 else ".repeat(20_000)}1`],
    ["elif", `if 0: pass\n${"elif 0: pass\n".repeat(10_000)}else: X = 1`],
    ["comparisons", `X = ${"1 < ".repeat(20_000)}2`],
    ["data that nests", "x = []\nfor i in range(100_000): x = [x]\nX = repr(x)"],
    [
      "equality of data that nests",
      "x = []\ny = []\nfor i in range(100_000):\n    x = [x]\n    y = [y]\nX = x == y",
    ],
    ["tuples as keys", "x = ()\nfor i in range(100_000): x = (x,)\nX = {x: 1}"],
    ["generators", "g = iter([1])\nfor i in range(100_000): g = (x for x in g)\nX = list(g)"],
    ["an f-string", `X = f"${"{".repeat(1000)}"`],
  ])("%s: an answer, no crash", (_what, text) => {
    const started = performance.now();
    const { outcome } = runText(text);
    expect(["stopped", "raised", "completed"]).toContain(outcome.kind);
    expect(performance.now() - started).toBeLessThan(seconds * 1000);
  });

  test("a long sum is not deep", () => {
    const run = runText(`X = len(${Array.from({ length: 900 }, () => '"ab"').join(" + ")})`);
    expect(show(boundIn(run, "X"))).toBe("1800");
  });
});

describe("files that are no Python", () => {
  test.each([
    ["empty", "", "completed"],
    ["binary", "\0\u0001\u0002", "stopped"],
    ["another language", "function f() { return 1; }", "raised"],
    ["Python 2", 'print "hello"', "raised"],
    ["an unfinished text", 'X = "abc', "raised"],
    ["wrong indentation", "if 1:\nX = 1", "raised"],
  ])("%s", (_what, text, kind) => {
    expect(runText(text).outcome.kind).toBe(kind);
  });

  test("bytes that are no text", () => {
    const files = memoryFiles({ "m.py": Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x41]) });
    const run = createInterpreter(files, world, []).run("m", scenario());
    expect(["stopped", "raised", "completed"]).toContain(run.outcome.kind);
  });
});

test("one run does not show in the next", () => {
  const files = memoryFiles({
    "m.py": "class A(dict):\n    x = []\nA.x.append(1)\nX = A.x, list(A())\nint.y = 1",
  });
  const interpreter = createInterpreter(files, world, []);
  const first = interpreter.run("m", scenario());
  const second = interpreter.run("m", scenario());
  expect(show(boundIn(second, "X"))).toBe("([1], [])");
  expect(first.outcome).toEqual(second.outcome);
});
