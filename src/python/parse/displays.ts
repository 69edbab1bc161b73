import type { Comprehension, Expression } from "../tree.ts";
import { ParameterParser } from "./parameters.ts";
import { describe, makeTarget, mayBeCompared } from "./targets.ts";
import * as Token from "./token.ts";

/** What can stand behind an operand only where a comma was forgotten. */
const beginsOperand: ReadonlySet<number> = new Set([
  Token.name,
  Token.number,
  Token.string,
  Token.templateStart,
  Token.openBrace,
  Token.True_,
  Token.False_,
  Token.None_,
  Token.ellipsis,
  Token.lambda,
  Token.tilde,
]);

/** What stands in brackets: tuples, lists, sets, dicts, and comprehensions. */
export abstract class DisplayParser extends ParameterParser {
  protected abstract namedExpression(isArgument?: boolean): Expression;
  protected abstract starNamedExpression(): Expression;
  protected abstract yieldExpression(): Expression;
  protected abstract disjunction(): Expression;
  protected abstract bitwiseOr(): Expression;
  protected abstract starTargets(): Expression;

  /** A tuple, a generator expression, or anything in parentheses. */
  protected parenthesis(): Expression {
    const start = this.at;
    this.advance();
    if (this.take(Token.closeParenthesis)) return this.tupleFrom(start, []);
    const isYield = this.kind === Token.yield_;
    const first = isYield ? this.yieldExpression() : this.starNamedExpression();
    if (!isYield) {
      if (this.beginsComprehension()) {
        const generators = this.comprehensionsOf(first);
        this.expect(Token.closeParenthesis);
        return this.generatorFrom(start, first, generators);
      }
      if (this.kind === Token.comma) {
        const elts = this.elements(first, Token.closeParenthesis);
        return this.tupleFrom(start, elts);
      }
    }
    if (this.kind !== Token.closeParenthesis) throw this.missingComma();
    if (first.nodeType === "Starred") throw this.failure("cannot use starred expression here", start + 1);
    this.advance();
    return first;
  }

  protected list(): Expression {
    const start = this.at;
    this.advance();
    let elts: Expression[] = [];
    if (!this.take(Token.closeBracket)) {
      const first = this.starNamedExpression();
      if (this.beginsComprehension()) {
        const generators = this.comprehensionsOf(first);
        this.expect(Token.closeBracket);
        return {
          nodeType: "ListComp",
          lineno: this.startLine(start),
          col_offset: this.startColumn(start),
          end_lineno: this.endLine(),
          end_col_offset: this.endColumn(),
          elt: first,
          generators,
        };
      }
      elts = this.elements(first, Token.closeBracket);
    }
    return {
      nodeType: "List",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      elts,
      ctx: "Load",
    };
  }

  /** The elements behind the first one, up to and with the closing bracket. */
  protected elements(first: Expression, close: number): Expression[] {
    const elts = [first];
    while (this.take(Token.comma) && this.kind !== close) elts.push(this.starNamedExpression());
    if (this.kind !== close) throw this.missingComma();
    this.advance();
    return elts;
  }

  /** A dict or a set, or a comprehension of one. */
  protected brace(): Expression {
    const start = this.at;
    this.advance();
    if (this.kind === Token.closeBrace || this.kind === Token.doubleStar) return this.dict(start, [], []);
    const isNamed = this.kind === Token.name && this.nextKind === Token.colonEqual;
    const first = this.starNamedExpression();
    if (this.kind === Token.colon && !isNamed && first.nodeType !== "Starred")
      return this.dictFrom(start, first);
    if (this.beginsComprehension()) {
      const generators = this.comprehensionsOf(first);
      this.expect(Token.closeBrace);
      return {
        nodeType: "SetComp",
        lineno: this.startLine(start),
        col_offset: this.startColumn(start),
        end_lineno: this.endLine(),
        end_col_offset: this.endColumn(),
        elt: first,
        generators,
      };
    }
    const elts = this.elements(first, Token.closeBrace);
    return {
      nodeType: "Set",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      elts,
    };
  }

  /** A dict whose first key was read. */
  private dictFrom(start: number, key: Expression): Expression {
    const value = this.dictValue();
    if (!this.beginsComprehension()) {
      if (this.kind !== Token.closeBrace && this.kind !== Token.comma) throw this.missingComma();
      this.take(Token.comma);
      return this.dict(start, [key], [value]);
    }
    const generators = this.comprehensions();
    this.expect(Token.closeBrace);
    return {
      nodeType: "DictComp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      key,
      value,
      generators,
    };
  }

  /** The entries that follow, and the closing brace. */
  private dict(start: number, keys: (Expression | null)[], values: Expression[]): Expression {
    while (this.kind !== Token.closeBrace) {
      if (this.take(Token.doubleStar)) {
        keys.push(null);
        values.push(this.bitwiseOr());
        if (this.beginsComprehension())
          throw this.failure("dict unpacking cannot be used in dict comprehension");
      } else {
        keys.push(this.expression());
        values.push(this.dictValue());
      }
      if (!this.take(Token.comma)) break;
    }
    if (this.kind !== Token.closeBrace) throw this.missingComma();
    this.advance();
    return {
      nodeType: "Dict",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      keys,
      values,
    };
  }

  private dictValue(): Expression {
    if (this.kind !== Token.colon) throw this.failure("':' expected after dictionary key", this.at - 1);
    this.advance();
    if (this.kind === Token.closeBrace || this.kind === Token.comma) {
      throw this.failure("expression expected after dictionary key and ':'", this.at - 1);
    }
    if (this.kind === Token.star) throw this.failure("cannot use a starred expression in a dictionary value");
    return this.expression();
  }

  protected tupleFrom(start: number, elts: Expression[]): Expression {
    return {
      nodeType: "Tuple",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      elts,
      ctx: "Load",
    };
  }

  protected generatorFrom(start: number, elt: Expression, generators: Comprehension[]): Expression {
    return {
      nodeType: "GeneratorExp",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      elt,
      generators,
    };
  }

  // ── Comprehensions ──

  protected beginsComprehension(): boolean {
    return this.kind === Token.for_ || (this.kind === Token.async && this.nextKind === Token.for_);
  }

  /** The clauses of a comprehension with that element. */
  protected comprehensionsOf(element: Expression): Comprehension[] {
    if (element.nodeType === "Starred")
      throw this.failure("iterable unpacking cannot be used in comprehension");
    return this.comprehensions();
  }

  protected comprehensions(): Comprehension[] {
    const generators: Comprehension[] = [];
    while (this.beginsComprehension()) {
      const is_async = this.take(Token.async) ? 1 : 0;
      this.advance();
      const target = this.starTargets();
      if (!this.take(Token.in_)) throw this.failure("'in' expected after for-loop variables");
      const iter = this.disjunction();
      const ifs: Expression[] = [];
      while (this.take(Token.if_)) ifs.push(this.disjunction());
      generators.push({ nodeType: "comprehension", target, iter, ifs, is_async });
    }
    return generators;
  }

  // ── Failures ──

  /** To throw where a bracket or a comma had to come. */
  protected missingComma(): Error {
    const isPair = this.kindAt(this.at - 1) === Token.name && this.kind === Token.string;
    if (isPair || !beginsOperand.has(this.kind)) return this.unexpected();
    return this.failure("invalid syntax. Perhaps you forgot a comma?", this.at - 1);
  }

  /** Turns what was read as a value into a target. `hint` is put behind the complaint where it is none. */
  protected target(node: Expression, context: "Store" | "Del", hint = ""): Expression {
    const wrong = makeTarget(node, context);
    if (wrong === undefined) return node;
    const verb = context === "Del" ? "delete" : "assign to";
    const isWhole = wrong === node && mayBeCompared(wrong);
    throw this.failureOf(wrong, `cannot ${verb} ${describe(wrong)}${isWhole ? hint : ""}`);
  }
}
