import { posix } from "node:path";

// What a storage that hashes names looks up in the files it copies: `HashedFilesMixin` of
// django/contrib/staticfiles/storage.py, read in 3.2.25, 4.0.10, 4.1.13, 4.2.30, 5.0.14, 5.1.15, 5.2.19, 6.0.10 and
// 6.1. A dot of Python stops at "\n" alone, and its `(?m)^` and `$` know no other end of a line. The patterns match
// what Django's do, but go through a long run of spaces once.

/** A reference as the storage sees it, comments and all where it does not skip them. */
export interface HashedReference {
  /** What is replaced: "../img/logo.png?v=2". */
  readonly url: string;
  readonly start: number;
  readonly end: number;
  readonly isSourceMap: boolean;
}

/** Where a reference leads among the collected files. */
export type ReferenceTarget =
  | { readonly kind: "file"; readonly name: string }
  /** Above the folder that files are collected in, where the storage refuses to look. */
  | { readonly kind: "outside"; readonly name: string }
  /** Nothing is looked up, or there is no telling what. */
  | { readonly kind: "none" };

interface Pattern {
  readonly regex: RegExp;
  readonly isSourceMap?: boolean;
}

interface HashedSyntax {
  readonly patterns: readonly Pattern[];
  /** What hides a reference that begins within it. */
  readonly ignored: RegExp | undefined;
}

const cssImport: Pattern = { regex: /@import\s*["']\s*(?!\s)(?<url>[^\n]*?)["']/gi };
const cssUrl: Pattern = { regex: /url\(['"]?\s*(?!\s)(?<url>[^\n]*?)["']?\)/gi };
const cssUrlQuoted: Pattern = { regex: /url\((?<quote>['"]?)\s*(?!\s)(?<url>[^\n]*?)\k<quote>\)/gi };
const cssMap: Pattern = {
  regex: /(?<![^\n])\/\*#[ \t]sourceMappingURL=(?<url>[^\n]*)[ \t]*\*\/(?![^\n])/g,
  isSourceMap: true,
};
const jsMap: Pattern = {
  regex: /(?<![^\n])\/\/# sourceMappingURL=(?<url>[^\n]*)(?![^\n])/g,
  isSourceMap: true,
};
/** `support_js_module_import_aggregation`, from 4.2. */
const jsModules: readonly Pattern[] = [
  { regex: /import(?:[\s{](?:.*?\S)??|\*\s*as\s*\w+)\s*from\s*['"](?<url>[./][^\n]*?)["']\s*;/gis },
  { regex: /export[\s{](?:.*?\S)??\s*from\s*["'](?<url>[./][^\n]*?)["']\s*;/gis },
  { regex: /import\s*['"](?<url>[./][^\n]*?)["']\s*;/gis },
  { regex: /import\(["'](?<url>[^\n]*?)["']\)/gis },
];
const jsModulesOf61: readonly Pattern[] = [
  { regex: /import(?:[\s{](?:[^;]*?[^;\s])??|\*\s*as\s*\w+)\s*from\s*['"](?<url>[./][^\n]*?)["']/gis },
  { regex: /export[\s{](?:[^;]*?[^;\s])??\s*from\s*["'](?<url>[./][^\n]*?)["']/gis },
  { regex: /import\s*['"](?<url>[./][^\n]*?)["']/gis },
  { regex: /import\(["'](?<url>[./][^\n]*?)["']\)/gis },
];
/** Comments, escapes and texts in quotes: `_css_ignored_re` and `_js_ignored_re` of 6.1. */
const cssIgnored = /\/\*.*?\*\/|\\.|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"/gs;
const jsIgnored =
  /\/\*.*?\*\/|\/\/[^\n]*|\\.|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`\\]*(?:\\.[^`\\]*)*`/gs;

/**
 * How many characters are gone through for one file, where each reference that nothing closes leads to the end of
 * its line, and an import to the end of the file. What takes more was not written by hand.
 */
const longestSearch = 500_000_000;

function syntaxOf(path: string, since: Since, modules: boolean): HashedSyntax | undefined {
  if (path.endsWith(".css"))
    return {
      patterns: [since(6, 0) ? cssUrlQuoted : cssUrl, cssImport, ...(since(4, 1) ? [cssMap] : [])],
      ignored: since(6, 1) ? cssIgnored : undefined,
    };
  if (!path.endsWith(".js")) return undefined;
  const imports = !modules || !since(4, 2) ? [] : since(6, 1) ? jsModulesOf61 : jsModules;
  return {
    patterns: [...(since(4, 0) ? [jsMap] : []), ...imports],
    ignored: since(6, 1) ? jsIgnored : undefined,
  };
}

type Since = (major: number, minor: number) => boolean;

/**
 * The references that the storage replaces in a file. `djangoVersion`: undefined for those that every version
 * replaces. `modules`: the storage has `support_js_module_import_aggregation`.
 */
export function hashedReferences(
  path: string,
  text: string,
  { djangoVersion, modules }: { readonly djangoVersion: string | undefined; readonly modules: boolean },
): readonly HashedReference[] {
  if (!/url\(|@import|sourceMappingURL=/i.test(text) && !(modules && /import|export/i.test(text))) return [];
  const lines = text.split("\n").reduce((longest, { length }) => Math.max(longest, length), 0);
  if (!searchIn(text, /url\(|@import/gi, lines) || !searchIn(unclosed(text), /\/\*/g, text.length)) return [];
  const ofVersion = (version: string) => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const since: Since = (from, small) => major > from || (major === from && minor >= small);
    const syntax = syntaxOf(path, since, modules && searchIn(text, /import|export/gi, text.length));
    return syntax === undefined ? [] : referencesIn(text, syntax);
  };
  if (djangoVersion !== undefined) return ofVersion(djangoVersion);
  const oldest = new Set(ofVersion("3.2").map(({ start, url }) => `${start} ${url}`));
  return ofVersion("6.1").filter(({ start, url }) => oldest.has(`${start} ${url}`));
}

function referencesIn(text: string, { patterns, ignored }: HashedSyntax): readonly HashedReference[] {
  const found = patterns.flatMap(({ regex, isSourceMap = false }) =>
    [...text.matchAll(regex)].flatMap((match): readonly HashedReference[] => {
      const url = match.groups?.url ?? "";
      if (isElsewhere(url)) return [];
      return [{ url, start: match.index, end: match.index + match[0].length, isSourceMap }];
    }),
  );
  if (ignored === undefined || found.length === 0) return found;
  const hidden = [...text.matchAll(ignored)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return found.filter(({ start }) => {
    const [from, to] = hidden[lastBefore(hidden, start)] ?? [start, start];
    return !(from < start && start < to);
  });
}

/** The index of the last stretch that begins before a place. */
function lastBefore(stretches: readonly (readonly [number, number])[], place: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.[0] ?? place) < place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether it does not take too long to follow each `word` over `reach` characters. */
function searchIn(text: string, word: RegExp, reach: number): boolean {
  return (text.match(word)?.length ?? 0) * reach <= longestSearch;
}

/** What stands behind the last comment that is closed. */
function unclosed(text: string): string {
  return text.slice(text.lastIndexOf("*/") + 1);
}

function isElsewhere(url: string): boolean {
  return url === "" || url.startsWith("#") || url.startsWith("//") || /^[a-z]+:/.test(url);
}

/**
 * Where a reference leads: `url_converter`, `_url`, `_stored_name` and `hashed_name`, one after the other.
 *
 * @param from the name of the file that it stands in, as it is collected
 * @param staticUrl STATIC_URL with the slash in front, undefined where it is not known
 */
export function targetOf(url: string, from: string, staticUrl: string | undefined): ReferenceTarget {
  const none = { kind: "none" } as const;
  if (isElsewhere(url) || (url.startsWith("/") && (!staticUrl || !url.startsWith(staticUrl)))) return none;
  const [path = ""] = url.split("#");
  const folder = posix.dirname(from);
  const joined =
    staticUrl && path.startsWith("/")
      ? path.slice(staticUrl.length)
      : folder === "."
        ? path
        : `${folder}/${path}`;
  const [clean = ""] = unquote(joined).split("#");
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(clean) || clean.split("?")[0]?.endsWith("/")) return none;
  const [last = ""] = unquote(posix.normalize(clean)).split(/[?#]/);
  const name = last.replaceAll(/[\t\r\n]/g, "").trim();
  // Nobody writes these; what becomes of them depends on the order in which files are looked at.
  if (name === "" || name === "." || /\\|%[\da-f]{2}/i.test(name)) return none;
  const isOutside = name.startsWith("/") || name === ".." || name.startsWith("../");
  return { kind: isOutside ? "outside" : "file", name };
}

/** `urllib.parse.unquote` */
function unquote(text: string): string {
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, (coded) =>
    new TextDecoder().decode(Uint8Array.from(coded.slice(1).split("%"), (pair) => Number.parseInt(pair, 16))),
  );
}
