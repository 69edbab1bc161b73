import * as Character from "./parse/characters.ts";
import { Indentation } from "./parse/indentation.ts";
import { scanNumber } from "./parse/numbers.ts";
import { operatorAt, operatorLengths } from "./parse/operators.ts";
import { LiteralEnds, type Prefix, prefixOf, quotesAt } from "./parse/quotes.ts";
import { readTemplateText, type Template } from "./parse/template.ts";
import * as Token from "./parse/token.ts";
import { type OpenBracket, SyntaxFailure, TokenList } from "./parse/token-list.ts";

/** CPython's MAXLEVEL and MAXFSTRINGLEVEL. */
const maximumBrackets = 200;
const maximumTemplates = 150;

/**
 * The tokens of a module, as CPython's own tokenizer makes them. `source` has line feeds for newlines and
 * ends with one and a NUL. What cannot be read ends the list early, with the reason.
 */
export function tokenize(source: string): TokenList {
  const tokenizer = new Tokenizer(source);
  try {
    tokenizer.run();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    tokenizer.stop(error);
  }
  return tokenizer.tokens;
}

class Tokenizer {
  readonly tokens: TokenList;
  private readonly source: string;
  /** The offset of the closing NUL. */
  private readonly end: number;
  private position = 0;
  private readonly indentation = new Indentation();
  private readonly literalEnds: LiteralEnds;
  private readonly brackets: OpenBracket[] = [];
  private readonly templates: Template[] = [];
  /** The innermost of them. */
  private template: Template | undefined = undefined;

  constructor(source: string) {
    this.source = source;
    this.end = source.length - 1;
    this.tokens = new TokenList(source.length);
    this.literalEnds = new LiteralEnds(source, this.tokens);
    if (source.charCodeAt(0) === Character.byteOrderMark) {
      this.position = 1;
      this.tokens.lineStarts[0] = 1;
    }
  }

  run(): void {
    this.startLine();
    let more = true;
    while (more) {
      if (this.template?.inText) this.readText(this.template);
      else more = this.readToken();
    }
    this.tokens.unclosed = this.brackets;
    this.tokens.push(this.brackets.length > 0 ? Token.unknown : Token.endMarker, this.end, this.end);
  }

  /** Ends the list with a token that no grammar accepts. */
  stop(failure: SyntaxFailure): void {
    this.tokens.failure = failure;
    this.tokens.unclosed = this.brackets;
    this.tokens.push(Token.unknown, failure.offset, failure.offset + 1);
  }

  /** Goes to the next line that holds more than a comment, and opens or closes blocks by its indentation. */
  private startLine(): void {
    const { source } = this;
    for (;;) {
      const lineStart = this.position;
      let index = lineStart;
      let column = 0;
      let alternative = 0;
      // A backslash before anything else joins lines; the first one then says how far the line is indented.
      let joinedColumn = 0;
      let code = source.charCodeAt(index);
      for (; ; code = source.charCodeAt(++index)) {
        if (code === Character.space) {
          column++;
          alternative++;
        } else if (code === Character.tab) {
          column = (Math.floor(column / 8) + 1) * 8;
          alternative++;
        } else if (code === Character.formFeed) {
          column = 0;
          alternative = 0;
        } else if (code === Character.backslash) {
          if (joinedColumn === 0) joinedColumn = column;
          this.joinLine(index);
          index++;
        } else {
          break;
        }
      }
      this.position = index;
      if (code === Character.hash) this.position = source.indexOf("\n", index);
      else if (code !== Character.lineFeed) {
        if (joinedColumn !== 0) {
          column = joinedColumn;
          alternative = joinedColumn;
        }
        this.changeIndentation(column, alternative, lineStart);
        return;
      }
      this.position++;
      this.tokens.lineStarts.push(this.position);
    }
  }

  private changeIndentation(column: number, alternative: number, lineStart: number): void {
    const change = this.indentation.change(column, alternative, this.position);
    if (change > 0) this.tokens.push(Token.indent, lineStart, this.position);
    for (let closed = change; closed < 0; closed++)
      this.tokens.push(Token.dedent, this.position, this.position);
  }

  private joinLine(backslash: number): void {
    if (this.source.charCodeAt(backslash + 1) !== Character.lineFeed) {
      throw new SyntaxFailure(
        "unexpected character after line continuation character",
        backslash + 1,
        "SyntaxError",
        "late",
      );
    }
    if (backslash + 2 >= this.end) {
      throw new SyntaxFailure("unexpected EOF while parsing", backslash, "SyntaxError", "late");
    }
    this.tokens.lineStarts.push(backslash + 2);
  }

  /** Reads one token outside the text of templates; false at the end. */
  private readToken(): boolean {
    const { source } = this;
    let start = this.position;
    let code = source.charCodeAt(start);
    while (Character.classes[code] === Character.blank) code = source.charCodeAt(++start);
    switch (Character.classes[code]) {
      case Character.letter:
      case Character.wide:
        this.readWord(start);
        return true;
      case Character.quote:
        this.readLiteral(start, start, prefixOf(source, start, start));
        return true;
      case Character.digit:
        this.readNumber(start);
        return true;
    }
    if (code === Character.lineFeed) this.readNewline(start);
    else if (code === Character.hash) this.position = source.indexOf("\n", start);
    else if (code === Character.backslash) {
      this.joinLine(start);
      this.position = start + 2;
    } else if (
      code === Character.dot &&
      Character.classes[source.charCodeAt(start + 1)] === Character.digit
    ) {
      this.readNumber(start);
    } else if (start === this.end) return false;
    else this.readOperator(start, code);
    return true;
  }

  private readNumber(start: number): void {
    this.position = scanNumber(this.source, start);
    this.tokens.push(Token.number, start, this.position);
  }

  private readNewline(start: number): void {
    const isLayout = this.brackets.length > 0;
    if (!isLayout) this.tokens.push(Token.newline, start, start);
    this.position = start + 1;
    this.tokens.lineStarts.push(this.position);
    if (!isLayout) this.startLine();
  }

  private readWord(start: number): void {
    const { source } = this;
    const { classes, letter, wide } = Character;
    let end = start;
    let code = source.charCodeAt(end);
    let kind = classes[code] ?? 0;
    let isAscii = true;
    while (kind >= letter && kind <= wide) {
      if (kind === wide) isAscii = false;
      code = source.charCodeAt(++end);
      kind = classes[code] ?? 0;
    }
    if (kind === Character.quote) {
      const prefix = prefixOf(source, start, end);
      if (prefix !== undefined) {
        this.readLiteral(start, end, prefix);
        return;
      }
    }
    if (!isAscii) this.checkIdentifier(start, end);
    this.position = end;
    this.tokens.push(Token.wordKind(source, start, end), start, end);
  }

  /** https://docs.python.org/3.14/reference/lexical_analysis.html#non-ascii-characters-in-names */
  private checkIdentifier(start: number, end: number): void {
    this.tokens.hasWideNames = true;
    const word = this.source.slice(start, end);
    const invalid = Character.invalidIdentifierCharacter(word);
    if (invalid < 0) return;
    const character = String.fromCodePoint(word.codePointAt(invalid) ?? 0);
    throw new SyntaxFailure(Character.invalidCharacter(character), start + invalid);
  }

  /** Reads the literal that starts at `start` and whose first quote is at `open`; of a template, the start. */
  private readLiteral(start: number, open: number, prefix: Prefix | undefined): void {
    const { source, tokens, template } = this;
    if (prefix?.letter !== undefined) {
      this.openTemplate(start, open, prefix.letter, prefix.isRaw);
      return;
    }
    const { line } = tokens;
    try {
      this.position = this.literalEnds.after(start, open);
    } catch (error) {
      // In an expression, a quote like the template's own means that a brace was not closed.
      if (template?.quote !== source.charCodeAt(open) || template.quotes !== quotesAt(source, open))
        throw error;
      throw new SyntaxFailure(`${template.letter}-string: expecting '}'`, start);
    }
    tokens.push(Token.string, start, this.position, line);
  }

  private openTemplate(start: number, open: number, letter: "f" | "t", isRaw: boolean): void {
    if (this.templates.length + 1 >= maximumTemplates) {
      throw new SyntaxFailure("too many nested f-strings or t-strings", start);
    }
    const quote = this.source.charCodeAt(open);
    const quotes = quotesAt(this.source, open);
    const state = { depth: 0, expressionDepth: -1, inSpec: false, inText: true };
    this.template = { letter, isRaw, quote, quotes, start, ...state };
    this.templates.push(this.template);
    this.position = open + quotes;
    this.tokens.push(Token.templateStart, start, this.position);
  }

  private readText(template: Template): void {
    this.position = readTemplateText(this.source, this.tokens, template, this.position);
    if (this.tokens.kinds[this.tokens.length - 1] !== Token.templateEnd) return;
    this.templates.pop();
    this.template = this.templates.at(-1);
  }

  private readOperator(start: number, code: number): void {
    const { source, template } = this;
    if (code === Character.colon && template?.expressionDepth === (template?.depth ?? 0) - 1) {
      this.tokens.push(Token.colon, start, start + 1);
      this.position = start + 1;
      template.inText = true;
      template.inSpec = true;
      return;
    }
    const kind = operatorAt(source, start, code);
    if (kind === 0) {
      if (code < Character.space || code === Character.deleteCode) {
        throw new SyntaxFailure(Character.invalidCharacter(source.charAt(start)), start);
      }
      this.tokens.push(Token.unknown, start, start + 1);
      this.position = start + 1;
      return;
    }
    if (kind <= Token.closeBrace) {
      if ((kind & 1) === (Token.openParenthesis & 1)) this.openBracket(start, kind);
      else this.closeBracket(start, kind);
    }
    this.position = start + (operatorLengths[kind] ?? 1);
    this.tokens.push(kind, start, this.position);
  }

  private openBracket(offset: number, kind: number): void {
    if (this.brackets.length >= maximumBrackets) {
      throw new SyntaxFailure("too many nested parentheses", offset);
    }
    this.brackets.push({ kind, offset, line: this.tokens.line });
    if (this.template !== undefined) this.template.depth++;
  }

  private closeBracket(offset: number, kind: number): void {
    const { template } = this;
    const character = this.source.charAt(offset);
    if (template?.depth === 0 && kind === Token.closeBrace) {
      throw new SyntaxFailure(`${template.letter}-string: single '}' is not allowed`, offset);
    }
    const open = this.brackets.pop();
    if (open === undefined) throw new SyntaxFailure(`unmatched '${character}'`, offset);
    if (open.kind + 1 !== kind) {
      if (open.kind === Token.openBrace && template?.expressionDepth === (template?.depth ?? 0) - 1) {
        throw new SyntaxFailure(`${template.letter}-string: unmatched '${character}'`, offset);
      }
      const where = open.line === this.tokens.line ? "" : ` on line ${open.line}`;
      const opening = this.source.charAt(open.offset);
      const message = `closing parenthesis '${character}' does not match opening parenthesis '${opening}'${where}`;
      throw new SyntaxFailure(message, offset);
    }
    if (template === undefined) return;
    template.depth--;
    if (template.depth < 0)
      throw new SyntaxFailure(`${template.letter}-string: unmatched '${character}'`, offset);
    if (kind === Token.closeBrace && template.depth === template.expressionDepth) {
      template.expressionDepth--;
      template.inText = true;
      template.inSpec = false;
    }
  }
}
