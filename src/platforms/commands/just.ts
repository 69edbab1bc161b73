import { type Location, locator } from "../../location.ts";
import { folderOf } from "../paths.ts";
import { firstFile, optionValue, type Recipe, type Recipes, type RunnerQuestion } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

interface JustRecipe {
  readonly parameters: readonly {
    readonly name: string;
    readonly fallback: string | undefined;
    /** It takes all that is left: `*args`. */
    readonly rest: boolean;
  }[];
  /** What runs before it, with its arguments; behind `&&` what runs after. */
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
  readonly lines: { readonly text: string; readonly at: Location }[];
}

/** No chain of recipes is as long. */
const deepest = 12;

/** The recipes of a justfile, those that they depend on first. https://just.systems/man/en/ (1.43) */
export function just(question: RunnerQuestion): Recipes {
  const { args, files } = question;
  const takes = new Set(["-f", "--justfile", "-d", "--working-directory", "--set", "--shell"]);
  const named = optionValue(args, "-f", "--justfile");
  const path = firstFile(question, named === undefined ? ["justfile", ".justfile", "Justfile"] : [named]);
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return `there is no ${named ?? "justfile"} for just`;
  const directory = optionValue(args, "-d", "--working-directory");
  const folder = directory === undefined ? folderOf(path) : question.locate(directory);
  const { recipes, values, aliases, first } = readJustfile(path, text);
  let words = skipOptions(args, takes).map(({ text: word }) => word);
  // `just port=1 serve`: assignments come first. What follows the recipe's name is the recipe's.
  for (;;) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(words[0] ?? "") ?? [];
    if (name === undefined) break;
    values.set(name, value ?? "");
    words = words.slice(1);
  }
  const found: Recipe[] = [];
  const done = new Set<string>();
  const run = (call: readonly string[], depth: number): boolean => {
    const [written = "", ...given] = call;
    const name = aliases.get(written) ?? written;
    const recipe = recipes.get(name);
    if (!recipe || depth > deepest) return recipe !== undefined;
    const key = call.join("\0");
    if (done.has(key)) return true;
    done.add(key);
    const own = new Map(values);
    for (const [index, { name: parameter, fallback, rest }] of recipe.parameters.entries()) {
      const words = rest ? given.slice(index).join(" ") : given[index];
      const value = (rest && words === "" ? undefined : words) ?? fallback ?? (rest ? "" : undefined);
      if (value !== undefined) own.set(parameter, value);
    }
    for (const one of recipe.before)
      run(
        one.map((word) => interpolate(word, own)),
        depth + 1,
      );
    const [head] = recipe.lines;
    // A recipe that begins with `#!` is one script.
    const isScript = head?.text.startsWith("#!") ?? false;
    if (head && isScript) {
      const script = recipe.lines.map((line) => interpolate(line.text, own)).join("\n");
      if (/^#!.*\b(?:ba|da|z)?sh\b/.test(script)) found.push({ command: script, folder, at: head.at });
    } else {
      for (const { text: line, at } of recipe.lines) {
        const command = interpolate(line.replace(/^[@-]+/, ""), own);
        if (!command.startsWith("#")) found.push({ command, folder, at });
      }
    }
    for (const one of recipe.after)
      run(
        one.map((word) => interpolate(word, own)),
        depth + 1,
      );
    return true;
  };
  const goal = words.length > 0 ? words : first === undefined ? [] : [first];
  return run(goal, 0) ? found : `${path} has no recipe ${goal[0] ?? ""}`.trim();
}

function readJustfile(path: string, text: string) {
  const locate = locator(path, text);
  const recipes = new Map<string, JustRecipe>();
  const values = new Map<string, string>();
  const aliases = new Map<string, string>();
  let first: string | undefined;
  let current: JustRecipe | undefined;
  for (const line of text.matchAll(/(?:[^\r\n\\]|\\\r?\n|\\.|\\$)+/g)) {
    const content = line[0];
    if (/^[ \t]/.test(content)) {
      const trimmed = content.trimStart();
      const start = line.index + content.length - trimmed.length;
      current?.lines.push({ text: trimmed, at: locate(start, line.index + content.length) });
      continue;
    }
    if (/^(?:#|\[|set\b|import\b|mod\b)/.test(content)) continue;
    const [, variable, value] = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/s.exec(content) ?? [];
    if (variable !== undefined) {
      const literal = /^(?:"([^"]*)"|'([^']*)')\s*$/.exec(value ?? "");
      const fallback = /^env(?:_var_or_default)?\(\s*["'](\w+)["']\s*,\s*["']([^"']*)["']\s*\)\s*$/.exec(
        value ?? "",
      );
      if (literal) values.set(variable, literal[1] ?? literal[2] ?? "");
      else if (fallback) values.set(variable, `\${${fallback[1]}:-${fallback[2]}}`);
      continue;
    }
    const [, alias, target] = /^alias\s+([\w-]+)\s*:=\s*([\w-]+)/.exec(content) ?? [];
    if (alias !== undefined && target !== undefined) {
      aliases.set(alias, target);
      continue;
    }
    const [, name, parameters = "", needs = ""] =
      /^@?([A-Za-z_][\w-]*)([^:]*):(?!=)(.*)$/s.exec(content) ?? [];
    if (name === undefined) {
      current = undefined;
      continue;
    }
    const [before = "", after = ""] = needs.replace(/\s#.*$/, "").split("&&");
    current = {
      parameters: parametersOf(parameters),
      before: calls(before),
      after: calls(after),
      lines: [],
    };
    recipes.set(name, current);
    first ??= name;
  }
  return { recipes, values, aliases, first };
}

/** `workers="2" *args` */
function parametersOf(text: string): JustRecipe["parameters"] {
  const form = /([*+$]*)([A-Za-z_][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/g;
  return [...text.matchAll(form)].map(([, marks = "", name = "", double, single, bare]) => ({
    name,
    fallback: double ?? single ?? bare,
    rest: /[*+]/.test(marks),
  }));
}

/** `build (deploy "prod")` are two calls, one with an argument. */
function calls(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/\(([^)]*)\)|[\w-]+/g)].map(([whole, inner]) =>
    inner === undefined
      ? [whole]
      : [...inner.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(
          ([word, double, single]) => double ?? single ?? word,
        ),
  );
}

/** `{{ name }}`; what the file does not set is left as something that nobody knows. */
function interpolate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\{\{\s*([^}]*?)\s*\}\}/g,
    (_whole, name: string) => values.get(name) ?? `$(just ${name})`,
  );
}
