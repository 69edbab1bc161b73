/** A place in a project file. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Location {
  /** Relative to the repository root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  /** The column after the last character. */
  readonly endColumn?: number;
}

/** `file:line:column`, as editors and terminals understand it. */
export function showLocation({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

/** The first character of a file: where to point when the file as a whole is meant. */
export function startOf(file: string): Location {
  return { file, line: 1, column: 1 };
}

/** Where a place is asked for, and something was set by `--env`, which is in no file. It is shown to nobody. */
export const commandLine: Location = startOf("--env");

/** A place that can be shown; undefined for the command line. */
export function inFile(at: Location | undefined): Location | undefined {
  return at?.file === commandLine.file ? undefined : at;
}

/**
 * Tells where a stretch of a file's text is, from offsets into it. The lines are found once, so that
 * asking many times stays cheap.
 */
export function locator(file: string, text: string): (start: number, end?: number) => Location {
  const lineStarts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) lineStarts.push(match.index + match[0].length);
  const place = (offset: number) => {
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
  };
  return (start, end) => {
    const from = place(start);
    if (end === undefined) return { file, ...from };
    const to = place(end);
    return { file, ...from, endLine: to.line, endColumn: to.column };
  };
}
