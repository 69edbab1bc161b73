import { lstatSync } from "node:fs";
import { devNull } from "node:os";
import { delimiter, dirname, isAbsolute, join, relative } from "node:path";
import process from "node:process";

/** Where a repository is: `root` is the folder that holds `.git`, be that a folder or a file. */
export interface Repository {
  readonly root: string;
}

/** The repository that `folder` (absolute, without links) is in, which may begin above it. */
export function findRepository(folder: string): Repository | undefined {
  for (let root = folder; ; root = dirname(root)) {
    const git = lstatSync(join(root, ".git"), { throwIfNoEntry: false });
    if (git?.isDirectory() || git?.isFile()) return { root };
    if (dirname(root) === root) return undefined;
  }
}

/** Milliseconds. Git needs about ten; only a repository made to stall it needs more. */
const timeout = 10_000;

/**
 * Configuration is part of the repository, so a stranger may have written it. Listing the index runs
 * the file system monitor and, where a sparse index lacks an object, fetches it from wherever the
 * configuration says, with whatever command it says. Both are off, and so are hooks and pagers; the
 * command line outweighs every file, included ones too. Filters, aliases and attributes play no part
 * in listing the index.
 */
const harmless: Readonly<Record<string, string>> = {
  "core.fsmonitor": "false",
  "core.hooksPath": devNull,
  "core.untrackedCache": "false",
  "core.sshCommand": "false",
  "protocol.allow": "never",
};

/** What would make git look at another repository than the one we mean: a hook may have set them. */
const misleading = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_LITERAL_PATHSPECS",
  "GIT_TRACE",
  "GIT_TRACE2",
];

/**
 * The paths below `folder` that git's index holds, relative to it; undefined when git is not
 * installed, does not understand the repository, or takes too long.
 *
 * The repository is named to git outright: then `core.worktree` has no say in it, and it does not
 * matter whose it is, as it often is another user's inside of a container. Git refuses such
 * repositories because of the commands they configure, of which none can run here.
 */
export async function trackedFiles(
  folder: string,
  repository: Repository,
): Promise<ReadonlySet<string> | undefined> {
  const { execa } = await import("execa");
  const settings = Object.entries(harmless).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const where = [
    "-C",
    folder,
    `--git-dir=${join(repository.root, ".git")}`,
    `--work-tree=${repository.root}`,
  ];
  const result = await execa("git", ["--no-pager", ...settings, ...where, "ls-files", "-z", "--cached"], {
    // Windows looks for a program in the current folder first; Node's own holds none but Node's.
    cwd: dirname(process.execPath),
    env: environment(repository.root),
    extendEnv: false,
    stdin: "ignore",
    stderr: "ignore",
    timeout,
    killSignal: "SIGKILL",
    maxBuffer: 256 * 1024 * 1024,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.failed) return undefined;
  return new Set(result.stdout.split("\0").filter((path) => path !== ""));
}

/** Ours, without what misleads git, and without programs that the project itself brings along. */
function environment(repositoryRoot: string): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || misleading.includes(name.toUpperCase()) ? [] : [[name, value] as const],
  );
  const inProject = (folder: string) => !relative(repositoryRoot, folder).startsWith("..");
  const programs = (path: string) =>
    // `npx` puts the project's node_modules/.bin first, where anything may be called git.
    path
      .split(delimiter)
      .filter((folder) => isAbsolute(folder) && !inProject(folder))
      .join(delimiter);
  return {
    ...Object.fromEntries(
      kept.map(([name, value]) => [name, name.toUpperCase() === "PATH" ? programs(value) : value]),
    ),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    LC_ALL: "C",
  };
}
