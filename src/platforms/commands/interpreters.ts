import type { Argument } from "../shell/expand.ts";

/** Programs that run what a shell reads. */
export const shells = new Set(["sh", "bash", "dash", "zsh", "ash", "ksh"]);
/** Builtins, and small programs, that start nothing. */
export const quiet = new Set(
  "alias basename cat chmod chown command cp date dirname echo false hash kill let ln local ls mkdir mv printf pwd read readonly rm sed shopt sleep test touch trap true type ulimit umask unset wait which yes : [ [[".split(
    " ",
  ),
);

/** What `python …` is asked to run. */
export type PythonCommand =
  | { readonly kind: "module" | "script"; readonly name: Argument; readonly args: readonly Argument[] }
  | { readonly kind: "code" }
  | { readonly kind: "nothing" };

/** https://docs.python.org/3.14/using/cmdline.html; `args` begin behind `python`. */
export function pythonCommand(args: readonly Argument[]): PythonCommand {
  let index = 0;
  while (index < args.length && /^-[A-Za-z]+$/.test(args[index]?.text ?? "")) {
    const option = args[index]?.text ?? "";
    if (/^-[A-Za-z]*c$/.test(option)) return { kind: "code" };
    if (/^-[A-Za-z]*m$/.test(option)) {
      const name = args[index + 1];
      return name ? { kind: "module", name, args: args.slice(index + 2) } : { kind: "nothing" };
    }
    index += option === "-X" || option === "-W" ? 2 : 1;
  }
  const name = args[index];
  return name ? { kind: "script", name, args: args.slice(index + 1) } : { kind: "nothing" };
}

/** What `sh …` is asked to run: a text with its `$1` and so on, or a file. */
export interface ShellCall {
  readonly kind: "text" | "file";
  readonly what: Argument | undefined;
  readonly parameters: readonly Argument[];
}

/** `args` begin behind `sh`. */
export function shellCall(args: readonly Argument[]): ShellCall {
  const index = args.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  const file = args.findIndex(({ text }) => !/^[-+]/.test(text));
  if (index >= 0 && (file < 0 || index < file)) {
    // The word behind the text is `$0`.
    return { kind: "text", what: args[index + 1], parameters: args.slice(index + 3) };
  }
  return { kind: "file", what: args[file], parameters: args.slice(file + 1) };
}

/** `env A=1 -u B command`: the variables that it sets, and the command. */
export function envCall(args: readonly Argument[]): {
  readonly sets: readonly (readonly [string, Argument])[];
  readonly argv: readonly Argument[];
} {
  const sets: (readonly [string, Argument])[] = [];
  let index = 0;
  for (; index < args.length; index++) {
    const { text, known } = args[index] ?? { text: "", known: true };
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined) sets.push([name, { text: value ?? "", known }]);
    else if (text === "-u" || text === "--unset") index += 1;
    else if (!text.startsWith("-")) break;
  }
  return { sets, argv: args.slice(index) };
}
