import type { Alias, Expression, Statement } from "../tree.ts";
import { augmentedOperator } from "./operations.ts";
import { PatternParser } from "./patterns.ts";
import { describe, maybeEqual } from "./targets.ts";
import * as Token from "./token.ts";

/** Statements on one line: https://docs.python.org/3.14/reference/simple_stmts.html */
export abstract class SimpleStatementParser extends PatternParser {
  /** One or more of them, up to and with the end of the line. */
  protected simpleStatements(body: Statement[]): void {
    do {
      body.push(this.simpleStatement());
    } while (this.take(Token.semicolon) && this.kind !== Token.newline);
    if (this.kind !== Token.newline) throw this.unexpected();
    this.advance();
  }

  private simpleStatement(): Statement {
    switch (this.kind) {
      case Token.name:
        if (this.nextKind === Token.name && this.isWord(this.at, "type")) return this.typeAlias();
        return this.expressionStatement();
      case Token.pass:
        return this.keywordStatement("Pass");
      case Token.break_:
        return this.keywordStatement("Break");
      case Token.continue_:
        return this.keywordStatement("Continue");
      case Token.return_:
        return this.returnStatement();
      case Token.import_:
        return this.importStatement();
      case Token.from:
        return this.importFrom();
      case Token.raise:
        return this.raiseStatement();
      case Token.del:
        return this.deleteStatement();
      case Token.assert:
        return this.assertStatement();
      case Token.global:
        return this.scopeStatement("Global");
      case Token.nonlocal:
        return this.scopeStatement("Nonlocal");
      default:
        return this.expressionStatement();
    }
  }

  private keywordStatement(nodeType: "Pass" | "Break" | "Continue"): Statement {
    const start = this.at;
    this.advance();
    return {
      nodeType,
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
    };
  }

  // ── Expressions and assignments ──

  private expressionStatement(): Statement {
    const start = this.at;
    const value = this.assignedValue();
    if (this.kind === Token.equal) return this.assignment(start, value);
    if (this.kind === Token.colon) return this.annotation(start, value);
    if (Token.isAugmented(this.kind)) return this.augmentedAssignment(start, value);
    return {
      nodeType: "Expr",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  private assignment(start: number, first: Expression): Statement {
    const targets: Expression[] = [];
    let value = first;
    while (this.kind === Token.equal) {
      if (value.nodeType === "Yield" || value.nodeType === "YieldFrom") {
        if (this.startColumn(start) === value.col_offset) {
          throw this.failureOf(value, "assignment to yield expression not possible");
        }
      }
      targets.push(this.target(value, "Store", targets.length === 0 ? maybeEqual : ""));
      this.advance();
      value = this.assignedValue();
    }
    return {
      nodeType: "Assign",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      targets,
      value,
    };
  }

  private annotation(start: number, target: Expression): Statement {
    const { nodeType } = target;
    if (nodeType !== "Name" && nodeType !== "Attribute" && nodeType !== "Subscript") {
      const isList = nodeType === "Tuple" || nodeType === "List";
      const what = isList
        ? `only single target (not ${describe(target)}) can be annotated`
        : "illegal target for annotation";
      const isYield = nodeType === "Yield" || nodeType === "YieldFrom";
      if (isYield || nodeType === "Starred" || !this.beginsExpression(this.nextKind)) throw this.unexpected();
      throw this.failureOf(target, what);
    }
    const isSimple = nodeType === "Name" && this.kindAt(start) === Token.name;
    this.target(target, "Store");
    this.advance();
    const annotation = this.expression();
    const value = this.take(Token.equal) ? this.assignedValue() : null;
    return {
      nodeType: "AnnAssign",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      target,
      annotation,
      value,
      simple: isSimple ? 1 : 0,
    };
  }

  private augmentedAssignment(start: number, target: Expression): Statement {
    const op = augmentedOperator(this.kind);
    const { nodeType } = target;
    if (op === undefined || (nodeType !== "Name" && nodeType !== "Attribute" && nodeType !== "Subscript")) {
      throw this.failureOf(target, `'${describe(target)}' is an illegal expression for augmented assignment`);
    }
    this.target(target, "Store");
    this.advance();
    const value = this.assignedValue();
    return {
      nodeType: "AugAssign",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      target,
      op,
      value,
    };
  }

  private typeAlias(): Statement {
    const start = this.at;
    this.advance();
    const name = this.name("Store");
    const type_params = this.typeParameters();
    this.expect(Token.equal);
    const value = this.expression();
    return {
      nodeType: "TypeAlias",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      name,
      type_params,
      value,
    };
  }

  // ── Others ──

  private returnStatement(): Statement {
    const start = this.at;
    this.advance();
    const value = this.endsStatement() ? null : this.starExpressions();
    return {
      nodeType: "Return",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  private endsStatement(): boolean {
    return this.kind === Token.newline || this.kind === Token.semicolon;
  }

  private raiseStatement(): Statement {
    const start = this.at;
    this.advance();
    let exc: Expression | null = null;
    let cause: Expression | null = null;
    if (!this.endsStatement()) {
      exc = this.expression();
      if (this.take(Token.from)) {
        if (this.endsStatement())
          throw this.failure("did you forget an expression after 'from'?", this.at - 1);
        cause = this.expression();
      }
    }
    return {
      nodeType: "Raise",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      exc,
      cause,
    };
  }

  private deleteStatement(): Statement {
    const start = this.at;
    this.advance();
    const targets: Expression[] = [];
    do {
      if (this.endsStatement() && targets.length > 0) break;
      targets.push(this.target(this.starExpression(), "Del"));
    } while (this.take(Token.comma));
    return {
      nodeType: "Delete",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      targets,
    };
  }

  private assertStatement(): Statement {
    const start = this.at;
    this.advance();
    const test = this.expression();
    const msg = this.take(Token.comma) ? this.expression() : null;
    return {
      nodeType: "Assert",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      test,
      msg,
    };
  }

  private scopeStatement(nodeType: "Global" | "Nonlocal"): Statement {
    const start = this.at;
    this.advance();
    const names = [this.takeName()];
    while (this.take(Token.comma)) names.push(this.takeName());
    return {
      nodeType,
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      names,
    };
  }

  // ── Imports ──

  private importStatement(): Statement {
    const start = this.at;
    this.advance();
    if (this.kind === Token.newline) throw this.failure("Expected one or more names after 'import'");
    const names: Alias[] = [];
    do {
      const first = this.at;
      names.push(this.aliasFrom(first, this.dottedName()));
    } while (this.take(Token.comma));
    if (this.kind === Token.from)
      throw this.failure("Did you mean to use 'from ... import ...' instead?", start);
    return {
      nodeType: "Import",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      names,
    };
  }

  private dottedName(): string {
    let name = this.takeName();
    while (this.take(Token.dot)) name += `.${this.takeName()}`;
    return name;
  }

  /** `name`, or `name as other`. */
  private aliasFrom(start: number, name: string): Alias {
    const asname = this.take(Token.as) ? this.takeName() : null;
    return {
      nodeType: "alias",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      name,
      asname,
    };
  }

  private importFrom(): Statement {
    const start = this.at;
    this.advance();
    let level = 0;
    while (this.kind === Token.dot || this.kind === Token.ellipsis) {
      level += this.kind === Token.dot ? 1 : 3;
      this.advance();
    }
    const module = level > 0 && this.kind === Token.import_ ? null : this.dottedName();
    this.expect(Token.import_);
    const names = this.importedNames();
    return {
      nodeType: "ImportFrom",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      module,
      names,
      level,
    };
  }

  private importedNames(): Alias[] {
    if (this.kind === Token.newline) throw this.failure("Expected one or more names after 'import'");
    const start = this.at;
    if (this.take(Token.star)) return [this.aliasFrom(start, "*")];
    const isOpen = this.take(Token.openParenthesis);
    const names: Alias[] = [];
    do {
      if (isOpen && names.length > 0 && this.kind === Token.closeParenthesis) break;
      if (!isOpen && names.length > 0 && this.kind === Token.newline) {
        throw this.failure("trailing comma not allowed without surrounding parentheses", this.at - 1);
      }
      const first = this.at;
      names.push(this.aliasFrom(first, this.takeName()));
    } while (this.take(Token.comma));
    if (isOpen) this.expect(Token.closeParenthesis);
    return names;
  }
}
