import type {
  Arguments,
  ClassDef,
  Expression,
  FunctionDef,
  Keyword,
  MatchCase,
  Module,
  Statement,
  WithItem,
} from "../tree.ts";
import { BlockParser } from "./blocks.ts";
import { unknownFeature } from "./future.ts";
import * as Token from "./token.ts";

/** Statements with blocks, and the module: https://docs.python.org/3.14/reference/compound_stmts.html */
export class StatementParser extends BlockParser {
  module(): Module {
    const body: Statement[] = [];
    while (this.kind !== Token.endMarker) this.statement(body);
    const module: Module = { nodeType: "Module", body };
    const unknown = unknownFeature(module);
    if (unknown === undefined) return module;
    const isJoke = unknown.name === "braces";
    throw this.failureOf(unknown, isJoke ? "not a chance" : `future feature ${unknown.name} is not defined`);
  }

  /** Adds a statement, or those of one line. */
  protected override statement(body: Statement[]): void {
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
    const nodeType: FunctionDef["nodeType"] | "AsyncFunctionDef" = isAsync
      ? "AsyncFunctionDef"
      : "FunctionDef";
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
    if (this.kind !== Token.colon)
      throw this.kind === Token.newline ? this.failure("expected ':'") : this.unexpected();
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

  // ── match ──

  /** `match` is a keyword only before a subject and a colon that ends the line. */
  private beginsMatch(): boolean {
    const next = this.nextKind;
    if (next === Token.equal || next === Token.dot || next === Token.comma || next === Token.newline)
      return false;
    let index = this.at + 1;
    while (this.kindAt(index) !== Token.newline) {
      if (this.kindAt(index) === Token.endMarker || this.kindAt(index) === Token.unknown) return false;
      index++;
    }
    return index > this.at + 2 && this.kindAt(index - 1) === Token.colon;
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
    this.expectIndent(start, "'match' statement");
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
