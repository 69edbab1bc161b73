import { type CommandTree, type Completed, everyCommand, pathOf, quoted, spellings } from "./tree.ts";

/**
 * The script for bash, from 3.2 on, which macOS has. Bash takes `--format=json` for three words, and so
 * does the script.
 */
export function bashCompletion(tree: CommandTree): string {
  const commands = everyCommand(tree);
  return `# deploy-check's completion for bash
_deploy_check() {
  local current=\${COMP_WORDS[COMP_CWORD]} path='' option='' word values='' from='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $option ]]; then
      [[ $word == = ]] || option=''
      continue
    fi
    case "$path|$word" in
${[...commands.flatMap(descents), ...commands.flatMap(valued)].join("\n")}
    esac
  done
  if [[ $current == = ]]; then
    current=''
    [[ $option ]] || from=file
  elif [[ \${COMP_WORDS[COMP_CWORD - 1]} == = && ! $option ]]; then
    from=file
  fi
  if [[ ! $from ]]; then
    if [[ ! $option && $current == -* ]]; then
      case "$path" in
${commands.map((command) => `        ${quoted(pathOf(command))}) values=${quoted(optionsOf(command).join(" "))} ;;`).join("\n")}
      esac
    else
      case "$path|$option" in
${commands.flatMap((command) => [...values(command), argument(command)]).join("\n")}
      esac
    fi
  fi
  COMPREPLY=()
  local before=''
  case $from in
    file | folder) compopt -o filenames 2>/dev/null ;;
    list) [[ $current == *,* ]] && before=\${current%,*}, ;;
  esac
  while IFS= read -r word; do
    [[ $word ]] && COMPREPLY+=("$before$word")
  done < <(
    case $from in
      file) compgen -f -- "$current" ;;
      folder) compgen -d -- "$current" ;;
    esac
    [[ $values ]] && compgen -W "$values" -- "\${current#"$before"}"
  )
}
complete -F _deploy_check deploy-check
`;
}

/** From a command to those below it. */
function descents(command: CommandTree): readonly string[] {
  return command.commands.map(
    (below) => `      ${quoted(`${pathOf(command)}|${below.path.at(-1)}`)}) path=${quoted(pathOf(below))} ;;`,
  );
}

/** Options that what follows belongs to. */
function valued(command: CommandTree): readonly string[] {
  const taking = command.options.filter(({ value }) => value !== undefined).flatMap(spellings);
  if (taking.length === 0) return [];
  const patterns = taking.map((option) => quoted(`${pathOf(command)}|${option}`));
  return [`      ${patterns.join(" | ")}) option=$word ;;`];
}

function optionsOf({ options }: CommandTree): readonly string[] {
  return options.flatMap(spellings);
}

function values(command: CommandTree): readonly string[] {
  return command.options.flatMap((option) => {
    const found = option.value && assigned(option.value, []);
    if (!found) return [];
    const patterns = spellings(option).map((each) => quoted(`${pathOf(command)}|${each}`));
    return [`        ${patterns.join(" | ")}) ${found} ;;`];
  });
}

/** What stands where no option is: a command below, or the argument. */
function argument(command: CommandTree): string {
  const below = command.commands.map(({ path }) => path.at(-1) ?? "");
  return `        ${quoted(`${pathOf(command)}|`)}) ${assigned(command.argument ?? { kind: "free" }, below) || ":"} ;;`;
}

function assigned(completed: Completed, others: readonly string[]): string {
  const words = [...others, ...(completed.kind === "words" ? completed.words.map(({ word }) => word) : [])];
  const from = completed.kind === "words" ? (completed.commas ? "list" : "") : completed.kind;
  return [
    ...(words.length > 0 ? [`values=${quoted(words.join(" "))}`] : []),
    ...(from === "" || from === "free" ? [] : [`from=${from}`]),
  ].join(" ");
}
