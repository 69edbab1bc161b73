/** Whether a path of the build context is kept out of it: the path of a file or folder from the context's root. */
export type DockerIgnore = (path: string) => boolean;

interface Rule {
  readonly excludes: boolean;
  readonly fits: (path: string) => boolean;
}

/**
 * Reads a .dockerignore as Docker does: https://docs.docker.com/build/concepts/context/#dockerignore-files,
 * and moby/patternmatcher v0.6.1 (2026), whose answers the tests hold. It is not a .gitignore: a pattern
 * without a slash is about the root alone, and a file can come back out of a folder that is excluded.
 * Undefined where a pattern is malformed: then the build fails.
 */
export function parseDockerIgnore(text: string): DockerIgnore | undefined {
  const rules: Rule[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const excludes = !trimmed.startsWith("!");
    const pattern = cleaned((excludes ? trimmed : trimmed.slice(1)).trim());
    const tokens = pattern === "" || (pattern === "/" && !excludes) ? undefined : tokenise(pattern);
    if (!tokens) return undefined;
    rules.push({ excludes, fits: (path) => runs(tokens, path) });
  }
  return (path) => {
    const parts = path.split("/");
    const places = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
    let excluded = false;
    for (const rule of rules)
      if (rule.excludes !== excluded && places.some((place) => rule.fits(place))) excluded = rule.excludes;
    return excluded;
  };
}

/** Go's `filepath.Clean`, and no slash at the start: `./a//b/../c/` is `a/c`. */
function cleaned(pattern: string): string {
  if (pattern === "") return "";
  const parts: string[] = [];
  for (const part of pattern.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!pattern.startsWith("/")) parts.push("..");
  }
  return parts.length > 0 ? parts.join("/") : pattern.startsWith("/") ? "/" : ".";
}

/** One step of a pattern. `some` takes any number of characters but slashes, `folders` whole folders, `all` anything. */
type Token = "some" | "folders" | "all" | ((character: string) => boolean);

function tokenise(pattern: string): readonly Token[] | undefined {
  const characters = [...pattern];
  const tokens: Token[] = [];
  // `**.py` is any path that ends so, although `a**.py` is not.
  const isEnding = /^\*\*[^/*?[\]\\]+(?:\/[^*?[\]\\]*)?$/.test(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? "";
    if (character === "*" && characters[at + 1] === "*") {
      at += characters[at + 2] === "/" ? 2 : 1;
      tokens.push(at + 1 >= characters.length || isEnding ? "all" : "folders");
    } else if (character === "*") tokens.push("some");
    else if (character === "?") tokens.push((other) => other !== "/");
    else if (character === "[") {
      const end = closing(characters, at + 1);
      const test = end < 0 ? undefined : characterSet(characters.slice(at + 1, end));
      if (!test) return undefined;
      tokens.push(test);
      at = end;
    } else {
      if (character === "\\") at += 1;
      const literal = characters[at];
      if (literal === undefined) return undefined;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

/** Where a set ends: at the first bracket that is not escaped. */
function closing(characters: readonly string[], from: number): number {
  for (let at = from; at < characters.length; at += 1) {
    if (characters[at] === "\\") at += 1;
    else if (characters[at] === "]") return at;
  }
  return -1;
}

/** `[a-z]` and `[^a]`; a `!` stands for itself. */
function characterSet(members: readonly string[]): ((character: string) => boolean) | undefined {
  const negated = members[0] === "^";
  const ranges: [low: string, high: string][] = [];
  for (let at = negated ? 1 : 0; at < members.length; at += 1) {
    if (members[at] === "-") return undefined;
    if (members[at] === "\\") at += 1;
    const low = members[at];
    if (low === undefined) return undefined;
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    if (isRange) at += members[at + 2] === "\\" ? 3 : 2;
    const high = isRange ? members[at] : low;
    if (high === undefined || high < low) return undefined;
    ranges.push([low, high]);
  }
  if (ranges.length === 0) return undefined;
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}

/**
 * Whether the tokens fit the whole path. All places that the pattern can be at are kept side by side, so that
 * one with many `**` takes no longer than its length times the path's. A `folders` that is within a folder's name
 * is marked by its negative place.
 */
function runs(tokens: readonly Token[], path: string): boolean {
  let places = entered(tokens, [0]);
  for (const character of path) {
    const next: number[] = [];
    for (const place of places) {
      const at = place < 0 ? -place - 1 : place;
      const token = tokens[at];
      if (token === undefined) continue;
      if (token === "all") next.push(at);
      else if (token === "some") {
        if (character !== "/") next.push(at);
      } else if (token === "folders") {
        next.push(-at - 1);
        if (character === "/") next.push(at + 1);
      } else if (token(character)) next.push(at + 1);
    }
    places = entered(tokens, next);
  }
  return places.has(tokens.length);
}

/** The places, and those that can be reached from them without taking a character. */
function entered(tokens: readonly Token[], from: readonly number[]): ReadonlySet<number> {
  const places = new Set<number>();
  const queue = [...from];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    if (places.has(place)) continue;
    places.add(place);
    // Within a folder's name only a slash leads on.
    if (place >= 0 && typeof tokens[place] === "string") queue.push(place + 1);
  }
  return places;
}
