/**
 * Python's regular expressions as JavaScript's. What differs in meaning is rewritten; what cannot be is
 * refused, and so is a search that could take too long: the pattern and the text are the project's.
 */

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly verbose: boolean;
}

export interface Translated {
  readonly source: string;
  readonly flags: Flags;
  /** How many quantifiers have no upper bound. */
  readonly unbounded: number;
  /** A quantified group holds another quantifier or a choice, so that a search can take exponential time. */
  readonly nested: boolean;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

const inlineFlags: Readonly<Record<string, keyof Flags>> = {
  i: "ignoreCase",
  m: "multiline",
  s: "dotAll",
  x: "verbose",
};

/** Undefined for a pattern that JavaScript has no equal of. */
export function translate(pattern: string, given: Flags): Translated | undefined {
  let flags = given;
  const leading = /^\(\?([imsxua]+)\)/.exec(pattern);
  if (leading?.[1])
    for (const letter of leading[1])
      flags = { ...flags, ...(inlineFlags[letter] && { [inlineFlags[letter]]: true }) };
  const text = leading ? pattern.slice(leading[0].length) : pattern;
  if (!isPlain(text)) return undefined;
  let [source, unbounded, nested, groups] = ["", 0, false, 0];
  const names = new Map<string, number>();
  /** For each open group: whether it holds a quantifier or a choice. */
  const open: boolean[] = [];
  /** Right behind a group: whether it can match in more than one way. */
  let behind = false;
  for (let index = 0; index < text.length; ) {
    const rest = text.slice(index);
    const take = (length: number, written: string): void => {
      source += written;
      index += length;
    };
    const quantifier = /^(?:[*+?]|\{\d*,?\d*\})(?:[?+])?/.exec(rest)?.[0];
    const varies = behind;
    behind = false;
    if (quantifier && quantifier !== "{}" && quantifier !== "{,}") {
      if (quantifier.length > 1 && quantifier.endsWith("+")) return undefined;
      if (/[*+]|,\}/.test(quantifier)) unbounded++;
      nested ||= varies && !quantifier.startsWith("?");
      open.fill(true);
      take(quantifier.length, quantifier.replace("{,", "{0,"));
      continue;
    }
    const char = rest[0] ?? "";
    if (char === "\\") {
      const found = translateEscape(rest);
      if (!found) return undefined;
      take(found.length, found.written);
    } else if (char === "[") {
      const set = /^\[\^?\]?(?:\\[\s\S]|[^\\\]])*\]/.exec(rest)?.[0];
      if (!set || /\[:|&&|--|\|\||~~/.test(set)) return undefined;
      take(set.length, set.replace(/^(\[\^?)\]/, "$1\\]").replace(/(?<!^)(?<!\\)\[/g, "\\["));
    } else if (char === "(") {
      const group = translateGroup(rest);
      if (!group) return undefined;
      if (group.written === undefined) index += group.length;
      else {
        if (group.captures) groups++;
        if (group.name) names.set(group.name, groups);
        open.push(false);
        take(group.length, group.written);
      }
    } else if (char === ")") {
      const held = open.pop();
      if (held === undefined) return undefined;
      behind = held;
      take(1, char);
    } else if (char === "|") {
      open.fill(true);
      take(1, char);
    } else if (char === "^") take(1, flags.multiline ? "(?:^|(?<=\\n))" : "^");
    else if (char === "$") take(1, flags.multiline ? "(?=\\n|$)" : "(?=\\n?$)");
    else if (char === ".") take(1, flags.dotAll ? "[\\s\\S]" : "[^\\n]");
    else if (flags.verbose && /\s/.test(char)) index++;
    else if (flags.verbose && char === "#") index += /^[^\n]*/.exec(rest)?.[0].length ?? 1;
    else take(1, char === "{" || char === "}" || char === "]" ? `\\${char}` : char);
  }
  return open.length > 0 ? undefined : { source, flags, unbounded, nested, groups, names };
}

function translateEscape(rest: string): { readonly length: number; readonly written: string } | undefined {
  const next = rest[1] ?? "";
  if (next === "A") return { length: 2, written: "^" };
  if (next === "Z") return { length: 2, written: "$" };
  if (next === "a") return { length: 2, written: "\\x07" };
  if (/[NUuxp0]/.test(next)) {
    const code = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|0(?!\d))/.exec(rest)?.[0];
    return code === undefined ? undefined : { length: code.length, written: code };
  }
  if (/[A-Za-z]/.test(next))
    return /[bBdDsSwWnrtfv]/.test(next) ? { length: 2, written: `\\${next}` } : undefined;
  return next === "" ? undefined : { length: 2, written: `\\${next}` };
}

interface Group {
  readonly length: number;
  /** Undefined for a comment, which is no group. */
  readonly written: string | undefined;
  readonly captures?: boolean;
  readonly name?: string;
}

function translateGroup(rest: string): Group | undefined {
  const comment = /^\(\?#[^)]*\)/.exec(rest)?.[0];
  if (comment) return { length: comment.length, written: undefined };
  const reference = /^\(\?P=(\w+)\)/.exec(rest);
  if (reference) return undefined;
  const named = /^\(\?P<([A-Za-z_]\w*)>/.exec(rest);
  if (named?.[1])
    return { length: named[0].length, written: `(?<${named[1]}>`, captures: true, name: named[1] };
  const other = /^\((?:\?(?::|=|!|<=|<!))/.exec(rest)?.[0];
  if (other) return { length: other.length, written: other };
  return rest.startsWith("(?") ? undefined : { length: 1, written: "(", captures: true };
}

const steps = 50_000_000;

/** Whether a search of `text` certainly ends soon. */
export function isQuick({ unbounded, nested }: Translated, text: string): boolean {
  if (nested) return text.length <= 24;
  return text.length <= 100_000 && text.length ** Math.max(1, unbounded) <= steps;
}

/** Whether text means the same to both engines: beyond ASCII, `\w` and its kin differ. */
export function isPlain(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

export function compile({ source, flags }: Translated, sticky: boolean): RegExp | undefined {
  try {
    return new RegExp(source, `${sticky ? "y" : "g"}d${flags.ignoreCase ? "i" : ""}`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** `re.escape`. */
export function escapeText(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, "\\$&");
}
