import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator, startOf } from "../../location.ts";
import { readProcfile } from "../manifests/procfile.ts";
import { resolvePath } from "../paths.ts";
import type { Argument } from "../shell/expand.ts";
import { skipOptions } from "./wrappers.ts";

/** A command that a runner takes from a file of the project. */
export interface Recipe {
  readonly command: string;
  /** The folder of the project that it runs in. */
  readonly folder: string;
  readonly at: Location;
}

/** The commands, or why they cannot be told, as a sentence. */
export type Recipes = readonly Recipe[] | string;

type Runner = (files: ProjectFiles, folder: string, args: readonly Argument[]) => Recipes;

/** Programs whose arguments name commands that are kept in a file. */
export const runners: Readonly<Record<string, Runner>> = {
  make: runMake,
  honcho: runProcfile,
  foreman: runProcfile,
  npm: runPackageScript,
  yarn: runPackageScript,
  pnpm: runPackageScript,
  supervisord: runSupervisor,
};

function optionValue(args: readonly Argument[], ...names: readonly string[]): string | undefined {
  const index = args.findIndex(({ text }) => names.includes(text));
  return index < 0 ? undefined : args[index + 1]?.text;
}

function runMake(files: ProjectFiles, folder: string, args: readonly Argument[]): Recipes {
  const takes = new Set(["-C", "--directory", "-f", "--file", "--makefile", "-j", "-I"]);
  const where = resolvePath(folder, optionValue(args, "-C", "--directory") ?? "") ?? folder;
  const named = optionValue(args, "-f", "--file", "--makefile");
  const candidates = named === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [named];
  const path = candidates.map((name) => resolvePath(where, name) ?? "").find((name) => files.isFile(name));
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return `there is no ${candidates.at(-1)} for make`;
  const words: string[] = [];
  const values = new Map<string, string>();
  for (let rest = skipOptions(args, takes); rest[0]; rest = skipOptions(rest.slice(1), takes)) {
    const [name, ...value] = rest[0].text.split("=");
    if (value.length > 0) values.set(name ?? "", value.join("="));
    else words.push(rest[0].text);
  }
  const recipe = words.flatMap((target) => makeRecipe(path, text, target, values, where));
  return recipe.length > 0 ? recipe : `${path} has no recipe for ${words.join(", ") || "its first target"}`;
}

/** The lines of a target's recipe, with the file's own plain variables put in. */
function makeRecipe(
  path: string,
  text: string,
  target: string,
  given: ReadonlyMap<string, string>,
  folder: string,
): Recipe[] {
  const locate = locator(path, text);
  const values = new Map<string, string>();
  const lines: Recipe[] = [];
  let inTarget = false;
  for (const line of text.matchAll(/(?:[^\r\n\\]|\\\r?\n|\\.|\\$)+/g)) {
    const content = line[0];
    if (content.startsWith("\t")) {
      const command = content.replace(/^[\t @+-]+/, "");
      if (inTarget && command !== "") {
        const start = line.index + content.length - command.length;
        lines.push({ command, folder, at: locate(start, line.index + content.length) });
      }
      continue;
    }
    const variable = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:::?|\?)?=[ \t]*(.*)$/s.exec(content);
    if (variable?.[1] !== undefined) values.set(variable[1], (variable[2] ?? "").trim());
    else if (/^[^\s#]/.test(content)) {
      const [targets] = content.split(":");
      inTarget = targets?.trim().split(/\s+/).includes(target) ?? false;
    }
  }
  for (const [name, value] of given) values.set(name, value);
  return lines.map((line) => ({ ...line, command: expandMake(line.command, values) }));
}

/** `$$` is a dollar of the shell's, and a variable that the file does not set comes from the environment. */
function expandMake(command: string, values: ReadonlyMap<string, string>): string {
  const reference = /\$(?:\$|[({]([\w.-]+)[)}])/g;
  const once = (text: string) =>
    text.replace(reference, (whole, name: string | undefined) =>
      name === undefined ? whole : (values.get(name) ?? `$\${${name}}`),
    );
  // A variable's value may name others: as deep as anyone writes by hand.
  return [1, 2, 3]
    .reduce((text) => (text.length > 10_000 ? text : once(text)), command)
    .replaceAll("$$", "$");
}

function runProcfile(files: ProjectFiles, folder: string, args: readonly Argument[]): Recipes {
  const takes = new Set([
    "-f",
    "--procfile",
    "-e",
    "--env",
    "-d",
    "--app-root",
    "-p",
    "--port",
    "-c",
    "--concurrency",
  ]);
  const words: string[] = [];
  for (let rest = skipOptions(args, takes); rest[0]; rest = skipOptions(rest.slice(1), takes)) {
    words.push(rest[0].text);
  }
  if (words[0] !== "start" && words[0] !== "run")
    return `the arguments of ${words[0] ?? "it"} are not understood`;
  const path = resolvePath(folder, optionValue(args, "-f", "--procfile") ?? "Procfile");
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return `there is no ${path ?? "Procfile"}`;
  const names = words.slice(1);
  return readProcfile(path, text)
    .processes.filter(({ name }) => names.length === 0 || names.includes(name))
    .map(({ command, at }) => ({ command, folder, at }));
}

function runPackageScript(files: ProjectFiles, folder: string, args: readonly Argument[]): Recipes {
  const path = resolvePath(folder, "package.json") ?? "package.json";
  const words = skipOptions(args, new Set(["--prefix"])).map(({ text }) => text);
  const name = words[0] === "run" || words[0] === "run-script" ? words[1] : words[0];
  let scripts: unknown;
  try {
    const parsed: unknown = JSON.parse(files.text(path) ?? "");
    scripts =
      typeof parsed === "object" && parsed !== null && "scripts" in parsed ? parsed.scripts : undefined;
  } catch {
    return `${path} cannot be read`;
  }
  const script =
    typeof scripts === "object" && scripts !== null && name !== undefined && Object.hasOwn(scripts, name)
      ? Object.entries(scripts).find(([key]) => key === name)?.[1]
      : undefined;
  if (typeof script !== "string") return `${path} has no script ${name ?? ""}`.trim();
  return [{ command: script, folder, at: startOf(path) }];
}

/** The `command` of every `[program:…]`. http://supervisord.org/configuration.html#program-x-section-settings */
function runSupervisor(files: ProjectFiles, folder: string, args: readonly Argument[]): Recipes {
  const named = optionValue(args, "-c", "--configuration");
  const path = [named ?? "supervisord.conf", "etc/supervisord.conf"]
    .map((name) => resolvePath(folder, name) ?? "")
    .find((name) => files.isFile(name));
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined)
    return `there is no ${named ?? "supervisord.conf"} in the project`;
  const locate = locator(path, text);
  const recipes: Recipe[] = [];
  let inProgram = false;
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const section = /^\[([^\]]*)\]/.exec(line[0]);
    if (section) inProgram = section[1]?.startsWith("program:") ?? false;
    const command = /^command[ \t]*=[ \t]*(\S.*)$/.exec(line[0])?.[1];
    if (!inProgram || command === undefined) continue;
    recipes.push({
      command: command.replace(/%\(ENV_(\w+)\)s/g, "$$$1"),
      folder,
      at: locate(line.index, line.index + line[0].length),
    });
  }
  return recipes;
}
