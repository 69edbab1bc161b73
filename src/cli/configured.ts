import { basename, dirname, posix, relative, resolve, sep } from "node:path";
import type { Command } from "commander";
import { checks } from "../checks/index.ts";
import { type Configured, unconfigured } from "../commands/judged.ts";
import { WrongUsage } from "../commands/outcome.ts";
import { type Config, emptyConfig } from "../config/config.ts";
import { loadConfig, WrongConfig } from "../config/load.ts";
import { findRepository } from "../files/git.ts";
import { readBelow, realFolder, staysBelow } from "../files/named-file.ts";
import { pathMatcher } from "../ignores/path-pattern.ts";
import { readOwn } from "./levers.ts";
import type { Invocation } from "./world.ts";

/** What is judged, and what its configuration says. */
export interface ConfiguredProject {
  /** The folder that is judged, absolute. */
  readonly root: string;
  /** The same as the user would write it. */
  readonly path: string;
  /** The same from the top of the repository: "backend/", or "". */
  readonly prefix: string;
  readonly config: Config;
  /** `env-files` of the configuration, absolute, where it has any. */
  readonly envFiles: readonly string[];
  readonly configured: Configured;
  /** The file of known findings, absolute: where the configuration says, or beside what is judged. */
  readonly baseline: string;
  /** The top of the repository, or what is judged, absolute. */
  readonly top: string;
}

/** `--config <file>` and `--no-config`. */
export function withConfig(command: Command): Command {
  return command
    .option("--config <file>", "the configuration, instead of the deploy-check.yaml that is nearest")
    .option("--no-config", "no configuration");
}

/**
 * Finds the configuration of the folder that the user names; without a name, the configuration may say
 * which folder is meant.
 */
export async function configuredProject(
  { world, tree }: Pick<Invocation, "world" | "tree">,
  path: string,
  named: string | boolean | undefined,
): Promise<ConfiguredProject> {
  const asked = resolve(world.cwd, path);
  const start = realFolder(asked) ?? (tree && asked);
  // Whoever opens it will say what is the matter.
  if (start === undefined) return { root: asked, path, prefix: "", ...withoutConfig, ...usual(asked, asked) };
  const top = findRepository(start)?.root ?? start;
  const fromTop = (place: string) => relative(top, place).replaceAll(sep, "/");
  const loaded =
    named === false
      ? undefined
      : await loadConfig({
          read: (file) => (tree && !isInstalled(file) ? tree.text(file) : readConfigFile(top, file)),
          folder: fromTop(start),
          named: typeof named === "string" ? fromTop(withRealFolder(resolve(world.cwd, named))) : undefined,
          checks,
        }).catch(asWrongUsage);
  if (!loaded?.called)
    return { root: asked, path, prefix: prefixOf(fromTop(start)), ...withoutConfig, ...usual(top, start) };
  const { config, called, file, folder, passedOver } = loaded;
  const said =
    config.root === undefined ? undefined : posix.join(folder, config.root).replace(/^\.$|\/+$/g, "");
  // Who stands in another project of the repository means that one.
  const root = path === "." && said !== undefined && areInLine(said, fromTop(start)) ? said : fromTop(start);
  // Whoever wrote the project says where these lead; options of the user's may lead anywhere.
  const own = (key: string, written: string, place: string) => {
    if (staysBelow(top, resolve(top, place))) return resolve(top, place);
    throw new WrongUsage(`${called}: ${key} leads out of the repository: ${written}`);
  };
  if (config.root !== undefined && said !== undefined) own("root", config.root, said);
  const inFolder = posix.relative(folder, root);
  const matches = pathMatcher();
  return {
    root: resolve(top, root),
    path: relative(world.cwd, resolve(top, root)) || ".",
    prefix: prefixOf(root),
    config,
    ...usual(top, resolve(top, root)),
    ...(config.baseline !== undefined && {
      baseline: own("baseline", config.baseline, resolve(top, folder, config.baseline)),
    }),
    envFiles: (config.envFiles ?? []).map((each) => own("env-files", each, resolve(top, folder, each))),
    configured: {
      ...config,
      called,
      file,
      matches: (glob, file) => matches(glob, inFolder.startsWith("..") ? file : posix.join(inFolder, file)),
      notes: passedOver.map((other) => `${other} is passed over, because ${called} is there`),
    },
  };
}

/** What is ours has to be readable, lest a gate be looser than it is written; what is of others need not be. */
function readConfigFile(top: string, file: string): string | undefined {
  return /(?:^|\/)\.?deploy-check\.ya?ml$/.test(file) ? readOwn(top, file) : readBelow(top, file);
}

/** What npm puts there is in no commit. */
function isInstalled(file: string): boolean {
  return /(?:^|\/)node_modules\//.test(file);
}

/** A file as git knows it, for whom its folder was reached by a link (`/tmp` of macOS is one). */
function withRealFolder(file: string): string {
  return resolve(realFolder(dirname(file)) ?? dirname(file), basename(file));
}

const withoutConfig = { config: emptyConfig, envFiles: [], configured: unconfigured };

function usual(top: string, root: string): Pick<ConfiguredProject, "baseline" | "top"> {
  return { top, baseline: resolve(root, "deploy-check-baseline.json") };
}

/** Whether one of two folders of the repository is the other, or above it. */
function areInLine(one: string, other: string): boolean {
  return prefixOf(one).startsWith(prefixOf(other)) || prefixOf(other).startsWith(prefixOf(one));
}

function prefixOf(folder: string): string {
  return folder === "" ? "" : `${folder}/`;
}

function asWrongUsage(error: unknown): never {
  throw error instanceof WrongConfig ? new WrongUsage(error.message) : error;
}
