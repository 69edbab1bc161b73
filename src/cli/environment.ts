import { resolve } from "node:path";
import type { Option } from "commander";
import { WrongUsage } from "../commands/outcome.ts";
import { readNamed } from "../files/named-file.ts";
import { repeatable } from "./options.ts";
import type { Surroundings } from "./world.ts";

/** `--env` and `--env-file`, in the order in which they were given. */
export type EnvSource =
  | { readonly kind: "pair"; readonly text: string }
  | { readonly kind: "file"; readonly path: string };

export interface EnvironmentOptions {
  readonly options: readonly Option[];
  /**
   * The production environment that they come to, later ones winning; undefined where none was given, which
   * leaves the environment open. Values may be secrets, so no message quotes one.
   */
  read(
    world: Surroundings,
    /** Files that count where no option is given: those of a configuration. */
    otherwise?: readonly string[],
  ): Promise<ReadonlyMap<string, string> | undefined>;
}

/** The two options of one command. They share their order, so they share their list. */
export function environmentOptions(): EnvironmentOptions {
  const sources: EnvSource[] = [];
  return {
    options: [
      repeatable("--env <name=value>", "a variable of the production environment (repeatable)").argParser(
        (text) => {
          sources.push({ kind: "pair", text });
        },
      ),
      repeatable("--env-file <file>", "a .env file with the production environment (repeatable)").argParser(
        (path) => {
          sources.push({ kind: "file", path });
        },
      ),
    ],
    async read(world, otherwise = []) {
      if (sources.length > 0) return readSources(world, sources);
      return readEnvironmentFiles(world, otherwise);
    },
  };
}

/** The environment that files come to, later ones winning; undefined where there are none. */
export async function readEnvironmentFiles(
  world: Surroundings,
  files: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const sources = files.map((path) => ({ kind: "file", path }) as const);
  return sources.length > 0 ? readSources(world, sources) : undefined;
}

async function readSources(
  { cwd }: Surroundings,
  sources: readonly EnvSource[],
): Promise<ReadonlyMap<string, string>> {
  const { parse } = await import("dotenv");
  const env = new Map<string, string>();
  for (const source of sources) {
    if (source.kind === "file") {
      const file = readNamed(resolve(cwd, source.path));
      if ("because" in file)
        throw new WrongUsage(`the environment file ${source.path} cannot be read: ${file.because}`);
      for (const [name, value] of Object.entries(parse(file.text))) env.set(name, value);
      continue;
    }
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(source.text) ?? [];
    if (name === undefined || value === undefined)
      throw new WrongUsage("--env wants NAME=value, such as --env DEBUG=False");
    env.set(name, value);
  }
  return env;
}
