import type {
  Arguments,
  ClassDef,
  ExceptHandler,
  Expression,
  FunctionDef,
  If,
  Keyword,
  MatchCase,
  Module,
  Statement,
  WithItem,
} from "../tree.ts";
import { SimpleStatementParser } from "./simple-statements.ts";
import * as Token from "./token.ts";

type Body = readonly Statement[];

/** Statements with blocks, and the module: https://docs.python.org/3.14/reference/compound_stmts.html */
export class StatementParser extends SimpleStatementParser {
  module(): Module {
    const body: Statement[] = [];
    while (this.kind !== Token.endMarker) this.statement(body);
    return { nodeType: "Module", body };
  }

  /** Adds a statement, or those of one line. */
  private statement(body: Statement[]): void {
    switch (this.kind) {
      case Token.if_:
        body.push(this.ifStatement());
        return;
      case Token.def:
        body.push(this.functionDefinition(this.at, [], false));
        return;
      case Token.class_:
        body.push(this.classDefinition([]));
        return;
      case Token.at:
        body.push(this.decorated());
        return;
      case Token.for_:
        body.push(this.forStatement(this.at, false));
        return;
      case Token.while_:
        body.push(this.whileStatement());
        return;
      case Token.try_:
        body.push(this.tryStatement());
        return;
      case Token.with_:
        body.push(this.withStatement(this.at, false));
        return;
      case Token.async:
        body.push(this.asyncStatement());
        return;
      case Token.name:
        if (this.isWord(this.at, "match") && this.beginsMatch()) {
          body.push(this.matchStatement());
          return;
        }
        break;
    }
    this.simpleStatements(body);
  }

  /** The colon and the block of the statement that began at `start`. */
  private block(start: number, what: string): Statement[] {
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

  private expectIndent(start: number, what: string): void {
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

  private ifStatement(): Statement {
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

  private whileStatement(): Statement {
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

  private forStatement(start: number, isAsync: boolean): Statement {
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

  private asyncStatement(): Statement {
    const start = this.at;
    this.advance();
    switch (this.kind) {
      case Token.def:
        return this.functionDefinition(start, [], true);
      case Token.for_:
        return this.forStatement(start, true);
      case Token.with_:
        return this.withStatement(start, true);
      default:
        throw this.unexpected();
    }
  }

  // ── Functions and classes ──

  private decorated(): Statement {
    const decorators: Expression[] = [];
    while (this.take(Token.at)) {
      decorators.push(this.namedExpression());
      this.expect(Token.newline);
    }
    const start = this.at;
    if (this.kind === Token.class_) return this.classDefinition(decorators);
    const isAsync = this.take(Token.async);
    if (this.kind !== Token.def) throw this.unexpected();
    return this.functionDefinition(start, decorators, isAsync);
  }

  private functionDefinition(start: number, decorator_list: Expression[], isAsync: boolean): Statement {
    this.advance();
    const name = this.takeName();
    const type_params = this.typeParameters();
    if (this.kind !== Token.openParenthesis) throw this.failure("expected '('");
    this.advance();
    const args: Arguments = this.parameters(Token.closeParenthesis);
    this.advance();
    const returns = this.take(Token.arrow) ? this.expression() : null;
    if (this.kind !== Token.colon) throw this.failure("expected ':'");
    const body = this.block(start, "function definition");
    const nodeType: FunctionDef["nodeType"] | "AsyncFunctionDef" = isAsync ? "AsyncFunctionDef" : "FunctionDef";
    return {
      nodeType,
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      name,
      args,
      body,
      decorator_list,
      returns,
      type_params,
    };
  }

  private classDefinition(decorator_list: Expression[]): ClassDef {
    const start = this.at;
    this.advance();
    const name = this.takeName();
    const type_params = this.typeParameters();
    let bases: Expression[] = [];
    let keywords: Keyword[] = [];
    if (this.kind === Token.openParenthesis) ({ args: bases, keywords } = this.arguments(false));
    const body = this.block(start, "class definition");
    return {
      nodeType: "ClassDef",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      name,
      bases,
      keywords,
      body,
      decorator_list,
      type_params,
    };
  }

  // ── with ──

  private withStatement(start: number, isAsync: boolean): Statement {
    this.advance();
    // Parentheses may belong to the statement or to the first item; the statement comes first.
    const items =
      this.kind === Token.openParenthesis
        ? this.either(
            () => this.parenthesizedItems(),
            () => this.withItems(),
          )
        : this.withItems();
    const body = this.block(start, "'with' statement");
    return {
      nodeType: isAsync ? "AsyncWith" : "With",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      items,
      body,
    };
  }

  private parenthesizedItems(): WithItem[] {
    this.advance();
    const items = [this.withItem()];
    while (this.take(Token.comma) && this.kind !== Token.closeParenthesis) items.push(this.withItem());
    this.expect(Token.closeParenthesis);
    if (this.kind !== Token.colon) throw this.kind === Token.newline ? this.failure("expected ':'") : this.unexpected();
    return items;
  }

  private withItems(): WithItem[] {
    const items = [this.withItem()];
    while (this.take(Token.comma)) items.push(this.withItem());
    return items;
  }

  private withItem(): WithItem {
    const context_expr = this.expression();
    const optional_vars = this.take(Token.as) ? this.starTarget() : null;
    return { nodeType: "withitem", context_expr, optional_vars };
  }

  // ── try ──

  private tryStatement(): Statement {
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

  // ── match ──

  /** `match` is a keyword only before a subject and a colon that ends the line. */
  private beginsMatch(): boolean {
    const next = this.nextKind;
    if (next === Token.equal || next === Token.dot || next === Token.comma || next === Token.newline) return false;
    let index = this.at + 1;
    while (this.kindAt(index) !== Token.newline) {
      if (this.kindAt(index) === Token.endMarker || this.kindAt(index) === Token.unknown) return false;
      index++;
    }
    return index > this.at + 2 && this.kindAt(index - 1) === Token.colon && this.kindAt(index + 1) === Token.indent;
  }

  private matchStatement(): Statement {
    const start = this.at;
    this.advance();
    const first = this.at;
    let subject = this.starNamedExpression();
    if (this.kind === Token.comma) subject = this.bareTuple(first, subject, () => this.starNamedExpression());
    else if (subject.nodeType === "Starred") throw this.unexpected();
    this.expect(Token.colon);
    this.expect(Token.newline);
    this.expect(Token.indent);
    const cases: MatchCase[] = [];
    while (this.kind !== Token.dedent) {
      if (!this.isWord(this.at, "case")) throw this.unexpected();
      cases.push(this.matchCase());
    }
    this.advance();
    return {
      nodeType: "Match",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.bodyEndLine(),
      end_col_offset: this.bodyEndColumn(),
      subject,
      cases,
    };
  }

  private matchCase(): MatchCase {
    const start = this.at;
    this.advance();
    const pattern = this.patterns();
    const guard = this.take(Token.if_) ? this.namedExpression() : null;
    const body = this.block(start, "'case' statement");
    return { nodeType: "match_case", pattern, guard, body };
  }
}
