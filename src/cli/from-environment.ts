import type { Command, Option } from "commander";
import { WrongUsage } from "../commands/outcome.ts";

/**
 * The arguments with what `DEPLOY_CHECK_…` variables say put in front of the user's own: `DEPLOY_CHECK_FAIL_LEVEL`
 * is `--fail-level`. An option that is given outweighs its variable. Several values are separated by commas;
 * a switch is on for "1" and "true", and off for "0", "false" and nothing.
 *
 * @returns the arguments, and the variable that each option was taken from, by the option's long name.
 */
export function withVariables(
  program: Command,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly argv: readonly string[]; readonly taken: ReadonlyMap<string, string> } {
  const named = program.commands.find((command) => command.name() === argv[0]);
  const own = named ? argv.slice(1) : argv;
  const taken = new Map<string, string>();
  const given: string[] = [];
  for (const option of (named ?? program).options) {
    const { long } = option;
    const variable = long && variableOf(long, named?.name() ?? "check");
    const text = variable && env[variable];
    if (!long || !variable || text === undefined || text === "" || isGiven(option, own, named ?? program))
      continue;
    const values = option.required
      ? isList(option)
        ? text.split(",")
        : [text]
      : isOn(text, variable)
        ? [""]
        : [];
    for (const value of values) given.push(option.required ? `${long}=${value.trim()}` : long);
    taken.set(long, variable);
  }
  return { argv: [...(named ? [named.name()] : []), ...given, ...own], taken };
}

/** Options that no variable stands for: secrets do not belong into it, and these are questions. */
const without: ReadonlySet<string> = new Set(["--env", "--version", "--help", "--no-color", "--no-config"]);

/** Commands that write something do it only when they are told so. */
const judging: ReadonlySet<string> = new Set(["check", "settings", "plan"]);

/** The variable that an option of a command, by its long name, can be given as; undefined where there is none. */
export function variableOf(long: string, command: string): string | undefined {
  if (!judging.has(command)) return undefined;
  // Other commands have formats of their own, and a pipeline's choice for the report is none for them.
  if (without.has(long) || (long === "--format" && command !== "check")) return undefined;
  return `DEPLOY_CHECK_${long.slice(2).replaceAll("-", "_").toUpperCase()}`;
}

function isOn(text: string, variable: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true;
  if (/^(?:0|false|no|off)$/i.test(text)) return false;
  // A slip in DEPLOY_CHECK_EXIT_ZERO shall not let everything through.
  throw new WrongUsage(`$${variable} is a switch: 1 or true, 0 or false`);
}

/** Options that may be given several times. */
function isList({ defaultValue, long }: Option): boolean {
  return Array.isArray(defaultValue) || long === "--env-file";
}

/** Whether the user gives the option, or what it cannot be used with. */
function isGiven(option: Option, argv: readonly string[], command: Command): boolean {
  const opposed = command.options.filter(
    (other) => other.attributeName() === option.attributeName() || rivals(other, option),
  );
  return opposed.some(({ long, short }) =>
    argv.some((word) => word === long || word === short || (long && word.startsWith(`${long}=`))),
  );
}

const exclusive: readonly (readonly string[])[] = [["--verbose", "--quiet"]];

function rivals(one: Option, other: Option): boolean {
  return exclusive.some((pair) => pair.includes(one.long ?? "") && pair.includes(other.long ?? ""));
}
