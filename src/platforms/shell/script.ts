import { parseTree, plainText, type ShellItem, type ShellList, type SimpleCommand } from "./tree.ts";

export interface ShellCommand extends SimpleCommand {
  /** It runs only if a test says so: within `if`, `case`, a loop or a function, or behind `||`. */
  readonly conditional: boolean;
}

const tests = new Set(["[", "[[", "test"]);

/** Whether a command is a test, such as `[ -f x ]`. */
export function isTest(command: SimpleCommand): boolean {
  return tests.has(plainText(command.words[0]) ?? "");
}

/** The simple commands of a script or a command line, in order, whatever they are grouped by. */
export function parseShell(text: string): readonly ShellCommand[] {
  return [...commandsOf(parseTree(text), false)];
}

function* commandsOf(list: ShellList, within: boolean): Generator<ShellCommand> {
  let behind = false;
  for (const item of list) {
    yield* commandsIn(item, within || behind);
    if (item.joint === "||") behind = true;
    else if (item.joint === "&&") behind ||= item.node.kind === "command" && isTest(item.node);
    else behind = false;
  }
}

function* commandsIn({ node }: ShellItem, conditional: boolean): Generator<ShellCommand> {
  switch (node.kind) {
    case "command":
      yield { ...node, conditional };
      return;
    case "if":
      for (const [index, { test, body }] of node.clauses.entries()) {
        yield* commandsOf(test, conditional || index > 0);
        yield* commandsOf(body, true);
      }
      yield* commandsOf(node.otherwise ?? [], true);
      return;
    case "case":
      for (const { body } of node.branches) yield* commandsOf(body, true);
      return;
    case "loop":
      yield* commandsOf(node.test, conditional);
      yield* commandsOf(node.body, true);
      return;
    case "group":
      yield* commandsOf(node.body, conditional);
      return;
    case "function":
      yield* commandsOf(node.body, true);
  }
}
