import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { checks } from "../checks/index.ts";
import { plan, planFormats } from "../commands/plan.ts";
import { openDisk } from "../files/disk.ts";
import { environmentOptions } from "./environment.ts";
import { platformOption, withColours, withPath } from "./options.ts";
import { paintFor } from "./paint.ts";
import type { Invocation } from "./world.ts";

interface PlanOptions {
  readonly settings?: string;
  readonly platform: readonly string[];
  readonly format: string;
  readonly color?: boolean;
}

export function definePlanCommand(program: Command, { world, end }: Invocation): void {
  const environment = environmentOptions();
  const command = withPath(
    program
      .command("plan")
      .description("what each platform will do: Python, install, build, release, start, and what is missing"),
  )
    .addOption(platformOption())
    .option("--settings <module>", "the settings module, such as shop.settings.production");
  for (const option of environment.options) command.addOption(option);
  command.addOption(new Option("--format <format>", "how to show it").choices(planFormats).default("text"));
  withColours(command).action(async (path: string, options: PlanOptions) => {
    const env = await environment.read(world);
    end(
      await plan({
        checks,
        files: await openDisk(resolve(world.cwd, path)),
        path,
        settings: options.settings,
        env,
        platforms: options.platform,
        format: options.format,
        paint: paintFor(world, options),
      }),
    );
  });
}
