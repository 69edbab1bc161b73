import { relative, resolve, sep } from "node:path";
import { Argument, type Command, Option } from "commander";
import { installation, type Plan } from "../commands/hook/install.ts";
import type { HookName } from "../commands/hook/judged.ts";
import { type Manager, managers, type Places } from "../commands/hook/places.ts";
import { hookNames, status, uninstallation } from "../commands/hook/uninstall.ts";
import { exitCodes, type Outcome, printed, WrongUsage } from "../commands/outcome.ts";
import { lookAt, makeChanges } from "../files/changes.ts";
import { findRepository, hooksFolder } from "../files/git.ts";
import { realFolder } from "../files/named-file.ts";
import { printableLines } from "../report/printable.ts";
import { version } from "../version.ts";
import { type HookRunOptions, runHook } from "./hook-run.ts";
import type { Invocation } from "./world.ts";

interface InstallOptions {
  readonly prePush?: boolean;
  readonly preCommit?: boolean;
  readonly manager?: Manager;
  readonly strict?: boolean;
  readonly force?: boolean;
}

export function defineHookCommand(program: Command, { world, end }: Invocation): void {
  const hook = program
    .command("hook")
    .description("have git call deploy-check before each push, or each commit");
  hook.usage("<command>").configureHelp({ visibleArguments: () => [] });
  hook.argument("[command]").action((named?: string) => {
    const what = named === undefined ? "hook wants to know what to do" : `hook does not know ${named}`;
    throw new WrongUsage(`${what}: install, uninstall, status or run`);
  });
  hook
    .command("install")
    .description(
      "write the hook, behind one that is there, or into the file of husky, lefthook or pre-commit",
    )
    .argument("[path]", "the folder of the project, where the configuration does not say", ".")
    .option("--pre-push", "judge what is pushed (the default)")
    .option("--pre-commit", "judge what is staged")
    .addOption(
      new Option("--manager <name>", "who runs the hooks, if not whom the files show").choices(managers),
    )
    .option("--strict", "block also where nothing can be judged, as without deploy-check")
    .option("--force", "write into hooks that all repositories share")
    .action(async (path: string, options: InstallOptions) =>
      end(await installHook(resolve(world.cwd, path), options)),
    );
  hook
    .command("uninstall")
    .description("take it out again, and put back what was there before")
    .action(async () => end(carriedOut(uninstallation(await placesAt(world.cwd)))));
  hook
    .command("status")
    .description("show where it is installed")
    .action(async () => end(printed(lines(status(await placesAt(world.cwd))))));
  hook
    .command("run")
    .description("what the hook calls: judge what git is about to push or to commit")
    .addArgument(new Argument("[hook]", "the hook").choices(hookNames))
    .argument("[given...]", "what git gives the hook")
    .option("--project <folder>", "the folder of the project")
    .option("--strict", "block also where nothing can be judged")
    .action(async (named: HookName | undefined, given: readonly string[], options: HookRunOptions) =>
      end(await runHook(world, named, given, options)),
    );
}

/** What `deploy-check hook install` does for a project's folder, which is absolute. */
export async function installHook(folder: string, options: InstallOptions): Promise<Outcome> {
  const places = await placesAt(folder);
  const plan = await installation({
    places,
    hooks: hookNames.filter((name) => asksFor(options, name)),
    manager: options.manager,
    project: relative(places.top, realFolder(folder) ?? "").replaceAll(sep, "/"),
    strict: options.strict ?? false,
    force: options.force ?? false,
    version,
  });
  return carriedOut(plan);
}

function asksFor({ prePush = false, preCommit = false }: InstallOptions, hook: HookName): boolean {
  return hook === "pre-commit" ? preCommit : prePush || !preCommit;
}

async function placesAt(folder: string): Promise<Places> {
  const start = realFolder(folder);
  const repository = start === undefined ? undefined : findRepository(start);
  if (repository === undefined)
    throw new WrongUsage(`${folder} is in no git repository, so there is no hook`);
  const hooks = await hooksFolder(repository);
  if (hooks === undefined) throw new WrongUsage("git does not say where hooks are; is it installed?");
  return { top: repository.root, hooks: hooks.path, shared: hooks.shared, look: lookAt };
}

function carriedOut({ changes, says, byHand = false }: Plan): Outcome {
  const failed = makeChanges(changes);
  if (failed !== undefined) throw new WrongUsage(failed);
  return { stdout: lines(says), stderr: "", code: byHand ? exitCodes.wrongUsage : exitCodes.fine };
}

function lines(says: readonly string[]): string {
  return says
    .flatMap(printableLines)
    .map((line) => `${line}\n`)
    .join("");
}
