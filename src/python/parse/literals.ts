import {
  type Constant,
  type ConstantValue,
  type Expression,
  ellipsis,
  type FormattedValue,
  type Interpolation,
  type JoinedStr,
} from "../tree.ts";
import * as Character from "./characters.ts";
import { numberValue } from "./numbers.ts";
import { noPrefix, type Prefix, prefixOf } from "./quotes.ts";
import { TokenReader } from "./reader.ts";
import { decodeBytes, decodeText } from "./string-value.ts";
import * as Token from "./token.ts";

/** What the values of f-strings and t-strings consist of. */
type TemplatePart = Constant | FormattedValue | Interpolation;

/** Constants, and adjacent string literals, which are one. */
export abstract class LiteralParser extends TokenReader {
  /** What stands in the braces of a template: a `yield`, or expressions with commas between them. */
  protected abstract assignedValue(): Expression;

  /** The constant that the current token is. */
  protected constant(value: ConstantValue): Constant {
    const start = this.at;
    this.advance();
    return this.constantFrom(start, value);
  }

  private constantFrom(start: number, value: ConstantValue, kind: "u" | null = null): Constant {
    return {
      nodeType: "Constant",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      value,
      kind,
    };
  }

  protected numberConstant(): Constant {
    return this.constant(numberValue(this.source, this.startOffset(this.at), this.endOffset(this.at)));
  }

  protected ellipsisConstant(): Constant {
    return this.constant(ellipsis);
  }

  /** One or more adjacent literals. */
  protected strings(): Expression {
    const start = this.at;
    if (this.kind === Token.string && !isLiteral(this.nextKind)) return this.string();
    const parts: TemplatePart[] = [];
    let plain: Constant | undefined;
    let letter = "";
    while (isLiteral(this.kind)) {
      const first = this.at;
      if (this.kind === Token.string) {
        const constant = this.string();
        const isBytes = constant.value instanceof Uint8Array;
        if (
          (plain !== undefined && isBytes !== plain.value instanceof Uint8Array) ||
          (isBytes && letter !== "")
        ) {
          throw this.failure("cannot mix bytes and nonbytes literals", start);
        }
        if (letter === "t") throw this.mixed(start);
        plain ??= constant;
        parts.push(constant);
        continue;
      }
      const next = this.templateLetter();
      if (plain?.value instanceof Uint8Array)
        throw this.failure("cannot mix bytes and nonbytes literals", start);
      if ((letter !== "" && letter !== next) || (next === "t" && plain !== undefined))
        throw this.mixed(first);
      letter = next;
      this.template(parts);
    }
    if (letter === "") return this.concatenated(start, parts);
    return this.joined(start, folded(parts), letter);
  }

  private mixed(index: number): Error {
    return this.failure("cannot mix t-string literals with string or bytes literals", index);
  }

  private templateLetter(): "f" | "t" {
    return this.prefix().letter ?? "f";
  }

  /** That of the literal at hand. */
  private prefix(): Prefix {
    const { source } = this;
    const start = this.startOffset(this.at);
    let open = start;
    while (source.charAt(open) !== '"' && source.charAt(open) !== "'") open++;
    return prefixOf(source, start, open) ?? noPrefix;
  }

  private joined(start: number, values: TemplatePart[], letter: string): Expression {
    const lineno = this.startLine(start);
    const col_offset = this.startColumn(start);
    const end_lineno = this.endLine();
    const end_col_offset = this.endColumn();
    if (letter === "t") {
      return {
        nodeType: "TemplateStr",
        lineno,
        col_offset,
        end_lineno,
        end_col_offset,
        values: values.filter((value) => value.nodeType !== "FormattedValue"),
      };
    }
    return {
      nodeType: "JoinedStr",
      lineno,
      col_offset,
      end_lineno,
      end_col_offset,
      values: values.filter((value) => value.nodeType !== "Interpolation"),
    };
  }

  /** A literal without expressions. */
  private string(): Constant {
    const { source, at } = this;
    const start = this.startOffset(at);
    let open = start;
    let code = source.charCodeAt(open);
    while (code !== Character.doubleQuote && code !== Character.singleQuote) code = source.charCodeAt(++open);
    const { isRaw, isBytes } = prefixOf(source, start, open) ?? noPrefix;
    const end = this.endOffset(at);
    // Three quotes in all are an empty literal and its neighbour, so six it takes.
    const isTriple =
      end - open >= 6 && source.charCodeAt(open + 1) === code && source.charCodeAt(open + 2) === code;
    const quotes = isTriple ? 3 : 1;
    const raw = source.slice(open + quotes, end - quotes);
    this.advance();
    if (isBytes) return this.constantFrom(at, decodeBytes(raw, isRaw, start));
    return this.constantFrom(
      at,
      isRaw ? raw : decodeText(raw, start),
      source.startsWith("u", start) ? "u" : null,
    );
  }

  private concatenated(start: number, parts: readonly TemplatePart[]): Constant {
    const constants = parts.filter((part) => part.nodeType === "Constant");
    const bytes = constants.flatMap(({ value }) => (value instanceof Uint8Array ? [...value] : []));
    const isBytes = constants[0]?.value instanceof Uint8Array;
    const value = isBytes ? Uint8Array.from(bytes) : constants.map(textOf).join("");
    return this.constantFrom(start, value, constants[0]?.kind ?? null);
  }

  // ── Templates ──

  /** The parts of one f-string or t-string. */
  private template(parts: TemplatePart[]): void {
    const { letter = "f", isRaw } = this.prefix();
    this.advance();
    this.enter();
    while (this.kind !== Token.templateEnd) {
      if (this.kind === Token.templateMiddle) this.middle(parts, isRaw);
      else if (this.kind === Token.openBrace) this.field(parts, letter, isRaw);
      else throw this.unexpected();
    }
    this.leave();
    this.advance();
  }

  private middle(parts: TemplatePart[], isRaw: boolean): void {
    const written = this.textAt(this.at);
    const isDoubled = written.endsWith("{{") || written.endsWith("}}");
    const raw = isDoubled ? written.slice(0, -1) : written;
    const constant = this.constant(isRaw ? raw : decodeText(raw, this.startOffset(this.at)));
    if (constant.value !== "") parts.push(constant);
  }

  /** `{value}`, `{value!r}`, `{value:spec}`, `{value=}`. */
  private field(parts: TemplatePart[], letter: "f" | "t", isRaw: boolean, inSpec = false): void {
    const start = this.at;
    this.advance();
    if (this.kind === Token.closeBrace || this.kind === Token.exclamation || this.kind === Token.colon) {
      const before = this.textAt(this.at);
      throw this.failure(`${letter}-string: valid expression required before '${before}'`);
    }
    const value = this.assignedValue();
    const shows = this.take(Token.equal);
    const behind = this.at;
    const text = this.codeBetween(start, behind);
    if (shows) {
      parts.push({
        nodeType: "Constant",
        lineno: this.startLine(start),
        col_offset: this.startColumn(start) + 1,
        end_lineno: this.startLine(behind),
        end_col_offset: this.startColumn(behind),
        value: text,
        kind: null,
      });
    }
    let conversion = this.conversion(letter);
    const format_spec = this.kind === Token.colon ? this.formatSpec(letter, isRaw) : null;
    if (conversion < 0 && shows && format_spec === null) conversion = 114;
    if (this.kind !== Token.closeBrace) throw this.failure(`${letter}-string: expecting '}'`);
    this.advance();
    const lineno = this.startLine(start);
    const col_offset = this.startColumn(start);
    const end_lineno = this.endLine();
    const end_col_offset = this.endColumn();
    const place = { lineno, col_offset, end_lineno, end_col_offset };
    if (letter === "t" && !inSpec) {
      const str = text.replace(/[\s=]+$/, "");
      parts.push({ nodeType: "Interpolation", ...place, value, str, conversion, format_spec });
    } else {
      parts.push({ nodeType: "FormattedValue", ...place, value, conversion, format_spec });
    }
  }

  private conversion(letter: string): number {
    if (this.kind !== Token.exclamation) return -1;
    this.advance();
    if (this.kind !== Token.name || this.startOffset(this.at) !== this.endOffset(this.at - 1)) {
      throw this.failure(`${letter}-string: conversion type must come right after the exclamation mark`);
    }
    const word = this.takeName();
    if (word === "s" || word === "r" || word === "a") return word.charCodeAt(0);
    const message = `${letter}-string: invalid conversion character '${word}': expected 's', 'r', or 'a'`;
    throw this.failure(message, this.at - 1);
  }

  private formatSpec(letter: "f" | "t", isRaw: boolean): JoinedStr {
    const start = this.at;
    const parts: TemplatePart[] = [];
    this.advance();
    for (;;) {
      if (this.kind === Token.templateMiddle) this.middle(parts, isRaw);
      else if (this.kind === Token.openBrace) this.field(parts, letter, isRaw, true);
      else break;
    }
    return {
      nodeType: "JoinedStr",
      lineno: this.startLine(start),
      col_offset: this.startColumn(start),
      end_lineno: this.endLine(),
      end_col_offset: this.endColumn(),
      values: folded(parts).filter((part) => part.nodeType !== "Interpolation"),
    };
  }

  /** What is written between two tokens, without comments. */
  private codeBetween(from: number, to: number): string {
    let text = this.source.slice(this.endOffset(from), this.startOffset(to));
    if (!text.includes("#")) return text;
    text = "";
    for (let index = from + 1; index <= to; index++) {
      const gap = this.source.slice(this.endOffset(index - 1), this.startOffset(index));
      text += gap.replaceAll(/#.*/g, "");
      if (index < to) text += this.textAt(index);
    }
    return text;
  }
}

function isLiteral(kind: number): boolean {
  return kind === Token.string || kind === Token.templateStart;
}

function textOf(constant: Constant): string {
  return typeof constant.value === "string" ? constant.value : "";
}

/** Joins neighbouring constants, and drops empty ones. */
function folded(parts: readonly TemplatePart[]): TemplatePart[] {
  const result: TemplatePart[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part?.nodeType !== "Constant") {
      if (part !== undefined) result.push(part);
      continue;
    }
    let last = part;
    let value = textOf(part);
    for (let next = parts[index + 1]; next?.nodeType === "Constant"; next = parts[++index + 1]) {
      last = next;
      value += textOf(next);
    }
    const { end_lineno, end_col_offset } = last;
    if (value !== "") result.push(last === part ? part : { ...part, end_lineno, end_col_offset, value });
  }
  return result;
}
