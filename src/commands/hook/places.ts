import { join, relative, sep } from "node:path";
import type { Found } from "../../files/changes.ts";
import type { HookName } from "./judged.ts";

/** A repository, as far as its hooks are concerned. */
export interface Places {
  /** The top of the repository, absolute. */
  readonly top: string;
  /** The folder in which git looks for hooks, absolute. */
  readonly hooks: string;
  /** Whether that folder is for all repositories of this user, or of this machine. */
  readonly shared: boolean;
  look(path: string): Found;
}

export const managers = ["git", "husky", "lefthook", "pre-commit"] as const;

/** Who runs the hooks of a repository. */
export type Manager = (typeof managers)[number];

/** How a place is told: from the top of the repository, if it is in there. */
export function shown({ top }: Places, path: string): string {
  const below = relative(top, path).replaceAll(sep, "/");
  return below.startsWith("..") ? path : below;
}

/** The manager that a repository shows: by where git looks for hooks, else by its files. */
export function managerOf(places: Places): Manager {
  if (huskyFolder(places) !== undefined) return "husky";
  if (lefthookFile(places) !== undefined) return "lefthook";
  return isFile(places, preCommitFile(places)) ? "pre-commit" : "git";
}

/** husky 9 has git look into `.husky/_`, and those before it into `.husky`. */
export function huskyFolder(places: Places): string | undefined {
  const found = /^(.*[\\/]\.husky)(?:[\\/]_)?[\\/]?$/.exec(places.hooks)?.[1];
  if (found !== undefined) return found;
  const usual = join(places.top, ".husky");
  return places.look(usual).kind === "folder" ? usual : undefined;
}

/** The configuration of lefthook, if it is one in YAML. */
export function lefthookFile(places: Places): string | undefined {
  const names = ["lefthook", ".lefthook", ".config/lefthook"].flatMap((name) => [
    `${name}.yml`,
    `${name}.yaml`,
  ]);
  return names.map((name) => join(places.top, name)).find((path) => isFile(places, path));
}

/** The file of a manager that has no form here: its file is nothing that can be edited with care. */
export function otherManager({ top, look }: Places): string | undefined {
  const names = ["lefthook", ".lefthook"].flatMap((name) => [`${name}.toml`, `${name}.json`]);
  return [...names, ".overcommit.yml"].find((name) => look(join(top, name)).kind === "file");
}

export function preCommitFile({ top }: Places): string {
  return join(top, ".pre-commit-config.yaml");
}

export function gitHook({ hooks }: Places, hook: HookName): string {
  return join(hooks, hook);
}

/** Where the hook goes that was there before ours. */
export function hookBefore(places: Places, hook: HookName): string {
  return `${gitHook(places, hook)}.local`;
}

function isFile({ look }: Places, path: string): boolean {
  return look(path).kind === "file";
}
