import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { sourceOf } from "./mask.ts";
import { printable } from "./printable.ts";
import { textWidth } from "./width.ts";

/** The line of a project file that a finding is about, fit to be shown. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  /** Where the underline begins and how long it is, in columns of the text. */
  readonly caret: { readonly from: number; readonly length: number };
}

/**
 * Cuts out the line at a location: its secrets masked, what cannot be seen written out, and no longer than
 * `width`. Undefined where there is no line to show, as when the location means the file as a whole.
 */
export function excerptAt(
  files: ProjectFiles,
  at: Location,
  { sensitive, width }: { readonly sensitive: boolean; readonly width: number },
): Excerpt | undefined {
  if (meansWholeFile(at)) return undefined;
  const line = sourceOf(files, at.file)?.masked(at.line, sensitive);
  if (line === undefined || line.trim() === "") return undefined;
  const to = at.endLine === undefined || at.endLine === at.line ? (at.endColumn ?? at.column + 1) : Infinity;
  return { line: at.line, ...cut(line, at.column - 1, to - 1, width) };
}

function meansWholeFile({ line, column, endLine, endColumn }: Location): boolean {
  return line === 1 && column === 1 && endLine === undefined && endColumn === undefined;
}

/** A printable piece of the line around the underlined part: the indentation goes first, then what is far away. */
function cut(line: string, from: number, to: number, width: number): Pick<Excerpt, "text" | "caret"> {
  const end = line.trimEnd().length;
  const first = Math.min(from, Math.max(end - 1, 0));
  const last = Math.max(Math.min(to, end), first + 1);
  const indentation = Math.min(line.length - line.trimStart().length, first);
  const room = Math.max(width, 20);
  // More than fits is never looked at, so that a line of megabytes costs nothing.
  const fits = last - indentation <= room || first - indentation <= room / 2;
  const start = fits ? indentation : Math.max(indentation, first - Math.floor(room / 4));
  const before = (start > indentation ? "…" : "") + printable(line.slice(start, first));
  const marked = printable(line.slice(first, Math.min(last, first + room)));
  const after = printable(line.slice(last, last + room));
  const text = clip(before + marked + after, room, last + room < end);
  const caretFrom = Math.max(0, Math.min(textWidth(before), textWidth(text) - 1));
  const length = Math.max(1, Math.min(textWidth(marked), textWidth(text) - caretFrom));
  return { text: text.trimEnd(), caret: { from: caretFrom, length } };
}

function clip(text: string, width: number, more: boolean): string {
  const trimmed = text.trimEnd();
  if (textWidth(trimmed) <= width && !more) return trimmed;
  let kept = "";
  let used = 1;
  for (const character of trimmed) {
    used += textWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}
