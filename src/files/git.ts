import { execFile, spawnSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { devNull } from "node:os";
import { delimiter, dirname, isAbsolute, join, resolve, sep } from "node:path";
import process from "node:process";
import type { TrackedFiles } from "./project-files.ts";

/** Where a repository is: `root` is the folder that holds `.git`, be that a folder or a file. */
export interface Repository {
  readonly root: string;
}

/** What git tracks, and how much that is. */
export interface Index extends TrackedFiles {
  readonly size: number;
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
  "GIT_REPLACE_REF_BASE",
  "GIT_GRAFT_FILE",
  "GIT_SHALLOW_FILE",
  "GIT_PREFIX",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_LITERAL_PATHSPECS",
  "GIT_TRACE",
  "GIT_TRACE2",
];

/** One question to git: about which folder (absolute, without links) of which repository. */
interface Question {
  readonly folder: string;
  readonly repository: Repository;
  readonly args: readonly string[];
  /** What git reads on its standard input. */
  readonly input?: string | undefined;
  /** The index that is meant, where it is not the usual one: `git commit <path>` makes its own for its hooks. */
  readonly indexFile?: string | undefined;
  /** The question is where hooks are, which runs none. */
  readonly aboutHooks?: boolean;
}

/**
 * What git answers; undefined when it is not installed, does not understand the repository or the question, or
 * takes too long.
 *
 * The repository is named to git outright: then `core.worktree` has no say in it, and it does not
 * matter whose it is, as it often is another user's inside of a container. Git refuses such
 * repositories because of the commands they configure, of which none can run here.
 */
export function askGit(question: Question): Promise<Buffer | undefined> {
  return new Promise((answer) => {
    // Not execa: to load and run it takes 25 ms longer than this one call, in every run of the tool.
    const git = execFile(
      "git",
      [...words(question)],
      { ...optionsOf(question), encoding: "buffer" },
      (failed, out) => answer(failed ? undefined : out),
    );
    // Git may end before it has read everything; then its answer says so.
    git.stdin?.on("error", () => undefined);
    git.stdin?.end(question.input ?? "");
  });
}

/** The same for who cannot wait. */
export function askGitNow(question: Question): Buffer | undefined {
  const { status, stdout } = spawnSync("git", [...words(question)], {
    ...optionsOf(question),
    input: Buffer.from(question.input ?? ""),
  });
  return status === 0 ? stdout : undefined;
}

function words({ folder, repository, args, aboutHooks = false }: Question): readonly string[] {
  const settings = Object.entries(harmless).flatMap(([name, value]) =>
    aboutHooks && name === "core.hooksPath" ? [] : ["-c", `${name}=${value}`],
  );
  const gitDir = join(repository.root, ".git");
  return [
    "--no-pager",
    ...settings,
    "-C",
    folder,
    `--git-dir=${gitDir}`,
    `--work-tree=${repository.root}`,
    ...args,
  ];
}

function optionsOf({ folder, indexFile }: Question) {
  return {
    // Windows looks for a program in the current folder first; Node's own holds none but Node's.
    cwd: dirname(process.execPath),
    env: { ...environment(folder), ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) },
    timeout,
    killSignal: "SIGKILL",
    maxBuffer: 256 * 1024 * 1024,
    windowsHide: true,
  } as const;
}

/** The folder, absolute, in which git looks for hooks, and whether a configuration outside of the repository says so. */
export async function hooksFolder(
  repository: Repository,
): Promise<{ readonly path: string; readonly shared: boolean } | undefined> {
  const ask = { folder: repository.root, repository, aboutHooks: true };
  const [place, scope] = await Promise.all([
    askGit({ ...ask, args: ["rev-parse", "--git-path", "hooks"] }),
    askGit({ ...ask, args: ["config", "--show-scope", "--get", "core.hooksPath"] }),
  ]);
  const path = place?.toString().replace(/\r?\n$/, "");
  if (!path) return undefined;
  return {
    path: resolve(repository.root, path),
    shared: /^(?:global|system)\b/.test(scope?.toString() ?? ""),
  };
}

/** The paths below `folder` that git's index holds, relative to it; undefined when git does not answer. */
export async function trackedFiles(folder: string, repository: Repository): Promise<Index | undefined> {
  const args = ["ls-files", "-z", "--cached", "--stage"];
  const out = await askGit({ folder, repository, args });
  return out && readIndex(out.toString());
}

/** Lines such as `100755 1f0c… 0<tab>entrypoint.sh`; a file that is in conflict has several. */
function readIndex(out: string): Index {
  const modes = new Map<string, string>();
  for (const line of out.split("\0")) {
    const tab = line.indexOf("\t");
    if (tab > 0) modes.set(line.slice(tab + 1), line.slice(0, 6));
  }
  return indexOf(modes);
}

/** The index, from the mode of each path. */
export function indexOf(modes: ReadonlyMap<string, string>): Index {
  return {
    size: modes.size,
    has: (path) => modes.has(path),
    isExecutable(path) {
      // A link has no mode of its own.
      return new Map([
        ["100755", true],
        ["100644", false],
      ]).get(modes.get(path) ?? "");
    },
    [Symbol.iterator]: () => modes.keys(),
  };
}

/** Ours, without what misleads git, and without programs that the project itself brings along. */
function environment(project: string): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || misleading.includes(name.toUpperCase()) ? [] : [[name, value] as const],
  );
  // `npx` puts node_modules/.bin of the project first, where anything may be called git.
  const isProjects = (folder: string) =>
    !isAbsolute(folder) ||
    `${folder}${sep}`.startsWith(`${project}${sep}`) ||
    folder.includes("node_modules");
  const programs = (path: string) =>
    path
      .split(delimiter)
      .filter((folder) => !isProjects(folder))
      .join(delimiter);
  return {
    ...Object.fromEntries(
      kept.map(([name, value]) => [name, name.toUpperCase() === "PATH" ? programs(value) : value]),
    ),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    // What is pushed is what is there, whatever this machine looks at in its place.
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ALLOW_PROTOCOL: "none",
    LC_ALL: "C",
  };
}
