import { relative, resolve, sep } from "node:path";
import { Command, CommanderError } from "commander";
import { type HookName, hookOutcome, type Judged } from "../commands/hook/judged.ts";
import { isTag, type PushedRef, pushedRefs, shortRef } from "../commands/hook/pushed.ts";
import { exitCodes, type Outcome, WrongUsage } from "../commands/outcome.ts";
import { findRepository, type Repository } from "../files/git.ts";
import { commitsOf, hasCommit } from "../files/git-commits.ts";
import { openCommit, openIndex, type TreeOptions } from "../files/git-tree.ts";
import { realFolder } from "../files/named-file.ts";
import { type ProjectFiles, Unreadable } from "../files/project-files.ts";
import { printableLines } from "../report/printable.ts";
import { defineCheckCommand } from "./check.ts";
import { withVariables } from "./from-environment.ts";
import type { Surroundings, Tree } from "./world.ts";

export interface HookRunOptions {
  /** The project, from the folder that the hook runs in; without it, the configuration says. */
  readonly project?: string;
  readonly strict?: boolean;
}

/** Whether git writes to the standard input of this command: `hook run pre-push` is told what is pushed. */
export function isToldByGit(argv: readonly string[]): boolean {
  return argv[0] === "hook" && argv[1] === "run" && argv.includes("pre-push");
}

/** What a hook judges: a commit, or what is staged. */
interface Target {
  readonly called: string;
  open(repository: Repository, options: TreeOptions): Promise<ProjectFiles>;
}

/** Judges what git is about to push or to commit. `given` are the hook's arguments: of pre-push, the remote. */
export async function runHook(
  world: Surroundings,
  named: HookName | undefined,
  given: readonly string[],
  options: HookRunOptions,
): Promise<Outcome> {
  const repository = findRepository(realFolder(world.cwd) ?? world.cwd);
  if (!repository) throw new WrongUsage("a hook judges what git has, and this is no git repository");
  const framework = world.env.PRE_COMMIT !== undefined;
  const hook = named ?? (world.env.PRE_COMMIT_TO_REF === undefined ? "pre-commit" : "pre-push");
  const targets = hook === "pre-commit" ? [staged(world)] : await pushed(world, repository, given[0] ?? "");
  const judged: Judged[] = [];
  for (const target of targets)
    judged.push({ called: target.called, outcome: await judge(world, repository, target, options) });
  return hookOutcome({ hook, judged, strict: options.strict ?? false, framework });
}

/** `git commit <path>` and `git commit --all` have an index of their own, and tell their hooks which. */
function staged({ cwd, env }: Surroundings): Target {
  const indexFile = env.GIT_INDEX_FILE ? resolve(cwd, env.GIT_INDEX_FILE) : undefined;
  return {
    called: "what is staged",
    open: ({ root }, options) => openIndex(root, { ...options, indexFile }),
  };
}

/** Each commit once that is pushed and may be new to the remote. */
async function pushed(
  { stdin, env }: Surroundings,
  repository: Repository,
  remote: string,
): Promise<readonly Target[]> {
  // The framework pre-commit reads what git tells, and tells its hooks in variables.
  const { PRE_COMMIT_TO_REF: told, PRE_COMMIT_REMOTE_NAME, PRE_COMMIT_LOCAL_BRANCH } = env;
  const inVariables = { local: PRE_COMMIT_LOCAL_BRANCH ?? "", remote: "", before: undefined };
  if (told === undefined && stdin === undefined)
    throw new WrongUsage("git tells this command what is pushed; deploy-check hook install has it do so");
  const refs = told === undefined ? pushedRefs(stdin ?? "") : [{ ...inVariables, object: told }];
  const commits = await commitsOf(
    repository,
    refs.map(({ object }) => object),
  );
  const byCommit = new Map<string, string[]>();
  for (const ref of refs) {
    const commit = commits.get(ref.object);
    if (commit === undefined) continue;
    if (await isOldTag(repository, remote || (PRE_COMMIT_REMOTE_NAME ?? ""), ref, commit)) continue;
    byCommit.set(commit, [...(byCommit.get(commit) ?? []), shortRef(ref.local)]);
  }
  return [...byCommit].map(([commit, names]) => ({
    called: `${names.filter((name) => name !== "" && name !== commit).join(", ") || "commit"} (${commit.slice(0, 7)})`,
    open: ({ root }, options) => openCommit(root, commit, options),
  }));
}

/** A tag on a commit that the remote has deploys nothing that was not judged before. */
async function isOldTag(
  repository: Repository,
  remote: string,
  ref: PushedRef,
  commit: string,
): Promise<boolean> {
  return isTag(ref) && remote !== "" && (await hasCommit(repository, remote, commit));
}

/** `deploy-check --quiet`, of a tree; its options are the configuration's and the variables'. */
async function judge(
  world: Surroundings,
  repository: Repository,
  target: Target,
  { project }: HookRunOptions,
): Promise<Outcome> {
  let outcome: Outcome = { stdout: "", stderr: "", code: exitCodes.fine };
  try {
    const config = await target.open(repository, { sparing: true });
    const tree: Tree = {
      text: (path) => config.text(path),
      open: (folder) =>
        target.open(repository, { below: relative(repository.root, folder).replaceAll(sep, "/") }),
    };
    const command = new Command("deploy-check").exitOverride().configureOutput({ writeErr: () => undefined });
    defineCheckCommand(command, {
      world,
      tree,
      end(reached) {
        outcome = reached;
      },
    });
    const { argv } = withVariables(
      command,
      ["--quiet", ...(project === undefined ? [] : ["--", project])],
      world.env,
    );
    await command.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof WrongUsage || error instanceof Unreadable || error instanceof CommanderError))
      throw error;
    const stderr = `deploy-check: ${printableLines(error.message.replace(/^error: /, "")).join("\n")}\n`;
    return { stdout: "", stderr, code: exitCodes.wrongUsage };
  }
  return outcome;
}
