/**
 * The syntax tree: CPython's `ast` (https://docs.python.org/3.14/library/ast.html), with its names.
 *
 * `lineno` counts from 1 and `col_offset` from 0, as in CPython, but columns are UTF-16 code units
 * where CPython counts UTF-8 bytes.
 */
export interface Span {
  readonly lineno: number;
  readonly col_offset: number;
  readonly end_lineno: number;
  readonly end_col_offset: number;
}

interface Node<Type extends string> extends Span {
  readonly nodeType: Type;
}

export interface Module {
  readonly nodeType: "Module";
  readonly body: readonly Statement[];
}

// ── Statements ──

export type Statement =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Match
  | Raise
  | Try
  | TryStar
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue;

type Body = readonly Statement[];

interface FunctionLike {
  readonly name: string;
  readonly args: Arguments;
  readonly body: Body;
  readonly decorator_list: readonly Expression[];
  readonly returns: Expression | null;
  readonly type_params: readonly TypeParameter[];
}
export interface FunctionDef extends Node<"FunctionDef">, FunctionLike {}
export interface AsyncFunctionDef extends Node<"AsyncFunctionDef">, FunctionLike {}
export interface ClassDef extends Node<"ClassDef"> {
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly keywords: readonly Keyword[];
  readonly body: Body;
  readonly decorator_list: readonly Expression[];
  readonly type_params: readonly TypeParameter[];
}
export interface Return extends Node<"Return"> {
  readonly value: Expression | null;
}
export interface Delete extends Node<"Delete"> {
  readonly targets: readonly Expression[];
}
export interface Assign extends Node<"Assign"> {
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface TypeAlias extends Node<"TypeAlias"> {
  readonly name: Name;
  readonly type_params: readonly TypeParameter[];
  readonly value: Expression;
}
export interface AugAssign extends Node<"AugAssign"> {
  readonly target: Expression;
  readonly op: BinaryOperator;
  readonly value: Expression;
}
export interface AnnAssign extends Node<"AnnAssign"> {
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
  readonly simple: 0 | 1;
}
interface ForLike {
  readonly target: Expression;
  readonly iter: Expression;
  readonly body: Body;
  readonly orelse: Body;
}
export interface For extends Node<"For">, ForLike {}
export interface AsyncFor extends Node<"AsyncFor">, ForLike {}
export interface While extends Node<"While"> {
  readonly test: Expression;
  readonly body: Body;
  readonly orelse: Body;
}
export interface If extends Node<"If"> {
  readonly test: Expression;
  readonly body: Body;
  readonly orelse: Body;
}
export interface With extends Node<"With"> {
  readonly items: readonly WithItem[];
  readonly body: Body;
}
export interface AsyncWith extends Node<"AsyncWith"> {
  readonly items: readonly WithItem[];
  readonly body: Body;
}
export interface Match extends Node<"Match"> {
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface Raise extends Node<"Raise"> {
  readonly exc: Expression | null;
  readonly cause: Expression | null;
}
interface TryLike {
  readonly body: Body;
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: Body;
  readonly finalbody: Body;
}
export interface Try extends Node<"Try">, TryLike {}
export interface TryStar extends Node<"TryStar">, TryLike {}
export interface Assert extends Node<"Assert"> {
  readonly test: Expression;
  readonly msg: Expression | null;
}
export interface Import extends Node<"Import"> {
  readonly names: readonly Alias[];
}
export interface ImportFrom extends Node<"ImportFrom"> {
  readonly module: string | null;
  readonly names: readonly Alias[];
  readonly level: number;
}
export interface Global extends Node<"Global"> {
  readonly names: readonly string[];
}
export interface Nonlocal extends Node<"Nonlocal"> {
  readonly names: readonly string[];
}
/** CPython's `Expr`. */
export interface ExpressionStatement extends Node<"Expr"> {
  readonly value: Expression;
}
export interface Pass extends Node<"Pass"> {}
export interface Break extends Node<"Break"> {}
export interface Continue extends Node<"Continue"> {}

// ── Expressions ──

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | DictExpression
  | SetExpression
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | Interpolation
  | JoinedStr
  | TemplateStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | ListExpression
  | TupleExpression
  | Slice;

export type BinaryOperator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type CompareOperator = "Eq" | "NotEq" | "Lt" | "LtE" | "Gt" | "GtE" | "Is" | "IsNot" | "In" | "NotIn";
export type Context = "Load" | "Store" | "Del";

export interface BoolOp extends Node<"BoolOp"> {
  readonly op: "And" | "Or";
  readonly values: readonly Expression[];
}
export interface NamedExpr extends Node<"NamedExpr"> {
  readonly target: Name;
  readonly value: Expression;
}
export interface BinOp extends Node<"BinOp"> {
  readonly left: Expression;
  readonly op: BinaryOperator;
  readonly right: Expression;
}
export interface UnaryOp extends Node<"UnaryOp"> {
  readonly op: UnaryOperator;
  readonly operand: Expression;
}
export interface Lambda extends Node<"Lambda"> {
  readonly args: Arguments;
  readonly body: Expression;
}
export interface IfExp extends Node<"IfExp"> {
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}
export interface DictExpression extends Node<"Dict"> {
  /** null where the value is unpacked: `{**value}`. */
  readonly keys: readonly (Expression | null)[];
  readonly values: readonly Expression[];
}
export interface SetExpression extends Node<"Set"> {
  readonly elts: readonly Expression[];
}
export interface ListComp extends Node<"ListComp"> {
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface SetComp extends Node<"SetComp"> {
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Node<"DictComp"> {
  readonly key: Expression;
  readonly value: Expression;
  readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends Node<"GeneratorExp"> {
  readonly elt: Expression;
  readonly generators: readonly Comprehension[];
}
export interface Await extends Node<"Await"> {
  readonly value: Expression;
}
export interface Yield extends Node<"Yield"> {
  readonly value: Expression | null;
}
export interface YieldFrom extends Node<"YieldFrom"> {
  readonly value: Expression;
}
export interface Compare extends Node<"Compare"> {
  readonly left: Expression;
  readonly ops: readonly CompareOperator[];
  readonly comparators: readonly Expression[];
}
export interface Call extends Node<"Call"> {
  readonly func: Expression;
  readonly args: readonly Expression[];
  readonly keywords: readonly Keyword[];
}
export interface FormattedValue extends Node<"FormattedValue"> {
  readonly value: Expression;
  /** -1, or the character code of "s", "r" or "a". */
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
export interface Interpolation extends Node<"Interpolation"> {
  readonly value: Expression;
  readonly str: string;
  readonly conversion: number;
  readonly format_spec: JoinedStr | null;
}
export interface JoinedStr extends Node<"JoinedStr"> {
  readonly values: readonly (Constant | FormattedValue)[];
}
export interface TemplateStr extends Node<"TemplateStr"> {
  readonly values: readonly (Constant | Interpolation)[];
}

/** `...` */
export const ellipsis = Symbol("...");
/** `2j` */
export interface Imaginary {
  readonly imag: number;
}
/** None, bool, int (bigint), float (number), complex, str, bytes and Ellipsis, told apart by their JavaScript type. */
export type ConstantValue =
  | null
  | boolean
  | bigint
  | number
  | Imaginary
  | string
  | Uint8Array
  | typeof ellipsis;

export interface Constant extends Node<"Constant"> {
  readonly value: ConstantValue;
  /** "u" for `u"…"`. */
  readonly kind: "u" | null;
}
export interface Attribute extends Node<"Attribute"> {
  readonly value: Expression;
  readonly attr: string;
  readonly ctx: Context;
}
export interface Subscript extends Node<"Subscript"> {
  readonly value: Expression;
  readonly slice: Expression;
  readonly ctx: Context;
}
export interface Starred extends Node<"Starred"> {
  readonly value: Expression;
  readonly ctx: Context;
}
export interface Name extends Node<"Name"> {
  readonly id: string;
  readonly ctx: Context;
}
export interface ListExpression extends Node<"List"> {
  readonly elts: readonly Expression[];
  readonly ctx: Context;
}
export interface TupleExpression extends Node<"Tuple"> {
  readonly elts: readonly Expression[];
  readonly ctx: Context;
}
export interface Slice extends Node<"Slice"> {
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}

// ── Parts ──

export interface Comprehension {
  readonly nodeType: "comprehension";
  readonly target: Expression;
  readonly iter: Expression;
  readonly ifs: readonly Expression[];
  readonly is_async: 0 | 1;
}
export interface ExceptHandler extends Node<"ExceptHandler"> {
  readonly type: Expression | null;
  readonly name: string | null;
  readonly body: Body;
}
export interface Arguments {
  readonly nodeType: "arguments";
  readonly posonlyargs: readonly Argument[];
  readonly args: readonly Argument[];
  readonly vararg: Argument | null;
  readonly kwonlyargs: readonly Argument[];
  /** null where a keyword-only argument has no default. */
  readonly kw_defaults: readonly (Expression | null)[];
  readonly kwarg: Argument | null;
  /** Of the last positional arguments. */
  readonly defaults: readonly Expression[];
}
export interface Argument extends Node<"arg"> {
  readonly arg: string;
  readonly annotation: Expression | null;
}
export interface Keyword extends Node<"keyword"> {
  /** null for `**value`. */
  readonly arg: string | null;
  readonly value: Expression;
}
export interface Alias extends Node<"alias"> {
  readonly name: string;
  readonly asname: string | null;
}
export interface WithItem {
  readonly nodeType: "withitem";
  readonly context_expr: Expression;
  readonly optional_vars: Expression | null;
}
export interface MatchCase {
  readonly nodeType: "match_case";
  readonly pattern: Pattern;
  readonly guard: Expression | null;
  readonly body: Body;
}

export type Pattern =
  | MatchValue
  | MatchSingleton
  | MatchSequence
  | MatchMapping
  | MatchClass
  | MatchStar
  | MatchAs
  | MatchOr;
export interface MatchValue extends Node<"MatchValue"> {
  readonly value: Expression;
}
export interface MatchSingleton extends Node<"MatchSingleton"> {
  readonly value: null | boolean;
}
export interface MatchSequence extends Node<"MatchSequence"> {
  readonly patterns: readonly Pattern[];
}
export interface MatchMapping extends Node<"MatchMapping"> {
  readonly keys: readonly Expression[];
  readonly patterns: readonly Pattern[];
  readonly rest: string | null;
}
export interface MatchClass extends Node<"MatchClass"> {
  readonly cls: Expression;
  readonly patterns: readonly Pattern[];
  readonly kwd_attrs: readonly string[];
  readonly kwd_patterns: readonly Pattern[];
}
export interface MatchStar extends Node<"MatchStar"> {
  readonly name: string | null;
}
export interface MatchAs extends Node<"MatchAs"> {
  readonly pattern: Pattern | null;
  readonly name: string | null;
}
export interface MatchOr extends Node<"MatchOr"> {
  readonly patterns: readonly Pattern[];
}

export type TypeParameter = TypeVar | ParamSpec | TypeVarTuple;
export interface TypeVar extends Node<"TypeVar"> {
  readonly name: string;
  readonly bound: Expression | null;
  readonly default_value: Expression | null;
}
export interface ParamSpec extends Node<"ParamSpec"> {
  readonly name: string;
  readonly default_value: Expression | null;
}
export interface TypeVarTuple extends Node<"TypeVarTuple"> {
  readonly name: string;
  readonly default_value: Expression | null;
}
