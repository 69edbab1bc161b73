import { toPlain } from "../../python/plain.ts";
import type { Value } from "../../python/value.ts";

/** The same text for equal values, for telling apart what different runs gave. Shared and circular objects end. */
export function valueMark(value: Value, depth = 0): string {
  if (depth > 6) return value.kind;
  const inner = (item: Value) => valueMark(item, depth + 1);
  switch (value.kind) {
    case "none":
    case "ellipsis":
      return value.kind;
    case "bool":
    case "int":
    case "float":
    case "str":
    case "bytes":
      return `${value.kind} ${String(value.value)}`;
    case "list":
    case "tuple":
      return `${value.kind}[${value.items.map(inner).join()}]${value.open ? "+" : ""}`;
    case "set":
      return `set{${[...value.items.keys()].sort().join()}}${value.open ? "+" : ""}`;
    case "dict":
      return `dict{${[...value.entries].map(([key, entry]) => `${key}:${inner(entry.value)}`).join()}}${value.open ? "+" : ""}`;
    case "opaque":
      return `opaque ${value.because}`;
    case "instance":
      return `instance ${value.class.name} ${JSON.stringify(toPlain(value))}`;
    case "iterator":
      return value.type;
    case "method":
      return "method";
    default:
      return `${value.kind} ${value.name}`;
  }
}
