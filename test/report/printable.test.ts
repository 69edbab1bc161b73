import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable, printableJson, printableLines } from "../../src/report/printable.ts";

describe("printable", () => {
  test.each([
    ["an escape sequence", "\x1b[2Jgone", "\\x1b[2Jgone"],
    ["a title change with a bell", "\x1b]0;owned\x07", "\\x1b]0;owned\\x07"],
    ["a C1 control, which some terminals obey", "\x9b31m", "\\x9b31m"],
    ["line breaks, which would forge lines of the report", "a\r\nb\u2028c", "a\\x0d\\x0ab\\u2028c"],
    ["a bidi override", "safe\u202etxt.exe", "safe\\u202etxt.exe"],
    ["bidi isolates and marks", "\u2066\u2069\u200f\u061c", "\\u2066\\u2069\\u200f\\u061c"],
    ["zero-width characters", "a\u200bb\ufeffc", "a\\u200bb\\ufeffc"],
    ["invisible tag characters", "a\u{e0041}", "a\\u{e0041}"],
    ["a no-break space", "web:\u00a0gunicorn", "web:\\xa0gunicorn"],
    ["half a surrogate pair", "\ud800x", "\\ud800x"],
    ["a delete", "a\x7f", "a\\x7f"],
  ])("writes out %s", (_, text, shown) => expect(printable(text)).toBe(shown));

  test("leaves alone what people write", () => {
    const text = "naïve Größe 日本語 🎉 e\u0301 – “quoted”\ufffd";
    expect(printable(text)).toBe(text);
  });

  test("turns tabs into spaces", () => expect(printable("\tx")).toBe("    x"));

  test("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test("keeps lines apart where lines are wanted", () => {
    expect(printableLines("a\x1b\n\tb\r\nc")).toEqual(["a\\x1b", "    b", "c"]);
  });
});

describe("JSON", () => {
  test("is escaped so that it reads back as the same text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = printableJson(JSON.stringify({ text }, undefined, 2));
        expect(JSON.parse(shown)).toEqual({ text });
        expect(shown).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
