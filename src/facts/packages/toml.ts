import { parse, TomlError } from "smol-toml";
import { Unreadable } from "../../files/project-files.ts";
import { type Location, startOf } from "../../location.ts";
import { normalName } from "./names.ts";
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
 * positions, so this is a search; without a match it is the start of the file. `mentions`, a name in any
 * spelling, limits it to the lines that have that name, which makes many searches in a large file cheap.
 */
export function find(file: TableFile, what: RegExp, after?: RegExp, mentions?: string): Location {
  const from = after ? firstMatch(file, after) : 0;
  const candidates = mentions === undefined ? file.lines.keys() : (mentionsIn(file).get(mentions) ?? []);
  for (const index of candidates) {
    const match = index < from ? null : what.exec(file.lines[index] ?? "");
    if (!match) continue;
    const line = index + 1;
    const found = match[0].trimStart();
    const column = match.index + match[0].length - found.length + 1;
    return { file: file.path, line, column, endLine: line, endColumn: column + found.length };
  }
  return startOf(file.path);
}

/** The indexes of the lines with a name, by the name's normal spelling; made once for each file. */
const mentionsOf = new WeakMap<TableFile, ReadonlyMap<string, readonly number[]>>();

function mentionsIn(file: TableFile): ReadonlyMap<string, readonly number[]> {
  const known = mentionsOf.get(file);
  if (known) return known;
  const mentions = new Map<string, number[]>();
  file.lines.forEach((line, index) => {
    for (const name of new Set(line.match(/[A-Za-z0-9][\w.-]*/g)?.map(normalName))) {
      const lines = mentions.get(name);
      if (lines) lines.push(index);
      else mentions.set(name, [index]);
    }
  });
  mentionsOf.set(file, mentions);
  return mentions;
}

const firstMatches = new WeakMap<TableFile, Map<string, number>>();

/** The first line that matches; 0 if none does. */
function firstMatch(file: TableFile, pattern: RegExp): number {
  const known = firstMatches.get(file) ?? new Map<string, number>();
  firstMatches.set(file, known);
  const index =
    known.get(pattern.source) ??
    Math.max(
      file.lines.findIndex((line) => pattern.test(line)),
      0,
    );
  known.set(pattern.source, index);
  return index;
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
