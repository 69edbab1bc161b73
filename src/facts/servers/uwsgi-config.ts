import type { ManifestNode } from "../../platforms/manifests/tree.ts";
import { readJson } from "../../platforms/manifests/tree-json.ts";
import { readYaml } from "../../platforms/manifests/tree-yaml.ts";
import { folderOf } from "../../platforms/paths.ts";
import type { Argument } from "../../platforms/shell/expand.ts";

interface Surroundings {
  /** The folder that uWSGI starts in. */
  readonly folder: string;
  variable(name: string): Argument | undefined;
}

type Line = readonly [key: string, value: string];

/**
 * The options that a configuration file of uWSGI sets, as a command line; undefined for a file of another
 * kind. `section` is the part that is read: "uwsgi", unless the command names another (`app.ini:prod`).
 * https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html (2.0)
 */
export function uwsgiOptions(
  path: string,
  text: string,
  section: string,
  surroundings: Surroundings,
): readonly Argument[] | undefined {
  const lines = linesOf(path, text, section);
  return lines && expandLines(decide(lines, surroundings), path, surroundings);
}

function linesOf(path: string, text: string, section: string): readonly Line[] | undefined {
  switch (/\.(\w+)$/.exec(path)?.[1]) {
    case "ini":
      return iniLines(text, section);
    case "yaml":
    case "yml":
      return nodeLines(readYaml(path, text).root.get(section));
    case "json":
    case "js":
      return nodeLines(readJson(path, text).root.get(section));
    case "xml":
      return [...text.matchAll(/<([\w-]+)>([^<]*)<\/\1>|<([\w-]+)\s*\/>/g)].map(
        ([, key, value, flag]): Line => [key ?? flag ?? "", value?.trim() ?? ""],
      );
    default:
      return undefined;
  }
}

function iniLines(text: string, section: string): readonly Line[] {
  const lines: Line[] = [];
  let current = section;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const name = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (name !== undefined) current = name;
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && current === section) lines.push([key, value]);
  }
  return lines;
}

function nodeLines(node: ManifestNode): readonly Line[] {
  return node.entries.flatMap(([key, value]): readonly Line[] =>
    value.kind === "list"
      ? value.items.map((item): Line => [key, item.text ?? ""])
      : [[key, value.text ?? ""]],
  );
}

/** What stands between `if-env = X` and `endif` counts if X is set, as far as the files tell. */
function decide(lines: readonly Line[], { variable }: Surroundings): readonly Line[] {
  const open: boolean[] = [];
  return lines.filter(([key, value]) => {
    if (key === "endif" || key === "end-if") {
      open.pop();
      return false;
    }
    if (/^if-/.test(key)) {
      const name = value.replace(/=.*$/s, "");
      const isSet = variable(name) !== undefined;
      open.push(key === "if-not-env" ? !isSet : key === "if-env" ? isSet : true);
      return false;
    }
    return open.every((counts) => counts);
  });
}

/** `$(NAME)` is a variable of the environment, `%(key)` another line, `%d` the file's own folder. */
function expandLines(
  lines: readonly Line[],
  path: string,
  { folder, variable }: Surroundings,
): readonly Argument[] {
  const values = new Map<string, string>();
  const own = folderOf(path);
  const outer = folder === "" ? "" : `${folder}/`;
  const beneath = own === folder ? "./" : own.startsWith(outer) ? `${own.slice(outer.length)}/` : undefined;
  return lines.flatMap(([key, value]): readonly Argument[] => {
    let known = true;
    const expanded = value
      .replace(/%\(([\w-]+)\)/g, (_whole, name: string) => values.get(name) ?? "")
      .replace(/%d/g, () => {
        if (beneath === undefined) known = false;
        return beneath ?? "";
      })
      .replace(/\$\((\w+)\)/g, (_whole, name: string) => {
        const found = variable(name);
        if (!found?.known) known = false;
        return found?.known ? found.text : `$${name}`;
      });
    // A later line sees what an earlier one says, with its variables put in.
    values.set(key, expanded);
    return [{ text: `--${key}=${expanded}`, known }];
  });
}
