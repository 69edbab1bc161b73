import type { ProjectFiles } from "../../files/project-files.ts";
import type { Mount } from "../../platforms/manifest.ts";
import { fromContainer, resolvePath } from "../../platforms/paths.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import type { Options } from "./options.ts";
import { parseOptions } from "./options.ts";
import { type CommandLine, servers } from "./programs.ts";

/**
 * uWSGI's settings: the command line together with the configuration file that it names.
 * https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html
 */
export function uwsgiSettings(
  command: Options,
  files: ProjectFiles,
  folder: string | undefined,
  mounts: readonly Mount[],
  variable: (name: string) => Argument | undefined,
): CommandLine {
  const named =
    command.last("--ini") ?? command.positionals.find(({ text }) => /\.(?:ini|ya?ml|xml|json)$/.test(text));
  const path = named?.known ? locate(named.text, folder, mounts) : undefined;
  const text = path?.endsWith(".ini") ? files.text(path) : undefined;
  const fromFile = parseOptions(text === undefined ? [] : iniOptions(text, variable), servers.uwsgi.takes);
  const joined: Options = {
    all: (...names) => [...fromFile.all(...names), ...command.all(...names)],
    last: (...names) => command.last(...names) ?? fromFile.last(...names),
    positionals: command.positionals,
    unclear: [],
  };
  const read = servers.uwsgi.read(joined, variable);
  const callable = joined.last("--callable");
  const file = joined.last("--wsgi-file", "--file");
  const { target } = read;
  return {
    ...read,
    file: file && { path: file, attribute: callable?.text ?? "application" },
    target:
      target && callable && !target.text.includes(":")
        ? { ...target, text: `${target.text}:${callable.text}` }
        : target,
    bind:
      named && text === undefined && read.bind.kind !== "everywhere"
        ? { kind: "unclear", because: `uwsgi is configured by ${named.text}, which cannot be followed` }
        : read.bind,
  };
}

/** The file of the project that the command means; an absolute path is one in the container. */
function locate(written: string, folder: string | undefined, mounts: readonly Mount[]): string | undefined {
  if (written.startsWith("/")) return fromContainer(written, mounts);
  return folder === undefined ? undefined : resolvePath(folder, written);
}

/** `key = value` lines as options. `$(NAME)` is a variable, `%(key)` another line. */
function iniOptions(text: string, variable: (name: string) => Argument | undefined): Argument[] {
  const lines = text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  const values = new Map(lines);
  return lines.flatMap(([key, value]) => {
    let known = true;
    const expanded = value
      .replace(/%\(([\w-]+)\)/g, (whole, name: string) => values.get(name) ?? whole)
      .replace(/\$\((\w+)\)/g, (_whole, name: string) => {
        const found = variable(name);
        if (!found?.known) known = false;
        return found?.known ? found.text : `$${name}`;
      });
    return [
      { text: `--${key}`, known: true },
      { text: expanded, known },
    ];
  });
}
