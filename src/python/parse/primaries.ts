import type { Expression, Keyword, Name } from "../tree.ts";
import { DisplayParser } from "./displays.ts";
import * as Token from "./token.ts";

/** Names, literals, and the calls, subscripts and attributes behind them. */
export abstract class PrimaryParser extends DisplayParser {
  /** An atom with the calls, subscripts and attributes behind it. */
  protected primary(): Expression {
    const start = this.at;
    let node = this.atom();
    for (let links = 1; ; links++) {
      const { kind } = this;
      if (kind === Token.dot) node = this.attribute(start, node);
      else if (kind === Token.openParenthesis) node = this.call(start, node);
      else if (kind === Token.openBracket) node = this.subscript(start, node);
      else return node;
      this.checkChain(links);
    }
  }

  private attribute(start: number, value: Expression): Expression {
    this.advance();
    const attr = this.takeName();
    return {
      nodeType: "Attribute",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
      attr,
      ctx: "Load",
    };
  }

  private subscript(start: number, value: Expression): Expression {
    this.advance();
    const slice = this.slices();
    this.expect(Token.closeBracket);
    return {
      nodeType: "Subscript",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
      slice,
      ctx: "Load",
    };
  }

  private slices(): Expression {
    const start = this.at;
    const first = this.slice();
    if (this.kind !== Token.comma && first.nodeType !== "Starred") return first;
    const elts = [first];
    while (this.take(Token.comma) && this.kind !== Token.closeBracket) elts.push(this.slice());
    return this.tupleFrom(start, elts);
  }

  private slice(): Expression {
    const start = this.at;
    if (this.kind === Token.star) return this.starred();
    let lower: Expression | null = null;
    if (this.kind !== Token.colon) {
      const isNamed = this.kind === Token.name && this.nextKind === Token.colonEqual;
      lower = this.namedExpression();
      if (isNamed || this.kind !== Token.colon) return lower;
    }
    this.advance();
    const upper = this.sliceBound();
    const step = this.take(Token.colon) ? this.sliceBound() : null;
    return {
      nodeType: "Slice",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      lower,
      upper,
      step,
    };
  }

  private sliceBound(): Expression | null {
    const { kind } = this;
    if (kind === Token.colon || kind === Token.comma || kind === Token.closeBracket) return null;
    return this.expression();
  }

  /** `*value` where a whole expression may follow: in calls and subscripts. */
  private starred(): Expression {
    const start = this.at;
    this.advance();
    return this.starredFrom(start, this.expression());
  }

  protected starredFrom(start: number, value: Expression): Expression {
    return {
      nodeType: "Starred",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
      ctx: "Load",
    };
  }

  // ── Calls ──

  private call(start: number, func: Expression): Expression {
    const { args, keywords } = this.arguments(true);
    return {
      nodeType: "Call",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      func,
      args,
      keywords,
    };
  }

  /** The arguments of a call, or of a class, which no bare generator expression may be. */
  protected arguments(mayGenerate: boolean): { args: Expression[]; keywords: Keyword[] } {
    const open = this.at;
    const args: Expression[] = [];
    const keywords: Keyword[] = [];
    let unpacks = false;
    this.advance();
    while (this.kind !== Token.closeParenthesis) {
      const start = this.at;
      if (this.kind === Token.star) {
        if (unpacks) throw this.failure("iterable argument unpacking follows keyword argument unpacking");
        args.push(this.starred());
      } else if (this.take(Token.doubleStar)) {
        unpacks = true;
        keywords.push(this.keywordFrom(start, null));
      } else if (this.kind === Token.name && this.nextKind === Token.equal) {
        const arg = this.takeName();
        this.advance();
        if (this.kind === Token.comma || this.kind === Token.closeParenthesis) {
          throw this.failure("expected argument value expression", start);
        }
        keywords.push(this.keywordFrom(start, arg));
      } else {
        const value = this.namedExpression(true);
        if (this.beginsComprehension()) {
          const isAlone = args.length === 0 && keywords.length === 0 && mayGenerate;
          return { args: [this.soleGenerator(isAlone ? open : -1, start, value)], keywords };
        }
        if (this.kind === Token.equal) throw this.notKeyword(start, value);
        if (keywords.length > 0) {
          const what = unpacks ? "keyword argument unpacking" : "keyword argument";
          throw this.failure(`positional argument follows ${what}`, this.at);
        }
        args.push(value);
      }
      if (!this.take(Token.comma)) break;
    }
    if (this.kind !== Token.closeParenthesis) throw this.missingComma();
    this.advance();
    return { args, keywords };
  }

  private notKeyword(start: number, value: Expression): Error {
    if (value.nodeType === "Constant" && (value.value === null || typeof value.value === "boolean")) {
      return this.failure(`cannot assign to ${this.textAt(start)}`, start);
    }
    return this.failure('expression cannot contain assignment, perhaps you meant "=="?', start);
  }

  private keywordFrom(start: number, arg: string | null): Keyword {
    const value = this.expression();
    return {
      nodeType: "keyword",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      arg,
      value,
    };
  }

  /** `f(x for x in y)`: the parentheses of the call are those of the generator expression. */
  private soleGenerator(open: number, start: number, elt: Expression): Expression {
    const generators = this.comprehensions();
    if (open < 0 || this.kind !== Token.closeParenthesis) {
      if (this.kind !== Token.closeParenthesis && this.kind !== Token.comma) throw this.unexpected();
      throw this.failure("Generator expression must be parenthesized", start);
    }
    this.advance();
    return this.generatorFrom(open, elt, generators);
  }

  // ── Atoms ──

  private atom(): Expression {
    switch (this.kind) {
      case Token.name:
        return this.name();
      case Token.number:
        return this.numberConstant();
      case Token.string:
      case Token.templateStart:
        return this.strings();
      case Token.True_:
        return this.constant(true);
      case Token.False_:
        return this.constant(false);
      case Token.None_:
        return this.constant(null);
      case Token.openParenthesis:
        return this.parenthesis();
      case Token.openBracket:
        return this.list();
      case Token.openBrace:
        return this.brace();
      case Token.ellipsis:
        return this.ellipsisConstant();
      default:
        throw this.unexpected();
    }
  }

  protected name(ctx: "Load" | "Store" = "Load"): Name {
    const start = this.at;
    const id = this.takeName();
    return {
      nodeType: "Name",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      id,
      ctx,
    };
  }
}
