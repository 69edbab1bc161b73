import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expandWords, quote } from "../../../src/platforms/shell/expand.ts";
import { parseShell } from "../../../src/platforms/shell/script.ts";

const argv = (text: string, variables: Record<string, string | undefined> = {}, parameters: string[] = []) =>
  parseShell(text).map(({ words }) =>
    expandWords(
      words,
      new Map(Object.entries(variables)),
      parameters.map((parameter) => ({ text: parameter, known: true })),
    ).map(({ text }) => text),
  );

test.each<[string, string[][]]>([
  ["gunicorn shop.wsgi --log-file -", [["gunicorn", "shop.wsgi", "--log-file", "-"]]],
  ["a && b; c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
  [`gunicorn -c "a b.py" 'x y' z\\ w`, [["gunicorn", "-c", "a b.py", "x y", "z w"]]],
  ["exec gunicorn x", [["gunicorn", "x"]]],
  ["a \\\n  b", [["a", "b"]]],
  ["a # not this\nb#this", [["a"], ["b#this"]]],
  ["a > out.log 2>&1 b", [["a", "b"]]],
  ["a 2>/dev/null", [["a"]]],
  ["cat <<EOF\nrunserver\nEOF\nb", [["cat"], ["b"]]],
  ["if [ -f x ]; then a; else b; fi; c", [["[", "-f", "x", "]"], ["a"], ["b"], ["c"]]],
  ['case "$1" in\n  web) a ;;\n  worker) b ;;\nesac\nc', [["a"], ["b"], ["c"]]],
  ["for i in 1 2; do a; done", [["a"]]],
  ["start() {\n  a\n}\nb", [["a"], ["b"]]],
  ["( cd x && a )", [["cd", "x"], ["a"]]],
  ["a '' \"\"", [["a", "", ""]]],
  ["a $", [["a", "$"]]],
  ["a\r\nb\r\n", [["a"], ["b"]]],
])("%j", (text, expected) => {
  expect(argv(text)).toEqual(expected);
});

test.each<[string, Record<string, string | undefined>, string[]]>([
  ["-b 0.0.0.0:$PORT", { PORT: undefined }, ["-b", "0.0.0.0:$PORT"]],
  ["-b 0.0.0.0:$PORT", { PORT: "10000" }, ["-b", "0.0.0.0:10000"]],
  ["-b 0.0.0.0:${PORT:-8000}", {}, ["-b", "0.0.0.0:8000"]],
  ["-b 0.0.0.0:${PORT:-8000}", { PORT: undefined }, ["-b", "0.0.0.0:$PORT"]],
  ['-b "${HOST:-${ADDRESS:-::}}:$PORT"', { PORT: "1" }, ["-b", ":::1"]],
  ["'$PORT' \\$PORT", { PORT: "1" }, ["$PORT", "$PORT"]],
  ["$(nproc) `id` $((1 + 2))", {}, ["$(nproc)", "`id`", "$((1 + 2))"]],
])("%j with %j", (text, variables, expected) => {
  expect(argv(text, variables)).toEqual([expected]);
});

test("a script's arguments", () => {
  expect(argv('exec "$@"', {}, ["gunicorn", "a b"])).toEqual([["gunicorn", "a b"]]);
  expect(argv('run "$1" $2', {}, ["web"])).toEqual([["run", "web", "$2"]]);
});

test("assignments in front of a command, and alone", () => {
  expect(parseShell("A=1 B=x$C gunicorn x; D=2")).toMatchObject([
    { assignments: [{ name: "A" }, { name: "B" }], words: [{}, {}] },
    { assignments: [{ name: "D" }], words: [] },
  ]);
});

test("what runs only under a condition", () => {
  const conditional = (text: string) => parseShell(text).map((command) => command.conditional);
  expect(conditional("a && b; c")).toEqual([false, false, false]);
  expect(conditional("a || b; c")).toEqual([false, true, false]);
  expect(conditional("[ -f x ] && a; b")).toEqual([false, true, false]);
  expect(conditional("if a; then b; elif c; then d; else e; fi; f")).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(conditional("until a; do b; done; c")).toEqual([false, true, false]);
  expect(conditional("[[ -f x && -f y ]] && a; b")).toEqual([false, true, false]);
  expect(conditional("{ a; } && ( b )")).toEqual([false, false]);
  expect(conditional("case x in (web) a ;; *) b ;; esac; c")).toEqual([true, true, false]);
  expect(conditional("f() {\n a\n}\nb")).toEqual([true, false]);
});

test("offsets point at the command", () => {
  const text = "a && gunicorn 'x y'";
  const [, second] = parseShell(text);
  expect(text.slice(second?.start, second?.end)).toBe("gunicorn 'x y'");
});

test("a real shell splits words the same way", () => {
  const word = fc.string({
    unit: fc.constantFrom(..."ab'\"\\ $#=;|&<>(){}*?\n\t-:/é".split("")),
    minLength: 1,
  });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const command = words.map(quote).join(" ");
      const sh = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
      expect(sh.split("\0").slice(0, -1)).toEqual(words);
      expect(argv(`x ${command}`)).toEqual([["x", ...words]]);
    }),
    { numRuns: 60 },
  );
});

test("any text ends, and soon", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."a'\"\\$`(){}<>&|;#\n =".split("")), maxLength: 60 }),
      (text) => {
        argv(text);
      },
    ),
    { numRuns: 2000 },
  );
  for (const unit of ["${a:-", "$(", "`", "'", '"', "<<E\n", "(", "if ", "a=", "${", "$(`"]) {
    expect(() => argv(unit.repeat(20_000))).not.toThrow();
  }
});
