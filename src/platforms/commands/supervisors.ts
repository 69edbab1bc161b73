import { locator, startOf } from "../../location.ts";
import { baseName, folderOf, resolvePath } from "../paths.ts";
import { type Argument, literally, quote } from "../shell/expand.ts";
import { firstFile, optionValue, type Recipe, type Recipes, type RunnerQuestion } from "./recipe.ts";
import { skipOptions } from "./wrappers.ts";

interface Section {
  readonly name: string;
  readonly values: Map<string, { readonly text: string; readonly at: Recipe["at"] }>;
}

/** `[section]`, `key = value`, and lines that go on indented. */
function readIni(path: string, text: string): readonly Section[] {
  const locate = locator(path, text);
  const sections: Section[] = [];
  let last: string | undefined;
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const content = line[0];
    const at = locate(line.index, line.index + content.length);
    const section = /^\[([^\]]*)\]/.exec(content)?.[1];
    const [, key, value] = /^([\w.-]+)[ \t]*[=:][ \t]*(.*)$/.exec(content) ?? [];
    const values = sections.at(-1)?.values;
    if (section !== undefined) sections.push({ name: section, values: new Map() });
    else if (/^\s*[#;]/.test(content)) continue;
    else if (key !== undefined && value !== undefined) {
      values?.set(key, { text: withoutComment(value), at });
      last = key;
    } else if (/^[ \t]/.test(content) && last !== undefined) {
      const before = values?.get(last);
      if (before) values?.set(last, { ...before, text: `${before.text} ${withoutComment(content)}` });
    }
  }
  return sections;
}

function withoutComment(text: string): string {
  return text.replace(/\s;.*$/, "").trim();
}

/** The file and those that it includes: `files = conf.d/*.conf`, relative to it. */
function withIncludes(path: string, question: RunnerQuestion): readonly Section[] {
  const { files } = question;
  const read = (file: string) => readIni(file, files.text(file) ?? "");
  const sections = read(path);
  const patterns = sections
    .filter(({ name }) => name === "include")
    .flatMap(({ values }) => values.get("files")?.text.split(/\s+/) ?? []);
  const included = patterns.flatMap((pattern) => {
    const folder = pattern.startsWith("/")
      ? question.locate(folderOf(pattern))
      : resolvePath(folderOf(path), folderOf(pattern));
    const name = new RegExp(
      `^${baseName(pattern)
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    );
    return folder === undefined ? [] : files.children(folder).filter((file) => name.test(baseName(file)));
  });
  return [...sections, ...included.filter((file) => files.isFile(file) && file !== path).flatMap(read)];
}

/** `A="1",B="2"` */
function environment(text: string | undefined): ReadonlyMap<string, Argument> {
  const pairs = [...(text ?? "").matchAll(/([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^,]*))/g)];
  return new Map(
    pairs.map(([, name = "", double, single, bare]) => {
      const value = double ?? single ?? bare?.trim() ?? "";
      return [name, { text: value.replace(/%\(ENV_(\w+)\)s/g, "$$$1"), known: !value.includes("%(ENV_") }];
    }),
  );
}

/** Every `[program:…]`. http://supervisord.org/configuration.html#program-x-section-settings (4.3) */
export function supervisor(question: RunnerQuestion): Recipes {
  const named = optionValue(question.args, "-c", "--configuration");
  const path = firstFile(
    question,
    named === undefined
      ? [
          "supervisord.conf",
          "etc/supervisord.conf",
          "/etc/supervisord.conf",
          "/etc/supervisor/supervisord.conf",
        ]
      : [named],
  );
  if (path === undefined) return `there is no ${named ?? "supervisord.conf"} in the project`;
  const sections = withIncludes(path, question);
  const shared = environment(
    sections.find(({ name }) => name === "supervisord")?.values.get("environment")?.text,
  );
  return sections.flatMap(({ name, values }) => {
    const command = values.get("command");
    if (!/^(?:program|fcgi-program):/.test(name) || !command) return [];
    if (values.get("autostart")?.text.toLowerCase() === "false") return [];
    const directory = values.get("directory")?.text;
    const program = name.slice(name.indexOf(":") + 1);
    return [
      {
        command: expandSupervisor(command.text, program),
        folder: directory === undefined ? question.folder : question.locate(directory),
        at: command.at,
        env: new Map([...shared, ...environment(values.get("environment")?.text)]),
      },
    ];
  });
}

/**
 * supervisord starts programs itself, so `&&` and `$PORT` are words. `%(ENV_PORT)s` is what it puts in; a
 * letter that nobody writes keeps its place.
 */
function expandSupervisor(command: string, program: string): string {
  const marked = command
    .replace(/%\(ENV_(\w+)\)s/g, "\uE000$1\uE000")
    .replace(/%\((?:program_name|group_name)\)s/g, program)
    .replace(/%\(process_num\)0?\d*d/g, "0")
    .replaceAll("%%", "%");
  return literally(marked).replace(/\uE000(\w+)\uE000/g, "$${$1}");
}

/** Every `[watcher:…]`. https://circus.readthedocs.io/en/latest/configuration/ (0.19) */
export function circus(question: RunnerQuestion): Recipes {
  const { files, args } = question;
  const named = args.find(({ text }) => /\.(?:ini|conf|cfg)$/.test(text))?.text ?? "circus.ini";
  const path = firstFile(question, [named]);
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return `there is no ${named} in the project`;
  return readIni(path, text).flatMap(({ name, values }) => {
    const command = values.get("cmd");
    if (!name.startsWith("watcher:") || !command || values.get("autostart")?.text.toLowerCase() === "false")
      return [];
    const directory = values.get("working_dir")?.text;
    const more = values.get("args")?.text;
    const words = [command.text, ...(more ? [more] : [])].join(" ");
    return [
      {
        command: words.replace(
          /\$\(circus\.env\.(\w+)\)/gi,
          (_whole, variable: string) => `$${variable.toUpperCase()}`,
        ),
        folder: directory === undefined ? question.folder : question.locate(directory),
        at: command.at,
      },
    ];
  });
}

/** Where process managers of containers look for services that are a folder with a `run` in it. */
const serviceFolders: Readonly<Record<string, readonly string[]>> = {
  // https://github.com/just-containers/s6-overlay (v3)
  init: ["/etc/s6-overlay/s6-rc.d", "/etc/services.d"],
  // https://github.com/phusion/baseimage-docker
  my_init: ["/etc/service"],
};

/** runit and s6: every `run` in the folder that the command names, or in the image's own, and what the command goes on with. */
export function services({ files, locate, program, args, at }: RunnerQuestion): Recipes | undefined {
  const name = baseName(program);
  if (name === "init" && program !== "/init") return undefined;
  const fixed = Object.hasOwn(serviceFolders, name) ? serviceFolders[name] : undefined;
  const words = skipOptions(args, new Set());
  const folders = fixed ?? words.slice(0, 1).map(({ text }) => text);
  // Their folder in the container is that of the service, which most leave at once.
  const recipes: Recipe[] = folders
    .flatMap((folder) => files.children(locate(folder) ?? " "))
    .map((service) => `${service}/run`)
    .filter((run) => files.isFile(run))
    .map((run) => ({ command: quote(run), file: run, folder: undefined, at: startOf(run) }));
  if (fixed && words.length > 0) {
    const command = words.map(({ text, known }) => (known ? quote(text) : text)).join(" ");
    recipes.push({ command, folder: locate("."), at });
  }
  return recipes.length > 0 ? recipes : `the services of ${name} are not in the project`;
}
