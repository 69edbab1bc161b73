/** What importing a file with a failure raises. */
export type SyntaxException = "SyntaxError" | "IndentationError" | "TabError";

/**
 * How much a failure says. Of the tokenizer's, CPython reports an `exact` one before any of the parser's but a
 * `final` one, wherever it is, and a `late` one only when the parser gets there. A `generic` "invalid syntax"
 * of the parser gives way to everything else.
 */
export type Weight = "final" | "exact" | "late" | "generic";

/** What the tokenizer could not read, or the parser does not accept, and where. */
export class SyntaxFailure extends Error {
  /** Offset in the source. */
  readonly offset: number;
  readonly exception: SyntaxException;
  readonly weight: Weight;
  /** The offset of the token that showed it. */
  readonly reached: number;

  constructor(
    message: string,
    offset: number,
    exception: SyntaxException = "SyntaxError",
    weight: Weight = "exact",
    reached = offset,
  ) {
    super(message);
    this.offset = offset;
    this.reached = reached;
    this.exception = exception;
    this.weight = weight;
  }
}

/** An opening bracket: its kind of token, and where it is. */
export interface OpenBracket {
  readonly kind: number;
  readonly offset: number;
  readonly line: number;
}

/** The tokens of a module, column by column, because an object for each would cost more than reading it. */
export class TokenList {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** The line on which a token starts, from 1. */
  lines: Int32Array;
  /** The line on which it ends: another one only for text in triple quotes. */
  endLines: Int32Array;
  length = 0;
  /** The offset at which each line starts, up to the line that is being read; line 1 is the first. */
  readonly lineStarts: number[] = [0];
  /** Whether a name has a character outside ASCII. */
  hasWideNames = false;
  /** Why the list ends before the source does. */
  failure: SyntaxFailure | null = null;
  /** Brackets open at the end, outermost first. */
  unclosed: readonly OpenBracket[] = [];

  constructor(sourceLength: number) {
    // Settings have a token every five characters or so; the columns grow where there are more.
    const capacity = 64 + (sourceLength >> 2);
    this.kinds = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.lines = new Int32Array(capacity);
    this.endLines = new Int32Array(capacity);
  }

  /** Adds a token; of one that began on an earlier line than that which is being read, that line is given. */
  push(kind: number, start: number, end: number, line = this.lineStarts.length): void {
    const index = this.length++;
    if (index === this.kinds.length) this.grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.lines[index] = line;
    this.endLines[index] = this.lineStarts.length;
  }

  /** The line that is being read. */
  get line(): number {
    return this.lineStarts.length;
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.starts = enlarged(this.starts, capacity);
    this.ends = enlarged(this.ends, capacity);
    this.lines = enlarged(this.lines, capacity);
    this.endLines = enlarged(this.endLines, capacity);
  }
}

function enlarged(column: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(column);
  return larger;
}
