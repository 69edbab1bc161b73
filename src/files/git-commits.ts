import { askGit, type Repository } from "./git.ts";

/** The commits that names of objects lead to: a tag leads to what it tags, and what leads to no commit is left out. */
export async function commitsOf(
  repository: Repository,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const input = names.map((name) => `${name}^{commit}\n`).join("");
  const args = ["cat-file", "--batch-check"];
  const out = await askGit({ folder: repository.root, repository, args, input });
  const lines = (out?.toString() ?? "").split("\n");
  return new Map(
    names.flatMap((name, at) => {
      const commit = /^([0-9a-f]{40,64}) commit \d+$/.exec(lines[at] ?? "")?.[1];
      return commit === undefined ? [] : [[name, commit] as const];
    }),
  );
}

/** Whether a remote, by its name, is known to have a commit already. */
export async function hasCommit(repository: Repository, remote: string, commit: string): Promise<boolean> {
  // Without a remote of this name there are no branches of it, and nothing is known.
  const args = ["rev-list", "--max-count=1", commit, "--not", `--remotes=${remote}`, "--"];
  const out = await askGit({ folder: repository.root, repository, args });
  return out !== undefined && out.length === 0;
}

/** The commit at which HEAD left `ref`; undefined where there is no such commit, or none that both come from. */
export async function mergeBase(repository: Repository, ref: string): Promise<string | undefined> {
  // What begins with a dash is an option to git, and no name of a commit.
  if (ref.startsWith("-")) return undefined;
  const args = ["merge-base", "--", `${ref}^{commit}`, "HEAD^{commit}"];
  const out = await askGit({ folder: repository.root, repository, args });
  return /^[0-9a-f]{40,64}/.exec(out?.toString() ?? "")?.[0];
}
