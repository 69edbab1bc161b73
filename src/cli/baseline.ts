import type { Command } from "commander";
import { checks } from "../checks/index.ts";
import { baseline } from "../commands/baseline.ts";
import { openDisk } from "../files/disk.ts";
import { configuredProject, withConfig } from "./configured.ts";
import { environmentOptions } from "./environment.ts";
import { baselineOf, ignoredByGit, withBaseline } from "./levers.ts";
import { collect, platformOption, repeatable, withPath } from "./options.ts";
import { type Invocation, today } from "./world.ts";

interface BaselineOptions {
  readonly settings?: string;
  readonly config?: string | boolean;
  readonly baseline?: string;
  readonly platform: readonly string[];
  readonly select: readonly string[];
  readonly reason?: string;
  readonly prune?: boolean;
}

export function defineBaselineCommand(program: Command, invocation: Invocation): void {
  const { world, end } = invocation;
  const environment = environmentOptions();
  const command = withPath(
    program
      .command("baseline")
      .description(
        "write down what is found now, so that only what is new fails (deploy-check-baseline.json)",
      ),
  )
    .option("--reason <why>", "why the project lives with what is added")
    .option("--prune", "take out what is gone, and add nothing")
    .addOption(
      repeatable("--select <check>", "only findings of these checks, by id, Django id or area")
        .argParser(collect)
        .default([], "all"),
    )
    .addOption(platformOption())
    .option("--settings <module>", "Django's production settings module");
  for (const option of environment.options) command.addOption(option);
  withConfig(withBaseline(command)).action(async (given: string, options: BaselineOptions) => {
    const project = await configuredProject(invocation, given, options.config);
    const { root, path, config, configured } = project;
    const file = baselineOf(invocation, project, options.baseline);
    const files = await openDisk(root);
    end(
      await baseline({
        checks,
        files,
        path,
        settings: options.settings ?? config.settings,
        env: await environment.read(world, project.envFiles),
        platforms: options.platform.length > 0 ? options.platform : (config.platforms ?? []),
        select: options.select.length > 0 ? options.select : (config.select ?? []),
        ignore: [],
        gate: { strict: config.strict ?? false },
        configured,
        file,
        reason: options.reason,
        prune: options.prune ?? false,
        today: today(world),
        notes: ignoredByGit(file, root, files),
      }),
    );
  });
}
