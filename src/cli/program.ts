import { Command } from "commander";
import { version } from "../version.ts";
import { defineBaselineCommand } from "./baseline.ts";
import { defineCheckCommand } from "./check.ts";
import { defineCompletionCommand } from "./completion.ts";
import { defineExplainCommand } from "./explain.ts";
import { defineHookCommand } from "./hook.ts";
import { defineIgnoreCommand } from "./ignore.ts";
import { defineInitCommand } from "./init.ts";
import { defineListCommand } from "./list.ts";
import { widthOf } from "./paint.ts";
import { definePlanCommand } from "./plan.ts";
import { defineSettingsCommand } from "./settings.ts";
import type { Invocation } from "./world.ts";

/** The commands besides `check`, in the order in which the help shows them. */
const commands: readonly ((program: Command, invocation: Invocation) => void)[] = [
  defineSettingsCommand,
  definePlanCommand,
  defineBaselineCommand,
  defineIgnoreCommand,
  defineListCommand,
  defineExplainCommand,
  defineInitCommand,
  defineHookCommand,
  defineCompletionCommand,
];

/** The commands with their options; each says what it comes to once its arguments are read. */
export function commandLine(invocation: Invocation, print: (text: string) => void): Command {
  const program = new Command("deploy-check")
    .description(
      "Answers from a project's files alone: will it deploy, and is it safe when it does?\nFor Django, Flask, FastAPI and Starlette, for Node servers, and for Python behind a Procfile.\nRuns none of the project's code; needs no Python, no installed packages and no network.",
    )
    .version(version, "-V, --version", "print the version")
    .addHelpText("after", helpAfter);
  defineCheckCommand(program, invocation);
  for (const define of commands) define(program, invocation);
  for (const command of withCommands(program)) {
    command
      .helpOption("-h, --help", "print this help")
      .enablePositionalOptions()
      .exitOverride()
      .configureOutput({
        writeOut: print,
        // Errors are reported once, in our own words, by `failure`.
        writeErr: () => undefined,
        getOutHelpWidth: () => Math.min(widthOf(invocation.world), 100),
        getOutHasColors: () => false,
      });
  }
  return program;
}

/** A command and all below it. */
function withCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}

const helpAfter = `
Examples:
  deploy-check                                  judge the project in this folder
  deploy-check --settings shop.settings.prod    name production's settings
  deploy-check --env-file prod.env              in exactly this environment
  deploy-check --fail-level warning --quiet     for a pipeline
  deploy-check --format json=report.json        for a program, in a file
  deploy-check explain security.W018            why it matters and what to do
  deploy-check settings --env-file prod.env     what the settings come to
  deploy-check plan --platform fly              what Fly.io would do with it

Every option but --env can be a variable too: DEPLOY_CHECK_FAIL_LEVEL=warning.

Exit codes: 0 nothing at or above --fail-level, 1 something is, 2 wrong usage,
3 a fault of deploy-check itself, 4 no project was recognised.`;
