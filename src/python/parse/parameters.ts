import type { Argument, Arguments, Expression, TypeParameter } from "../tree.ts";
import { LiteralParser } from "./literals.ts";
import * as Token from "./token.ts";

/** A parameter list while it is read. */
interface Parameters {
  posonlyargs: Argument[];
  args: Argument[];
  vararg: Argument | null;
  readonly kwonlyargs: Argument[];
  readonly kw_defaults: (Expression | null)[];
  kwarg: Argument | null;
  readonly defaults: Expression[];
  /** Behind `/`, and behind `*`. */
  hasSlash: boolean;
  hasStar: boolean;
}

/** The parameters of functions, lambdas and types. */
export abstract class ParameterParser extends LiteralParser {
  protected abstract expression(): Expression;
  protected abstract starExpression(): Expression;

  /** Parameters up to `close`, which stays: a parenthesis for `def`, a colon for `lambda`, where nothing is annotated. */
  protected parameters(close: number): Arguments {
    const list: Parameters = {
      posonlyargs: [],
      args: [],
      vararg: null,
      kwonlyargs: [],
      kw_defaults: [],
      kwarg: null,
      defaults: [],
      hasSlash: false,
      hasStar: false,
    };
    const isAnnotated = close === Token.closeParenthesis;
    while (this.kind !== close) {
      if (list.kwarg !== null) throw this.failure("arguments cannot follow var-keyword argument");
      if (this.kind === Token.slash) this.slash(list);
      else if (this.kind === Token.star) this.star(list, isAnnotated, close);
      else if (this.take(Token.doubleStar)) {
        list.kwarg = this.parameter(isAnnotated, false);
        if (this.kind === Token.equal) throw this.failure("var-keyword argument cannot have default value");
      } else this.plainParameter(list, isAnnotated, close);
      if (this.kind !== close) this.expect(Token.comma);
    }
    return {
      nodeType: "arguments",
      posonlyargs: list.posonlyargs,
      args: list.args,
      vararg: list.vararg,
      kwonlyargs: list.kwonlyargs,
      kw_defaults: list.kw_defaults,
      kwarg: list.kwarg,
      defaults: list.defaults,
    };
  }

  private slash(list: Parameters): void {
    if (list.hasSlash) throw this.failure("/ may appear only once");
    if (list.hasStar) throw this.failure("/ must be ahead of *");
    if (list.args.length === 0) throw this.failure("at least one argument must precede /");
    list.hasSlash = true;
    list.posonlyargs = list.args;
    list.args = [];
    this.advance();
  }

  private star(list: Parameters, isAnnotated: boolean, close: number): void {
    if (list.hasStar) throw this.failure("* argument may appear only once");
    const start = this.at;
    list.hasStar = true;
    this.advance();
    if (this.kind === Token.name) {
      list.vararg = this.parameter(isAnnotated, true);
      if (this.kind === Token.equal) throw this.failure("var-positional argument cannot have default value");
      return;
    }
    const next = this.kind === Token.comma ? this.nextKind : this.kind;
    if (next === close || next === Token.doubleStar) {
      throw this.failure("named arguments must follow bare *", start);
    }
    if (this.kind !== Token.comma) throw this.unexpected();
  }

  private plainParameter(list: Parameters, isAnnotated: boolean, close: number): void {
    const start = this.at;
    if (this.kind === Token.openParenthesis) {
      const what = isAnnotated ? "Function" : "Lambda expression";
      throw this.failure(`${what} parameters cannot be parenthesized`);
    }
    const parameter = this.parameter(isAnnotated, false);
    let value: Expression | null = null;
    if (this.take(Token.equal)) {
      if (this.kind === Token.comma || this.kind === close) {
        throw this.failure("expected default value expression", this.at - 1);
      }
      value = this.expression();
    }
    if (list.hasStar) {
      list.kwonlyargs.push(parameter);
      list.kw_defaults.push(value);
      return;
    }
    if (value !== null) list.defaults.push(value);
    else if (list.defaults.length > 0) {
      throw this.failure("parameter without a default follows parameter with a default", start);
    }
    list.args.push(parameter);
  }

  private parameter(isAnnotated: boolean, isStarred: boolean): Argument {
    const start = this.at;
    const arg = this.takeName();
    let annotation: Expression | null = null;
    if (isAnnotated && this.take(Token.colon))
      annotation = isStarred ? this.starExpression() : this.expression();
    return {
      nodeType: "arg",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      arg,
      annotation,
    };
  }

  /** `[T: bound = default, *Ts, **P]`, if there is one. */
  protected typeParameters(): TypeParameter[] {
    const parameters: TypeParameter[] = [];
    if (!this.take(Token.openBracket)) return parameters;
    if (this.kind === Token.closeBracket) throw this.failure("Type parameter list cannot be empty");
    do {
      parameters.push(this.typeParameter());
    } while (this.take(Token.comma) && this.kind !== Token.closeBracket);
    this.expect(Token.closeBracket);
    return parameters;
  }

  private typeParameter(): TypeParameter {
    const start = this.at;
    const prefix = this.kind;
    if (prefix === Token.star || prefix === Token.doubleStar) this.advance();
    const name = this.takeName();
    let bound: Expression | null = null;
    if (this.kind === Token.colon) {
      if (prefix === Token.star) throw this.failure("cannot use bound with TypeVarTuple");
      if (prefix === Token.doubleStar) throw this.failure("cannot use bound with ParamSpec");
      this.advance();
      bound = this.expression();
    }
    let default_value: Expression | null = null;
    if (this.take(Token.equal))
      default_value = prefix === Token.star ? this.starExpression() : this.expression();
    const lineno = this.startLine(start);
    const col_offset = this.startColumn(start);
    const place = { lineno, col_offset, end_lineno: this.endLine(), end_col_offset: this.endColumn() };
    if (prefix === Token.star) return { nodeType: "TypeVarTuple", ...place, name, default_value };
    if (prefix === Token.doubleStar) return { nodeType: "ParamSpec", ...place, name, default_value };
    return { nodeType: "TypeVar", ...place, name, bound, default_value };
  }
}
