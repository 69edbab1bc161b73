import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeBlock, codeOrInert, inert, pathInAddress } from "../../src/report/markdown-text.ts";
import { printable } from "../../src/report/printable.ts";
import { hasCmark, rendered, renderedByCmark } from "../support/rendered.ts";

const hostile = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</details><details open><summary>x",
  "<!-- hidden",
  "[a link](https://evil.example)",
  "![an image](https://evil.example/x.png)",
  "[a reference][x]\n\n[x]: https://evil.example",
  "[^1]: a footnote",
  "https://evil.example/a?b=c and http://evil.example",
  "ftp://evil.example, mailto:me@evil.example, xmpp:me@evil.example",
  "www.evil.example",
  "me@evil.example",
  "@octocat and @org/team",
  "#12, owner/name#12, GH-12, !12, $12, %12, ~label, &12",
  "owner/name@1234567890abcdef1234567890abcdef12345678",
  "fixed in 1234567890abcdef1234567890abcdef12345678",
  "*emphasis* **strong** ~~struck~~ _low_ __init__ `code` ``x`",
  "a | b || c \\| d",
  ":rocket: :+1:",
  "$x^2$ and $$y$$",
  "&lt;b&gt; &#64;octocat &copy;",
  "\\<b> \\`x` \\",
  "one\ntwo\r\nthree\n\n# heading\n- item\n> quote\n| a | b |\n| - | - |",
  "\u202egnp.exe \u200b \x1b[31mred\x07",
  "\ud800 lone",
  "[ ] [x] task",
  "{+ added +} [- gone -]",
];

/** Where messages stand: in a cell, in an item, behind a label. */
const places: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ["a cell", (text) => `| a |\n| :-- |\n| ${text} |`, ["table", "tbody", "td", "th", "thead", "tr"]],
  ["an item", (text) => `- label: ${text}`, ["li", "ul"]],
];

const readers = [
  { name: "marked", read: rendered, skip: false },
  { name: "GitHub's cmark-gfm (not installed: .ci/run does)", read: renderedByCmark, skip: !hasCmark },
];

/** What GitHub and GitLab make of a page's text: mentions, references, addresses, emoji. */
const recognised =
  /(?<!\w)@[a-z\d]|#\d|\bGH-\d|(?<!\w)[!$%&^~]\d|:\/\/|\bwww\.|[\w.+-]@[\w-]+\.|\b[\da-f]{7,40}\b|:[\w+-]+:|(?:mailto|xmpp):\w/i;

describe.each(readers)("$name shows text from a project as text", ({ read, skip }) => {
  describe.each(places)("in %s", (_, placed, expected) => {
    test.skipIf(skip).each(hostile)("%j", (text) => {
      const page = read(placed(inert(text)));
      expect(page.tags.filter((tag) => !expected.includes(tag))).toEqual([]);
      expect(page.attributes.filter((attribute) => !attribute.startsWith("align"))).toEqual([]);
      expect(page.prose).not.toMatch(recognised);
      // Nothing is lost: but for characters of no width it reads as it was.
      expect(page.text.replaceAll("\u200b", "")).toContain(printable(text).trim());
    });
  });
});

test("whatever it is, it is text", () => {
  const pieces = fc.constantFrom(
    ..."<>&|\\`[](){}*_~#@!$%^:/.-+='\" \n\tax1",
    ...["www.", "http://", "](", "@a", "#1", ":a:", "<b>", "&lt;", "\\|", "``", "--", "abcdef1"],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join("");
      const page = rendered(`| a |\n| :-- |\n| x${inert(text)}x |`);
      expect(page.tags).toEqual(["table", "tbody", "td", "th", "thead", "tr"]);
      expect(page.prose).not.toMatch(recognised);
      expect(page.text.replaceAll("\u200b", "")).toContain(`x${printable(text)}x`);
    }),
    { numRuns: 2000, seed: 6 },
  );
});

describe("names of files", () => {
  test.each(["shop/settings.py:3", "a b/c-d_e.py:1", "@scope/x.json:1"])("%s is code", (name) => {
    expect(codeOrInert(name)).toBe(`\`${name}\``);
  });

  test.each(["`x`.py:1", "a|b.py:1", "a\nb.py:1", "<b>.py:1", " x:1", "a  b:1"])("%j is text", (name) => {
    const page = rendered(`| a |\n| :-- |\n| [${codeOrInert(name)}](x#L1) |`);
    expect(page.tags).toEqual(["a", "table", "tbody", "td", "th", "thead", "tr"]);
  });

  test.each([
    ["javascript:alert(1)", "javascript%3Aalert%281%29"],
    ["a b/(c)'d'.py", "a%20b/%28c%29%27d%27.py"],
    ["a\nb|c\ud800.py", "a%0Ab%7Cc%EF%BF%BD.py"],
    ["ünï/😀.py", "%C3%BCn%C3%AF/%F0%9F%98%80.py"],
  ])("%j in an address is %s", (path, address) => {
    expect(pathInAddress(path)).toBe(address);
  });
});

test.each([
  "```\nout",
  "````x",
  "~~~\n<script>\n</details>",
  "a\rb\x1b[31m",
  "@octocat #12 https://evil.example",
])("a block of code holds %j", (text) => {
  const { tags, prose } = rendered(codeBlock(text));
  expect(tags).toEqual(["code", "pre"]);
  expect(prose.trim()).toBe("");
});
