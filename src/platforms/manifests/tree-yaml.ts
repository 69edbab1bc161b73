import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { type Location, startOf } from "../../location.ts";
import { absent, type ManifestNode, type ManifestTree, type NodeKind } from "./tree.ts";

/** Files that are larger are generated, and not worth the time. */
const largest = 200_000;

/**
 * A YAML file with places. Aliases are looked up one at a time and never expanded, so that a file of
 * nested aliases costs nothing.
 */
export function readYaml(path: string, text: string): ManifestTree {
  return readWith(path, text, (counter) => [
    parseDocument(text, { lineCounter: counter, logLevel: "silent", uniqueKeys: false }),
  ])[0];
}

/** Every document of a YAML file of several (`---`), with places in the file. */
export function readYamlDocuments(path: string, text: string): readonly ManifestTree[] {
  return readWith(path, text, (counter) => {
    const documents = parseAllDocuments(text, {
      lineCounter: counter,
      logLevel: "silent",
      uniqueKeys: false,
    });
    return Array.isArray(documents) ? documents : [];
  });
}

function readWith(
  path: string,
  text: string,
  parse: (counter: LineCounter) => readonly Document[],
): readonly [ManifestTree, ...ManifestTree[]] {
  const nothing = (problems: ManifestTree["problems"]): ManifestTree => ({
    root: absent(startOf(path)),
    problems,
  });
  const refused = (message: string) => nothing([{ kind: "invalid", message, at: startOf(path) }]);
  if (text.length > largest) return [refused(`${path} is too large to be read`)];
  if (nestsTooDeep(text)) return [refused(`${path} nests too deep to be read`)];
  const counter = new LineCounter();
  const [first = nothing([]), ...others] = parse(counter).map((document) => treeOf(path, document, counter));
  return [first, ...others];
}

function treeOf(path: string, document: Document, counter: LineCounter): ManifestTree {
  const place = (start: number, end?: number): Location => {
    const from = counter.linePos(start);
    const to = end === undefined ? undefined : counter.linePos(end);
    return {
      file: path,
      line: from.line,
      column: from.col,
      ...(to && { endLine: to.line, endColumn: to.col }),
    };
  };
  const [error] = document.errors;
  const wrap = (node: unknown, at: Location): ManifestNode => {
    const real = isAlias(node) ? node.resolve(document) : node;
    const range = (real as Node | null | undefined)?.range;
    const here = range ? place(range[0], range[1]) : at;
    return {
      at: here,
      kind: kindOf(real),
      exists: real !== undefined && real !== null && !(isScalar(real) && real.value === null),
      text: isScalar(real) && real.value !== null ? (real.source ?? String(real.value)) : undefined,
      get: (key) => wrap(isMap(real) ? lookUp(real, key, document) : undefined, here),
      get items() {
        return isSeq(real) ? real.items.map((item) => wrap(item, here)) : [];
      },
      get entries() {
        if (!isMap(real)) return [];
        return real.items.flatMap((pair) => {
          if (!isScalar(pair.key) || pair.key.value === "<<") return [];
          return [[String(pair.key.value), wrap(pair.value, wrap(pair.key, here).at)] as const];
        });
      },
    };
  };
  return {
    root: wrap(document.contents, startOf(path)),
    problems: error
      ? [{ kind: "invalid", message: `${path} is not valid YAML`, at: place(error.pos[0]) }]
      : [],
  };
}

/**
 * Whether collections may nest deeper than anyone writes by hand. The parser recurses, and a stack that
 * runs full while V8 compiles a regular expression ends the process, so it cannot be caught. Brackets in
 * texts are counted too: an estimate that is too high does no harm.
 */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 200) return true;
  }
  return /^[ \t?:-]{300}/m.test(text);
}

/** The value of a key: the map's own, or else that of a map it merges in (`<<: *base`). */
function lookUp(map: YAMLMap, key: string, document: Document, depth = 0): unknown {
  const named = (name: string) =>
    map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === name)?.value;
  const own = named(key);
  if (own !== undefined || depth > 5) return own;
  const merged = named("<<");
  for (const source of isSeq(merged) ? merged.items : [merged]) {
    const base = isAlias(source) ? source.resolve(document) : source;
    const value = isMap(base) ? lookUp(base, key, document, depth + 1) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function kindOf(node: unknown): NodeKind {
  if (isMap(node)) return "map";
  if (isSeq(node)) return "list";
  if (!isScalar(node) || node.value === null) return "nothing";
  if (typeof node.value === "number" || typeof node.value === "bigint") return "number";
  return typeof node.value === "boolean" ? "boolean" : "text";
}
