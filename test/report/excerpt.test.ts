import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import type { Location } from "../../src/location.ts";
import { excerptAt } from "../../src/report/excerpt.ts";

/** The excerpt as the checklist draws it: the line, and the underline below it. */
function drawn(
  text: string,
  at: Omit<Location, "file">,
  options: { sensitive?: boolean; width?: number } = {},
) {
  const excerpt = excerptAt(
    memoryFiles({ "a.py": text }),
    { file: "a.py", ...at },
    { sensitive: options.sensitive ?? false, width: options.width ?? 60 },
  );
  return excerpt && `${excerpt.text}\n${" ".repeat(excerpt.caret.from)}${"^".repeat(excerpt.caret.length)}`;
}

describe("an excerpt", () => {
  test("underlines what is meant", () => {
    expect(drawn("import os\nDEBUG = True\n", { line: 2, column: 9, endLine: 2, endColumn: 13 })).toBe(
      "DEBUG = True\n        ^^^^",
    );
  });

  test("points with one caret where no end is known", () => {
    expect(drawn("DEBUG = True", { line: 1, column: 9 })).toBe("DEBUG = True\n        ^");
  });

  test("underlines the rest of the line when it goes on in the next one", () => {
    expect(drawn("X = [\n  1,\n]", { line: 1, column: 5, endLine: 3, endColumn: 2 })).toBe("X = [\n    ^");
    expect(drawn("X = f(1,\n2)  ", { line: 1, column: 5, endLine: 2, endColumn: 3 })).toBe(
      "X = f(1,\n    ^^^^",
    );
  });

  test("leaves out the indentation", () => {
    expect(drawn("    DEBUG = True", { line: 1, column: 13, endColumn: 17 })).toBe(
      "DEBUG = True\n        ^^^^",
    );
  });

  test("stays aligned behind tabs, wide and written-out characters", () => {
    expect(drawn("x\t= '日\x1b', True", { line: 1, column: 11, endColumn: 15 })).toBe(
      `x    = '日\\x1b', True\n${" ".repeat(17)}^^^^`,
    );
  });

  test("masks secrets and stays aligned", () => {
    const at = { line: 1, column: 14, endLine: 1, endColumn: 23 };
    expect(drawn(`SECRET_KEY = "hunter2" # x`, at)).toBe(
      `SECRET_KEY = "*******" # *\n${" ".repeat(13)}^^^^^^^^^`,
    );
    expect(drawn(`ANYTHING   = "hunter2"`, at, { sensitive: true })).toBe(
      `ANYTHING   = "*******"\n${" ".repeat(13)}^^^^^^^^^`,
    );
  });

  test("is cut on both sides where the line is too long", () => {
    const text = `A = [${"'item', ".repeat(50)}'*', ${"'item', ".repeat(50)}]`;
    const column = text.indexOf("'*'") + 1;
    const excerpt = drawn(text, { line: 1, column, endColumn: column + 3 }, { width: 40 }) ?? "";
    expect(excerpt).toMatchInlineSnapshot(`
      "…, 'item', '*', 'item', 'item', 'item',…
                 ^^^"
    `);
  });

  test("is never wider than asked, whatever the line", () => {
    const text = `X = "${"\x1b日a".repeat(100_000)}"`;
    for (const column of [1, 5, 6, 1000, text.length]) {
      const excerpt = excerptAt(
        memoryFiles({ "a.py": text }),
        { file: "a.py", line: 1, column, endLine: 1, endColumn: column + 500 },
        { sensitive: false, width: 40 },
      );
      expect([...(excerpt?.text ?? "")].length).toBeLessThanOrEqual(40);
      expect((excerpt?.caret.from ?? 0) + (excerpt?.caret.length ?? 0)).toBeLessThanOrEqual(40);
    }
  });

  test.each([
    ["the file as a whole is meant", { line: 1, column: 1 }],
    ["the line is blank", { line: 2, column: 1 }],
    ["the file has no such line", { line: 9, column: 1 }],
  ])("is left out where %s", (_, at) => expect(drawn("x = 1\n  \n", at)).toBeUndefined());

  test("is left out where the file cannot be read", () => {
    const binary = memoryFiles({ "a.py": new Uint8Array([0xff, 0x00, 0xfe]) });
    const at = { file: "a.py", line: 1, column: 2 };
    expect(excerptAt(binary, at, { sensitive: false, width: 40 })).toBeUndefined();
    expect(excerptAt(binary, { ...at, file: "b.py" }, { sensitive: false, width: 40 })).toBeUndefined();
  });

  test("can show a line that is far outside its columns", () => {
    expect(drawn("x = 1", { line: 1, column: 99 })).toBe("x = 1\n    ^");
  });
});
