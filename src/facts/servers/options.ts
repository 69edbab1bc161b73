import type { Argument } from "../../platforms/shell/expand.ts";

/** A command line, taken apart. */
export interface Options {
  /** The values of an option by any of its names, in order; the text of a flag is "". */
  all(...names: readonly string[]): readonly Argument[];
  last(...names: readonly string[]): Argument | undefined;
  readonly positionals: readonly Argument[];
  /** Words of which nobody knows whether they are options. */
  readonly unclear: readonly Argument[];
}

/** `takes` are the options that have a value, by every name they have. */
export function parseOptions(args: readonly Argument[], takes: ReadonlySet<string>): Options {
  const values: (readonly [name: string, value: Argument])[] = [];
  const positionals: Argument[] = [];
  const unclear: Argument[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (!word) break;
    const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(word.text) ?? [];
    if (word.text === "--") {
      positionals.push(...args.slice(index + 1));
      break;
    }
    if (name !== undefined) values.push([fullName(name, takes), { text: value ?? "", known: word.known }]);
    else if (!word.known && /^[$`]/.test(word.text)) unclear.push(word);
    else if (!word.text.startsWith("-") || word.text === "-") positionals.push(word);
    else if (takes.has(fullName(word.text, takes))) {
      const next = args[index + 1];
      if (next) values.push([fullName(word.text, takes), next]);
      index += 1;
    } else if (!word.text.startsWith("--") && takes.has(word.text.slice(0, 2))) {
      values.push([word.text.slice(0, 2), { text: word.text.slice(2).replace(/^=/, ""), known: word.known }]);
    } else values.push([word.text, { text: "", known: true }]);
  }
  const all = (...names: readonly string[]) =>
    values.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  return { all, last: (...names) => all(...names).at(-1), positionals, unclear };
}

/** Long options may be shortened, as Python's argparse allows. */
function fullName(name: string, takes: ReadonlySet<string>): string {
  if (!name.startsWith("--") || takes.has(name)) return name;
  const longer = [...takes].filter((one) => one.startsWith(name));
  return longer.length === 1 ? (longer[0] ?? name) : name;
}
