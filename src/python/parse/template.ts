import * as Character from "./characters.ts";
import * as Token from "./token.ts";
import { SyntaxFailure, type TokenList } from "./token-list.ts";

/** CPython's MAX_EXPR_NESTING: an expression, and two levels of format specs that hold others. */
const maximumExpressions = 3;

/** An f-string or t-string that is being read. Text and expressions take turns in it. */
export interface Template {
  readonly letter: "f" | "t";
  readonly isRaw: boolean;
  readonly quote: number;
  readonly quotes: 1 | 3;
  readonly start: number;
  /** How many brackets are open in it. */
  depth: number;
  /** `depth` outside the innermost open expression; -1 where none is open. */
  expressionDepth: number;
  /** Whether the text that comes next is a format spec. */
  inSpec: boolean;
  /** Whether what comes next is text, rather than a part of an expression. */
  inText: boolean;
}

/**
 * Reads what comes next in the text of a template: its end, the brace before an expression or behind a
 * format spec (left for later), or a stretch of text, which gets a token and ends where braces are doubled.
 * Returns the offset behind it.
 */
export function readTemplateText(
  source: string,
  tokens: TokenList,
  template: Template,
  start: number,
): number {
  if (endsAt(source, template, start)) {
    const end = start + template.quotes;
    tokens.push(Token.templateEnd, start, end);
    return end;
  }
  const { line } = tokens;
  const end = textEnd(source, tokens, template, start);
  // As in CPython, there is always text before a closing brace, be it empty: it keeps `{lambda x:{y}}` an error.
  if (end > start || source.charCodeAt(end) === Character.closeBrace) {
    tokens.push(Token.templateMiddle, start, end, line);
  }
  return end;
}

/** The end of the text that starts there. */
function textEnd(source: string, tokens: TokenList, template: Template, start: number): number {
  let inName = false;
  for (let index = start; ; index++) {
    const code = source.charCodeAt(index);
    if (code === Character.openBrace) {
      if (source.charCodeAt(index + 1) === code && !template.inSpec) return index + 2;
      if (++template.expressionDepth >= maximumExpressions) {
        throw new SyntaxFailure(`${template.letter}-string: expressions nested too deeply`, index);
      }
      template.inText = false;
      template.inSpec = false;
      return index;
    }
    if (code === Character.closeBrace) {
      if (inName) return index + 1;
      const isDoubled = source.charCodeAt(index + 1) === code && !template.inSpec && template.depth === 0;
      if (isDoubled) return index + 2;
      template.inText = false;
      template.inSpec = false;
      return index;
    }
    if (code === template.quote && endsAt(source, template, index)) return index;
    if (code === Character.lineFeed) {
      if (template.quotes === 1) throw unterminated(source, tokens, template, index);
      tokens.lineStarts.push(index + 1);
    } else if (index >= source.length - 1) {
      throw unterminated(source, tokens, template, index);
    } else if (code === Character.backslash) {
      const next = source.charCodeAt(index + 1);
      if (next === Character.openBrace || next === Character.closeBrace) continue;
      // The escaped character is text, whatever it is; of \N{…} the name is, too.
      index++;
      if (next === Character.lineFeed) tokens.lineStarts.push(index + 1);
      const isNamed = next === Character.upperN && !template.isRaw;
      if (isNamed && source.charCodeAt(index + 1) === Character.openBrace) {
        inName = true;
        index++;
      }
    }
  }
}

function endsAt(source: string, { quote, quotes }: Template, index: number): boolean {
  if (source.charCodeAt(index) !== quote) return false;
  return quotes === 1 || (source.charCodeAt(index + 1) === quote && source.charCodeAt(index + 2) === quote);
}

function unterminated(source: string, tokens: TokenList, template: Template, index: number): SyntaxFailure {
  const { letter, quotes, inSpec } = template;
  if (inSpec && index < source.length - 1) {
    const message = `${letter}-string: newlines are not allowed in format specifiers for single quoted ${letter}-strings`;
    return new SyntaxFailure(message, index);
  }
  const kind = quotes === 3 ? `triple-quoted ${letter}-string` : `${letter}-string`;
  const line = quotes === 3 ? tokens.line - 1 : tokens.line;
  return new SyntaxFailure(`unterminated ${kind} literal (detected at line ${line})`, template.start);
}
