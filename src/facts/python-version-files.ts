import { type FileRead, type ProjectFiles, Unreadable } from "../files/project-files.ts";
import { type Location, startOf } from "../location.ts";
import type { PythonVersionFile } from "../platforms/rules.ts";
import { asTable, asText, find, inside, readJson, readToml, type TableFile } from "./packages/toml.ts";
import type { DeclaredPython } from "./python-versions.ts";

/**
 * What one file says about the version. The grammar is Heroku's, which others took over:
 * heroku/heroku-buildpack-python @b4e7e721 (v351, 2026-08-18), lib/python_version.sh.
 */
export type VersionInFile = Omit<DeclaredPython, "read">;

type VersionFile = PythonVersionFile | "pyproject.toml";

const exact = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?$/;
const form = 'the form is "3.13" or "3.13.2"';

type Read = (files: ProjectFiles, path: string) => Omit<VersionInFile, "file" | "path"> | undefined;

/** Reads a file if it is there and names a version, or should. */
export function readDeclared(
  files: ProjectFiles,
  file: VersionFile,
  path: string,
): VersionInFile | undefined {
  const found = files.isFile(path) ? readers[file](files, path) : undefined;
  return found && { file, path, ...found };
}

const readers: Readonly<Record<VersionFile, Read>> = {
  ".python-version": readPythonVersion,
  "runtime.txt": readRuntime,
  "Pipfile.lock": (files, path) => {
    const file = lockedTable(files, path);
    if (typeof file === "string") {
      return { text: "", version: undefined, problem: file, at: startOf(path) };
    }
    return file && fromRequires(file, inside(file.table, "_meta", "requires"));
  },
  Pipfile: (files, path) => {
    const file = readToml({ files, python: undefined }, path);
    return file && fromRequires(file, asTable(file.table.requires));
  },
  ".tool-versions": (files, path) => {
    const lines = (files.text(path) ?? "").split(/\r\n|\r|\n/);
    const index = lines.findIndex((line) => /^python\s/.test(line));
    const text = (lines[index] ?? "").split(/\s+/)[1];
    return text === undefined
      ? undefined
      : { text, version: lenient(text), problem: undefined, at: lineAt(path, lines, index) };
  },
  "mise.toml": (files, path) => {
    const file = readToml({ files, python: undefined }, path);
    const tool = file && inside(file.table, "tools").python;
    const text = asText(Array.isArray(tool) ? tool[0] : tool);
    if (!file || text === undefined) return undefined;
    return { text, version: lenient(text), problem: undefined, at: find(file, /^python\s*=.*/) };
  },
  "pyproject.toml": (files, path) => {
    const file = readToml({ files, python: undefined }, path);
    if (!file) return undefined;
    const declared = asText(inside(file.table, "project")["requires-python"]);
    const text = declared ?? asText(inside(file.table, "tool", "poetry", "dependencies").python);
    if (text === undefined) return undefined;
    const at = find(file, declared === undefined ? /^python\s*=.*/ : /^requires-python\s*=.*/);
    // A range selects no version.
    return { text, version: /^==\s*(\d+\.\d+(?:\.\d+)?)(?:\.\*)?$/.exec(text)?.[1], problem: undefined, at };
  },
};

/** The lock, or why it cannot be read. */
function lockedTable(files: ProjectFiles, path: string): TableFile | string | undefined {
  try {
    return readJson({ files }, path);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

/** What `jq -r` prints of a value: it is all the same to it whether a version is a text or a number. */
function printed(value: unknown): string | undefined {
  return typeof value === "number" ? `${value}` : asText(value);
}

function fromRequires(file: TableFile, requires: Readonly<Record<string, unknown>>) {
  const name = ["python_full_version", "python_version"].find((key) => printed(requires[key]) !== undefined);
  const text = name === undefined ? undefined : printed(requires[name]);
  if (name === undefined || text === undefined) return undefined;
  const right = exact.test(text);
  return {
    text,
    version: right ? text : lenient(text),
    problem: right ? undefined : `${file.path} asks for Python "${text}", and ${form}`,
    at: find(file, new RegExp(`["']?${name}["']?\\s*[:=].*`)),
  };
}

function readPythonVersion(files: ProjectFiles, path: string): ReturnType<Read> {
  const read = files.read(path);
  if (read.kind !== "text") return unreadable(path, read);
  const lines = read.text.split(/\r\n|\r|\n/);
  const named = lines.flatMap((line, index) =>
    /^\s*(#.*)?$/.test(line) ? [] : [{ text: trimmed(line), index }],
  );
  const [first, ...rest] = named;
  if (!first) {
    return { text: "", version: undefined, problem: `${path} names no version`, at: startOf(path) };
  }
  const at = lineAt(path, lines, first.index);
  const version = exact.test(first.text) ? first.text : lenient(first.text);
  const encoding = wrongEncoding(path, read);
  if (encoding) return { text: first.text, version, problem: encoding, at: startOf(path) };
  if (rest.length > 0) {
    const all = named.map(({ text }) => text).join(", ");
    return {
      text: first.text,
      version,
      problem: `${path} names ${named.length} versions (${all}), and one is allowed`,
      at,
    };
  }
  const problem = exact.test(first.text) ? undefined : `${path} holds "${first.text}", and ${form}`;
  return { text: first.text, version, problem, at };
}

/** A line as bash and sed trim it, which know no blank but ASCII's. */
function trimmed(line: string): string {
  return line.replace(/^[ \t\v\f]+|[ \t\v\f]+$/g, "");
}

function readRuntime(files: ProjectFiles, path: string): ReturnType<Read> {
  const read = files.read(path);
  if (read.kind !== "text") return unreadable(path, read);
  const lines = read.text.split(/\r\n|\r|\n/);
  const text = lines
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .trim();
  const index = lines.findIndex((line) => !/^\s*(#.*)?$/.test(line));
  const at = index === -1 ? startOf(path) : lineAt(path, lines, index);
  const version = /^python-(.*)$/s.exec(text)?.[1];
  const right = version !== undefined && exact.test(version);
  const shown = text.split("\n")[0] ?? "";
  const problem =
    wrongEncoding(path, read) ??
    (right
      ? undefined
      : text === ""
        ? `${path} names no version`
        : `${path} holds "${shown}", and the form is "python-3.13" or "python-3.13.2"`);
  return { text: shown, version: right ? version : lenient(shown), problem, at };
}

function unreadable(path: string, read: FileRead): ReturnType<Read> {
  if (read.kind !== "unreadable") return undefined;
  return {
    text: "",
    version: undefined,
    problem: `${path} cannot be read: it ${read.because}`,
    at: startOf(path),
  };
}

/** PowerShell's `>` writes UTF-16, some editors a byte order mark: neither is read. */
function wrongEncoding(path: string, read: FileRead): string | undefined {
  if (read.kind !== "text") return undefined;
  switch (read.encoding) {
    case "utf-8-bom":
      return `${path} begins with a byte order mark, and plain UTF-8 is expected`;
    case "utf-16le":
    case "utf-16be":
      return `${path} is UTF-16, and UTF-8 is expected`;
    default:
      return undefined;
  }
}

/** The version that was probably meant: of "v3.11", "python-3.11.2", "3.11.x". */
function lenient(text: string): string | undefined {
  return /^(?:["']?(?:python|cpython|v)?[- =~^>]*)(\d+\.\d+(?:\.\d+)?)(?![\w])/i.exec(text)?.[1] ?? undefined;
}

function lineAt(path: string, lines: readonly string[], index: number): Location {
  const line = lines[index] ?? "";
  const text = line.trimEnd();
  const column = text.length - text.trimStart().length + 1;
  return {
    file: path,
    line: index + 1,
    column,
    endLine: index + 1,
    endColumn: Math.max(text.length, column) + 1,
  };
}
