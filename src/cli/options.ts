import { type Command, Option } from "commander";
import { platforms } from "../platforms/index.ts";

// Options that several commands have.

export function platformOption(): Option {
  const known = platforms.map(({ id }) => id).join(", ");
  return repeatable("--platform <platform>", `what it is deployed to: all, auto, or some of ${known}`)
    .argParser(collect)
    .default([], "what the files show");
}

export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description);
}

/** `--select a,b --select c` */
export function collect(text: string, before: readonly string[]): readonly string[] {
  return [
    ...before,
    ...text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ];
}

/** `--color` and `--no-color`. */
export function withColours(command: Command): Command {
  return command
    .option("--color", "colours, even where the output is no terminal")
    .option("--no-color", "no colours");
}

/** The folder that a command is about. */
export function withPath(command: Command): Command {
  return command.argument("[path]", "the folder of the repository", ".");
}
