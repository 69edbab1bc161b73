import { printable, printableLines } from "./printable.ts";

// Text from a project in Markdown, where it may become nothing but text: no HTML, link, image, emphasis, mention,
// reference, formula or emoji. After the specification of GitHub Flavored Markdown, and what GitHub and
// GitLab find in the text of what was rendered, whatever was escaped before.

/** Text within a line: a paragraph, a list item or the cell of a table. It does not begin a line by itself. */
export function inert(text: string): string {
  return apart(printable(text))
    .replace(/[&<>|\\`[\]${}*~^_]/g, (character, at: number, whole: string) =>
      character === "_" && isWithinWord(whole, at) ? character : (escapes[character] ?? character),
    )
    .replaceAll(joint, "&#8203;");
}

/** An underscore within a word is no emphasis, and names of settings are easier to read without escapes. */
function isWithinWord(text: string, at: number): boolean {
  return /[A-Za-z\d]/.test(text[at - 1] ?? "") && /[A-Za-z\d]/.test(text[at + 1] ?? "");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "|": "&#124;",
  "\\": "&#92;",
  "`": "&#96;",
  "[": "&#91;",
  "]": "&#93;",
  "{": "&#123;",
  "}": "&#125;",
  $: "&#36;",
  "*": "&#42;",
  "~": "&#126;",
  "^": "&#94;",
  _: "&#95;",
};

/** Stands for a character of no width; a project's own are written out by `printable`, so there is no other. */
const joint = "\u200b";

/** Breaks what is recognised in rendered text, by what follows its first part. */
function apart(text: string): string {
  return text
    .replace(/[@#~%](?!\s)|[!$&^](?=\d|$)/g, `$&${joint}`)
    .replace(/:(?=\/\/|[\w+-]+:)|(?<=\b(?:mailto|xmpp)):/gi, `$&${joint}`)
    .replace(/\bwww(?=\.)|\bGH(?=-\d)/gi, `$&${joint}`)
    .replace(/(?<![\da-z])[\da-f]{7,}(?![\da-z])/gi, (hash) => hash.replace(/.{6}/g, `$&${joint}`));
}

/** A name of a file and the like, as code where that is possible. */
export function codeOrInert(text: string): string {
  return /^[\w.@:/+-]+(?: [\w.@:/+-]+)*$/.test(text) ? `\`${text}\`` : inert(text);
}

/** Text of several lines, to be copied. */
export function codeBlock(text: string): string {
  const lines = printableLines(text.trimEnd());
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join("\n");
}

/** The path of a file as the end of an address. */
export function pathInAddress(path: string): string {
  return path
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .split("/")
    .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percent))
    .join("/");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
