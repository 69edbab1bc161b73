import { pythonLiterals } from "./python-literals.ts";
import { maskAll, maskKnownSecrets, maskRandom, namesSecret } from "./secret-text.ts";

/**
 * The source of a project file without its secrets (design.md §5): every character of a secret becomes a
 * `*`, so that lines and columns stay. `about` is the line a report wants to show; if the finding itself is
 * about a secret (`sensitive`), all text on it goes, whatever it is called.
 */
export function maskSource(
  file: string,
  text: string,
  about: { readonly line: number; readonly sensitive: boolean },
): readonly string[] {
  const known = maskKnownSecrets(text);
  const masked = file.endsWith(".py") ? maskPython(known, about) : maskSettingsFile(file, known, about);
  return splitLines(maskRandom(masked));
}

function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

function maskPython(text: string, about: { readonly line: number; readonly sensitive: boolean }): string {
  let masked = "";
  let from = 0;
  const [start, end] = about.sensitive ? lineRange(text, about.line) : [0, 0];
  for (const literal of pythonLiterals(text)) {
    const sensitive = literal.secret || (literal.start < end && literal.end > start);
    if (!sensitive || literal.name) continue;
    masked += text.slice(from, literal.start) + maskLiteral(text.slice(literal.start, literal.end));
    from = literal.end;
  }
  return masked + text.slice(from);
}

/** The quotes stay, and so does the `#` of a comment. */
function maskLiteral(text: string): string {
  const opening = /^(#|[A-Za-z]*("""|'''|"|'))/.exec(text)?.[0] ?? "";
  const quote = opening.replace(/^[A-Za-z]*/, "");
  const closed = opening !== "#" && text.length >= opening.length + quote.length && text.endsWith(quote);
  const content = text.slice(opening.length, closed ? -quote.length : undefined);
  return opening + maskAll(content) + (closed ? quote : "");
}

function lineRange(text: string, line: number): readonly [number, number] {
  let number = 1;
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    if (number === line) return [start, index];
    number += 1;
    start = index + end.length;
  }
  return [start, text.length];
}

/** Files of names and values: `.env`, YAML, TOML, JSON, INI, a Procfile, a Dockerfile, a shell script. */
function maskSettingsFile(
  file: string,
  text: string,
  about: { readonly line: number; readonly sensitive: boolean },
): string {
  const isDotenv = /(^|\/)(\.env[^/]*|[^/]*\.env)$/.test(file);
  const parts = text.split(/(\r\n|\r|\n)/);
  const names = parts.map((part) => (part.match(/[A-Za-z][\w-]*/g) ?? []).some(holdsSecret));
  return parts
    .map((part, at) => {
      if (isDotenv) return maskDotenv(part);
      if (about.sensitive && at === (about.line - 1) * 2) return maskValue(part);
      // `- key: SECRET_KEY` stands above or below its `value: …`. Every second part is a line break.
      const near = [-6, -4, -2, 2, 4, 6].some((distance) => names[at + distance]);
      if (near && /^[\s-]*["']?(value|default|content|data)["']?\s*[:=]/i.test(part)) return maskValue(part);
      return names[at] ? maskNamed(part) : part;
    })
    .join("");
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
