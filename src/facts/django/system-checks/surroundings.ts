import { posix } from "node:path";
import type { ProjectFiles } from "../../../files/project-files.ts";
import { projectRoot } from "../../../python/machine.ts";
import { parse } from "../../../python/syntax.ts";
import type { Arguments } from "../../../python/tree.ts";
import { moduleNames } from "../../servers/bindings.ts";

/** A call with this many arguments by position, and these by name. */
export interface Call {
  readonly positional: number;
  readonly named: readonly string[];
}

/** What a check may want to know of the machine that production runs on. */
export interface Surroundings {
  /** The folder that the process works in, absolute. */
  readonly workingFolder: string;
  /** `os.path.isdir` of an absolute path, as far as the repository shows. */
  isFolder(path: string): boolean;
  /** Whether a function of the project's, named by its dotted path, is there and can be called so. */
  reach(path: string, call: Call): Reach;
}

/** `absent`: its module is there and does not have it; `unseen`: it is not to be seen. */
export type Reach = "fits" | "misfits" | "absent" | "unseen";

/** Nothing is known but the settings. */
export const nowhere: Surroundings = {
  workingFolder: projectRoot,
  isFolder: () => false,
  reach: () => "unseen",
};

/** Folders that every Unix has. */
const everywhere: readonly string[] = [
  "/",
  "/tmp",
  "/var",
  "/var/tmp",
  "/usr",
  "/etc",
  "/home",
  "/dev",
  "/run",
];

/** The project as it is checked out. `path` is what it has on `sys.path`; it works in the first folder. */
export function checkout(files: ProjectFiles, path: readonly string[]): Surroundings {
  return {
    workingFolder: posix.join(projectRoot, path[0] ?? ""),
    isFolder: (folder) =>
      everywhere.includes(folder) ||
      folder === projectRoot ||
      (folder.startsWith(`${projectRoot}/`) && files.isFolder(folder.slice(projectRoot.length + 1))),
    reach(view, call) {
      const found = functionIn(files, path, view);
      if (found === "absent" || found === undefined) return found ?? "unseen";
      return fits(found, call) ? "fits" : "misfits";
    },
  };
}

/** The parameters of a function that stands in its module as such, undecorated. */
function functionIn(
  files: ProjectFiles,
  path: readonly string[],
  dotted: string,
): Arguments | "absent" | undefined {
  const parts = dotted.split(".");
  const name = parts.pop();
  const file = path
    .map((folder) => posix.join(folder, ...parts))
    .flatMap((module) => [`${module}.py`, `${module}/__init__.py`])
    .find((each) => files.isFile(each));
  const parsed = file === undefined ? undefined : parse(files.text(file) ?? "", file);
  if (name === undefined || parsed?.kind !== "module") return undefined;
  const { names, open } = moduleNames(parsed.module.body);
  // A folder's own name is one of its modules, too.
  const isModule = parts.length > 0 && file?.endsWith("/__init__.py") === true;
  if (!names.has(name) && open === undefined && !isModule) return "absent";
  const found = parsed.module.body.findLast((each) => each.nodeType === "FunctionDef" && each.name === name);
  return found?.nodeType === "FunctionDef" && found.decorator_list.length === 0 ? found.args : undefined;
}

/** `inspect.signature(function).bind(…)` */
function fits(parameters: Arguments, { positional, named }: Call): boolean {
  const { posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults } = parameters;
  const all = [...posonlyargs, ...args].map(({ arg }) => arg);
  if (positional > all.length && !vararg) return false;
  const left = all.slice(positional);
  const byName = [
    ...args.map(({ arg }) => arg).filter((name) => left.includes(name)),
    ...kwonlyargs.map(({ arg }) => arg),
  ];
  const needed = [
    ...all.slice(0, all.length - defaults.length).slice(positional),
    ...kwonlyargs.filter((_, index) => kw_defaults[index] === null).map(({ arg }) => arg),
  ];
  return (
    named.every((name) => byName.includes(name) || kwarg) && needed.every((name) => named.includes(name))
  );
}
