import {
  type CommandTree,
  type Completed,
  type CompletedOption,
  everyCommand,
  quoted,
  spellings,
  type Word,
} from "./tree.ts";

/** The script for zsh: a file of `$fpath` that is called `_deploy-check`, or something to `source`. */
export function zshCompletion(tree: CommandTree): string {
  const lists = new Map<string, string>();
  const functions = everyCommand(tree).map((command) => functionOf(command, lists));
  return `#compdef deploy-check
# deploy-check's completion for zsh
${[...lists].map(([content, name]) => listed(name, content)).join("")}
${functions.join("\n")}
if [[ $funcstack[1] == _deploy-check ]]; then
  _deploy_check "$@"
else
  compdef _deploy_check deploy-check
fi
`;
}

/** Words are written once, however many options take them: by their text, the name of the function that offers them. */
type Lists = Map<string, string>;

function listed(name: string, content: string): string {
  return `
${name}() {
  local -a words shown
  words=(); shown=()
${content}
  compadd "$@" -l -d shown -a words
}
`;
}

function listOf(words: readonly Word[], lists: Lists): string {
  const content = words
    .map(
      ({ word, says }) => `  words+=(${quoted(word)}); shown+=(${quoted(says ? `${word}  ${says}` : word)})`,
    )
    .join("\n");
  const name = lists.get(content) ?? `_deploy_check_words_${lists.size + 1}`;
  lists.set(content, name);
  return name;
}

function functionOf(command: CommandTree, lists: Lists): string {
  const { options, commands, argument } = command;
  const specs = [
    ...options.map((option) => optionSpec(option, lists)),
    ...(commands.length > 0
      ? [quoted("1: :->first"), quoted("*:: :->rest")]
      : argument
        ? [quoted(`1:${escaped(command.path.at(-1) ?? "argument")}:${action(argument, lists)}`)]
        : []),
  ];
  return `${nameOf(command)}() {
  local curcontext=$curcontext state
  local -a line
  local -A opt_args
  _arguments -C -s -S : \\
    ${specs.join(" \\\n    ")}
${commands.length > 0 ? states(command, lists) : ""}}
`;
}

function states({ commands, argument }: CommandTree, lists: Lists): string {
  const words = commands.map(({ path, says }) => ({ word: path.at(-1) ?? "", says }));
  const otherwise = argument?.kind === "folder" || argument?.kind === "file" ? action(argument, lists) : "";
  return `  case $state in
    first)
      ${listOf(words, lists)}
      ${otherwise || ":"} ;;
    rest)
      case $line[1] in
${commands.map((below) => `        ${quoted(below.path.at(-1) ?? "")}) ${nameOf(below)} ;;`).join("\n")}
      esac ;;
  esac
`;
}

function nameOf({ path }: CommandTree): string {
  return ["_deploy_check", ...path].join("_").replaceAll("-", "_");
}

/** `'*'{-q,--quiet}'[what it does]'`, `'*--format=[what it does]:format:function'` */
function optionSpec(option: CompletedOption, lists: Lists): string {
  const { says, value } = option;
  const names = spellings(option).map((name) =>
    value ? `${name}${name.startsWith("--") ? "=" : "+"}` : name,
  );
  const spelled = names.length > 1 ? `'*'{${names.join(",")}}` : quoted(`*${names.join("")}`);
  const taken = value ? `:${escaped(option.long.slice(2))}:${action(value, lists)}` : "";
  return spelled + quoted(`[${escaped(says)}]${taken}`);
}

function action(completed: Completed, lists: Lists): string {
  switch (completed.kind) {
    case "words": {
      const list = listOf(completed.words, lists);
      return completed.commas ? `_sequence ${list}` : list;
    }
    case "file":
      return "_files";
    case "folder":
      return "_files -/";
    case "free":
      return " ";
  }
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, (character) => `\\${character}`);
}
