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
