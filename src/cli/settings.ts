import { type Command, Option } from "commander";
import { settings, settingsFormats } from "../commands/settings.ts";
import { openDisk } from "../files/disk.ts";
import { configuredProject, withConfig } from "./configured.ts";
import { environmentOptions } from "./environment.ts";
import { collect, repeatable, withColours, withPath } from "./options.ts";
import { paintFor } from "./paint.ts";
import type { Invocation } from "./world.ts";

interface SettingsOptions {
  readonly all?: boolean;
  readonly only: readonly string[];
  readonly settings?: string;
  readonly config?: string | boolean;
  readonly django?: string;
  readonly format: string;
  readonly color?: boolean;
}

export function defineSettingsCommand(program: Command, invocation: Invocation): void {
  const { world, end } = invocation;
  const environment = environmentOptions();
  const command = withPath(
    program
      .command("settings")
      .description(
        "show Django's settings as production has them, without running any: a static diffsettings",
      ),
  )
    .option("--all", "Django's defaults too")
    .addOption(
      repeatable("--only <name>", "only these settings, whether or not the project sets them")
        .argParser(collect)
        .default([], "all"),
    )
    .option("--settings <module>", "the settings module, such as shop.settings.production")
    .option("--django <version>", "Django's version, instead of the one that the requirements name");
  for (const option of environment.options) command.addOption(option);
  command.addOption(
    new Option("--format <format>", "how to show them").choices(settingsFormats).default("table"),
  );
  withColours(withConfig(command)).action(async (given: string, options: SettingsOptions) => {
    const project = await configuredProject(invocation, given, options.config);
    const { root, path, config } = project;
    const env = await environment.read(world, project.envFiles);
    end(
      await settings({
        // An environment that is given exactly is asked about to compare with Django here, which reads ignored files too.
        files: await openDisk(root, { withIgnored: env !== undefined }),
        path,
        settings: options.settings ?? config.settings,
        django: options.django,
        env,
        all: options.all ?? false,
        only: options.only,
        format: options.format,
        paint: paintFor(world, options),
      }),
    );
  });
}
