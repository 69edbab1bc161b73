import type { FileRead } from "../files/project-files.ts";
import { type Syntax, syntaxOf } from "./commented.ts";

/** A comment that sets findings of a check aside. */
export interface NewComment {
  /** The line of the finding. */
  readonly line: number;
  readonly check: string;
}

/** A file with more comments. */
export interface Annotated {
  readonly text: string;
  /** What was added, and on which line of the new text it stands. */
  readonly added: readonly { readonly line: number; readonly text: string }[];
}

/**
 * The text of a file with a comment above each of the lines, indented as they are; undefined where no comment can
 * be written: there are none in such a file, its encoding is not UTF-8, or nothing may stand above its first line.
 */
export async function annotate(
  path: string,
  read: FileRead,
  wanted: readonly NewComment[],
  reason: string,
): Promise<Annotated | undefined> {
  if (read.kind !== "text" || !["utf-8", "utf-8-bom"].includes(read.encoding)) return undefined;
  const { text } = read;
  const syntax = syntaxOf(path, text);
  if (!syntax) return undefined;
  const { solid } = await syntax.read(text);
  const places = new Map<number, Set<string>>();
  for (const { line, check } of wanted) {
    const block = solid.find(({ from, to }) => from < line && line <= to);
    const above = block?.from ?? line;
    places.set(above, (places.get(above) ?? new Set()).add(check));
  }
  if (places.has(1) && /^(?:#!|#\s*(?:syntax|escape)\s*=|%YAML)/i.test(text)) return undefined;
  const annotated = insert(text, places, syntax, oneLine(reason));
  // The mark was taken off when the file was read.
  const mark = read.encoding === "utf-8-bom" ? "\uFEFF" : "";
  return { ...annotated, text: mark + annotated.text };
}

function insert(
  text: string,
  places: ReadonlyMap<number, ReadonlySet<string>>,
  { write }: Syntax,
  reason: string,
): Annotated {
  const lines = text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const added: { line: number; text: string }[] = [];
  const out: string[] = [];
  for (const [index, line] of lines.entries()) {
    const checks = places.get(index + 1);
    if (checks) {
      const comment = write(`deploy-check: ignore[${[...checks].sort().join(", ")}] ${reason}`.trimEnd());
      const end = /[\r\n]+$/.exec(line)?.[0] ?? /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
      out.push((/^[ \t]*/.exec(line)?.[0] ?? "") + comment + end);
      added.push({ line: out.length, text: comment });
    }
    out.push(line);
  }
  return { text: out.join(""), added };
}

/** A reason as it can stand in any comment: on one line, and without what would end the comment. */
export function oneLine(reason: string): string {
  return reason
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/\*\/|#\}|-->/g, "")
    .replace(/ #(?=\s*[a-z])/gi, "")
    .trim();
}
