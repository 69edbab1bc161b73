import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import type { CommandTree } from "./completion/tree.ts";
import { zshCompletion } from "./completion/zsh.ts";
import { type Outcome, printed } from "./outcome.ts";

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

export type Shell = keyof typeof scripts;

export const shells = Object.keys(scripts);

/** The script that completes deploy-check's commands, options and their values in a shell. */
export function completion(shell: Shell, tree: CommandTree): Outcome {
  return printed(scripts[shell](tree));
}
