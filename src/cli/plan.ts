import { type Command, Option } from "commander";
import { checks } from "../checks/index.ts";
import { plan, planFormats } from "../commands/plan.ts";
import { openDisk } from "../files/disk.ts";
import { configuredProject, withConfig } from "./configured.ts";
import { environmentOptions } from "./environment.ts";
import { platformOption, withColours, withPath } from "./options.ts";
import { paintFor } from "./paint.ts";
import type { Invocation } from "./world.ts";

interface PlanOptions {
  readonly settings?: string;
  readonly config?: string | boolean;
  readonly platform: readonly string[];
  readonly format: string;
  readonly color?: boolean;
}

export function definePlanCommand(program: Command, invocation: Invocation): void {
  const { world, end } = invocation;
  const environment = environmentOptions();
  const command = withPath(
    program
      .command("plan")
      .description("what each platform will do: Python, install, build, release, start, and what is missing"),
  )
    .addOption(platformOption())
    .option("--settings <module>", "Django's settings module, such as shop.settings.production");
  for (const option of environment.options) command.addOption(option);
  command.addOption(new Option("--format <format>", "how to show it").choices(planFormats).default("text"));
  withColours(withConfig(command)).action(async (given: string, options: PlanOptions) => {
    const project = await configuredProject(invocation, given, options.config);
    const { root, path, config } = project;
    const env = await environment.read(world, project.envFiles);
    end(
      await plan({
        checks,
        files: await openDisk(root),
        path,
        settings: options.settings ?? config.settings,
        env,
        platforms: options.platform.length > 0 ? options.platform : (config.platforms ?? []),
        format: options.format,
        paint: paintFor(world, options),
      }),
    );
  });
}
