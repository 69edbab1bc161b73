import type { Expression } from "../tree.ts";
import { OperationParser } from "./operations.ts";
import { describe, mayBeCompared, maybeEqual } from "./targets.ts";
import * as Token from "./token.ts";

/** Expressions: https://docs.python.org/3.14/reference/expressions.html */
export abstract class ExpressionParser extends OperationParser {
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
  protected beginsExpression(kind = this.kind): boolean {
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

  protected override namedExpression(isArgument = false): Expression {
    if (this.kind !== Token.name || this.nextKind !== Token.colonEqual) {
      const start = this.at;
      const value = this.expression();
      if (this.kind === Token.colonEqual) {
        throw this.failureOf(value, `cannot use assignment expressions with ${describe(value)}`);
      }
      if (this.kind === Token.equal && !isArgument) throw this.notAssigned(start, value);
      return value;
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

  /** To throw where a value is wanted, and `=` follows it. */
  private notAssigned(start: number, value: Expression): Error {
    if (!this.beginsExpression(this.nextKind)) return this.unexpected();
    if (value.nodeType === "Name" && start === this.at - 1) {
      return this.failure("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start);
    }
    if (!mayBeCompared(value) || value.nodeType === "List" || value.nodeType === "Tuple")
      return this.unexpected();
    return this.failureOf(value, `cannot assign to ${describe(value)}${maybeEqual}`);
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
}
