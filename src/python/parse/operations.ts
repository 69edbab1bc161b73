import type { BinaryOperator, BoolOp, Compare, CompareOperator, Expression, UnaryOperator } from "../tree.ts";
import { PrimaryParser } from "./primaries.ts";
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

/** What operators make of their operands. */
export abstract class OperationParser extends PrimaryParser {
  protected override disjunction(): Expression {
    return this.operation(0);
  }

  protected override bitwiseOr(): Expression {
    return this.operation(comparisonLevel);
  }

  /** Operands joined by operators that bind more tightly than `floor`. */
  protected operation(floor: number): Expression {
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
