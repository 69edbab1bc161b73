import type { ExceptHandler, Expression, If, Statement } from "../tree.ts";
import { SimpleStatementParser } from "./simple-statements.ts";
import * as Token from "./token.ts";

type Body = readonly Statement[];

/** Blocks, and the statements that say whether and how often they run. */
export abstract class BlockParser extends SimpleStatementParser {
  /** Adds a statement, or those of one line. */
  protected abstract statement(body: Statement[]): void;

  /** The colon and the block of the statement that began at `start`. */
  protected block(start: number, what: string): Statement[] {
    if (this.kind !== Token.colon) {
      throw this.kind === Token.newline ? this.failure("expected ':'") : this.unexpected();
    }
    this.advance();
    const body: Statement[] = [];
    if (!this.take(Token.newline)) {
      this.simpleStatements(body);
      return body;
    }
    this.enter();
    this.expectIndent(start, what);
    while (this.kind !== Token.dedent) {
      if (this.kind === Token.endMarker) throw this.unexpected();
      this.statement(body);
    }
    this.advance();
    this.leave();
    return body;
  }

  protected expectIndent(start: number, what: string): void {
    if (this.take(Token.indent)) return;
    if (this.kind === Token.unknown && this.tokens.failure !== null) throw this.unexpected();
    const message = `expected an indented block after ${what} on line ${this.startLine(start)}`;
    throw this.indentationFailure(message);
  }

  private elseBlock(): Statement[] {
    const start = this.at;
    return this.take(Token.else_) ? this.block(start, "'else' statement") : [];
  }

  // ── Branches and loops ──

  protected ifStatement(): Statement {
    const branches: { start: number; test: Expression; body: Body }[] = [];
    do {
      const start = this.at;
      const word = this.kind === Token.if_ ? "'if' statement" : "'elif' statement";
      this.advance();
      const test = this.namedExpression();
      branches.push({ start, test, body: this.block(start, word) });
      this.checkChain(branches.length);
    } while (this.kind === Token.elif);
    let orelse: Body = this.elseBlock();
    const end_lineno = this.bodyEndLine();
    const end_col_offset = this.bodyEndColumn();
    for (const { start, test, body } of branches.reverse()) {
      const lineno = this.startLine(start);
      const col_offset = this.startColumn(start);
      const node: If = { nodeType: "If", lineno, col_offset, end_lineno, end_col_offset, test, body, orelse };
      orelse = [node];
    }
    const [outermost] = orelse;
    if (outermost === undefined) throw this.unexpected();
    return outermost;
  }

  protected whileStatement(): Statement {
    const start = this.at;
    this.advance();
    const test = this.namedExpression();
    const body = this.block(start, "'while' statement");
    const orelse = this.elseBlock();
    return {
      nodeType: "While",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      test,
      body,
      orelse,
    };
  }

  protected forStatement(start: number, isAsync: boolean): Statement {
    this.advance();
    const target = this.starTargets();
    this.expect(Token.in_);
    const iter = this.starExpressions();
    const body = this.block(start, "'for' statement");
    const orelse = this.elseBlock();
    return {
      nodeType: isAsync ? "AsyncFor" : "For",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      target,
      iter,
      body,
      orelse,
    };
  }

  // ── try ──

  protected tryStatement(): Statement {
    const start = this.at;
    this.advance();
    if (this.kind !== Token.colon) throw this.failure("expected ':'");
    const body = this.block(start, "'try' statement");
    const handlers: ExceptHandler[] = [];
    let isStar = false;
    while (this.kind === Token.except) {
      const hasStar = this.nextKind === Token.star;
      if (handlers.length > 0 && hasStar !== isStar) {
        throw this.failure("cannot have both 'except' and 'except*' on the same 'try'");
      }
      isStar = hasStar;
      handlers.push(this.handler(isStar));
    }
    const orelse = handlers.length > 0 ? this.elseBlock() : [];
    const last = this.at;
    const finalbody = this.take(Token.finally_) ? this.block(last, "'finally' statement") : [];
    if (handlers.length === 0 && finalbody.length === 0) {
      throw this.failure("expected 'except' or 'finally' block");
    }
    return {
      nodeType: isStar ? "TryStar" : "Try",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      body,
      handlers,
      orelse,
      finalbody,
    };
  }

  private handler(isStar: boolean): ExceptHandler {
    const start = this.at;
    this.advance();
    if (isStar) this.advance();
    let type: Expression | null = null;
    let name: string | null = null;
    if (isStar || this.kind !== Token.colon) {
      if (isStar && this.kind === Token.colon) throw this.failure("expected one or more exception types");
      const first = this.at;
      type = this.expression();
      if (this.kind === Token.comma) {
        // Without parentheses since 3.14; until then, and in Python 2 with another meaning, a syntax error.
        type = this.bareTuple(first, type, () => this.expression());
        if (this.kind === Token.as) {
          throw this.failure("multiple exception types must be parenthesized when using 'as'", first);
        }
      } else if (this.take(Token.as)) name = this.takeName();
    }
    const body = this.block(start, isStar ? "'except*' statement" : "'except' statement");
    return {
      nodeType: "ExceptHandler",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      type,
      name,
      body,
    };
  }
}
