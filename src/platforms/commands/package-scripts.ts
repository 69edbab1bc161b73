import { startOf } from "../../location.ts";
import type { ManifestNode } from "../manifests/tree.ts";
import { readJson } from "../manifests/tree-json.ts";
import { folderOf, resolvePath } from "../paths.ts";
import { type Argument, quote } from "../shell/expand.ts";
import { optionValue, type Recipe, type Recipes, type RunnerQuestion } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

const takes = new Set(["--prefix", "-C", "--cwd", "--dir", "-w", "--workspace", "--filter", "-F"]);

/** Words of the package managers themselves, none of which is a script. */
const own = new Set(
  "ci install i add audit config dlx exec x init link outdated publish remove update upgrade why version cache".split(
    " ",
  ),
);

/** Short for `run` and the script of that name. https://docs.npmjs.com/cli/v11/using-npm/scripts (npm 11) */
const shortcuts = new Set(["start", "stop", "restart", "test"]);

/** A script of package.json, with those that npm runs before and after it. */
export function packageScript({ files, locate, program, args }: RunnerQuestion): Recipes | undefined {
  const folder = locate(optionValue(args, "--prefix", "-C", "--cwd", "--dir") ?? ".");
  if (folder === undefined) return `the folder that ${program} works in is not in the project`;
  let words = skipOptions(args, takes);
  const isRun = words[0]?.text === "run" || words[0]?.text === "run-script";
  if (isRun) words = skipOptions(words.slice(1), takes);
  // `yarn workspace web build`
  const inWorkspace = program === "yarn" && words[0]?.text === "workspace" ? words[1]?.text : undefined;
  if (inWorkspace !== undefined) words = words.slice(words[2]?.text === "run" ? 3 : 2);
  const [named, ...rest] = words;
  if (!named || (!isRun && own.has(named.text))) return undefined;
  const name = named.text;
  const workspace =
    inWorkspace ?? optionValue(args, "-w", "--workspace", ...(program === "pnpm" ? ["--filter", "-F"] : []));
  const root = resolvePath(folder, "package.json") ?? "package.json";
  const read = (path: string): ManifestNode | undefined => {
    const text = files.text(path);
    const tree = text === undefined ? undefined : readJson(path, text);
    return tree && tree.problems.length === 0 ? tree.root : undefined;
  };
  const path = workspace === undefined ? root : workspaceFile(workspace);
  if (path === undefined) return `there is no workspace ${workspace ?? ""}`;
  const scripts = read(path)?.get("scripts");
  if (!scripts) return `${path} cannot be read`;
  // npm hands on what stands behind `--` and its own options, the others everything.
  const handed: Argument[] = [];
  if (program !== "npm") handed.push(...rest.filter(({ text }, index) => index > 0 || text !== "--"));
  else {
    const dashes = rest.findIndex(({ text }) => text === "--");
    const before = dashes < 0 ? rest : rest.slice(0, dashes);
    for (let left = skipOptions(before, takes); left[0]; left = skipOptions(left.slice(1), takes)) {
      handed.push(left[0]);
    }
    if (dashes >= 0) handed.push(...rest.slice(dashes + 1));
  }
  const more = handed.map(({ text, known }) => ` ${known ? quote(text) : text}`).join("");
  const recipe = (key: string, behind: string): readonly Recipe[] => {
    const script = scripts.get(key);
    return script.text === undefined
      ? []
      : [{ command: `${script.text}${behind}`, folder: folderOf(path), at: script.at }];
  };
  const script = recipe(name, more);
  // npm and pnpm start a `server.js` beside package.json where nothing else is said (npm 11, tried).
  const server = resolvePath(folderOf(path), "server.js");
  if (
    script.length === 0 &&
    name === "start" &&
    (program === "npm" || program === "pnpm") &&
    server &&
    files.isFile(server)
  )
    return [{ command: "node server.js", folder: folderOf(path), at: startOf(path) }];
  if (script.length === 0) {
    if (!isRun && !shortcuts.has(name) && program !== "npm") return undefined;
    return `${path} has no script ${name}`;
  }
  // Yarn 2 and pnpm leave out what stands around scripts of the project's own.
  const surrounds = program === "npm" || program === "bun" || name === "start";
  return surrounds ? [...recipe(`pre${name}`, ""), ...script, ...recipe(`post${name}`, "")] : script;

  /** A workspace by its folder, or by the name in its package.json. */
  function workspaceFile(wanted: string): string | undefined {
    const direct = resolvePath(folder ?? "", `${wanted}/package.json`);
    if (direct !== undefined && files.isFile(direct)) return direct;
    return files.list.find(
      (file) =>
        file.endsWith("/package.json") &&
        !file.includes("node_modules/") &&
        read(file)?.get("name").text === wanted,
    );
  }
}
