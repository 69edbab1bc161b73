import type { BinaryOperator, BoolOp, Compare, CompareOperator, Expression, UnaryOperator } from "../tree.ts";
import { PrimaryParser } from "./primaries.ts";
import { describe } from "./targets.ts";
import * as Token from "./token.ts";

/** How tightly operators bind: https://docs.python.org/3.14/reference/expressions.html#operator-precedence */
const orLevel = 1;
const andLevel = 2;
const notLevel = 3;
const comparisonLevel = 4;
const unaryLevel = 11;
const powerLevel = 12;

/** By kind of token, how tightly it binds what stands on both sides of it; 0 for what is no such operator. */
const levels = new Uint8Array(Token.kindCount);
levels[Token.or] = orLevel;
levels[Token.and] = andLevel;
levels[Token.doubleStar] = powerLevel;

const comparisons: [number, CompareOperator][] = [
  [Token.equalEqual, "Eq"],
  [Token.notEqual, "NotEq"],
  [Token.less, "Lt"],
  [Token.lessEqual, "LtE"],
  [Token.greater, "Gt"],
  [Token.greaterEqual, "GtE"],
  [Token.is, "Is"],
  [Token.in_, "In"],
  [Token.not, "NotIn"],
];
const comparisonOf: (CompareOperator | undefined)[] = [];
for (const [kind, operator] of comparisons) {
  levels[kind] = comparisonLevel;
  comparisonOf[kind] = operator;
}

/** From the loosest to the tightest, above the comparisons. */
const binaries: [number, BinaryOperator][][] = [
  [[Token.bar, "BitOr"]],
  [[Token.caret, "BitXor"]],
  [[Token.ampersand, "BitAnd"]],
  [
    [Token.leftShift, "LShift"],
    [Token.rightShift, "RShift"],
  ],
  [
    [Token.plus, "Add"],
    [Token.minus, "Sub"],
  ],
  [
    [Token.star, "Mult"],
    [Token.slash, "Div"],
    [Token.doubleSlash, "FloorDiv"],
    [Token.percent, "Mod"],
    [Token.at, "MatMult"],
  ],
];
const binaryOf: (BinaryOperator | undefined)[] = [];
for (const [index, level] of binaries.entries()) {
  for (const [kind, operator] of level) {
    levels[kind] = comparisonLevel + 1 + index;
    binaryOf[kind] = operator;
  }
}
binaryOf[Token.doubleStar] = "Pow";

/** The operator of an augmented assignment such as `+=`. */
export function augmentedOperator(kind: number): BinaryOperator | undefined {
  return Token.isAugmented(kind) ? binaryOf[kind - Token.augmented] : undefined;
}

/** Expressions: https://docs.python.org/3.14/reference/expressions.html */
export abstract class ExpressionParser extends PrimaryParser {
  // ── Lists of expressions without brackets ──

  protected override assignedValue(): Expression {
    return this.kind === Token.yield_ ? this.yieldExpression() : this.starExpressions();
  }

  /** One expression, or a tuple of several; each may be starred. */
  protected starExpressions(): Expression {
    const start = this.at;
    const first = this.starExpression();
    return this.kind === Token.comma ? this.bareTuple(start, first, () => this.starExpression()) : first;
  }

  /** The tuple that goes on with the comma at hand. */
  protected bareTuple(start: number, first: Expression, element: () => Expression): Expression {
    const elts = [first];
    while (this.take(Token.comma) && this.beginsExpression()) elts.push(element());
    return this.tupleFrom(start, elts);
  }

  /** Whether the current token can begin an element of a tuple. */
  protected beginsExpression(): boolean {
    const { kind } = this;
    if (kind <= Token.dedent) return false;
    if (kind <= Token.templateStart) return true;
    switch (kind) {
      case Token.openParenthesis:
      case Token.openBracket:
      case Token.openBrace:
      case Token.ellipsis:
      case Token.plus:
      case Token.minus:
      case Token.tilde:
      case Token.star:
      case Token.not:
      case Token.lambda:
      case Token.await_:
      case Token.True_:
      case Token.False_:
      case Token.None_:
        return true;
      default:
        return false;
    }
  }

  protected override starExpression(): Expression {
    return this.kind === Token.star ? this.starredOperand() : this.expression();
  }

  protected override starNamedExpression(): Expression {
    return this.kind === Token.star ? this.starredOperand() : this.namedExpression();
  }

  private starredOperand(): Expression {
    const start = this.at;
    this.advance();
    return this.starredFrom(start, this.bitwiseOr());
  }

  /** What may stand left of `=`, of `in` after `for`, and behind `as`. */
  protected override starTargets(): Expression {
    const start = this.at;
    const first = this.starTarget();
    if (this.kind !== Token.comma) return first;
    return this.target(
      this.bareTuple(start, first, () => this.starTarget()),
      "Store",
    );
  }

  protected starTarget(): Expression {
    return this.target(this.kind === Token.star ? this.starredOperand() : this.bitwiseOr(), "Store");
  }

  protected override yieldExpression(): Expression {
    const start = this.at;
    this.advance();
    if (this.take(Token.from)) {
      const value = this.expression();
      return {
        nodeType: "YieldFrom",
        lineno: this.startLine(start),
        col_offset: this.startColumn(start),
        end_lineno: this.endLine(),
        end_col_offset: this.endColumn(),
        value,
      };
    }
    const value = this.beginsExpression() ? this.starExpressions() : null;
    return {
      nodeType: "Yield",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  // ── One expression ──

  protected override namedExpression(): Expression {
    if (this.kind !== Token.name || this.nextKind !== Token.colonEqual) {
      const value = this.expression();
      if (this.kind !== Token.colonEqual) return value;
      throw this.failure(`cannot use assignment expressions with ${describe(value)}`);
    }
    const start = this.at;
    const target = this.name("Store");
    this.advance();
    const value = this.expression();
    return {
      nodeType: "NamedExpr",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      target,
      value,
    };
  }

  protected override expression(): Expression {
    if (this.kind === Token.lambda) return this.lambda();
    const start = this.at;
    this.enter();
    const body = this.operation(0);
    if (this.kind !== Token.if_) {
      this.leave();
      return body;
    }
    this.advance();
    const test = this.operation(0);
    if (this.kind !== Token.else_) {
      if (this.kind === Token.colon) throw this.unexpected();
      throw this.failure("expected 'else' after 'if' expression", start);
    }
    this.advance();
    const orelse = this.expression();
    this.leave();
    return {
      nodeType: "IfExp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      test,
      body,
      orelse,
    };
  }

  private lambda(): Expression {
    const start = this.at;
    this.enter();
    this.advance();
    const args = this.parameters(Token.colon);
    this.advance();
    if (this.kind === Token.templateMiddle) {
      throw this.failure("f-string: lambda expressions are not allowed without parentheses", start);
    }
    const body = this.expression();
    this.leave();
    return {
      nodeType: "Lambda",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      args,
      body,
    };
  }

  protected override disjunction(): Expression {
    return this.operation(0);
  }

  protected override bitwiseOr(): Expression {
    return this.operation(comparisonLevel);
  }

  // ── Operators ──

  /** Operands joined by operators that bind more tightly than `floor`. */
  private operation(floor: number): Expression {
    const start = this.at;
    let left = this.operand(floor);
    for (let links = 1; ; links++) {
      const level = levels[this.kind] ?? 0;
      if (level <= floor) return left;
      if (level === comparisonLevel) {
        if (this.kind === Token.not && this.nextKind !== Token.in_) return left;
        left = this.comparison(start, left);
      } else if (level <= andLevel) left = this.boolean(start, left, level);
      else left = this.binary(start, left, level);
      this.checkChain(links);
    }
  }

  private operand(floor: number): Expression {
    switch (this.kind) {
      case Token.minus:
        return this.unary("USub", unaryLevel);
      case Token.plus:
        return this.unary("UAdd", unaryLevel);
      case Token.tilde:
        return this.unary("Invert", unaryLevel);
      case Token.not:
        if (floor >= notLevel) throw this.unexpected();
        return this.unary("Not", notLevel);
      case Token.await_:
        return this.awaited();
      default:
        return this.primary();
    }
  }

  private unary(op: UnaryOperator, level: number): Expression {
    const start = this.at;
    this.enter();
    this.advance();
    // The operand binds as tightly as the operator itself: `- -x`, `not not x`.
    const operand = this.operation(level - 1);
    this.leave();
    return {
      nodeType: "UnaryOp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      op,
      operand,
    };
  }

  private awaited(): Expression {
    const start = this.at;
    this.advance();
    const value = this.primary();
    return {
      nodeType: "Await",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  private binary(start: number, left: Expression, level: number): Expression {
    const op = binaryOf[this.kind] ?? "Add";
    this.advance();
    let right: Expression;
    if (level === powerLevel) {
      this.enter();
      right = this.operation(unaryLevel - 1);
      this.leave();
    } else right = this.operation(level);
    return {
      nodeType: "BinOp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      left,
      op,
      right,
    };
  }

  private boolean(start: number, left: Expression, level: number): BoolOp {
    const { kind } = this;
    const values = [left];
    while (this.take(kind)) values.push(this.operation(level));
    return {
      nodeType: "BoolOp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      op: level === orLevel ? "Or" : "And",
      values,
    };
  }

  private comparison(start: number, left: Expression): Compare {
    const ops: CompareOperator[] = [];
    const comparators: Expression[] = [];
    for (;;) {
      const operator = comparisonOf[this.kind];
      if (operator === undefined || (operator === "NotIn" && this.nextKind !== Token.in_)) break;
      this.advance();
      if (operator === "NotIn") this.advance();
      ops.push(operator === "Is" && this.take(Token.not) ? "IsNot" : operator);
      comparators.push(this.operation(comparisonLevel));
    }
    return {
      nodeType: "Compare",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      left,
      ops,
      comparators,
    };
  }
}
