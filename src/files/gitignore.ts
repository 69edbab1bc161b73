/** What one .gitignore says of a path below its folder: ignored, not ignored after all, or nothing. */
export type IgnoreRules = (path: string, isFolder: boolean) => boolean | undefined;

/** The rules of a .gitignore in a folder; `start` is where paths below that folder begin. */
export interface PlacedRules {
  readonly rules: IgnoreRules;
  readonly start: number;
}

/** Whether a path is ignored, by the rules from the outermost folder to its own: the innermost word counts. */
export function isIgnoredBy(placed: readonly PlacedRules[], path: string, isFolder: boolean): boolean {
  for (const { rules, start } of [...placed].reverse()) {
    const ignored = rules(path.slice(start), isFolder);
    if (ignored !== undefined) return ignored;
  }
  return false;
}

interface Rule {
  readonly ignores: boolean;
  readonly onlyFolders: boolean;
  /** Without a slash in it, a pattern is about names at any depth. */
  readonly onlyName: boolean;
  readonly segments: readonly Segment[];
}

/** One part of a pattern between slashes. `**` stands for any number of folders. */
type Segment = "**" | ((name: string) => boolean);

/**
 * Reads a .gitignore as git does: https://git-scm.com/docs/gitignore#_pattern_format
 *
 * It is our own, and not a library that turns patterns into regular expressions, because a pattern is
 * input from a stranger, and one with many `**` must not take minutes. Every match here is at worst quadratic.
 */
export function parseIgnoreRules(text: string): IgnoreRules {
  const rules = bytewise(text)
    .split("\n")
    .map(parseRule)
    .filter((rule) => rule !== undefined)
    .reverse();
  return (path, isFolder) => {
    const parts = bytewise(path).split("/");
    const name = parts.slice(-1);
    const last = rules.find(
      (rule) => (isFolder || !rule.onlyFolders) && matches(rule.segments, rule.onlyName ? name : parts),
    );
    return last?.ignores;
  };
}

/** Git compares bytes, so that `?` is half an é: a character for each byte gives the same answers. */
function bytewise(text: string): string {
  return /[^\0-\x7f]/.test(text) ? Buffer.from(text).toString("latin1") : text;
}

function parseRule(line: string): Rule | undefined {
  // Spaces at the end do not count, unless the last is escaped.
  let pattern = line.replace(/\r$/, "");
  while (pattern.endsWith(" ") && !endsEscaped(pattern)) pattern = pattern.slice(0, -1);
  if (pattern === "" || pattern.startsWith("#")) return undefined;
  const ignores = !pattern.startsWith("!");
  if (!ignores) pattern = pattern.slice(1);
  const onlyFolders = pattern.endsWith("/");
  if (onlyFolders) pattern = pattern.slice(0, -1);
  if (pattern === "") return undefined;
  const onlyName = !pattern.includes("/");
  const parts = pattern
    .replace(/^\//, "")
    .replace(/\\./g, (escaped) => (escaped === "\\/" ? "/" : escaped))
    .split("/");
  return { ignores, onlyFolders, onlyName, segments: parts.map(segment) };
}

/** Whether the last character stands behind an odd number of backslashes. */
function endsEscaped(text: string): boolean {
  const backslashes = /(\\*).$/.exec(text)?.[1] ?? "";
  return backslashes.length % 2 === 1;
}

function matches(segments: readonly Segment[], parts: readonly string[]): boolean {
  return align(
    segments.length,
    parts.length,
    (at) => segments[at] === "**",
    (at, part) => {
      const test = segments[at];
      return typeof test === "function" && test(parts[part] ?? "");
    },
    // `a/**` is what is inside of `a`, and not `a` itself.
    segments.at(-1) === "**" ? 1 : 0,
  );
}

function segment(glob: string): Segment {
  if (/^\*\*+$/.test(glob)) return "**";
  if (!/[*?[\\]/.test(glob)) return (name) => name === glob;
  const tokens = tokenise(glob);
  if (tokens === undefined) return () => false;
  return (name) =>
    align(
      tokens.length,
      name.length,
      (at) => tokens[at] === "*",
      (at, character) => {
        const test = tokens[at];
        return typeof test === "function" && test(name.charAt(character));
      },
      0,
    );
}

/**
 * Lays a pattern along its subject, where a wild item of the pattern takes any number of items of the
 * subject. Going back to the last wild item is enough: whatever an earlier one could take, it can too.
 * `atEnd` is how many items a wild item at the end takes at least.
 */
function align(
  patternLength: number,
  subjectLength: number,
  isWild: (at: number) => boolean,
  fits: (at: number, item: number) => boolean,
  atEnd: number,
): boolean {
  let at = 0;
  let item = 0;
  let wild = -1;
  let resume = 0;
  while (item < subjectLength) {
    if (at < patternLength && isWild(at)) {
      if (at === patternLength - 1) return subjectLength - item >= atEnd;
      wild = at;
      resume = item;
      at += 1;
    } else if (at < patternLength && fits(at, item)) {
      at += 1;
      item += 1;
    } else if (wild !== -1) {
      resume += 1;
      item = resume;
      at = wild + 1;
    } else {
      return false;
    }
  }
  while (at < patternLength && isWild(at)) {
    if (at === patternLength - 1 && atEnd > 0) return false;
    at += 1;
  }
  return at === patternLength;
}

type Token = "*" | ((character: string) => boolean);

/** A glob without slashes, character by character; undefined if it is malformed and so matches nothing. */
function tokenise(glob: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob.charAt(at);
    if (character === "*") {
      if (tokens.at(-1) !== "*") tokens.push("*");
    } else if (character === "?") {
      tokens.push(() => true);
    } else if (character === "[") {
      const set = characterSet(glob, at);
      if (set === undefined) return undefined;
      tokens.push(set.has);
      at = set.end;
    } else {
      if (character === "\\") at += 1;
      const literal = glob.charAt(at);
      if (literal === "") return undefined;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

/** The POSIX classes that git knows, in ASCII as git has them. */
const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[^ -~\x80-\xff]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** `[a-z]`, `[!a]`, `[]a]`, `[[:digit:]]`: what is in it, and where its closing bracket stands. */
function characterSet(
  glob: string,
  start: number,
): { readonly has: (character: string) => boolean; readonly end: number } | undefined {
  const negated = glob[start + 1] === "!" || glob[start + 1] === "^";
  const first = start + (negated ? 2 : 1);
  const members: ((character: string) => boolean)[] = [];
  for (let at = first; at < glob.length; at += 1) {
    if (glob[at] === "]" && at > first) {
      return { has: (character) => members.some((member) => member(character)) !== negated, end: at };
    }
    if (glob.startsWith("[:", at)) {
      const name = /^\[:([a-z]*):\]/.exec(glob.slice(at))?.[1];
      if (name !== undefined) {
        const known = Object.hasOwn(classes, name) ? classes[name] : undefined;
        if (known === undefined) return undefined;
        members.push((character) => known.test(character));
        at += name.length + 3;
        continue;
      }
    }
    if (glob[at] === "\\") at += 1;
    const low = glob.charAt(at);
    const isRange = glob[at + 1] === "-" && at + 2 < glob.length && glob[at + 2] !== "]";
    if (isRange) at += glob[at + 2] === "\\" ? 3 : 2;
    const high = isRange ? glob.charAt(at) : low;
    members.push((character) => low <= character && character <= high);
  }
  return undefined;
}
