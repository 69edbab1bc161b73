import { type Piece, type RawCommand, splitCommands, type Word } from "./words.ts";

/** A command of a shell, or what groups several. */
export type ShellNode =
  | SimpleCommand
  | { readonly kind: "if"; readonly clauses: readonly Clause[]; readonly otherwise: ShellList | undefined }
  | { readonly kind: "case"; readonly subject: Word | undefined; readonly branches: readonly Branch[] }
  /** `for`, `while`, `until`, `select`; the test of a `for` is empty. */
  | { readonly kind: "loop"; readonly test: ShellList; readonly body: ShellList }
  | { readonly kind: "group"; readonly subshell: boolean; readonly body: ShellList }
  | { readonly kind: "function"; readonly name: string; readonly body: ShellList };

export interface SimpleCommand {
  readonly kind: "command";
  /** `X=y` in front of the command, or on its own. */
  readonly assignments: readonly { readonly name: string; readonly value: readonly Piece[] }[];
  readonly words: readonly Word[];
  readonly start: number;
  readonly end: number;
  /** `exec` stands before it: nothing behind it runs. */
  readonly replaces: boolean;
  /** `!` stands before it. */
  readonly negated: boolean;
}

export interface Clause {
  readonly test: ShellList;
  readonly body: ShellList;
}

export interface Branch {
  readonly patterns: readonly Word[];
  readonly body: ShellList;
}

export interface ShellItem {
  readonly node: ShellNode;
  /** The operator behind it: "&&", "||", "|", "&", ";" and so on. */
  readonly joint: string;
}

export type ShellList = readonly ShellItem[];

/** Nobody writes by hand what nests deeper; what does is read as if the innermost levels were one. */
const deepest = 60;

type Items = { node: ShellNode; joint: string }[];

type Frame =
  | {
      readonly kind: "if";
      readonly clauses: { test: Items; body: Items }[];
      otherwise: Items | undefined;
      current: Items;
    }
  | {
      readonly kind: "case";
      readonly subject: Word | undefined;
      readonly branches: Branch[];
      /** Undefined within a branch: otherwise the words of the pattern so far. */
      patterns: Word[] | undefined;
      current: Items;
    }
  | { readonly kind: "loop"; readonly test: Items; readonly body: Items; header: boolean; current: Items }
  | { readonly kind: "group" | "subshell"; readonly current: Items }
  | { readonly kind: "function"; readonly name: string; readonly current: Items };

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;

/** The structure of a script or a command line. Linear and total: what is malformed is read somehow. */
export function parseTree(text: string): ShellList {
  const root: Items = [];
  const stack: Frame[] = [];
  /** Openings that were too deep, and so are closed without effect. */
  let overflow = 0;
  let defined: string | undefined;
  let doubleTest: Word[] | undefined;

  const list = () => stack.at(-1)?.current ?? root;
  const push = (frame: Frame) => {
    if (stack.length < deepest) stack.push(frame);
    else overflow += 1;
  };
  const add = (node: ShellNode) => list().push({ node, joint: ";" });
  const close = (...kinds: readonly Frame["kind"][]) => {
    if (overflow > 0) {
      overflow -= 1;
      return;
    }
    const top = stack.at(-1);
    if (!top || !kinds.includes(top.kind)) return;
    stack.pop();
    add(nodeOf(top));
  };

  for (const raw of splitCommands(text)) readRaw(raw);
  while (stack.length > 0) {
    const top = stack.pop();
    if (top) add(nodeOf(top));
  }
  return root;

  function readRaw(raw: RawCommand): void {
    if (doubleTest) {
      doubleTest.push(...raw.words);
      if (plainText(raw.words.at(-1)) !== "]]" && raw.end !== "") return;
      add(simpleCommand(doubleTest, false, false));
      doubleTest = undefined;
    } else readWords(raw);
    if (raw.end === "(" && raw.words.length === 0) {
      const top = stack.at(-1);
      if (!(top?.kind === "case" && top.patterns) && !(top?.kind === "loop" && top.header)) {
        push({ kind: "subshell", current: [] });
      }
    }
    if (raw.end === ")") close("subshell");
    const top = stack.at(-1);
    if (raw.end === ";;" && top?.kind === "case" && !top.patterns) {
      top.patterns = [];
      top.current = [];
    }
    const last = list().at(-1);
    if (last && (raw.words.length > 0 || raw.end === "&&" || raw.end === "||" || raw.end === "|")) {
      last.joint = raw.end;
    }
  }

  function readWords(raw: RawCommand): void {
    if (raw.end === "()") {
      defined = plainText(raw.words.at(-1)) ?? "";
      return;
    }
    let index = 0;
    let replaces = false;
    let negated = false;
    for (; index < raw.words.length; index++) {
      const top = stack.at(-1);
      const keyword = plainText(raw.words[index]);
      if (top?.kind === "case" && top.patterns && keyword !== "esac") {
        readPattern(top, top.patterns, raw, index);
        return;
      }
      if (top?.kind === "loop" && top.header && keyword !== "do") return;
      if (keyword === undefined) break;
      if (keyword === "exec") replaces = true;
      else if (keyword === "!") negated = true;
      else if (keyword === "function") {
        defined = plainText(raw.words[index + 1]) ?? "";
        index += 1;
      } else if (keyword === "case") {
        push({
          kind: "case",
          subject: raw.words[index + 1],
          branches: [],
          patterns: [],
          current: [],
        });
        // `in`, which may stand on the next line.
        index += plainText(raw.words[index + 2]) === "in" ? 2 : 1;
      } else if (closing(keyword)) return;
      else if (!opening(keyword)) break;
    }
    const words = raw.words.slice(index);
    if (words.length === 0) return;
    if (plainText(words[0]) === "[[" && plainText(words.at(-1)) !== "]]" && raw.end !== "") {
      doubleTest = [...words];
      return;
    }
    if (raw.end !== "pattern") add(simpleCommand(words, replaces, negated));
  }

  function readPattern(
    frame: Frame & { kind: "case" },
    patterns: Word[],
    raw: RawCommand,
    from: number,
  ): void {
    const isEnd = raw.end === "pattern" || raw.end === ")";
    const words = raw.words.slice(from);
    const isIn = frame.branches.length + patterns.length === 0 && plainText(words[0]) === "in";
    patterns.push(...words.slice(isIn && !(isEnd && words.length === 1) ? 1 : 0));
    if (!isEnd) return;
    const body: Items = [];
    frame.branches.push({ patterns, body });
    frame.patterns = undefined;
    frame.current = body;
  }

  /** Whether the word opens a part of something; what stands behind it is then read on. */
  function opening(keyword: string): boolean {
    const top = stack.at(-1);
    switch (keyword) {
      case "if": {
        const test: Items = [];
        push({ kind: "if", clauses: [{ test, body: [] }], otherwise: undefined, current: test });
        return true;
      }
      case "elif":
        if (top?.kind === "if") {
          const test: Items = [];
          top.clauses.push({ test, body: [] });
          top.current = test;
        }
        return true;
      case "then":
        if (top?.kind === "if") top.current = top.clauses.at(-1)?.body ?? top.current;
        return true;
      case "else":
        if (top?.kind === "if") {
          top.otherwise = [];
          top.current = top.otherwise;
        }
        return true;
      case "while":
      case "until":
      case "for":
      case "select": {
        const test: Items = [];
        const header = keyword === "for" || keyword === "select";
        push({ kind: "loop", test, body: [], header, current: test });
        return true;
      }
      case "do":
        if (top?.kind === "loop") {
          top.header = false;
          top.current = top.body;
        }
        return true;
      case "{":
        push(
          defined === undefined
            ? { kind: "group", current: [] }
            : { kind: "function", name: defined, current: [] },
        );
        defined = undefined;
        return true;
      case "time":
        return true;
      default:
        return false;
    }
  }

  function closing(keyword: string): boolean {
    const kinds = closed[keyword];
    if (!Object.hasOwn(closed, keyword) || !kinds) return false;
    close(...kinds);
    return true;
  }
}

const closed: Readonly<Record<string, readonly Frame["kind"][]>> = {
  fi: ["if"],
  done: ["loop"],
  esac: ["case"],
  "}": ["group", "function"],
};

function nodeOf(frame: Frame): ShellNode {
  switch (frame.kind) {
    case "if":
      return { kind: "if", clauses: frame.clauses, otherwise: frame.otherwise };
    case "case":
      return { kind: "case", subject: frame.subject, branches: frame.branches };
    case "loop":
      return { kind: "loop", test: frame.test, body: frame.body };
    case "function":
      return { kind: "function", name: frame.name, body: frame.current };
    default:
      return { kind: "group", subshell: frame.kind === "subshell", body: frame.current };
  }
}

function simpleCommand(words: readonly Word[], replaces: boolean, negated: boolean): SimpleCommand {
  const assignments: SimpleCommand["assignments"][number][] = [];
  let first = 0;
  for (; first < words.length; first++) {
    const [head, ...rest] = words[first]?.pieces ?? [];
    const match = head?.kind === "text" ? assignment.exec(head.text) : null;
    if (!match?.[1] || head?.kind !== "text") break;
    const value: Piece[] = [{ kind: "text", text: head.text.slice(match[0].length) }, ...rest];
    assignments.push({ name: match[1], value });
  }
  return {
    kind: "command",
    assignments,
    words: words.slice(first),
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    replaces,
    negated,
  };
}

export function plainText(word: Word | undefined): string | undefined {
  const [piece, ...rest] = word?.pieces ?? [];
  return piece?.kind === "text" && rest.length === 0 ? piece.text : undefined;
}
