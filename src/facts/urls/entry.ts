import type { Location } from "../../location.ts";
import { emptyPattern, type UrlPattern } from "./pattern.ts";

/** An element of `urlpatterns`, or what stands where one could not be read. */
export type Entry = ViewEntry | IncludeEntry | OpenEntry;

interface Listed {
  readonly pattern: UrlPattern;
  /** False for one that stands under a test that cannot be known. */
  readonly sure: boolean;
  readonly at: Location;
}

export interface ViewEntry extends Listed {
  readonly kind: "view";
  readonly view: View;
  readonly name: string | undefined;
}

export interface IncludeEntry extends Listed {
  readonly kind: "include";
  readonly entries: readonly Entry[];
}

/** Anything may be here. */
export interface OpenEntry {
  readonly kind: "open";
  /** Finishes the sentence "cannot be read statically: it …". */
  readonly because: string;
  /** The module outside the project that is included. */
  readonly module?: string;
  readonly at: Location;
}

export interface View {
  /** "shop.views.home", "shop.views.Home" for `Home.as_view()`; undefined where it has no name. */
  readonly name: string | undefined;
  /** What it is wrapped in, the outermost first: "django.contrib.auth.decorators.login_required". */
  readonly wrappers: readonly string[];
}

/** A view and the whole pattern under which it is found. */
export interface Route {
  /** The patterns on the way as written, joined: "api/orders/<int:pk>/"; undefined where one is not known. */
  readonly pattern: string | undefined;
  /** The name to reverse it by, without a namespace. */
  readonly name: string | undefined;
  /** The dotted name of the view: "shop.views.home"; undefined where it has none. */
  readonly view: string | undefined;
  /** As in `View`. */
  readonly wrappers: readonly string[];
  /** False for one that stands under a test that cannot be known. */
  readonly sure: boolean;
  readonly at: Location;
}

/** A part of the URLconf that could not be read: what begins with its prefix may be answered. */
export interface OpenPart {
  /** The patterns on the way as written, joined; undefined where one is not known. */
  readonly prefix: string | undefined;
  readonly because: string;
  /** The module outside the project that is included there. */
  readonly module: string | undefined;
  readonly at: Location;
}

/** What a path is answered with. */
export type Resolution =
  /** `route` is undefined where a part that could not be read comes first, and may take it. */
  | { readonly kind: "yes"; readonly route: Route | undefined }
  | { readonly kind: "no" }
  | { readonly kind: "unknown"; readonly because: string; readonly at: Location };

/** The first that matches, in order, as URLResolver.resolve does. `path` without its first slash. */
export function resolveIn(
  entries: readonly Entry[],
  path: string,
  above: readonly UrlPattern[] = [],
): Resolution {
  let doubt: Extract<Resolution, { readonly kind: "unknown" }> | undefined;
  for (const entry of entries) {
    const found = ofEntry(entry, path, above);
    if (found.kind === "unknown") doubt ??= found;
    if (found.kind === "yes") return doubt ? { kind: "yes", route: undefined } : found;
  }
  return doubt ?? { kind: "no" };
}

function ofEntry(entry: Entry, path: string, above: readonly UrlPattern[]): Resolution {
  const { at } = entry;
  if (entry.kind === "open") return { kind: "unknown", because: entry.because, at };
  const matched = entry.pattern.match(path);
  if (matched.kind === "none") return { kind: "no" };
  const unread = { kind: "unknown", because: "has a pattern that is not known", at } as const;
  const found: Resolution =
    entry.kind === "view"
      ? { kind: "yes", route: routeOf(entry, above) }
      : matched.kind === "rest"
        ? resolveIn(entry.entries, matched.rest, [...above, entry.pattern])
        : unread;
  if (found.kind !== "yes") return found;
  if (matched.kind === "unknown") return unread;
  return entry.sure ? found : { kind: "unknown", because: "stands under a test that cannot be known", at };
}

function routeOf({ view, pattern, name, sure, at }: ViewEntry, above: readonly UrlPattern[]): Route {
  const { wrappers } = view;
  return { pattern: joined([...above, pattern]), name, view: view.name, wrappers, sure, at };
}

/** Every view with its whole pattern, and every part that could not be read. */
export function flatten(entries: readonly Entry[]): {
  readonly routes: readonly Route[];
  readonly open: readonly OpenPart[];
} {
  const routes: Route[] = [];
  const open: OpenPart[] = [];
  const walk = (below: readonly Entry[], above: readonly UrlPattern[], sure: boolean): void => {
    for (const entry of below) {
      if (entry.kind === "view") routes.push({ ...routeOf(entry, above), sure: sure && entry.sure });
      else if (entry.kind === "include") walk(entry.entries, [...above, entry.pattern], sure && entry.sure);
      else open.push({ prefix: joined(above), because: entry.because, module: entry.module, at: entry.at });
    }
  };
  walk(entries, [], true);
  return { routes, open };
}

function joined(patterns: readonly UrlPattern[]): string | undefined {
  const texts = patterns.map(({ text }) => text);
  if (texts.includes(undefined)) return undefined;
  return texts.map((text) => (text ?? "").replace(/^\^/, "").replace(/(?<!\\)(?:\$|\\Z)$/, "")).join("");
}

/** The same, each of them under a test that cannot be known. */
export function unsure(entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry) => (entry.kind === "open" ? entry : { ...entry, sure: false }));
}

/** An include without a prefix. */
export function included(entries: readonly Entry[], at: Location): IncludeEntry {
  return { kind: "include", pattern: emptyPattern, entries, sure: true, at };
}
