import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pythonLiterals } from "../../src/report/python-literals.ts";
import { hasPython, python } from "../support/python.ts";

/** Prints, for the modules of CPython's library, where its own tokenizer finds literals and comments. */
const reference = `
import glob, json, os, tokenize
found = []
for file in sorted(glob.glob(os.path.join(os.path.dirname(os.__file__), "*.py"))):
    with open(file, encoding="utf-8", newline="") as stream:
        lines = stream.read().splitlines(True)
    if any(ord(character) > 0xFFFF for line in lines for character in line):
        continue  # columns here are code points, there UTF-16
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    spans, depth, begin = [], 0, None
    for token in tokenize.generate_tokens(iter(lines + [""]).__next__):
        name = tokenize.tok_name[token.type]
        start, end = (starts[line - 1] + column for line, column in (token.start, token.end))
        if name == "FSTRING_START":
            begin, depth = start if depth == 0 else begin, depth + 1
        elif name == "FSTRING_END":
            depth -= 1
            if depth == 0:
                spans.append([begin, end])
        elif depth == 0 and name in ("STRING", "COMMENT"):
            spans.append([start, end])
    found.append([file, spans])
print(json.dumps(found))
`;

test.skipIf(!hasPython())(
  "finds the literals that CPython finds in its own library (needs Python)",
  () => {
    const out = execFileSync(python, ["-c", reference], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    const files: [string, [number, number][]][] = JSON.parse(out);
    expect(files.length).toBeGreaterThan(100);
    for (const [file, spans] of files) {
      const found = pythonLiterals(readFileSync(file, "utf8")).map(({ start, end }) => [start, end]);
      expect(found, file).toEqual(spans);
    }
  },
  60_000,
);

test("ends somewhere in every text", () => {
  for (const text of ['"', "'''", 'f"{', 'f"{"', "\\", 'f"{x:{', "#", "(", ")", 'rb"\\', ""]) {
    for (const { start, end } of pythonLiterals(text)) {
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(text.length);
    }
  }
});
