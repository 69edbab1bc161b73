import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { ManifestNode } from "../manifests/tree.ts";
import { readToml } from "../manifests/tree-toml.ts";
import { resolvePath } from "../paths.ts";
import { type Argument, quote } from "../shell/expand.ts";
import type { Recipe } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

/** What a name that pyproject.toml defines stands for. */
export type ProjectScript =
  | { readonly kind: "commands"; readonly name: string; readonly recipes: readonly Recipe[] | string }
  /** A function of the project: `serve = "shop.cli:serve"`. */
  | {
      readonly kind: "function";
      readonly name: string;
      readonly file: string;
      readonly entry: string;
      readonly args: readonly Argument[];
    };

/** Task runners: the words before the name, and the tables of pyproject.toml that hold the tasks. */
const runners: Readonly<Record<string, { readonly run?: string; readonly tables: readonly string[] }>> = {
  pdm: { run: "run", tables: ["tool.pdm.scripts"] },
  rye: { run: "run", tables: ["tool.rye.scripts"] },
  hatch: { run: "run", tables: ["tool.hatch.envs.default.scripts", "tool.hatch.scripts"] },
  poe: { tables: ["tool.poe.tasks"] },
  task: { tables: ["tool.taskipy.tasks"] },
  pipenv: { run: "run", tables: [] },
  poetry: { run: "run", tables: [] },
  uv: { run: "run", tables: [] },
};

/** Where the names of the project's own programs are: https://packaging.python.org/en/latest/specifications/entry-points/ */
const programTables = ["project.scripts", "tool.poetry.scripts"];

/** Files that are parsed already, by their path. */
export type ParsedTables = Map<string, ManifestNode>;

const takes = new Set([
  "-p",
  "--project",
  "-C",
  "--directory",
  "--root",
  "--group",
  "--extra",
  "--with",
  "-e",
]);

/** A task or program of the project's pyproject.toml or Pipfile that a command names; undefined if it names none. */
export function projectScript(
  argv: readonly Argument[],
  files: ProjectFiles,
  folder: string | undefined,
  tables: ParsedTables,
): ProjectScript | undefined {
  const [first, ...rest] = argv;
  if (!first || folder === undefined) return undefined;
  const runner = Object.hasOwn(runners, first.text) ? runners[first.text] : undefined;
  let words: readonly Argument[] = runner ? skipOptions(rest, takes) : argv;
  if (runner?.run !== undefined) {
    if (words[0]?.text !== runner.run) return undefined;
    words = skipOptions(words.slice(1), takes);
  }
  const [named, ...args] = words;
  if (!named?.known || !/^[\w.:-]+$/.test(named.text)) return undefined;
  const name = named.text;
  if (first.text === "pipenv") {
    const node = tableIn("Pipfile", folder, ["scripts"], files, tables)?.get(name);
    return node?.exists ? task(node, name, args, folder) : undefined;
  }
  for (const table of runner?.tables ?? []) {
    const node = tableIn("pyproject.toml", folder, table.split("."), files, tables)?.get(name);
    if (node?.exists) return task(node, name, args, folder, table.includes("poe") ? "poe" : "plain");
  }
  for (const table of programTables) {
    const text = tableIn("pyproject.toml", folder, table.split("."), files, tables)?.get(name).text;
    const program = text === undefined ? undefined : functionOf(text, name, args, files, folder);
    if (program) return program;
  }
  return undefined;
}

function tableIn(
  name: string,
  folder: string,
  keys: readonly string[],
  files: ProjectFiles,
  tables: ParsedTables,
): ManifestNode | undefined {
  const path = [resolvePath(folder, name), name].find((one) => one !== undefined && files.isFile(one));
  const text = path === undefined ? undefined : files.text(path);
  // Most files have no such table, and need not be parsed for it.
  if (path === undefined || !text?.includes(keys.at(-1) ?? "") || !text.includes(keys[0] ?? ""))
    return undefined;
  const root = tables.get(path) ?? readToml(path, text).root;
  tables.set(path, root);
  return keys.reduce((node, key) => node.get(key), root);
}

/** A task is a command, several of them, or a table that holds either. */
function task(
  node: ManifestNode,
  name: string,
  args: readonly Argument[],
  folder: string,
  dialect: "poe" | "plain" = "plain",
): ProjectScript {
  const rest = args.map(({ text, known }) => ` ${known ? quote(text) : text}`).join("");
  const recipe = (command: string, at: Location, shell: boolean): Recipe => ({
    command: `${command}${rest}`,
    folder,
    at,
    ...(!shell && { shell: false }),
  });
  const single = (one: ManifestNode): readonly Recipe[] | undefined => {
    if (one.text !== undefined) return [recipe(one.text, one.at, dialect === "plain")];
    const shell = one.get("shell").text;
    if (shell !== undefined) return [recipe(shell, one.get("shell").at, true)];
    const command = one.get("cmd");
    if (command.text !== undefined) return [recipe(command.text, command.at, true)];
    const words = command.items.map(({ text }) => text);
    if (words.length > 0 && words.every((word) => word !== undefined)) {
      return [recipe(words.map(quote).join(" "), command.at, true)];
    }
    return undefined;
  };
  const found = single(node);
  if (found) return { kind: "commands", name, recipes: found };
  const many = [node, node.get("composite"), node.get("sequence")].flatMap(({ items }) => items);
  const recipes = many.flatMap((one) => single(one) ?? []);
  return {
    kind: "commands",
    name,
    recipes: recipes.length > 0 ? recipes : `the task ${name} is no command`,
  };
}

/** `shop.cli:serve`, as a file of the project and a function in it. */
function functionOf(
  text: string,
  name: string,
  args: readonly Argument[],
  files: ProjectFiles,
  folder: string,
): ProjectScript | undefined {
  const [, module, entry] = /^\s*([\w.]+)\s*:\s*(\w+)\s*$/.exec(text) ?? [];
  if (module === undefined || entry === undefined) return undefined;
  const stem = module.replaceAll(".", "/");
  const file = [folder, resolvePath(folder, "src") ?? "src"]
    .flatMap((base) => [resolvePath(base, `${stem}.py`), resolvePath(base, `${stem}/__init__.py`)])
    .find((path) => path !== undefined && files.isFile(path));
  return file === undefined ? undefined : { kind: "function", name, file, entry, args };
}
