import { type Location, locator } from "../../location.ts";
import { resolvePath } from "../paths.ts";
import { optionValue, type Recipe, type Recipes, type RunnerQuestion } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

interface Rule {
  readonly needs: readonly string[];
  readonly lines: { readonly command: string; readonly at: Location }[];
}

/** No chain of targets is as long. */
const deepest = 12;

/** The recipes of the targets that `make` is asked for, those that they need first. */
export function make({ files, locate, args }: RunnerQuestion): Recipes {
  const takes = new Set(["-C", "--directory", "-f", "--file", "--makefile", "-j", "-I"]);
  const where = locate(optionValue(args, "-C", "--directory") ?? ".");
  if (where === undefined) return "the folder that make works in is not in the project";
  const named = optionValue(args, "-f", "--file", "--makefile");
  const candidates = named === undefined ? ["GNUmakefile", "makefile", "Makefile"] : [named];
  const path = candidates.map((name) => resolvePath(where, name) ?? "").find((name) => files.isFile(name));
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return `there is no ${candidates.at(-1)} for make`;
  const words: string[] = [];
  const given = new Map<string, string>();
  for (let rest = skipOptions(args, takes); rest[0]; rest = skipOptions(rest.slice(1), takes)) {
    const [name, ...value] = rest[0].text.split("=");
    if (value.length > 0) given.set(name ?? "", value.join("="));
    else words.push(rest[0].text);
  }
  const { rules, values, first } = readMakefile(path, text);
  for (const [name, value] of given) values.set(name, value);
  const goals = words.length > 0 ? words : first === undefined ? [] : [first];
  const done = new Set<string>();
  const recipes: Recipe[] = [];
  const run = (target: string, depth: number): void => {
    const rule = rules.get(target);
    if (!rule || done.has(target) || depth > deepest) return;
    done.add(target);
    for (const need of rule.needs) run(expandMake(need, values), depth + 1);
    for (const { command, at } of rule.lines) {
      // `$(MAKE) migrate` is make again.
      const expanded = expandMake(command, values).replace(/\$\{?MAKE\b\}?|\$\(MAKE\)/g, "make");
      recipes.push({ command: expanded, folder: where, at });
    }
  };
  for (const goal of goals) run(goal, 0);
  return recipes.length > 0 ||
    (goals.every((goal) => (rules.get(goal)?.needs.length ?? 0) > 0) && goals.length > 0)
    ? recipes
    : `${path} has no recipe for ${words.join(", ") || "its first target"}`;
}

function readMakefile(path: string, text: string) {
  const locate = locator(path, text);
  const values = new Map<string, string>();
  const rules = new Map<string, Rule>();
  let first: string | undefined;
  let current: readonly Rule[] = [];
  for (const line of text.matchAll(/(?:[^\r\n\\]|\\\r?\n|\\.|\\$)+/g)) {
    const content = line[0];
    if (content.startsWith("\t")) {
      const command = content.replace(/^[\t @+-]+/, "");
      const start = line.index + content.length - command.length;
      const at = locate(start, line.index + content.length);
      if (command !== "") for (const rule of current) rule.lines.push({ command, at });
      continue;
    }
    const variable =
      /^(?:(?:export|override)[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?::{1,3}|\?|\+)?=[ \t]*(.*)$/s.exec(content);
    if (variable?.[1] !== undefined) {
      values.set(variable[1], (variable[2] ?? "").replace(/\s+#.*$/, "").trim());
      continue;
    }
    if (!/^[^\s#]/.test(content)) continue;
    const [, targets, needs = "", inline] = /^([^:=]+)::?(?!=)([^;#]*)(?:;(.*))?/s.exec(content) ?? [];
    if (targets === undefined) {
      current = [];
      continue;
    }
    current = targets
      .trim()
      .split(/\s+/)
      .map((target) => {
        const old = rules.get(target);
        // `target: NAME = value` sets a variable, and needs nothing.
        const words = /^\s*\w+\s*[:?+]?=/.test(needs)
          ? []
          : needs.split(/[\s|\\]+/).filter((word) => word !== "");
        const rule: Rule = { needs: [...(old?.needs ?? []), ...words], lines: old?.lines ?? [] };
        rules.set(target, rule);
        if (!target.startsWith(".") && !target.includes("%")) first ??= target;
        return rule;
      });
    const command = inline?.trim().replace(/^[@+-]+/, "");
    if (command) for (const rule of current) rule.lines.push({ command, at: locate(line.index) });
  }
  return { rules, values, first };
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
