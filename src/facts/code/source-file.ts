import { folderOf, nameOf } from "../../files/listing.ts";
import type { Location } from "../../location.ts";
import { placeOf } from "../../python/place.ts";
import type { Call, ClassDef, Expression, Module, Span, Statement } from "../../python/tree.ts";

/** A file of the program's Python, parsed. What is asked of it is worked out once. */
export interface SourceFile {
  readonly path: string;
  /** What the file is imported as: "orders.tasks", and "orders" for its `__init__.py`. */
  readonly dotted: string;
  readonly text: string;
  readonly module: Module;
  /** Every call, from top to bottom (a decorator behind what it decorates), with the dotted name of what is called where that can be told. */
  readonly calls: readonly NamedCall[];
  /** Every class, wherever it stands, in order. */
  readonly classes: readonly ClassDef[];
  /** What each imported name stands for, as a dotted name. */
  readonly imported: ReadonlyMap<string, string>;
  /** The modules that `from … import *` takes names from. */
  readonly stars: readonly string[];
  /**
   * What an expression names, through the imports of the file: `shared_task` is "celery.shared_task" after
   * `from celery import shared_task`, and `self.x` is "self.x". Undefined for what is no dotted name.
   */
  qualified(expression: Expression): string | undefined;
  at(node: Span): Location;
}

export interface NamedCall {
  readonly name: string | undefined;
  readonly node: Call;
}

/** @param folders where imports start (`sys.path`), relative to the repository. */
export function sourceFile(
  path: string,
  text: string,
  module: Module,
  folders: readonly string[],
): SourceFile {
  const packages = packagesOf(path, folders);
  const name = nameOf(path).replace(/\.py$/, "");
  let imports: Imports | undefined;
  let calls: readonly NamedCall[] | undefined;
  let classes: readonly ClassDef[] | undefined;
  const file: SourceFile = {
    path,
    dotted: [...packages, ...(name === "__init__" ? [] : [name])].join("."),
    text,
    module,
    get calls() {
      calls ??= [...nodesIn(module.body)]
        .filter((node) => node.nodeType === "Call")
        .map((node) => ({ name: file.qualified(node.func), node }));
      return calls;
    },
    get classes() {
      classes ??= [...nodesIn(module.body)].filter((node) => node.nodeType === "ClassDef");
      return classes;
    },
    get imported() {
      imports ??= importsOf(packages, module);
      return imports.names;
    },
    get stars() {
      imports ??= importsOf(packages, module);
      return imports.stars;
    },
    qualified(expression) {
      const dotted = dottedName(expression);
      if (dotted === undefined) return undefined;
      const dot = dotted.indexOf(".");
      const first = dot < 0 ? dotted : dotted.slice(0, dot);
      const known = file.imported.get(first);
      return known === undefined ? dotted : known + (dot < 0 ? "" : dotted.slice(dot));
    },
    at: (node) => placeOf(node, path),
  };
  return file;
}

/** The name that is written: `a.b.c` as text. */
export function dottedName(expression: Expression): string | undefined {
  const parts: string[] = [];
  let node = expression;
  while (node.nodeType === "Attribute") {
    parts.unshift(node.attr);
    node = node.value;
  }
  return node.nodeType === "Name" ? [node.id, ...parts].join(".") : undefined;
}

/** The packages that a file stands in, from the innermost folder that imports start at. */
function packagesOf(path: string, folders: readonly string[]): readonly string[] {
  const folder = folderOf(path);
  const start = folders
    .filter((each) => each === "" || folder === each || folder.startsWith(`${each}/`))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  return folder.slice(start.length).split("/").filter(Boolean);
}

interface Imports {
  readonly names: ReadonlyMap<string, string>;
  readonly stars: readonly string[];
}

/** What is imported, wherever in the file. */
function importsOf(packages: readonly string[], module: Module): Imports {
  const names = new Map<string, string>();
  const stars: string[] = [];
  for (const node of nodesIn(module.body)) {
    if (node.nodeType === "Import")
      for (const { name, asname } of node.names)
        names.set(asname ?? name.replace(/\..*/, ""), asname === null ? name.replace(/\..*/, "") : name);
    else if (node.nodeType === "ImportFrom") {
      // `from .` is the package itself, and each further dot the one around it.
      const start = node.level === 0 ? [] : packages.slice(0, packages.length + 1 - node.level);
      const from = [...start, ...(node.module === null ? [] : [node.module])];
      for (const { name, asname } of node.names)
        if (name === "*") stars.push(from.join("."));
        else names.set(asname ?? name, [...from, name].join("."));
    }
  }
  return { names, stars };
}

/** Any node of the tree that statements and expressions are made of. */
export type TreeNode = Statement | Expression;

/** All statements and expressions below these, each before what it holds. */
export function* nodesIn(nodes: readonly TreeNode[]): Generator<TreeNode> {
  const open: unknown[] = [...nodes].reverse();
  while (open.length > 0) {
    const node = open.pop();
    if (Array.isArray(node)) for (let index = node.length - 1; index >= 0; index -= 1) open.push(node[index]);
    else if (isNode(node)) {
      if (!parts.has(node.nodeType)) yield node;
      const held = Object.values(node);
      for (let index = held.length - 1; index >= 0; index -= 1)
        if (typeof held[index] === "object") open.push(held[index]);
    }
  }
}

/** Nodes that are neither statements nor expressions: only what they hold is of interest. */
const parts: ReadonlySet<string> = new Set([
  "alias",
  "arg",
  "arguments",
  "comprehension",
  "ExceptHandler",
  "keyword",
  "match_case",
  "MatchAs",
  "MatchClass",
  "MatchMapping",
  "MatchOr",
  "MatchSequence",
  "MatchSingleton",
  "MatchStar",
  "MatchValue",
  "ParamSpec",
  "TypeVar",
  "TypeVarTuple",
  "withitem",
]);

function isNode(value: unknown): value is TreeNode {
  return typeof value === "object" && value !== null && "nodeType" in value;
}
