import {
  compile,
  isPlain,
  isQuick,
  type Translated,
  translate,
} from "../../python/models/regular-expression.ts";

// How Django matches one pattern: `match` of RoutePattern, RegexPattern and LocalePrefixPattern in
// django/urls/resolvers.py of Django 4.2 to 6.1, read on 2026-11-20.

/** One pattern of a URLconf, as `path`, `re_path` and `i18n_patterns` make them. */
export interface UrlPattern {
  /** As written: "orders/<int:pk>/", "^orders/$"; undefined where it is not known. */
  readonly text: string | undefined;
  match(path: string): Matched;
}

/** What is left of the path behind what a pattern takes, which is nothing for a view's; or that nobody can tell. */
export type Matched =
  | { readonly kind: "rest"; readonly rest: string }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

const none: Matched = { kind: "none" };
const unknown: Matched = { kind: "unknown" };

/** A pattern that nothing is known of. */
export const anyPattern: UrlPattern = { text: undefined, match: () => unknown };

/** `path("", …)` around others. */
export const emptyPattern: UrlPattern = { text: "", match: (rest) => ({ kind: "rest", rest }) };

const converters: Readonly<Record<string, string>> = {
  int: "[0-9]+",
  path: ".+",
  slug: "[-a-zA-Z0-9_]+",
  str: "[^/]+",
  uuid: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
};

/** `path(route, …)`; `endpoint` for a view, which has to take the path to its end. */
export function routePattern(route: string, endpoint: boolean): UrlPattern {
  let source = "^";
  let from = 0;
  for (const found of route.matchAll(/<(?:([^>:]{1,200}):)?[^>]{1,200}>/g)) {
    const converter = found[1] ?? "str";
    source += escaped(route.slice(from, found.index));
    // A converter of somebody's own: what it takes, and whether it refuses it, is not known.
    if (!Object.hasOwn(converters, converter)) return { text: route, match: atMost(source) };
    source += `(${converters[converter]})`;
    from = found.index + found[0].length;
  }
  const regexp = new RegExp(source + escaped(route.slice(from)) + (endpoint ? "$" : ""));
  return { text: route, match: (path) => taken(regexp.exec(path), path) };
}

/** `re_path(regex, …)`, with Python's regular expression. */
export function regexPattern(regex: string, endpoint: boolean): UrlPattern {
  const translated = translate(regex, { ignoreCase: false, multiline: false, dotAll: false, verbose: false });
  if (!translated) return { text: regex, match: () => unknown };
  const whole = endpoint && regex.endsWith("$");
  const regexp = compiled(translated, whole);
  return {
    text: regex,
    match: (path) =>
      regexp && isPlain(path) && isQuick(translated, path) ? taken(regexp.exec(path), path) : unknown,
  };
}

/** The languages of a project; undefined where they are not known. */
export interface Languages {
  readonly own: string;
  readonly all: readonly string[];
  /** LocaleMiddleware takes the language from the path. */
  readonly fromPath: boolean;
}

/** `i18n_patterns(…)`: the language of the request in front, unless that is the project's own and needs none. */
export function languagePattern(
  languages: Languages | undefined,
  prefixesOwn: boolean | undefined,
): UrlPattern {
  return {
    text: "<language>/",
    match(path) {
      if (!languages || prefixesOwn === undefined) return unknown;
      const first = path.split("/")[0] ?? "";
      const asked = languages.fromPath ? languages.all.find((code) => code === first) : undefined;
      const language = asked ?? languages.own;
      if (language === languages.own && !prefixesOwn) return { kind: "rest", rest: path };
      const prefix = `${language}/`;
      return path.startsWith(prefix) ? { kind: "rest", rest: path.slice(prefix.length) } : none;
    },
  };
}

/** Not known for what begins as it has to, and no match for everything else. */
function atMost(source: string): (path: string) => Matched {
  const regexp = new RegExp(source);
  return (path) => (regexp.test(path) ? unknown : none);
}

function taken(found: RegExpExecArray | null, path: string): Matched {
  return found ? { kind: "rest", rest: path.slice(found.index + found[0].length) } : none;
}

function compiled(translated: Translated, whole: boolean): RegExp | undefined {
  const source = whole ? `^(?:${translated.source})$` : translated.source;
  const made = compile({ ...translated, source }, false);
  // Without the flag that remembers where the last search ended.
  return made && new RegExp(made.source, made.flags.replace(/[gd]/g, ""));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
