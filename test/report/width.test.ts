import { describe, expect, test } from "vitest";
import { hanging, textWidth, wrap } from "../../src/report/width.ts";

describe("the width of text", () => {
  test.each([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["🎉", 2],
    ["", 0],
  ])("%s takes %i columns", (text, width) => expect(textWidth(text)).toBe(width));
});

describe("wrapping", () => {
  test("breaks at spaces, and never inside a word", () => {
    expect(wrap("one two three aVeryLongWord x", 9)).toEqual(["one two", "three", "aVeryLongWord", "x"]);
  });
  test("counts columns, not characters", () => {
    expect(wrap("日本 語語", 7)).toEqual(["日本", "語語"]);
  });
  test("gives no line for no text", () => expect(wrap("  ", 10)).toEqual([]));
});

test("lines hang below the text of the first one", () => {
  expect(hanging("Fix  ", ["a", "b"])).toEqual(["Fix  a", "     b"]);
});
