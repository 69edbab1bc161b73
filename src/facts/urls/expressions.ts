import { truthOf } from "../../python/inspect.ts";
import type { Call, Expression } from "../../python/tree.ts";
import { dottedName } from "../code/source-file.ts";
import { type Entry, included, unsure } from "./entry.ts";
import { languageCodes, textIn, truthIn } from "./known.ts";
import { libraryEntries } from "./library.ts";
import { anyPattern, languagePattern, regexPattern, routePattern, type UrlPattern } from "./pattern.ts";
import { inWords, open, placeIn, type Scope, type Source } from "./scope.ts";
import { viewIn } from "./view.ts";

/** What names and modules stand for. */
export interface Names {
  /** The entries of a module of the project; undefined for one that is not the project's. */
  urlpatternsOf(module: string): readonly Entry[] | undefined;
  /** The patterns that a name stands for in a module now. */
  entriesOf(name: string, scope: Scope): readonly Entry[] | undefined;
  /** The patterns that a dotted name stands for in a module of the project. */
  importedEntries(dotted: string): readonly Entry[] | undefined;
}

export interface Expressions {
  /** Whether an expression certainly stands for patterns. */
  isList(node: Expression, scope: Scope): boolean;
  /** The entries of an expression that stands for several. */
  list(node: Expression, scope: Scope): readonly Entry[];
  /** One element of a list of patterns; several for one that is unpacked. */
  element(node: Expression, scope: Scope): readonly Entry[];
}

/** Reads expressions of URLconfs. */
export function expressionReader(
  { settings, localeFromPath }: Pick<Source, "settings" | "localeFromPath">,
  { urlpatternsOf, entriesOf, importedEntries }: Names,
): Expressions {
  return { isList, list, element };

  function isList(node: Expression, scope: Scope): boolean {
    if (node.nodeType === "List" || node.nodeType === "Tuple") return true;
    if (node.nodeType === "BinOp")
      return node.op === "Add" && (isList(node.left, scope) || isList(node.right, scope));
    if (node.nodeType === "Name") return entriesOf(node.id, scope) !== undefined;
    return (
      node.nodeType === "Call" &&
      /(?:^|\.)(?:i18n_patterns|patterns)$/.test(scope.file.qualified(node.func) ?? "")
    );
  }

  function list(node: Expression, scope: Scope): readonly Entry[] {
    switch (node.nodeType) {
      case "List":
      case "Tuple":
        return node.elts.flatMap((item) => element(item, scope));
      case "BinOp":
        if (node.op === "Add") return [...list(node.left, scope), ...list(node.right, scope)];
        break;
      case "IfExp": {
        const truth = truthIn(node.test, scope);
        if (truth !== undefined) return list(truth ? node.body : node.orelse, scope);
        return [...unsure(list(node.body, scope)), ...unsure(list(node.orelse, scope))];
      }
      case "Name": {
        const known = entriesOf(node.id, scope);
        if (known) return known;
        break;
      }
      case "Attribute": {
        const dotted = scope.file.qualified(node);
        const known = dotted === undefined ? undefined : importedEntries(dotted);
        if (known) return known;
        break;
      }
      case "Call":
        return listFromCall(node, scope);
    }
    return [open(`holds ${inWords(node, scope)}`, placeIn(node, scope))];
  }

  function listFromCall(node: Call, scope: Scope): readonly Entry[] {
    const name = scope.file.qualified(node.func) ?? "";
    const [first] = node.args;
    switch (name) {
      // Nothing where DEBUG is off.
      case "django.conf.urls.static.static":
      case "django.contrib.staticfiles.urls.staticfiles_urlpatterns":
      case "debug_toolbar.toolbar.debug_toolbar_urls":
        return [];
      case "list":
      case "tuple":
        return first ? list(first, scope) : [];
      case "django.conf.urls.i18n.i18n_patterns":
      case "django.conf.urls.i18n_patterns":
        return [languageEntry(node, scope)];
      case "django.conf.urls.patterns":
        return node.args.slice(1).flatMap((item) => element(item, scope));
    }
    return [open(`calls ${inWords(node.func, scope)}`, placeIn(node, scope))];
  }

  function languageEntry(node: Call, scope: Scope): Entry {
    const entries = node.args.flatMap((item) => element(item, scope));
    const at = placeIn(node, scope);
    if (truthOf(settings.get("USE_I18N").value) === false) return included(entries, at);
    const option = node.keywords.find(({ arg }) => arg === "prefix_default_language")?.value;
    const prefixesOwn = option ? truthIn(option, scope) : true;
    const codes = languageCodes(settings);
    const languages = codes && { ...codes, fromPath: localeFromPath };
    return { ...included(entries, at), pattern: languagePattern(languages, prefixesOwn) };
  }

  function element(node: Expression, scope: Scope): readonly Entry[] {
    if (node.nodeType === "Starred") return list(node.value, scope);
    if (node.nodeType === "Name") {
      const bound = scope.bound(node.id);
      if (bound?.nodeType === "Call") return element(bound, scope);
    }
    if (node.nodeType === "IfExp") {
      const truth = truthIn(node.test, scope);
      if (truth !== undefined) return element(truth ? node.body : node.orelse, scope);
    }
    if (node.nodeType !== "Call") return [open(`holds ${inWords(node, scope)}`, placeIn(node, scope))];
    const name = scope.file.qualified(node.func) ?? "";
    const made = /^(?:(?:django\.(?:urls|conf\.urls)|django\.urls\.conf)\.)?(path|re_path|url)$/.exec(
      name,
    )?.[1];
    if (made === undefined) return [open(`holds ${inWords(node, scope)}`, placeIn(node, scope))];
    return [pattern(node, made === "path" ? routePattern : regexPattern, scope)];
  }

  function pattern(node: Call, make: (text: string, endpoint: boolean) => UrlPattern, scope: Scope): Entry {
    const at = placeIn(node, scope);
    const named = (name: string) => node.keywords.find(({ arg }) => arg === name)?.value;
    const route = node.args[0] ?? named("route") ?? named("regex");
    const view = node.args[1] ?? named("view");
    if (!route || !view || node.args.some(({ nodeType }) => nodeType === "Starred"))
      return open("has a pattern that is not known", at);
    const text = textIn(route, scope);
    const matching = (endpoint: boolean) => (text === undefined ? anyPattern : make(text, endpoint));
    const below = includedBy(view, scope);
    const found = below ? undefined : viewIn(view, scope.file);
    if (!found) {
      const entries = below ?? [open(`holds ${inWords(view, scope)}`, at)];
      return { kind: "include", pattern: matching(false), entries, sure: true, at };
    }
    const name = node.args[3] ?? named("name");
    return {
      kind: "view",
      pattern: matching(true),
      view: found,
      name: name && textIn(name, scope),
      sure: true,
      at,
    };
  }

  /** What stands below a pattern; undefined where it has a view. */
  function includedBy(node: Expression, scope: Scope): readonly Entry[] | undefined {
    const { file } = scope;
    const at = placeIn(node, scope);
    if (node.nodeType === "List") return list(node, scope);
    if (node.nodeType === "Tuple") return node.elts[0] && fromArgument(node.elts[0], scope);
    if (node.nodeType === "Name") {
      const bound = scope.bound(node.id);
      if (bound?.nodeType === "Tuple" || bound?.nodeType === "Call") return includedBy(bound, scope);
      return entriesOf(node.id, scope);
    }
    const dotted = file.qualified(node.nodeType === "Call" ? node.func : node) ?? "";
    if (node.nodeType === "Attribute") {
      if (dotted === "django.contrib.admin.site.urls") return libraryEntries(dotted, at);
      // `router.urls`, `api.urls`, `site.urls`: a list or a tuple that an object makes.
      return /(?:^|\.)\w*(?:urls|urlpatterns|patterns)$/.test(dotted)
        ? (importedEntries(dotted) ?? [open(`includes ${dotted}`, at)])
        : undefined;
    }
    if (node.nodeType !== "Call") return undefined;
    if (/^(?:django\.(?:urls|conf\.urls)\.)?include$|^django\.urls\.conf\.include$/.test(dotted)) {
      const argument = node.args[0] ?? node.keywords.find(({ arg }) => arg === "arg")?.value;
      return argument ? fromArgument(argument, scope) : [open("includes nothing that is known", at)];
    }
    if (/include\w*$|urls$|patterns$/i.test(dotted)) return [open(`calls ${dotted}`, at)];
    return undefined;
  }

  /** `include("shop.urls")`, `include(shop.urls)`, `include([…])`, `include(([…], "shop"))`. */
  function fromArgument(node: Expression, scope: Scope): readonly Entry[] {
    const at = placeIn(node, scope);
    const bound = node.nodeType === "Name" ? scope.bound(node.id) : undefined;
    const tuple = node.nodeType === "Tuple" ? node : bound?.nodeType === "Tuple" ? bound : undefined;
    if (tuple) {
      const [first, second] = tuple.elts;
      // `(patterns, "app name")`; a tuple of patterns is a list of them.
      const hasName = second !== undefined && textIn(second, scope) !== undefined;
      return first && (hasName || tuple.elts.length === 1) && first.nodeType !== "Call"
        ? fromArgument(first, scope)
        : list(tuple, scope);
    }
    const text = textIn(node, scope);
    const named =
      text ??
      (node.nodeType === "Name" || node.nodeType === "Attribute" ? scope.file.qualified(node) : undefined);
    if (text === undefined) {
      const entries = node.nodeType === "Name" ? entriesOf(node.id, scope) : undefined;
      if (entries) return entries;
    }
    if (named !== undefined) {
      const own = urlpatternsOf(named) ?? (text === undefined ? importedEntries(named) : undefined);
      if (own) return own;
      // A name that is not imported is an object of the module: `router.urls`.
      const imported = node.nodeType === "Attribute" ? named !== dottedName(node) : node.nodeType === "Name";
      return text !== undefined || imported ? libraryEntries(named, at) : [open(`includes ${named}`, at)];
    }
    return list(node, scope);
  }
}
