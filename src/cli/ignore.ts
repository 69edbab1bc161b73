import { dirname, join, relative, resolve, sep } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { checks } from "../checks/index.ts";
import { type EditedConfig, ignore } from "../commands/ignore.ts";
import { openDisk } from "../files/disk.ts";
import { type ConfiguredProject, configuredProject, withConfig } from "./configured.ts";
import { environmentOptions } from "./environment.ts";
import { readOwn } from "./levers.ts";
import { platformOption, withPath } from "./options.ts";
import type { Invocation, Surroundings } from "./world.ts";

interface IgnoreOptions {
  readonly settings?: string;
  readonly config?: string | boolean;
  readonly platform: readonly string[];
  readonly reason: string;
  readonly file?: string;
  readonly line?: number;
}

export function defineIgnoreCommand(program: Command, invocation: Invocation): void {
  const { world, end } = invocation;
  const environment = environmentOptions();
  const command = withPath(
    program
      .command("ignore")
      .description("set aside what a check finds: a comment above it, or a line of deploy-check.yaml")
      .argument("<check>", "its id, the id of a Django check, or an area"),
  )
    .requiredOption("--reason <why>", "why it does not matter here")
    .option("--file <file>", "only in this file, as the report names it")
    .addOption(new Option("--line <number>", "only on this line").argParser(lineNumber))
    .addOption(platformOption())
    .option("--settings <module>", "Django's production settings module");
  for (const option of environment.options) command.addOption(option);
  withConfig(command).action(async (name: string, given: string, options: IgnoreOptions) => {
    const project = await configuredProject(invocation, given, options.config);
    const { root, path, config, configured } = project;
    end(
      await ignore({
        checks,
        files: await openDisk(root),
        path,
        settings: options.settings ?? config.settings,
        env: await environment.read(world, project.envFiles),
        platforms: options.platform.length > 0 ? options.platform : (config.platforms ?? []),
        gate: { strict: config.strict ?? false },
        configured,
        name,
        reason: options.reason,
        file: options.file,
        line: options.line,
        config: editedConfig(world, project),
      }),
    );
  });
}

/** The project's own configuration, or the one that it gets. */
function editedConfig(world: Surroundings, { root, top, configured }: ConfiguredProject): EditedConfig {
  const path = configured.file === "" ? join(root, "deploy-check.yaml") : resolve(top, configured.file);
  const slashed = (from: string, to: string) => relative(from, to).replaceAll(sep, "/");
  return {
    path: slashed(world.cwd, path),
    text: readOwn(top, slashed(top, path)),
    root: slashed(dirname(path), root),
  };
}

function lineNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError("It wants the number of a line, such as 10.");
  return Number(text);
}
