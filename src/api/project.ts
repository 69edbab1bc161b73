import { basename, resolve } from "node:path";
import { type ConfiguredProject, configuredProject } from "../cli/configured.ts";
import { readEnvironmentFiles } from "../cli/environment.ts";
import type { Surroundings } from "../cli/world.ts";
import { unconfigured } from "../commands/judged.ts";
import { exitCodes, type Outcome } from "../commands/outcome.ts";
import { emptyConfig } from "../config/config.ts";
import { openDisk } from "../files/disk.ts";
import type { ProjectFiles } from "../files/project-files.ts";

/** What `check`, `plan` and `evaluateSettings` are told alike. */
export interface ProjectOptions {
  /** Django's production settings module; otherwise it is the configuration's, or found. */
  readonly settings?: string;
  /**
   * The production environment, exactly: a variable that is not in it is unset. Otherwise it is that of the
   * configuration's `env-files`; failing that, what the repository declares.
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The configuration: a file, or `false` for none. Otherwise it is the `deploy-check.yaml` that is nearest, as
   * for the command. Variables named `DEPLOY_CHECK_…` count for the command only. A project in memory has none.
   */
  readonly config?: string | false;
}

/** No project that deploy-check knows is there: the command ends with 4. The message says what was looked for. */
export class NothingRecognised extends Error {
  override readonly name = "NothingRecognised";
}

/** A project with its configuration, and the environment that it is judged in. */
export interface OpenedProject extends ConfiguredProject {
  readonly files: ProjectFiles;
  readonly rootName: string;
  readonly env: ReadonlyMap<string, string> | undefined;
}

/** Opens a folder, or takes files that are open already. */
export async function openProject(
  project: string | ProjectFiles,
  { env, config }: ProjectOptions,
  { withIgnored = () => false }: { readonly withIgnored?: (hasEnv: boolean) => boolean } = {},
): Promise<OpenedProject> {
  const given = env && new Map(Object.entries(env));
  if (typeof project !== "string") {
    const nothing = { config: emptyConfig, envFiles: [], configured: unconfigured };
    return {
      ...nothing,
      root: "",
      path: ".",
      prefix: "",
      baseline: "",
      top: "",
      files: project,
      rootName: "project",
      env: given,
    };
  }
  const world = surroundings();
  const configured = await configuredProject({ world }, project, config);
  const own = given ?? (await readEnvironmentFiles(world, configured.envFiles));
  const files = await openDisk(configured.root, { withIgnored: withIgnored(own !== undefined) });
  return { ...configured, files, rootName: basename(configured.root) || "/", env: own };
}

/** Nothing of the process but the folder that it is in. */
export function surroundings(): Surroundings {
  return { argv: [], env: {}, cwd: resolve("."), isTTY: false, columns: undefined };
}

/** The document that a command prints. */
export function documentOf({ stdout, stderr, code }: Outcome): string {
  if (code === exitCodes.nothingRecognised) throw new NothingRecognised(stderr.trimEnd());
  return stdout;
}
