import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runText } from "./run-python.ts";
import { show } from "./show.ts";

// Expressions that are made up, computed by CPython and by the interpreter. The seed is fixed, so that
// a failure is the same tomorrow; the count can be raised to look for more.

const seed = 20_251_120;
const count = 700;

const integer = fc
  .oneof(fc.integer({ min: -12, max: 12 }), fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }))
  .map((n) => `(${n})`);
const decimal = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -2000, max: 2000 }).map((n) => n / 8),
  )
  .map((n) =>
    Object.is(n, -0) ? "(-0.0)" : Number.isInteger(n) && Math.abs(n) < 1e21 ? `(${n}.0)` : `(${n})`,
  );
const number = fc.oneof(integer, decimal, fc.constantFrom("True", "False"));
const text = fc
  .array(fc.constantFrom("a", "b", " ", "-", "é", "😀", "\\n", "1", ",", "'", "%", "{", "ß", "A"), {
    maxLength: 8,
  })
  .map((parts) => `"${parts.join("")}"`);
const items = fc.array(fc.oneof(integer, text), { maxLength: 6 }).map((parts) => `[${parts.join(", ")}]`);
const bound = fc.oneof(fc.constant(""), fc.integer({ min: -8, max: 8 }).map(String));
const step = fc.oneof(fc.constant(""), fc.constantFrom(":", ":1", ":2", ":-1", ":-2", ":3"));
const operator = fc.constantFrom("+", "-", "*", "/", "//", "%", "<", "<=", "==", "!=", ">", "and", "or");
const spec = fc
  .tuple(
    fc.constantFrom("", "<", ">", "^", "=", "*<", "0=", "é^"),
    fc.constantFrom("", "+", " ", "-"),
    fc.constantFrom("", "#"),
    fc.constantFrom("", "0"),
    fc.constantFrom("", "1", "9", "14"),
    fc.constantFrom("", ",", "_"),
    fc.constantFrom("", ".0", ".1", ".3", ".10"),
    fc.constantFrom("", "d", "x", "b", "e", "f", "g", "%", "s", "E", "G", "n", "o"),
  )
  .map((parts) => parts.join(""));
const percent = fc
  .tuple(
    fc.constantFrom("", "-", "0", "+", " ", "#", "-0"),
    fc.constantFrom("", "3", "12"),
    fc.constantFrom("", ".0", ".2", ".7"),
    fc.constantFrom("d", "s", "r", "x", "o", "e", "f", "g", "i", "X"),
  )
  .map((parts) => parts.join(""));
const method = fc.constantFrom(
  ".upper()",
  ".lower()",
  ".title()",
  ".capitalize()",
  ".strip()",
  ".split()",
  '.split(",")',
  '.split("a", 1)',
  ".rsplit(None, 1)",
  ".splitlines()",
  '.partition("-")',
  '.rpartition("a")',
  '.replace("a", "xy", 1)',
  ".center(9, '*')",
  ".ljust(6)",
  ".zfill(7)",
  '.find("b")',
  '.count("a")',
  ".isalpha()",
  ".isalnum()",
  ".islower()",
  ".istitle()",
  ".swapcase()",
  ".encode()",
  ".casefold()",
  ".isdigit()",
  '.removeprefix("a")',
  '.strip("a-")',
);

const expressions = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(number, operator, number).map(([a, op, b]) => `${a} ${op} ${b}`) },
  fc.tuple(number, fc.integer({ min: -3, max: 4 })).map(([a, n]) => `${a} ** ${n}`),
  fc.tuple(decimal, fc.integer({ min: -3, max: 5 })).map(([a, n]) => `round(${a}, ${n})`),
  number.map((a) => `(round(${a}), int(${a}), float(${a}), str(${a}), abs(${a}))`),
  fc.tuple(number, number).map(([a, b]) => `divmod(${a}, ${b})`),
  fc.tuple(fc.oneof(text, items), bound, bound, step).map(([a, from, to, by]) => `${a}[${from}:${to}${by}]`),
  { weight: 2, arbitrary: fc.tuple(text, method).map(([a, call]) => `${a}${call}`) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.oneof(number, text), spec).map(([a, how]) => `format(${a}, "${how}")`),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.oneof(number, text), percent).map(([a, how]) => `"%${how}|" % (${a},)`),
  },
  fc.oneof(text, items).map((a) => `(repr(${a}), len(${a}), sorted(map(str, ${a})), ${a} * 2)`),
  fc.tuple(items, items).map(([a, b]) => `(${a} == ${b}, ${a} + ${b}, [x for x in ${a} if x in ${b}])`),
  fc.tuple(text, text).map(([a, b]) => `(${a} < ${b}, ${a} in ${b}, ${a} + ${b}, ${a}.join(${b}))`),
  fc
    .tuple(items, fc.integer({ min: -7, max: 7 }), fc.integer({ min: -7, max: 7 }), items)
    .map(([a, from, to, b]) => `(lambda l: (l.__setitem__(slice(${from}, ${to}), ${b}), l)[1])(${a})`),
);

const samples = [...new Set(fc.sample(expressions, { seed, numRuns: count }))];
const program = (expression: string) =>
  `try:\n    X = ${expression}\nexcept Exception as e:\n    X = type(e).__name__\n`;

describe.skipIf(spawnSync("python3", ["--version"]).status !== 0)(
  "as CPython computes (skipped where there is no python3)",
  () => {
    const script = new URL("./cpython.py", import.meta.url).pathname;
    const cases = samples.map((expression) => ({ text: program(expression), env: {} }));
    const answer = spawnSync("python3", ["-W", "ignore", script], {
      input: JSON.stringify(cases),
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    const expected = JSON.parse(answer.stdout) as { names: { X: string }; error: unknown }[];
    test.each(samples.map((expression, i) => ({ expression, expected: expected[i] })))(
      "$expression",
      (one) => {
        const run = runText(program(one.expression), { models: [] });
        const bound = run.names.get("X");
        const shown = bound && show(bound.value);
        // A complex number, which no settings have, is not computed.
        if (one.expected?.names.X === undefined && shown?.startsWith("<opaque")) return;
        expect({ names: { X: shown }, error: null }).toEqual(one.expected);
      },
    );
  },
);
