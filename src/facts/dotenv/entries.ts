/** `NAME=value` in a `.env` file, with the place of the name. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly column: number;
}

const assignment = /^(\s*(?:export\s+)?)([\w.-]{1,200})\s*(?:=|:\s)\s*/;

/**
 * What a `.env` file assigns, in order, names that come twice included. The many libraries that read
 * such files differ in escapes and interpolation, which do not matter here, and agree on the rest: quotes
 * around a value may span lines, and a `#` after a space begins a comment.
 */
export function assignments(text: string): readonly Assignment[] {
  const lines = text.split(/\r\n|\r|\n/);
  const found: Assignment[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [start, indent = "", name] = assignment.exec(line) ?? [];
    if (start === undefined || name === undefined) continue;
    const place = { name, line: at + 1, column: indent.length + 1 };
    const quoted = quotedValue(lines, at, start.length);
    if (quoted === undefined) {
      found.push({ ...place, value: plainValue(line.slice(start.length)) });
    } else {
      found.push({ ...place, value: quoted.value });
      at = quoted.lastLine;
    }
  }
  return found;
}

function plainValue(rest: string): string {
  const comment = rest.startsWith("#") ? 0 : rest.search(/\s#/);
  return (comment === -1 ? rest : rest.slice(0, comment)).trim();
}

/** The value that a quote begins at this place, up to where the same quote closes it. */
function quotedValue(
  lines: readonly string[],
  first: number,
  start: number,
): { readonly value: string; readonly lastLine: number } | undefined {
  const quote = (lines[first] ?? "").charAt(start);
  if (!`'"\``.includes(quote) || quote === "") return undefined;
  const parts: string[] = [];
  for (let at = first; at < lines.length; at += 1) {
    const line = (lines[at] ?? "").slice(at === first ? start + 1 : 0);
    const end = closing(line, quote);
    if (end !== -1) return { value: [...parts, line.slice(0, end)].join("\n"), lastLine: at };
    parts.push(line);
  }
  return undefined;
}

function closing(line: string, quote: string): number {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (line[at] === quote) return at;
  }
  return -1;
}
