import { floatRepr } from "../../src/python/numbers.ts";
import { bytesRepr, textRepr } from "../../src/python/text.ts";
import type { Value } from "../../src/python/value.ts";

/** A value as `cpython.py` shows it: `repr()`, but for what differs from run to run. Undefined for what is not compared. */
export function show(value: Value, depth = 0): string | undefined {
  if (depth > 20) return "...";
  const each = (items: Iterable<Value>) => [...items].map((item) => show(item, depth + 1) ?? "?");
  switch (value.kind) {
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return value.value.toString();
    case "float":
      return floatRepr(value.value);
    case "str":
      return textRepr(value.value);
    case "bytes":
      return bytesRepr(value.value);
    case "list":
      return `[${each(value.items).join(", ")}]${value.open ? " and more" : ""}`;
    case "tuple":
      return `(${each(value.items).join(", ")}${value.items.length === 1 ? "," : ""})${value.open ? " and more" : ""}`;
    case "set":
      return `${value.frozen ? "frozenset" : "set"}(${each(value.items.values()).sort().join(", ")})${value.open ? " and more" : ""}`;
    case "dict": {
      const entries = [...value.entries.values()].map((entry) => each([entry.key, entry.value]).join(": "));
      return `{${entries.join(", ")}}${value.open ? " and more" : ""}`;
    }
    case "opaque":
      return `<opaque: ${value.because}>`;
    case "instance": {
      const args = value.attributes.get("args");
      const isException = value.class.mro.some(({ name }) => name === "BaseException");
      return isException && args ? `${value.class.name}(${show(args, depth + 1)})` : undefined;
    }
    default:
      return undefined;
  }
}
