import type { ProjectFiles } from "../../files/project-files.ts";
import type { Mount } from "../../platforms/manifest.ts";
import { fromContainer, resolvePath } from "../../platforms/paths.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import type { Options } from "./options.ts";
import { parseOptions } from "./options.ts";
import { type CommandLine, servers } from "./programs.ts";
import { uwsgiOptions } from "./uwsgi-config.ts";

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
): CommandLine & { readonly options: Options } {
  const isConfig = /\.(?:ini|ya?ml|xml|json)(?::[\w-]+)?$/;
  const named =
    command.last("--ini", "--yaml", "-y", "--json", "-j", "--xml", "-x") ??
    command.positionals.find(({ text }) => isConfig.test(text));
  const [, file = "", section = "uwsgi"] = /^(.*?)(?::([\w-]+))?$/s.exec(named?.text ?? "") ?? [];
  const path = named?.known ? locate(file, folder, mounts) : undefined;
  const text = path === undefined ? undefined : files.text(path);
  const configured =
    path === undefined || text === undefined
      ? undefined
      : uwsgiOptions(path, text, section, { folder: folder ?? "", variable });
  const fromFile = parseOptions(configured ?? [], servers.uwsgi.takes);
  // Every option may be a variable: `UWSGI_HTTP_SOCKET`.
  const fromVariables = (names: readonly string[]) =>
    names.flatMap(
      (name) =>
        (name.startsWith("--") && variable(`UWSGI_${name.slice(2).replaceAll("-", "_").toUpperCase()}`)) ||
        [],
    );
  const joined: Options = {
    all: (...names) => [...fromVariables(names), ...fromFile.all(...names), ...command.all(...names)],
    last: (...names) => command.last(...names) ?? fromFile.last(...names) ?? fromVariables(names).at(-1),
    positionals: command.positionals,
    unclear: [],
  };
  const read = servers.uwsgi.read(joined, variable);
  const callable = joined.last("--callable");
  const script = joined.last("--wsgi-file", "--file");
  const { target } = read;
  return {
    ...read,
    options: joined,
    file: script && { path: script, attribute: callable?.text ?? "application" },
    target:
      target && callable && !target.text.includes(":")
        ? { ...target, text: `${target.text}:${callable.text}` }
        : target,
    bind:
      named && configured === undefined && read.bind.kind !== "everywhere"
        ? { kind: "unclear", because: `uwsgi is configured by ${named.text}, which cannot be followed` }
        : read.bind,
  };
}

/** The file of the project that the command means; an absolute path is one in the container. */
function locate(written: string, folder: string | undefined, mounts: readonly Mount[]): string | undefined {
  if (written.startsWith("/")) return fromContainer(written, mounts);
  return folder === undefined ? undefined : resolvePath(folder, written);
}
