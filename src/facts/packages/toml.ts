import { parse, TomlError } from "smol-toml";
import { Unreadable } from "../../files/project-files.ts";
import { type Location, startOf } from "../../location.ts";
import type { ListSource } from "./package-list.ts";

/** A table of a JSON or TOML file whose shape nothing guarantees. */
export type Table = Readonly<Record<string, unknown>>;

/** A file of tables, and its text to find places in. */
export interface TableFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly table: Table;
}

/** The file's table; undefined without the file. A file that does not parse ends the fact (`Unreadable`). */
export function readToml({ files }: ListSource, path: string): TableFile | undefined {
  return readTables({ files }, path, (text) => parse(text));
}

export function readJson({ files }: Pick<ListSource, "files">, path: string): TableFile | undefined {
  return readTables({ files }, path, (text) => asTable(JSON.parse(text)));
}

function readTables(
  { files }: Pick<ListSource, "files">,
  path: string,
  parsed: (text: string) => Table,
): TableFile | undefined {
  const read = files.read(path);
  if (read.kind === "absent") return undefined;
  if (read.kind === "unreadable")
    throw new Unreadable(`${path} cannot be read: it ${read.because}`, startOf(path));
  try {
    return { path, lines: read.text.split(/\r\n|\r|\n/), table: parsed(read.text) };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    const at =
      error instanceof TomlError ? { file: path, line: error.line, column: error.column } : startOf(path);
    throw new Unreadable(`${path} does not parse: ${reason.replace(/^Invalid TOML document: /, "")}`, at);
  }
}

/** The value as a table; anything else is an empty one. */
export function asTable(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function asTexts(value: unknown): readonly string[] {
  return asList(value).filter((each) => typeof each === "string");
}

/** A table inside tables: `inside(table, "tool", "poetry")`. */
export function inside(table: Table, ...keys: readonly string[]): Table {
  return keys.reduce<Table>((each, key) => asTable(each[key]), table);
}

/**
 * Where a text stands in the file, at or after the first line that matches `after`. The parsers give no
 * positions, so this is a search; without a match it is the start of the file.
 */
export function find({ path, lines }: TableFile, what: RegExp, after?: RegExp): Location {
  const from = after ? lines.findIndex((line) => after.test(line)) : 0;
  for (let index = Math.max(from, 0); index < lines.length; index += 1) {
    const match = what.exec(lines[index] ?? "");
    if (!match) continue;
    const line = index + 1;
    const found = match[0].trimStart();
    const column = match.index + match[0].length - found.length + 1;
    return { file: path, line, column, endLine: line, endColumn: column + found.length };
  }
  return startOf(path);
}

/** Where each `[[package]]` of a lock names itself, in order. */
export function namesOfTables({ path, lines }: TableFile, header: string): readonly Location[] {
  const places: Location[] = [];
  let open = false;
  lines.forEach((line, index) => {
    if (line.trim() === header) open = true;
    else if (open && /^name\s*=/.test(line)) {
      open = false;
      places.push({ file: path, line: index + 1, column: 1, endLine: index + 1, endColumn: line.length + 1 });
    }
  });
  return places;
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** A distribution's name in any of its spellings, as a pattern. */
export function anySpelling(name: string): string {
  return name.split("-").map(escapeRegExp).join("[-_.]+");
}
