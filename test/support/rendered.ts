import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { marked } from "marked";

/** What a page shows of Markdown. */
export interface Rendered {
  /** The names of its elements, each once. */
  readonly tags: readonly string[];
  /** Every attribute there is, such as `href="a.py#L1"`. */
  readonly attributes: readonly string[];
  /** The text that is no code, as a reader of the page sees it: references and mentions are looked for in it. */
  readonly prose: string;
  /** All of the text. */
  readonly text: string;
}

/** By marked, as many previews do it. */
export function rendered(markdown: string): Rendered {
  return read(marked.parse(markdown, { gfm: true, async: false }));
}

const python = join(import.meta.dirname, "../../.cache/pipelines/bin/python");

/** Whether GitHub's own renderer is there; `.ci/run` installs it. */
export const hasCmark = existsSync(python);

/** By GitHub's own renderer, without the filter that takes HTML out. */
export function renderedByCmark(markdown: string): Rendered {
  const code =
    "import sys, cmarkgfm; from cmarkgfm.cmark import Options as o\n" +
    "sys.stdout.buffer.write(cmarkgfm.github_flavored_markdown_to_html(sys.stdin.buffer.read().decode(), options=o.CMARK_OPT_UNSAFE).encode())";
  return read(execFileSync(python, ["-c", code], { input: markdown, encoding: "utf8" }));
}

const element = /<\/?([a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi;

function read(html: string): Rendered {
  const tags = [...html.matchAll(element)];
  const attributes = tags.flatMap(([, , list = ""]) => list.match(/[\w-]+(?:="[^"]*")?/g) ?? []);
  return {
    tags: [...new Set(tags.map(([, name = ""]) => name.toLowerCase()))].sort(),
    attributes,
    prose: textOf(html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, " ")),
    text: textOf(html),
  };
}

function textOf(html: string): string {
  return html
    .replace(element, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(lt|gt|quot|amp));/gi, (_, decimal, hexadecimal, name) =>
      name
        ? ({ lt: "<", gt: ">", quot: '"' }[String(name)] ?? "&")
        : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)),
    );
}
