import type { BinOp, Constant, Expression, MatchCase, Pattern } from "../tree.ts";
import { ExpressionParser } from "./expressions.ts";
import * as Token from "./token.ts";

/** The patterns of `case`: https://docs.python.org/3.14/reference/compound_stmts.html#patterns */
export abstract class PatternParser extends ExpressionParser {
  /** What stands between `case` and its guard or colon. */
  protected patterns(): MatchCase["pattern"] {
    const start = this.at;
    const first = this.starPattern();
    if (this.kind !== Token.comma && first.nodeType !== "MatchStar") return first;
    if (this.kind !== Token.comma) throw this.unexpected();
    const patterns = [first];
    while (this.take(Token.comma) && this.kind !== Token.colon && this.kind !== Token.if_) {
      patterns.push(this.starPattern());
    }
    return this.sequenceFrom(start, patterns);
  }

  private sequenceFrom(start: number, patterns: Pattern[]): Pattern {
    return {
      nodeType: "MatchSequence",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      patterns,
    };
  }

  private starPattern(): Pattern {
    if (this.kind !== Token.star) return this.pattern();
    const start = this.at;
    this.advance();
    const name = this.captured();
    return {
      nodeType: "MatchStar",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      name,
    };
  }

  /** A name to bind, or null for `_`. */
  private captured(): string | null {
    const isWildcard = this.isWord(this.at, "_");
    const name = this.takeName();
    if (this.kind === Token.dot || this.kind === Token.openParenthesis || this.kind === Token.equal) {
      throw this.unexpected();
    }
    return isWildcard ? null : name;
  }

  private pattern(): Pattern {
    const start = this.at;
    this.enter();
    const pattern = this.orPattern();
    this.leave();
    if (!this.take(Token.as)) return pattern;
    const wildcard = this.isWord(this.at, "_");
    if (wildcard) throw this.failure("cannot use '_' as a target");
    const name = this.captured();
    return this.asFrom(start, pattern, name);
  }

  private asFrom(start: number, pattern: Pattern | null, name: string | null): Pattern {
    return {
      nodeType: "MatchAs",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      pattern,
      name,
    };
  }

  private orPattern(): Pattern {
    const start = this.at;
    const first = this.closedPattern();
    if (this.kind !== Token.bar) return first;
    const patterns = [first];
    while (this.take(Token.bar)) patterns.push(this.closedPattern());
    return {
      nodeType: "MatchOr",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      patterns,
    };
  }

  private closedPattern(): Pattern {
    switch (this.kind) {
      case Token.None_:
        return this.singleton(null);
      case Token.True_:
        return this.singleton(true);
      case Token.False_:
        return this.singleton(false);
      case Token.name:
        return this.namePattern();
      case Token.openParenthesis:
        return this.groupPattern();
      case Token.openBracket:
        return this.listPattern();
      case Token.openBrace:
        return this.mappingPattern();
      default:
        return this.valueFrom(this.at, this.literal());
    }
  }

  private singleton(value: null | boolean): Pattern {
    const start = this.at;
    this.advance();
    return {
      nodeType: "MatchSingleton",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  private valueFrom(start: number, value: Expression): Pattern {
    return {
      nodeType: "MatchValue",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
    };
  }

  /** A capture, a value with a dot in it, or a class. */
  private namePattern(): Pattern {
    const start = this.at;
    const isPath = this.nextKind === Token.dot || this.nextKind === Token.openParenthesis;
    if (!isPath || this.isWord(start, "_")) {
      return this.asFrom(start, null, this.captured());
    }
    const path = this.path();
    if (this.kind === Token.openParenthesis) return this.classPattern(start, path);
    if (this.kind === Token.equal) throw this.unexpected();
    return this.valueFrom(start, path);
  }

  private path(): Expression {
    const start = this.at;
    let value: Expression = this.name();
    for (let links = 1; this.take(Token.dot); links++) {
      const attr = this.takeName();
      this.checkChain(links);
      value = {
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
    return value;
  }

  private groupPattern(): Pattern {
    const start = this.at;
    this.advance();
    if (this.take(Token.closeParenthesis)) return this.sequenceFrom(start, []);
    const first = this.starPattern();
    if (first.nodeType !== "MatchStar" && this.take(Token.closeParenthesis)) return first;
    if (this.kind !== Token.comma) throw this.unexpected();
    const patterns = this.sequenceItems(first, Token.closeParenthesis);
    return this.sequenceFrom(start, patterns);
  }

  private listPattern(): Pattern {
    const start = this.at;
    this.advance();
    if (this.take(Token.closeBracket)) return this.sequenceFrom(start, []);
    const patterns = this.sequenceItems(this.starPattern(), Token.closeBracket);
    return this.sequenceFrom(start, patterns);
  }

  private sequenceItems(first: Pattern, close: number): Pattern[] {
    const patterns = [first];
    while (this.take(Token.comma) && this.kind !== close) patterns.push(this.starPattern());
    this.expect(close);
    return patterns;
  }

  private mappingPattern(): Pattern {
    const start = this.at;
    const keys: Expression[] = [];
    const patterns: Pattern[] = [];
    let rest: string | null = null;
    this.advance();
    while (this.kind !== Token.closeBrace) {
      if (rest !== null) throw this.failure("double star pattern must be the last pattern");
      if (this.take(Token.doubleStar)) {
        rest = this.captured();
        if (rest === null) throw this.failure("invalid syntax", this.at - 1);
      } else {
        keys.push(this.kind === Token.name ? this.dottedKey() : this.literalKey());
        this.expect(Token.colon);
        patterns.push(this.pattern());
      }
      if (!this.take(Token.comma)) break;
    }
    this.expect(Token.closeBrace);
    return {
      nodeType: "MatchMapping",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      keys,
      patterns,
      rest,
    };
  }

  private dottedKey(): Expression {
    if (this.nextKind !== Token.dot) throw this.unexpected();
    return this.path();
  }

  private literalKey(): Expression {
    if (this.kind === Token.None_) return this.constant(null);
    if (this.kind === Token.True_) return this.constant(true);
    if (this.kind === Token.False_) return this.constant(false);
    return this.literal();
  }

  private classPattern(start: number, cls: Expression): Pattern {
    const patterns: Pattern[] = [];
    const kwd_attrs: string[] = [];
    const kwd_patterns: Pattern[] = [];
    this.advance();
    while (this.kind !== Token.closeParenthesis) {
      if (this.kind === Token.name && this.nextKind === Token.equal) {
        kwd_attrs.push(this.takeName());
        this.advance();
        kwd_patterns.push(this.pattern());
      } else if (kwd_attrs.length > 0) {
        throw this.failure("positional patterns follow keyword patterns");
      } else patterns.push(this.pattern());
      if (!this.take(Token.comma)) break;
    }
    this.expect(Token.closeParenthesis);
    return {
      nodeType: "MatchClass",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      cls,
      patterns,
      kwd_attrs,
      kwd_patterns,
    };
  }

  // ── Literals ──

  /** Strings, or a number with a sign and an imaginary part. */
  private literal(): Expression {
    if (this.kind === Token.string || this.kind === Token.templateStart) return this.strings();
    const start = this.at;
    const real = this.signedNumber();
    if (this.kind !== Token.plus && this.kind !== Token.minus) return real;
    const op: BinOp["op"] = this.kind === Token.plus ? "Add" : "Sub";
    if (isImaginary(real)) throw this.failure("real number required in complex literal", start);
    this.advance();
    if (this.kind !== Token.number) throw this.unexpected();
    const right = this.numberConstant();
    if (!isImaginary(right)) throw this.failure("imaginary number required in complex literal", this.at - 1);
    return {
      nodeType: "BinOp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      left: real,
      op,
      right,
    };
  }

  private signedNumber(): Expression {
    const start = this.at;
    const isNegative = this.take(Token.minus);
    if (this.kind !== Token.number) throw this.unexpected();
    const operand = this.numberConstant();
    if (!isNegative) return operand;
    return {
      nodeType: "UnaryOp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      op: "USub",
      operand,
    };
  }
}

function isImaginary(node: Expression): boolean {
  const value: Constant["value"] | undefined =
    node.nodeType === "UnaryOp" && node.operand.nodeType === "Constant"
      ? node.operand.value
      : node.nodeType === "Constant"
        ? node.value
        : undefined;
  return typeof value === "object" && value !== null && "imag" in value;
}
