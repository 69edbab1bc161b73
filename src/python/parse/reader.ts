import type { Span } from "../tree.ts";
import * as Token from "./token.ts";
import { SyntaxFailure, type TokenList } from "./token-list.ts";

/**
 * How deep the parts of a tree may lie in each other. CPython 3.12 gives up at 3,000; this is as much as a
 * recursive walk over the tree can be expected to bear.
 */
const maximumDepth = 1000;
/** How many operators can follow one another; CPython's compiler gives up a little above. */
const maximumChain = 3000;

/** Reads tokens one after the other, and knows where things are. */
export abstract class TokenReader {
  protected readonly source: string;
  protected readonly tokens: TokenList;
  /** The index of the current token. */
  protected at = 0;
  /** Its kind. */
  protected kind: number;
  private readonly kinds: Uint8Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly lines: Int32Array;
  private readonly endLines: Int32Array;
  private readonly lineStarts: readonly number[];
  private depth = 0;

  constructor(source: string, tokens: TokenList) {
    this.source = source;
    this.tokens = tokens;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.lines = tokens.lines;
    this.endLines = tokens.endLines;
    this.lineStarts = tokens.lineStarts;
    this.kind = this.kindAt(0);
  }

  // ── Going on ──

  protected kindAt(index: number): number {
    return this.kinds[index] as number;
  }

  protected get nextKind(): number {
    return this.kinds[this.at + 1] as number;
  }

  protected advance(): void {
    this.kind = this.kinds[++this.at] as number;
  }

  protected goTo(index: number): void {
    this.at = index;
    this.kind = this.kindAt(index);
  }

  /** Steps over a token of that kind, if it is the current one. */
  protected take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.kind = this.kinds[++this.at] as number;
    return true;
  }

  protected expect(kind: number, message?: string): void {
    if (this.kind !== kind) throw message === undefined ? this.unexpected() : this.failure(message);
    this.kind = this.kinds[++this.at] as number;
  }

  /** Steps over a name, and returns it as Python compares names: in Unicode's form NFKC. */
  protected takeName(): string {
    if (this.kind !== Token.name) throw this.unexpected();
    const word = this.source.slice(this.starts[this.at], this.ends[this.at]);
    this.kind = this.kinds[++this.at] as number;
    return this.tokens.hasWideNames ? word.normalize("NFKC") : word;
  }

  protected textAt(index: number): string {
    return this.source.slice(this.startOffset(index), this.endOffset(index));
  }

  /** Whether a token is the given word; for the words that are keywords in some places only. */
  protected isWord(index: number, word: string): boolean {
    const start = this.startOffset(index);
    return (
      this.kindAt(index) === Token.name &&
      this.endOffset(index) - start === word.length &&
      this.source.startsWith(word, start)
    );
  }

  // ── Places ──

  protected startOffset(index: number): number {
    return this.starts[index] as number;
  }

  protected endOffset(index: number): number {
    return this.ends[index] as number;
  }

  protected startLine(index: number): number {
    return this.lines[index] as number;
  }

  protected startColumn(index: number): number {
    return (this.starts[index] as number) - (this.lineStarts[(this.lines[index] as number) - 1] as number);
  }

  /** The line on which the token before the current one ends. */
  protected endLine(): number {
    return this.endLines[this.at - 1] as number;
  }

  protected endColumn(): number {
    const index = this.at - 1;
    return (this.ends[index] as number) - (this.lineStarts[(this.endLines[index] as number) - 1] as number);
  }

  protected endColumnAt(index: number): number {
    return (this.ends[index] as number) - (this.lineStarts[(this.endLines[index] as number) - 1] as number);
  }

  /** The line on which the last statement that was read ends, layout left aside. */
  protected bodyEndLine(): number {
    return this.endLines[this.lastInBody()] ?? 0;
  }

  protected bodyEndColumn(): number {
    return this.endColumnAt(this.lastInBody());
  }

  private lastInBody(): number {
    let index = this.at - 1;
    while (index > 0 && this.kindAt(index) <= Token.dedent) index--;
    return index;
  }

  // ── Failures ──

  /** To throw: what is wrong with the current token, or with another one. */
  protected failure(message: string, index = this.at): SyntaxFailure {
    return new SyntaxFailure(
      message,
      this.startOffset(index),
      "SyntaxError",
      "exact",
      this.startOffset(this.at),
    );
  }

  /** To throw: what is wrong with a part of the tree. */
  protected failureOf(node: Span, message: string): SyntaxFailure {
    const offset = (this.lineStarts[node.lineno - 1] ?? 0) + node.col_offset;
    return new SyntaxFailure(message, offset, "SyntaxError", "exact", this.startOffset(this.at));
  }

  protected indentationFailure(message: string): SyntaxFailure {
    return new SyntaxFailure(message, this.startOffset(this.at), "IndentationError");
  }

  /** To throw: the current token may not stand here, and there is no more to say. */
  protected unexpected(): SyntaxFailure {
    if (this.kind === Token.indent) {
      return new SyntaxFailure("unexpected indent", this.endOffset(this.at), "IndentationError", "final");
    }
    return new SyntaxFailure("invalid syntax", this.startOffset(this.at), "SyntaxError", "generic");
  }

  /** Goes one level down; `leave` comes back. */
  protected enter(): void {
    if (++this.depth > maximumDepth) throw this.tooDeep();
  }

  protected leave(): void {
    this.depth--;
  }

  /** Counts the links of a chain such as `a + b + …`, each of which lies in the next. */
  protected checkChain(links: number): void {
    if (this.depth + links > maximumChain) throw this.tooDeep();
  }

  private tooDeep(): SyntaxFailure {
    return this.failure(`nested too deeply: more than ${maximumDepth} levels`);
  }

  /** Tries one reading, and where it fails, another. Of two failures, the one that came further counts. */
  protected either<Result>(first: () => Result, second: () => Result): Result {
    const { at, depth } = this;
    try {
      return first();
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      this.goTo(at);
      this.depth = depth;
      try {
        return second();
      } catch (other) {
        throw other instanceof SyntaxFailure && other.offset < error.offset ? error : other;
      }
    }
  }
}
