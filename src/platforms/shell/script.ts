import { type Piece, splitCommands, type Word } from "./words.ts";

export interface ShellCommand {
  /** `X=y` in front of the command, or on its own. */
  readonly assignments: readonly { readonly name: string; readonly value: readonly Piece[] }[];
  readonly words: readonly Word[];
  readonly start: number;
  readonly end: number;
  /** It runs only if a test says so: within `if`, `case`, a loop or a function, or behind `||`. */
  readonly conditional: boolean;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)\+?=/;
const opening = new Set(["if", "while", "until"]);
const skipped = new Set(["for", "case", "select"]);
const closing = new Set(["fi", "done", "esac"]);
const joining = new Set(["then", "else", "elif", "do", "!", "{", "exec", "time"]);
const tests = new Set(["[", "[[", "test"]);

/** The simple commands of a script or a command line, in order. */
export function parseShell(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let depth = 0;
  let functions = 0;
  let behind = false;
  let defines = false;
  for (const raw of splitCommands(text)) {
    const conditional = () => depth + functions > 0 || behind;
    if (raw.end === "()") {
      defines = true;
      continue;
    }
    let first = 0;
    let keyword = plainText(raw.words[first]);
    while (keyword !== undefined && (joining.has(keyword) || opening.has(keyword))) {
      if (opening.has(keyword)) depth += 1;
      if (keyword === "{" && defines) {
        functions += 1;
        defines = false;
      }
      first += 1;
      keyword = plainText(raw.words[first]);
    }
    const words = raw.words.slice(first);
    if (keyword !== undefined && skipped.has(keyword)) depth += 1;
    else if (keyword !== undefined && closing.has(keyword)) depth = Math.max(0, depth - 1);
    else if (keyword === "}") functions = Math.max(0, functions - 1);
    else if (raw.end !== "pattern" && words.length > 0) commands.push(simpleCommand(words, conditional()));
    const isTest = keyword !== undefined && tests.has(keyword);
    if (raw.end === "||") behind = true;
    else if (raw.end === "&&") behind = behind || isTest;
    else behind = false;
  }
  return commands;
}

function simpleCommand(words: readonly Word[], conditional: boolean): ShellCommand {
  const assignments: ShellCommand["assignments"][number][] = [];
  let first = 0;
  for (; first < words.length; first++) {
    const [head, ...rest] = words[first]?.pieces ?? [];
    const match = head?.kind === "text" ? assignment.exec(head.text) : null;
    if (!match?.[1] || head?.kind !== "text") break;
    const value: Piece[] = [{ kind: "text", text: head.text.slice(match[0].length) }, ...rest];
    assignments.push({ name: match[1], value });
  }
  return {
    assignments,
    words: words.slice(first),
    start: words[0]?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    conditional,
  };
}

function plainText(word: Word | undefined): string | undefined {
  const [piece, ...rest] = word?.pieces ?? [];
  return piece?.kind === "text" && rest.length === 0 ? piece.text : undefined;
}
