import { createHash } from "node:crypto";

const notFields = new Set(["nodeType", "lineno", "col_offset", "end_lineno", "end_col_offset"]);
const numbers = new Set(["conversion", "level", "simple", "is_async"]);
const symbols = new Set(["ctx", "op"]);

/** A syntax tree as text, in the form that reference.py gives CPython's: the fields of a node by name. */
export function dumpTree(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map((item) => `${dumpTree(item)} `).join("")}]`;
  if (typeof node !== "object" || node === null || !("nodeType" in node)) return dumpConstant(node);
  const fields: Record<string, unknown> = { ...node };
  const { nodeType, lineno, col_offset, end_lineno, end_col_offset } = fields;
  const place = lineno === undefined ? "" : ` ${lineno}:${col_offset}-${end_lineno}:${end_col_offset}`;
  const shown = Object.keys(fields)
    .filter((key) => !notFields.has(key))
    .sort()
    .map((key) => ` ${key}=${dumpField(key, fields[key])}`);
  return `(${nodeType}${place}${shown.join("")})`;
}

/** What reference.py gives where the tree itself is not asked for. */
export function digestOf(dump: string): string {
  return createHash("sha1").update(dump).digest("hex");
}

function dumpField(key: string, value: unknown): string {
  if (numbers.has(key) || symbols.has(key)) return String(value);
  if (key === "ops" && Array.isArray(value)) return `[${value.map((operator) => `${operator} `).join("")}]`;
  return dumpTree(value);
}

function dumpConstant(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `${value.toString(16)}n`;
    case "number":
      return `f${double(value)}`;
    case "boolean":
      return value ? "True" : "False";
    case "symbol":
      return "...";
    case "string":
      return quote(value);
    default:
      if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")}`;
      if (typeof value === "object" && value !== null && "imag" in value)
        return `j${double(Number(value.imag))}`;
      return "None";
  }
}

function double(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
