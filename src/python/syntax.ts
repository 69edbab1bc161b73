import { parse as parseWithPyAst } from "py-ast";
import type { Location } from "../location.ts";
import type { Module } from "./tree.ts";
import { ellipsis } from "./tree.ts";

/** What does not parse: one sentence, and where. */
export interface SyntaxProblem {
  readonly message: string;
  /** What importing the file raises; SyntaxError if absent. */
  readonly exception?: "SyntaxError" | "IndentationError" | "TabError";
  readonly at: Location;
}

export type Parsed =
  | { readonly kind: "module"; readonly module: Module }
  | { readonly kind: "error"; readonly problem: SyntaxProblem };

/** Parses a file of Python. Never throws. */
export function parse(text: string, file: string): Parsed {
  const lines = text.split(/\r\n|\r|\n/);
  try {
    return { kind: "module", module: convert(parseWithPyAst(text), lines) as Module };
  } catch (error) {
    return { kind: "error", problem: problemOf(error, file) };
  }
}

function problemOf(error: unknown, file: string): SyntaxProblem {
  if (error instanceof RangeError) return { message: "too many nested expressions", at: { file, line: 1, column: 1 } };
  const said = error instanceof Error ? error.message : "invalid syntax";
  const place = / at line (\d+),? column (\d+)/.exec(said);
  return {
    message: said.replace(/ at line \d+.*$/s, ""),
    at: { file, line: Number(place?.[1] ?? 1), column: Number(place?.[2] ?? 0) + 1 },
  };
}

/** Node types that py-ast spells differently from CPython. */
const renamed: Readonly<Record<string, string>> = {
  Comprehension: "comprehension",
  Arguments: "arguments",
  Arg: "arg",
  Keyword: "keyword",
  Alias: "alias",
  WithItem: "withitem",
  MatchCase: "match_case",
};

/** Fields that py-ast leaves out where CPython has None. */
const optional: Readonly<Record<string, readonly string[]>> = {
  FunctionDef: ["returns"],
  AsyncFunctionDef: ["returns"],
  Return: ["value"],
  AnnAssign: ["value"],
  Raise: ["exc", "cause"],
  Assert: ["msg"],
  ImportFrom: ["module"],
  Yield: ["value"],
  FormattedValue: ["format_spec"],
  Interpolation: ["format_spec"],
  Constant: ["kind"],
  Slice: ["lower", "upper", "step"],
  ExceptHandler: ["type", "name"],
  Arguments: ["vararg", "kwarg"],
  Arg: ["annotation"],
  Keyword: ["arg"],
  Alias: ["asname"],
  WithItem: ["optional_vars"],
  MatchCase: ["guard"],
  MatchMapping: ["rest"],
  MatchStar: ["name"],
  MatchAs: ["pattern", "name"],
  TypeVar: ["bound", "default_value"],
  ParamSpec: ["default_value"],
  TypeVarTuple: ["default_value"],
};

/** Operators and contexts are nodes of their own in py-ast, and names here. */
const isBare = (name: string) =>
  /^(Load|Store|Del|And|Or|Not|Invert|UAdd|USub|Add|Sub|Mult|MatMult|Div|Mod|Pow|[LR]Shift|Bit(Or|Xor|And)|FloorDiv|Eq|NotEq|LtE?|GtE?|Is|IsNot|In|NotIn)$/.test(
    name,
  );

function convert(node: unknown, lines: readonly string[]): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => convert(item, lines));
  if (typeof node !== "object" || node === null || !("nodeType" in node)) return node;
  const type = String(node.nodeType);
  if (isBare(type)) return type;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(node)) fields[name] = convert(value, lines);
  fields["nodeType"] = renamed[type] ?? type;
  for (const name of optional[type] ?? []) fields[name] ??= null;
  if (type === "ImportFrom") fields["level"] ??= 0;
  if (type === "Constant") fields["value"] = constantValue(fields, lines);
  return fields;
}

function constantValue(fields: Readonly<Record<string, unknown>>, lines: readonly string[]): unknown {
  const { value, quote_style: quote } = fields;
  if (typeof value === "string") {
    if (quote === undefined && value === "...") return ellipsis;
    if (typeof quote === "string" && /^r?b/i.test(quote)) return Uint8Array.from(value, (c) => c.charCodeAt(0));
    return value;
  }
  if (typeof value === "number") {
    const text = (lines[Number(fields["lineno"]) - 1] ?? "")
      .slice(Number(fields["col_offset"]), Number(fields["end_col_offset"]))
      .replaceAll("_", "");
    if (/^0[xob][0-9a-f]+$/i.test(text)) return BigInt(text.toLowerCase());
    if (/^\d+$/.test(text)) return BigInt(text);
    return /[.eE]/.test(text) || !Number.isInteger(value) ? value : BigInt(value);
  }
  if (typeof value === "object" && value !== null && "imag" in value) return { imag: value.imag };
  return value;
}
