import { dirname, join, relative, resolve, sep } from "node:path";
import type { Command } from "commander";
import type { Levers } from "../commands/levers.ts";
import { WrongUsage } from "../commands/outcome.ts";
import { lookAt } from "../files/changes.ts";
import { findRepository } from "../files/git.ts";
import { mergeBase } from "../files/git-commits.ts";
import { openCommit } from "../files/git-tree.ts";
import { readBelow, readNamed } from "../files/named-file.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { type PlacedBaseline, readBaseline } from "../ignores/baseline.ts";
import type { ConfiguredProject } from "./configured.ts";
import type { Invocation } from "./world.ts";

export interface LeverOptions {
  readonly ignores?: boolean;
  readonly baseline?: string | boolean;
  readonly changedSince?: string;
}

/** `--baseline`, `--no-baseline`, `--changed-since` and `--no-ignores`. */
export function withLevers(command: Command): Command {
  return withBaseline(command)
    .option("--no-baseline", "no baseline")
    .option("--changed-since <ref>", "only what a change brought: since a branch, a tag or a commit")
    .option("--no-ignores", "what comments, configuration, baseline and Django set aside counts too");
}

export function withBaseline(command: Command): Command {
  return command.option("--baseline <file>", "the known findings, instead of deploy-check-baseline.json");
}

/** A baseline, or that there is none yet. */
export interface BaselineFile extends PlacedBaseline {
  /** Absolute. */
  readonly path: string;
  readonly exists: boolean;
}

/** The baseline's file. Throws `WrongUsage` if it is none that can be read. */
export function baselineOf(
  { world, tree }: Pick<Invocation, "world" | "tree">,
  project: Pick<ConfiguredProject, "baseline" | "top" | "root">,
  named: string | undefined,
): BaselineFile {
  const path = named === undefined ? project.baseline : resolve(world.cwd, named);
  const slashed = (from: string, to: string) => relative(from, to).replaceAll(sep, "/");
  const called = slashed(world.cwd, path);
  const placed = { called, path, root: slashed(dirname(path), project.root) };
  const fromTop = slashed(project.top, path);
  const text =
    named !== undefined || fromTop.startsWith("../")
      ? readText(path, called)
      : tree
        ? tree.text(fromTop)
        : readOwn(project.top, fromTop, largest);
  if (text === undefined) return { ...placed, baseline: { entries: [] }, exists: false };
  const read = readBaseline(text);
  if ("wrong" in read) throw new WrongUsage(`${called} is no baseline: ${read.wrong}`);
  return { ...placed, baseline: read, exists: true };
}

/** A file of findings is longer than anything that is written by hand. */
const largest = 50_000_000;

/**
 * The text of a file of the project that is going to be written; undefined where there is none. Whoever wrote the
 * project may have made a link of it, through which nothing is read or written that is not the project's.
 */
export function readOwn(top: string, path: string, max?: number): string | undefined {
  const text = readBelow(top, path, max);
  if (text === undefined && lookAt(join(top, path)).kind !== "nothing")
    throw new WrongUsage(
      `${path} cannot be used: it is no file that may be read, too large, or a link out of the project`,
    );
  return text;
}

function readText(path: string, called: string): string | undefined {
  const file = readNamed(path);
  if ("text" in file) return file.text;
  if (file.because.startsWith("it does not exist")) return undefined;
  throw new WrongUsage(`${called} cannot be read: ${file.because}`);
}

/** What the options come to, and what the user should know of it, a sentence each. */
export async function leversOf(
  invocation: Pick<Invocation, "world" | "tree">,
  project: Pick<ConfiguredProject, "baseline" | "top" | "root" | "config">,
  files: ProjectFiles,
  { ignores = true, baseline, changedSince }: LeverOptions,
): Promise<{ readonly levers: Levers; readonly notes: readonly string[] }> {
  const named = typeof baseline === "string" ? baseline : undefined;
  const file = baseline === false || !ignores ? undefined : baselineOf(invocation, project, named);
  if (file && !file.exists && named !== undefined)
    throw new WrongUsage(`${named} does not exist; deploy-check baseline --baseline ${named} writes it`);
  return {
    levers: {
      ignores,
      baseline: file?.exists ? file : undefined,
      since: changedSince === undefined ? undefined : await sinceOf(project, changedSince),
    },
    notes: [
      ...(file && !file.exists && project.config.baseline !== undefined
        ? [`the baseline ${file.called} does not exist; deploy-check baseline writes it`]
        : []),
      ...(file?.exists ? ignoredByGit(file, project.root, files) : []),
    ],
  };
}

/** A baseline that nobody else has makes the pipeline fail, or worse, is green on one machine alone. */
export function ignoredByGit(
  { path, called }: BaselineFile,
  root: string,
  files: ProjectFiles,
): readonly string[] {
  const place = relative(root, path).replaceAll(sep, "/");
  return files.isIgnored(place) ? [`${called} is ignored by git, so nobody but you has this baseline`] : [];
}

/** The project as it was where this branch left `ref`, which is what a pull request is compared with. */
async function sinceOf({ root }: Pick<ConfiguredProject, "root">, ref: string) {
  const repository = findRepository(root);
  if (!repository)
    throw new WrongUsage("--changed-since compares with a commit, and this is no git repository");
  const base = await mergeBase(repository, ref);
  if (base === undefined)
    throw new WrongUsage(
      `--changed-since ${ref}: git knows no such commit here, or none that this one comes from; a shallow clone lacks them (git fetch --unshallow)`,
    );
  return { ref, files: await openCommit(root, base) };
}
