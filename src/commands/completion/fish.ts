import {
  type CommandTree,
  type Completed,
  type CompletedOption,
  everyCommand,
  pathOf,
  spellings,
  type Word,
} from "./tree.ts";

/** The script for fish: `deploy-check.fish` among its completions. */
export function fishCompletion(tree: CommandTree): string {
  const commands = everyCommand(tree);
  const lists: string[][] = [];
  const lines = commands.flatMap((command) => linesOf(command, lists));
  return `# deploy-check's completion for fish

function __deploy_check_path
    set -l path ''
    set -l skip
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if set -q skip[1]
            set skip
            continue
        end
        switch "$path|$word"
${commands.flatMap(cases).join("\n")}
        end
    end
    echo $path
end

function __deploy_check_at
    test (__deploy_check_path) = "$argv[1]"
end

# Words that are separated by commas: those that are there stay.
function __deploy_check_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    for word in $argv
        echo "$before$word"
    end
end
${lists.map((words, at) => `\nset -g __deploy_check_words_${at + 1} \\\n${words.map((word) => `    ${word}`).join(" \\\n")}\n`).join("")}
complete -c deploy-check -f
${lines.join("\n")}
`;
}

function cases(command: CommandTree): readonly string[] {
  const taking = command.options.filter(({ value }) => value !== undefined).flatMap(spellings);
  return [
    ...command.commands.map((below) => [
      `            case ${quoted(`${pathOf(command)}|${below.path.at(-1)}`)}`,
      `                set path ${quoted(pathOf(below))}`,
    ]),
    ...(taking.length > 0
      ? [
          [
            `            case ${taking.map((option) => quoted(`${pathOf(command)}|${option}`)).join(" ")}`,
            "                set skip 1",
          ],
        ]
      : []),
  ].flat();
}

function linesOf(command: CommandTree, lists: string[][]): readonly string[] {
  const at = `complete -c deploy-check -n ${quoted(`__deploy_check_at ${quoted(pathOf(command))}`)}`;
  return [
    ...command.commands.map(({ path, says }) => `${at} -a ${quoted(path.at(-1) ?? "")} -d ${quoted(says)}`),
    ...(command.argument ? [`${at} ${taken(command.argument, lists)}`] : []),
    ...command.options.map(
      (option) =>
        `${at} ${names(option)}${option.value ? ` ${taken(option.value, lists, true)}` : ""} -d ${quoted(option.says)}`,
    ),
  ];
}

function names({ long, short }: CompletedOption): string {
  return `${short === undefined ? "" : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
}

/** What is offered. Behind an option (`required`) something has to stand. */
function taken(completed: Completed, lists: string[][], required = false): string {
  switch (completed.kind) {
    case "words": {
      const list = `$__deploy_check_words_${listOf(completed.words, lists)}`;
      // Fish looks at a list only when it is asked for, so that it may be set below.
      return `${required ? "-x " : ""}-a '(${completed.commas ? "__deploy_check_list" : 'printf "%s\\n"'} ${list})'`;
    }
    case "file":
      return required ? "-r -F" : "-F";
    case "folder":
      return `${required ? "-x " : ""}-a '(__fish_complete_directories)'`;
    case "free":
      return required ? "-x" : "-f";
  }
}

/** Words are written once, however many options take them. */
function listOf(words: readonly Word[], lists: string[][]): number {
  const list = words.map(({ word, says }) => (says ? `${quoted(word)}\\t${quoted(says)}` : quoted(word)));
  const known = lists.findIndex((each) => each.join() === list.join());
  return known >= 0 ? known + 1 : lists.push(list);
}

/** Unlike the other shells, fish takes a backslash in quotes for an escape. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
