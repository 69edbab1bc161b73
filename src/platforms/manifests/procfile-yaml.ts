import type { Location } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";
import { readYaml } from "./tree-yaml.ts";

/** A Procfile as Railpack and Nixpacks read it: a YAML mapping of names to commands. */
export interface YamlProcfile {
  readonly path: string;
  /**
   * In the order of the file; of two with one name the last, as both builders do. A command is "" where
   * there is none.
   */
  readonly entries: readonly ProcfileEntry[];
  /** The file stops the build. */
  readonly problems: readonly ManifestProblem[];
}

/** `null` and `~` are nothing to Go's reader, and texts to Rust's, which is asked for texts. */
export interface YamlProcfileRules {
  readonly nulls?: "empty" | "text";
}

export interface ProcfileEntry {
  readonly name: string;
  readonly command: string;
  readonly at: Location;
}

/**
 * Reads a Procfile as a mapping of texts: what YAML takes for something else than the line says (`: ` and
 * ` #` inside a command, quotes around its first word) is a problem.
 *
 * Sources: railwayapp/railpack @b5e8058 (2026-08-18) core/providers/procfile/procfile.go (yaml.v2 into
 * `map[string]string`); railwayapp/nixpacks @f51d7fd (2025-08-04) src/providers/procfile.rs.
 */
export function readYamlProcfile(
  path: string,
  text: string,
  { nulls = "empty" }: YamlProcfileRules = {},
): YamlProcfile {
  const { root, problems } = readYaml(path, text);
  const [broken] = problems;
  if (broken) {
    const line = text.split(/\r\n|\r|\n/)[broken.at.line - 1]?.trim() ?? "";
    return { path, entries: [], problems: [{ ...broken, ...misread(path, line) }] };
  }
  if (root.exists && root.kind !== "map") {
    const message = `${path} is read as YAML, and holds no entry of the form "web: command"`;
    return { path, entries: [], problems: [{ kind: "invalid", message, at: root.at }] };
  }
  const found: ManifestProblem[] = [];
  const entries = new Map<string, ProcfileEntry>();
  for (const [name, value] of root.entries) {
    if (value.kind === "map" || value.kind === "list") {
      const message = `${path} is read as YAML, where ${name} is no text but a ${value.kind === "map" ? "mapping" : "list"}`;
      found.push({ kind: "invalid", message, at: value.at });
    } else {
      const word = nulls === "text" ? writtenAt(text, value.at) : "";
      const command = value.text?.trim() ?? (/^(?:null|~)$/i.test(word) ? word : "");
      entries.set(name, { name, command, at: value.at });
      const cut = cutOff(text, value.at.endLine, value.at.endColumn);
      if (cut !== undefined) found.push(...cutProblem(path, { name, command, at: value.at }, cut));
    }
  }
  return { path, entries: [...entries.values()], problems: found };
}

/** What stands at a place of one line. */
function writtenAt(text: string, { line, column, endColumn }: Location): string {
  return text.split(/\r\n|\r|\n/)[line - 1]?.slice(column - 1, (endColumn ?? column) - 1) ?? "";
}

/** Quoting the whole command keeps YAML from reading anything into it. */
function quoted(line: string): string {
  const [, name = "web", command = line] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
  return `${name}: >-\n  ${command}`;
}

function misread(path: string, line: string): Pick<ManifestProblem, "message" | "fix"> {
  const [, name, command = ""] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
  if (name === undefined) return { message: `${path} is read as YAML, and is not valid YAML` };
  const why = command.includes(": ")
    ? 'a ": " inside the command begins a mapping'
    : /^["']/.test(command)
      ? "a quote at its beginning has to close at the end of the line"
      : "its command is not a valid text";
  return {
    message: `${path} is read as YAML, and the entry ${name} is not valid: ${why}`,
    fix: quoted(line),
  };
}

/** What follows an entry on its last line, if it is a YAML comment. */
function cutOff(text: string, line: number | undefined, column: number | undefined): string | undefined {
  if (line === undefined || column === undefined) return undefined;
  const rest = text.split(/\r\n|\r|\n/)[line - 1]?.slice(column - 1) ?? "";
  return /^\s+#/.test(rest) ? rest.trim() : undefined;
}

/** A shell takes ` #` for a comment too, except inside quotes: then the entry ends in an open quote. */
function cutProblem(path: string, { name, command, at }: ProcfileEntry, cut: string): ManifestProblem[] {
  const open = [...command.replace(/\\./g, "").matchAll(/"[^"]*"|'[^']*'|["']/g)].some(
    ([quote]) => quote.length === 1,
  );
  if (!open) return [];
  const message = `${path} is read as YAML, where " #" ends the command of ${name} inside its quotes`;
  return [{ kind: "invalid", message, at, fix: `${name}: >-\n  ${command} ${cut}` }];
}
