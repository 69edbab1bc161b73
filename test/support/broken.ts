import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type CorrectProject, correctProjects, type Tree, treeOf } from "./correct.ts";

const folder = join(import.meta.dirname, "../../fixtures/broken");

/** A correct project with one mistake, as `fixtures/broken/<check id>.yaml` has it. */
export interface BrokenProject {
  readonly check: string;
  readonly from: CorrectProject;
  readonly tree: Tree;
}

/** What such a file says: the correct project, and what is done to it. */
interface Patch {
  readonly from: string;
  readonly edit?: readonly { readonly in: string; readonly find: string; readonly put: string }[];
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
  readonly notExecutable?: readonly string[];
}

export const brokenChecks: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => name.slice(0, -".yaml".length))
  .sort();

export function brokenProject(check: string): BrokenProject {
  const patch: Patch = parse(readFileSync(join(folder, `${check}.yaml`), "utf8"));
  const from = correctProjects.find(({ name }) => name === patch.from);
  if (!from) throw new Error(`there is no correct project ${patch.from}`);
  return { check, from, tree: patched(treeOf(from.name), patch) };
}

function patched({ files, executable }: Tree, patch: Patch): Tree {
  const changed = new Map(Object.entries(files));
  for (const { in: path, find, put } of patch.edit ?? []) {
    const text = changed.get(path);
    if (typeof text !== "string" || text.split(find).length !== 2)
      throw new Error(`${path} has this not exactly once: ${find}`);
    // A key that looks alive would keep the repository from being pushed: `<live>` stands for the word.
    changed.set(path, text.split(find).join(put.replaceAll("<live>", "live")));
  }
  for (const path of patch.remove ?? [])
    if (!changed.delete(path)) throw new Error(`there is no ${path} to remove`);
  for (const [path, text] of Object.entries(patch.add ?? {})) changed.set(path, text);
  return {
    files: Object.fromEntries(changed),
    executable: executable.filter((path) => !patch.notExecutable?.includes(path)),
  };
}
