// What the shells' completion is made of: the command line as data.

/** A command, with what may follow its name. */
export interface CommandTree {
  /** What leads to it, behind the program's name: [] is the program itself. */
  readonly path: readonly string[];
  readonly says: string;
  readonly options: readonly CompletedOption[];
  /** What its first argument is; undefined if it takes none. */
  readonly argument: Completed | undefined;
  readonly commands: readonly CommandTree[];
}

export interface CompletedOption {
  readonly long: string;
  /** "-q" */
  readonly short: string | undefined;
  readonly says: string;
  /** What stands behind it; undefined for a switch. */
  readonly value: Completed | undefined;
}

/** What may stand in a place. */
export type Completed =
  | { readonly kind: "words"; readonly words: readonly Word[]; readonly commas: boolean }
  | { readonly kind: "file" }
  | { readonly kind: "folder" }
  /** Nobody knows: the name of a module, a number. */
  | { readonly kind: "free" };

export interface Word {
  readonly word: string;
  readonly says: string | undefined;
}

/** A command and all below it, itself first. */
export function everyCommand(tree: CommandTree): readonly CommandTree[] {
  return [tree, ...tree.commands.flatMap(everyCommand)];
}

/** How an option may be written. */
export function spellings({ long, short }: CompletedOption): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

/** A text as one word of any of the shells. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The path of a command as the scripts keep it. */
export function pathOf({ path }: CommandTree): string {
  return path.join(" ");
}
