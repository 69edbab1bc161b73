import { describe, expect, test } from "vitest";
import { showLocation } from "../../../src/location.ts";
import { parseModule } from "../../../src/python/parse.ts";

function problemOf(text: string): string {
  const parsed = parseModule(text, "a.py");
  if (parsed.kind === "module") return "accepted";
  return `${showLocation(parsed.problem.at)} ${parsed.problem.message}`;
}

const named: readonly (readonly [text: string, problem: string])[] = [
  [
    'DEBUG = True\nprint "debugging"\n',
    "a.py:2:1 print is a statement here, as in Python 2; in Python 3 it is a function: print(…)",
  ],
  [
    "if DEBUG:\n    print DEBUG, 1\n",
    "a.py:2:5 print is a statement here, as in Python 2; in Python 3 it is a function: print(…)",
  ],
  [
    'exec "DEBUG = True"\n',
    "a.py:1:1 exec is a statement here, as in Python 2; in Python 3 it is a function: exec(…)",
  ],
  ["x = `y`\n", "a.py:1:5 `…` is Python 2; in Python 3 it is repr(…)"],
  ["if x <> y: pass\n", "a.py:1:6 <> is Python 2; in Python 3 it is !="],
  [
    'raise ValueError, "no"\n',
    "a.py:1:1 raise with a comma is Python 2; in Python 3 it is raise Exception(…)",
  ],
  ["x = 10L\n", "a.py:1:5 10L is a long integer of Python 2; in Python 3 it has no L"],
  ["x = ur'a'\n", "a.py:1:5 ur before a string is Python 2; in Python 3 it is r"],
  [
    "MODE = 0777\n",
    "a.py:1:8 leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
  ],
  ["A = 1\n<<<<<<< HEAD\nB = 2\n", "a.py:2:1 <<<<<<< HEAD is the marker of a merge conflict"],
  [
    "A = [\n<<<<<<< HEAD\n 1,\n=======\n 2,\n>>>>>>> b\n]\n",
    "a.py:2:1 <<<<<<< HEAD is the marker of a merge conflict",
  ],
  ["A = [\n    1,\n>>>>>>> feature/x\n", "a.py:3:1 >>>>>>> feature/x is the marker of a merge conflict"],
  [
    "from {{ cookiecutter.slug }}.settings import *\n",
    "a.py:1:6 {{ cookiecutter.slug }} is a placeholder: this is a template, not a Python file",
  ],
  [
    "{% if cookiecutter.use_celery == 'y' %}\nA = 1\n{% endif %}\n",
    "a.py:1:1 {% if cookiecutter.use_celery == 'y' %} is a placeholder: this is a template, not a Python file",
  ],
  [
    "A = 1\n{%- if x %}\n'don't'\n",
    "a.py:2:1 {%- if x %} is a placeholder: this is a template, not a Python file",
  ],
  ["A = ${SECRET}\n", "a.py:1:5 ${SECRET} is a placeholder: this is a template, not a Python file"],
  ["A = <%= secret %>\n", "a.py:1:5 <%= secret %> is a placeholder: this is a template, not a Python file"],
  ["A = [\n    'a',\nB = 1\n", "a.py:1:5 '[' was never closed"],
  ["A = 'a\nB = 1\n", "a.py:1:5 unterminated string literal (detected at line 1)"],
  ["A = {\n    'a': 1\n    'b': 2\n}\n", "a.py:2:10 invalid syntax. Perhaps you forgot a comma?"],
  ["if DEBUG:\nA = 1\n", "a.py:2:1 expected an indented block after 'if' statement on line 1"],
  ["if DEBUG\n    A = 1\n", "a.py:1:9 expected ':'"],
  ["A = “a”\n", "a.py:1:5 invalid character '“' (U+201C)"],
  ["A =\u00a01\n", "a.py:1:4 invalid non-printable character U+00A0"],
  ["A = 1\0\n", "a.py:1:6 source code cannot contain null bytes"],
  ["é = 𝔘 = f()) = 1\n", "a.py:1:13 unmatched ')'"],
];

describe("names what is wrong, and where", () => {
  for (const [text, problem] of named)
    test(JSON.stringify(text), () => expect(problemOf(text)).toBe(problem));
});

test("does not take valid Python for another language", () => {
  const texts = [
    '"""\n=======\nTitle\n=======\n"""\nA = "<<<<<<< HEAD"\n',
    "A = {{1: 2}[1]}\nprint\nexec\nprint >> f, x\nx = '{% if %}'\n",
    "try:\n    pass\nexcept ValueError, e:\n    pass\n",
  ];
  for (const text of texts) expect(problemOf(text)).toBe("accepted");
});

describe("newlines, byte order marks and ends of files", () => {
  const tree = (text: string) => parseModule(text, "a.py");
  const expected = tree("a = '''b\nc'''\nif a:\n    d\n");
  test.each([
    ["CRLF", "a = '''b\r\nc'''\r\nif a:\r\n    d\r\n"],
    ["CR", "a = '''b\rc'''\rif a:\r    d\r"],
    ["a byte order mark", "\ufeffa = '''b\nc'''\nif a:\n    d\n"],
    ["no newline at the end", "a = '''b\nc'''\nif a:\n    d"],
  ])("%s", (_, text) => expect(tree(text)).toEqual(expected));
  test("nothing at all", () => {
    expect(tree("")).toEqual({ kind: "module", module: { nodeType: "Module", body: [] } });
    expect(tree("# comment")).toEqual(tree(""));
  });
});

describe("bears any depth, and takes time in proportion to the length", () => {
  const many = 10_000;
  const texts: Record<string, string> = {
    parentheses: "(".repeat(many) + ")".repeat(many),
    sum: Array(many).fill("a").join(" + "),
    signs: `${"-".repeat(many)}a`,
    negations: `${"not ".repeat(many)}a`,
    lambdas: `${"lambda: ".repeat(many)}a`,
    conditions: `${"a if b else ".repeat(many)}a`,
    attributes: `a${".b".repeat(many)}`,
    calls: `a${"()".repeat(many)}`,
    powers: Array(many).fill("a").join("**"),
    branches: `if a: pass\n${"elif a: pass\n".repeat(many)}`,
    blocks: Array.from({ length: 150 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join(""),
    "f-strings": `${"f'{".repeat(many)}`,
  };
  for (const [what, text] of Object.entries(texts)) {
    test(what, () => expect(problemOf(text)).toMatch(/nested|too many/));
  }
  test("what CPython takes at its deepest", () => {
    const brackets = `${"(".repeat(200)}a${")".repeat(200)}`;
    const patterns = `match a:\n case ${"[".repeat(200)}${"]".repeat(200)}: pass\n`;
    const blocks = Array.from({ length: 99 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("");
    for (const text of [brackets, patterns, `${blocks}${" ".repeat(99)}b = ${brackets}\n`]) {
      expect(problemOf(text)).toBe("accepted");
    }
  });
  test.each([
    ["assignments", "a = ".repeat(many)],
    ["comparisons", "a < ".repeat(many)],
    ["conjunctions", "a and ".repeat(many)],
    ["elements", `[${"a, ".repeat(20 * many)}] + `],
    ["strings", `(${"'a'\n".repeat(5 * many)}) + `],
    ["statements", "match(a); ".repeat(5 * many)],
    ["lines", "match(a)\nwith (a) as b, c: pass\n".repeat(many)],
    ["joined lines", "\\\n".repeat(10 * many)],
  ])("%s", (_, text) => {
    const start = performance.now();
    expect(problemOf(`${text}a`)).toBe("accepted");
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
