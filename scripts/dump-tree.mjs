/** A syntax tree as text, in the form that parser-reference.py gives CPython's: the fields of a node by name. */
export function dumpTree(node) {
  if (Array.isArray(node)) return `[${node.map((item) => `${dumpTree(item)} `).join("")}]`;
  if (node === null) return "None";
  if (typeof node === "string") return quote(node);
  if (typeof node !== "object") return dumpConstant(node);
  const { nodeType } = node;
  let place = "";
  if ("lineno" in node) {
    place = ` ${node.lineno}:${node.col_offset}-${node.end_lineno}:${node.end_col_offset}`;
  }
  const fields = Object.keys(node)
    .filter((key) => !notFields.has(key))
    .sort()
    .map((key) => ` ${key}=${dumpField(nodeType, key, node[key])}`);
  return `(${nodeType}${place}${fields.join("")})`;
}

const notFields = new Set(["nodeType", "lineno", "col_offset", "end_lineno", "end_col_offset"]);
const numbers = new Set(["conversion", "level", "simple", "is_async"]);
const symbols = new Set(["ctx", "op"]);

function dumpField(nodeType, key, value) {
  if (numbers.has(key)) return String(value);
  if (symbols.has(key)) return value;
  if (key === "ops") return `[${value.map((operator) => `${operator} `).join("")}]`;
  if (key === "value" && (nodeType === "Constant" || nodeType === "MatchSingleton"))
    return dumpConstant(value);
  return dumpTree(value);
}

function dumpConstant(value) {
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
  }
  if (value === null) return "None";
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")}`;
  return `j${double(value.imag)}`;
}

function double(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

function quote(text) {
  return JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
