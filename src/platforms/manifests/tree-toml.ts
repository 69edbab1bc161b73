import { parse, TomlError } from "smol-toml";
import { type Location, locator, startOf } from "../../location.ts";
import { absent, type ManifestNode, type ManifestTree, type NodeKind } from "./tree.ts";

/** Files that are larger are generated, and not worth the time. */
const largest = 200_000;

/** A TOML file with the places of its keys. */
export function readToml(path: string, text: string): ManifestTree {
  const start = startOf(path);
  const invalid = (message: string, at: Location): ManifestTree => ({
    root: absent(start),
    problems: [{ kind: "invalid", message, at }],
  });
  if (text.length > largest) return invalid(`${path} is too large to be read`, start);
  const plain = text.replace(/^\uFEFF/, "");
  try {
    const root: unknown = parse(plain);
    return { root: wrap(root, [], start, keyPlaces(path, plain)), problems: [] };
  } catch (error) {
    const at = error instanceof TomlError ? { file: path, line: error.line, column: error.column } : start;
    return invalid(`${path} is not valid TOML`, at);
  }
}

type Places = ReadonlyMap<string, Location>;

function wrap(value: unknown, keys: readonly string[], at: Location, places: Places): ManifestNode {
  const child = (inner: unknown, key: string) =>
    wrap(inner, [...keys, key], places.get(nameOf([...keys, key])) ?? at, places);
  const entries = isTable(value) ? Object.entries(value) : [];
  return {
    at,
    kind: kindOf(value),
    exists: value !== undefined,
    text: scalarText(value),
    get: (key) => {
      const found = entries.find(([name]) => name === key);
      return found ? child(found[1], key) : absent(at);
    },
    get items() {
      return Array.isArray(value) ? value.map((item: unknown, index) => child(item, String(index))) : [];
    },
    get entries() {
      return entries.map(([key, inner]) => [key, child(inner, key)] as const);
    },
  };
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function kindOf(value: unknown): NodeKind {
  if (Array.isArray(value)) return "list";
  if (isTable(value)) return "map";
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "boolean") return "boolean";
  return value === undefined ? "nothing" : "text";
}

function scalarText(value: unknown): string | undefined {
  return value === undefined || Array.isArray(value) || isTable(value) ? undefined : String(value);
}

function nameOf(keys: readonly string[]): string {
  return keys.join("\0");
}

/**
 * Where keys and tables stand, by their path; the items of `[[table]]` are numbered. The parser gives no
 * places. Keys inside inline tables have none of their own.
 */
function keyPlaces(path: string, text: string): Places {
  const locate = locator(path, text);
  const places = new Map<string, Location>();
  const counts = new Map<string, number>();
  let table: readonly string[] = [];
  const note = (keys: readonly string[], from: number, to: number) => {
    for (let length = 1; length <= keys.length; length++) {
      const name = nameOf(keys.slice(0, length));
      if (!places.has(name)) places.set(name, locate(from, to));
    }
  };
  /** The path of a table, with the current number behind each table that is a list. */
  const numbered = (keys: readonly string[]): string[] => {
    const result: string[] = [];
    for (const key of keys) {
      result.push(key);
      const count = counts.get(nameOf(result));
      if (count !== undefined) result.push(String(count));
    }
    return result;
  };
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const content = line[0].trim();
    const from = line.index + line[0].length - line[0].trimStart().length;
    const to = from + content.length;
    const [, list, heading] = /^\[(\[?)\s*([^\]]+?)\s*\]/.exec(content) ?? [];
    if (heading !== undefined) {
      const keys = splitKeys(heading);
      if (list === "[") {
        const parent = [...numbered(keys.slice(0, -1)), keys.at(-1) ?? ""];
        const name = nameOf(parent);
        counts.set(name, (counts.get(name) ?? -1) + 1);
      }
      table = numbered(keys);
      note(table, from, to);
      continue;
    }
    const key = /^((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(content)?.[1];
    if (key !== undefined) note([...table, ...splitKeys(key)], from, to);
  }
  return places;
}

/** `a."b.c".d` */
function splitKeys(text: string): string[] {
  return [...text.matchAll(/[\w-]+|"([^"]*)"|'([^']*)'/g)].map((key) => key[1] ?? key[2] ?? key[0]);
}
