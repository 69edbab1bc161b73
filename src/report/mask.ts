import type { ProjectFiles } from "../files/project-files.ts";
import { type Literal, pythonLiterals } from "./python-literals.ts";
import { maskAll, maskKnownSecrets, maskRandom, namesSecret } from "./secret-text.ts";

/** A project file that is fit to be shown, line by line. */
export interface Source {
  /** The line as it stands; undefined if the file has no such line. Lines count from 1. */
  original(line: number): string | undefined;
  /**
   * The line without its secrets (design.md §5): every character of a secret becomes a `*`, so that
   * columns stay. If the finding that points here is about a secret (`sensitive`), all text on the line
   * goes, whatever it is called.
   */
  masked(line: number, sensitive: boolean): string | undefined;
}

const sources = new WeakMap<ProjectFiles, Map<string, Source | undefined>>();

/** The source of a file, prepared once; undefined where it is absent or cannot be read. */
export function sourceOf(files: ProjectFiles, file: string): Source | undefined {
  const known = sources.get(files) ?? new Map<string, Source | undefined>();
  sources.set(files, known);
  if (!known.has(file)) {
    const text = files.text(file);
    known.set(file, text === undefined ? undefined : prepare(file, text));
  }
  return known.get(file);
}

function prepare(file: string, text: string): Source {
  const original = linesOf(text);
  const known = maskKnownSecrets(text);
  const lines = linesOf(known);
  const mask = file.endsWith(".py") ? pythonMask(known, lines) : settingsMask(file, lines);
  return {
    original: (line) => original[line - 1]?.text,
    masked(line, sensitive) {
      const masked = lines[line - 1] && mask(line, sensitive);
      return masked === undefined ? undefined : maskRandom(masked);
    },
  };
}

interface Line {
  readonly start: number;
  readonly text: string;
}

/** Lines as positions count them: a form feed is no end of a line. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push({ start, text: text.slice(start, index) });
    start = index + end.length;
  }
  return [...lines, { start, text: text.slice(start) }];
}

type Mask = (line: number, sensitive: boolean) => string;

function pythonMask(text: string, lines: readonly Line[]): Mask {
  let literals: readonly Literal[] | undefined;
  return (number, sensitive) => {
    literals ??= pythonLiterals(text);
    const { start, text: line } = lines[number - 1] ?? { start: 0, text: "" };
    const end = start + line.length;
    let masked = "";
    let from = start;
    for (const literal of literals) {
      if (literal.end <= start || literal.start >= end) continue;
      if (literal.name || !(sensitive || literal.secret)) continue;
      const shown = maskLiteral(text.slice(literal.start, literal.end));
      const begin = Math.max(literal.start, start);
      masked += text.slice(from, begin) + shown.slice(begin - literal.start, end - literal.start);
      from = Math.min(literal.end, end);
    }
    return masked + text.slice(from, end);
  };
}

/** The quotes stay, and so does the `#` of a comment. */
function maskLiteral(text: string): string {
  const opening = /^(#|[A-Za-z]*("""|'''|"|'))/.exec(text)?.[0] ?? "";
  const quote = opening.replace(/^[A-Za-z]*/, "");
  const closed = opening !== "#" && text.length >= opening.length + quote.length && text.endsWith(quote);
  const content = text.slice(opening.length, closed ? -quote.length : undefined);
  return opening + maskAll(content) + (closed ? quote : "");
}

/** Longer lines are not searched for names and values, which takes time; they go as a whole. */
const longLine = 5_000;

/** Files of names and values: `.env`, YAML, TOML, JSON, INI, a Procfile, a Dockerfile, a shell script. */
function settingsMask(file: string, lines: readonly Line[]): Mask {
  const isDotenv = /(^|\/)(\.env[^/]*|[^/]*\.env)$/.test(file);
  const names = (number: number) =>
    (lines[number - 1]?.text.match(/[A-Za-z][\w-]*/g) ?? []).some((word) => holdsSecret(word));
  return (number, sensitive) => {
    const line = lines[number - 1]?.text ?? "";
    // `- key: SECRET_KEY` stands above or below its `value: …`.
    const near = [-3, -2, -1, 1, 2, 3].some((distance) => names(number + distance));
    const beside = near && /^[\s-]*["']?(value|default|content|data)["']?\s*[:=]/i.test(line);
    if (!(isDotenv || sensitive || beside || names(number))) return line;
    if (line.length > longLine) return maskAll(line);
    if (isDotenv) return maskDotenv(line);
    return sensitive || beside ? maskValue(line) : maskNamed(line);
  };
}

/** `NAME=*****`, and nothing at all of a line that goes on from the one above. */
function maskDotenv(line: string): string {
  const name =
    /^\s*#?\s*(export\s+)?[A-Za-z_][\w.]*\s*=/.exec(line)?.[0] ?? /^\s*#(?=.*$)/.exec(line)?.[0] ?? "";
  return maskFrom(line, name.length);
}

/** All that follows the first separator of a line; all of it if there is none. */
function maskValue(line: string): string {
  const name = /^[\s-]*["']?[\w.-]+["']?\s*[:=]/.exec(line)?.[0] ?? "";
  return maskFrom(line, name.length);
}

/** `NAME=value`, `--name value`, `name: value`, `ENV NAME value`: the value, where the name is a secret's. */
function maskNamed(line: string): string {
  const whole =
    /^(?<name>[\s-]*(?:(?:ENV|ARG)\s+)?["']?(?<word>[\w.-]+)["']?\s*(?:[:=]\s*|(?<=^\s*(?:ENV|ARG)\s+\w+\s)))/i.exec(
      line,
    );
  if (whole?.groups?.word !== undefined && holdsSecret(whole.groups.word))
    return maskFrom(line, whole[0].length);
  let masked = "";
  let from = 0;
  for (let match = pairs.exec(line); match; match = pairs.exec(line)) {
    if (!holdsSecret(match[1] ?? "")) continue;
    const start = pairs.lastIndex;
    const value = /^("[^"]*"?|'[^']*'?|[^\s,;&|]+)?/.exec(line.slice(start))?.[0] ?? "";
    masked += line.slice(from, start) + maskAll(value);
    from = start + value.length;
    pairs.lastIndex = from;
  }
  return masked + line.slice(from);
}

/** A name and what parts it from its value. */
const pairs = /([A-Za-z][\w-]*)(?:["']?\s*[=:]\s*|(?<=--[\w-]+)\s+)/g;

function maskFrom(line: string, start: number): string {
  return line.slice(0, start) + maskAll(line.slice(start));
}

/** Manifests write `key: DEBUG` for the name of a variable. */
function holdsSecret(name: string): boolean {
  return name.toLowerCase() !== "key" && namesSecret(name);
}
