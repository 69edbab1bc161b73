import { posix, relative, resolve, sep } from "node:path";
import { type Command, Option } from "commander";
import { type InitFile, type PipelineName, pipelineNames } from "../commands/init/pipelines.ts";
import { init } from "../commands/init.ts";
import { type Outcome, printed, WrongUsage } from "../commands/outcome.ts";
import { nothingRecognised } from "../commands/recognition.ts";
import { configsIn } from "../config/find.ts";
import { lookAt, makeChanges } from "../files/changes.ts";
import { openDisk } from "../files/disk.ts";
import { findRepository } from "../files/git.ts";
import { readBelow, realFolder, staysBelow } from "../files/named-file.ts";
import { printable, printableLines } from "../report/printable.ts";
import { version } from "../version.ts";
import { installHook } from "./hook.ts";
import { withPath } from "./options.ts";
import type { Invocation, Surroundings } from "./world.ts";

interface InitOptions {
  readonly hook?: boolean;
  readonly ci?: PipelineName;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export function defineInitCommand(program: Command, { world, end }: Invocation): void {
  withPath(
    program
      .command("init")
      .description("write a deploy-check.yaml with what the project's files tell, and a pipeline if asked"),
  )
    .addOption(new Option("--ci <pipeline>", "a job for the pipeline, too").choices(pipelineNames))
    .option("--hook", "the hook that judges what is pushed, too: deploy-check hook install")
    .option("--force", "write over files that are there")
    .option("--dry-run", "show what would be written, and write nothing")
    .action(async (path: string, options: InitOptions) => end(await started(world, path, options)));
}

async function started(world: Surroundings, path: string, options: InitOptions): Promise<Outcome> {
  const files = await openDisk(resolve(world.cwd, path));
  const root = realFolder(resolve(world.cwd, path)) ?? "";
  const top = findRepository(root)?.root ?? root;
  const folder = relative(top, root).replaceAll(sep, "/");
  const planned = await init({
    files,
    path,
    folder,
    configured: (await configsIn((name) => readBelow(top, posix.join(folder, name)))).map(
      ({ called }) => called,
    ),
    ci: options.ci,
    more: options.ci !== undefined || options.hook === true,
    force: options.force ?? false,
    version,
    look: (file) => lookAt(resolve(top, file)),
  });
  if (planned.kind === "nothing") return nothingRecognised(path, planned);
  const shown = ({ path: file }: InitFile) => relative(world.cwd, resolve(top, file)).replaceAll(sep, "/");
  if (options.dryRun) {
    const hook = options.hook ? ["would install the hook: deploy-check hook install"] : [];
    return printed(
      lines(
        planned.files.flatMap((file) => content(shown(file), file)),
        planned.says,
        hook,
      ),
    );
  }
  for (const { path: file } of planned.files)
    if (!staysBelow(top, resolve(top, file)))
      throw new WrongUsage(`${file} is behind a link out of the project`);
  // First of all, because it is the one that may refuse. `--force` is about files, not about others' hooks.
  const hook = options.hook ? await installHook(root, {}) : printed("");
  const failed = makeChanges(
    planned.files.map(({ path: file, text }) => ({
      kind: "write",
      path: resolve(top, file),
      text,
      executable: false,
    })),
  );
  if (failed !== undefined) throw new WrongUsage(failed);
  const written = lines(
    planned.files.map((file) => `wrote ${shown(file)}`),
    planned.says,
  );
  return { ...hook, stdout: written + hook.stdout };
}

function content(path: string, { text }: InitFile): readonly string[] {
  return [`would write ${path}:`, ...printableLines(text.trimEnd()).map((line) => (line ? `  ${line}` : ""))];
}

function lines(...parts: readonly (readonly string[])[]): string {
  return parts
    .flat()
    .map((line) => `${printable(line)}\n`)
    .join("");
}
