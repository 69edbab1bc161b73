import { pathOfName } from "./home.ts";
import { unwrap } from "./internal.ts";
import { projectRoot } from "./machine.ts";
import { pathOf } from "./models/pathlib.ts";
import { patternOf } from "./models/re.ts";
import type { Value } from "./value.ts";

/** A value as JSON: tuples, sets and paths are marked, what is not data is named by its kind. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Writes a value as JSON. Tuples are `{"$tuple": […]}`, sets `{"$set": […]}`, paths `{"$path": "…"}`,
 * bytes `{"$bytes": "…"}` (Latin-1), whole numbers beyond JSON's `{"$int": "…"}`, compiled regular
 * expressions `{"$regex": "…"}`, opaque parts `{"$opaque": reason}`, functions, classes and instances
 * of classes `{"$object": "module.name"}`, and everything else `{"$object": kind}`. `text` may replace a text, such
 * as a secret; it is told the keys and positions that lead to it.
 */
export function toPlain(
  value: Value,
  text: (text: string, path: readonly string[]) => Plain = (plain) => plain,
  path: readonly string[] = [],
): Plain {
  // Containers can hold themselves.
  if (path.length > 20) return { $object: "a value nested too deep" };
  const inner = (items: readonly Value[]) =>
    items.map((item, index) => toPlain(item, text, [...path, String(index)]));
  switch (value.kind) {
    case "none":
      return null;
    case "bool":
      return value.value;
    case "int":
      return Number.isSafeInteger(Number(value.value)) ? Number(value.value) : { $int: String(value.value) };
    case "float":
      return Number.isFinite(value.value) ? value.value : { $float: String(value.value) };
    case "str":
      return text(value.value, path);
    case "bytes":
      return { $bytes: String.fromCharCode(...value.value) };
    case "list":
      return open(inner(value.items), value.open);
    case "tuple":
      return { $tuple: open(inner(value.items), value.open) };
    case "set":
      return { $set: open(inner([...value.items.values()]), value.open) };
    case "dict": {
      const entries = [...value.entries.values()].map(({ key, value: item }) => {
        const name = key.kind === "str" ? key.value : JSON.stringify(toPlain(key));
        return [name, toPlain(item, text, [...path, name])] as const;
      });
      return { ...Object.fromEntries(entries), ...(value.open && { $opaque: value.open.because }) };
    }
    case "opaque":
      return { $opaque: value.because };
    case "instance": {
      const inner = unwrap(value);
      if (inner !== value) return toPlain(inner, text, path);
      const file = pathOf(value);
      if (file !== undefined) return { $path: relative(file) };
      const pattern = patternOf(value)?.text;
      return pattern === undefined ? { $object: pathOfName(value.class) } : { $regex: pattern };
    }
    case "class":
    case "function":
    case "builtin":
      return { $object: pathOfName(value) };
    default:
      return { $object: value.kind };
  }
}

function open(items: readonly Plain[], more: { readonly because: string } | undefined): readonly Plain[] {
  return more ? [...items, { $opaque: more.because }] : items;
}

/** A path below the project's root, or beside it, relative to it; others as they are. */
function relative(path: string): string {
  if (path === projectRoot) return ".";
  if (path.startsWith(`${projectRoot}/`)) return path.slice(projectRoot.length + 1);
  // Only the folder around the project is made up; what is above it are the machine's own.
  const around = projectRoot.slice(0, projectRoot.lastIndexOf("/"));
  if (path === around) return "..";
  return path.startsWith(`${around}/`) ? `../${path.slice(around.length + 1)}` : path;
}
