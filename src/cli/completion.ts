import { Argument, type Command, type Option } from "commander";
import { areas } from "../check.ts";
import { checks } from "../checks/index.ts";
import type { CommandTree, Completed, Word } from "../commands/completion/tree.ts";
import { completion, type Shell, shells } from "../commands/completion.ts";
import { platforms } from "../platforms/index.ts";
import { formats } from "../report/formats.ts";
import type { Invocation } from "./world.ts";

export function defineCompletionCommand(program: Command, { end }: Invocation): void {
  program
    .command("completion")
    .description("print the script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .addHelpText("after", howToInstall)
    .action((shell: Shell) => end(completion(shell, treeOf(program, []))));
}

const howToInstall = `
Where it goes:
  bash   deploy-check completion bash > ~/.local/share/bash-completion/completions/deploy-check
  zsh    deploy-check completion zsh > "\${fpath[1]}/_deploy-check"
  fish   deploy-check completion fish > ~/.config/fish/completions/deploy-check.fish`;

/** What commander knows of the command line, as data. */
function treeOf(command: Command, path: readonly string[]): CommandTree {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  return {
    path,
    says: sentence(command.description()),
    options: help.visibleOptions(command).flatMap((option) => {
      const { long, short, description } = option;
      if (!long) return [];
      return [{ long, short, says: sentence(description), value: takenBy(option) }];
    }),
    argument: argument && single(behind(argument.name(), argument.argChoices)),
    commands: help
      .visibleCommands(command)
      // "help" says what "--help" does.
      .filter((below) => below.name() !== "help")
      .map((below) => treeOf(below, [...path, below.name()])),
  };
}

function takenBy(option: Option): Completed | undefined {
  const placeholder = /<(.+)>|\[(.+)\]$/.exec(option.flags);
  const name = placeholder?.[1] ?? placeholder?.[2];
  return name === undefined ? undefined : behind(name, option.argChoices);
}

/** An argument is one word; options take several, separated by commas. */
function single(completed: Completed): Completed {
  return completed.kind === "words" ? { ...completed, commas: false } : completed;
}

function behind(placeholder: string, choices: readonly string[] | undefined): Completed {
  if (choices)
    return { kind: "words", words: choices.map((word) => ({ word, says: undefined })), commas: false };
  return places[placeholder] ?? { kind: "free" };
}

const checkWords: readonly Word[] = [
  ...Object.entries(areas).map(([word, says]) => ({ word, says })),
  ...checks.map(({ id, title }) => ({ word: id, says: title })),
  ...[...new Set(checks.flatMap(({ django = [] }) => django))]
    .sort()
    .map((word) => ({ word, says: "of Django" })),
];

const platformWords: readonly Word[] = [
  { word: "auto", says: "what the files show" },
  { word: "all", says: "every platform" },
  ...platforms.map(({ id, name }) => ({ word: id, says: name })),
];

/** What stands in a place, by what the help calls it. */
const places: Readonly<Record<string, Completed>> = {
  check: { kind: "words", words: checkWords, commas: true },
  platform: { kind: "words", words: platformWords, commas: true },
  "format[=file]": {
    kind: "words",
    words: Object.keys(formats).map((word) => ({ word, says: undefined })),
    commas: false,
  },
  file: { kind: "file" },
  path: { kind: "folder" },
  folder: { kind: "folder" },
};

/** The first line of a description. */
function sentence(text: string): string {
  return text.split("\n")[0] ?? "";
}
