import type { ProjectFiles } from "../../files/project-files.ts";
import { readToml } from "../../platforms/manifests/tree-toml.ts";
import { resolvePath } from "../../platforms/paths.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import { type Bind, bindToAddress, bindToAny, defaultLoopback, portNumber } from "./bind.ts";
import { type ConfigSetting, readGunicornConfig } from "./gunicorn-config.ts";
import type { Options } from "./options.ts";
import { type CommandLine, servers } from "./programs.ts";
import type { TuningContext } from "./tuning.ts";

/**
 * hypercorn's configuration file: TOML, or with `file:` or `python:` in front Python (0.18, `__main__.py`
 * `_load_config`). Undefined where it cannot be read.
 */
export function readHypercornConfig(
  option: Argument,
  files: ProjectFiles,
  folder: string | undefined,
  variables: ReadonlyMap<string, string | undefined>,
): ((key: string) => ConfigSetting) | undefined {
  if (!option.known || folder === undefined) return undefined;
  const [, kind, name = ""] = /^(file:|python:)?(.*)$/s.exec(option.text) ?? [];
  const written = kind === "python:" ? `${name.replaceAll(".", "/")}.py` : name;
  const path = written.startsWith("/") ? undefined : resolvePath(folder, written);
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return undefined;
  if (kind !== undefined) return readGunicornConfig(files, path, folder, variables);
  const { root, problems } = readToml(path, text);
  if (problems.length > 0) return undefined;
  return (key) => {
    const node = root.get(key);
    const setting = (one: typeof node): ConfigSetting =>
      one.text === undefined
        ? { kind: "unclear" }
        : { kind: "text", text: one.text, whole: true, env: [], at: one.at };
    if (!node.exists) return { kind: "unset" };
    return node.kind === "list" ? { kind: "list", items: node.items.map(setting) } : setting(node);
  };
}

/** hypercorn's command line together with the configuration file that it names. */
export function hypercornSettings(
  options: Options,
  files: ProjectFiles,
  folder: string | undefined,
  variables: ReadonlyMap<string, string | undefined>,
): CommandLine & Pick<TuningContext, "configured"> {
  const read = servers.hypercorn.read(options, () => undefined);
  const named = options.last("-c", "--config");
  const config = named && readHypercornConfig(named, files, folder, variables);
  if (!config) return read;
  const configured = (key: string) => {
    const setting = config(key);
    if (setting.kind === "unset") return undefined;
    return setting.kind === "text" && setting.whole
      ? { text: setting.text, known: true, at: setting.at }
      : { text: `${named.text} (${key})`, known: false };
  };
  if (options.last("-b", "--bind", "--insecure-bind")) return { ...read, configured };
  const bind = config("bind");
  const items = bind.kind === "list" ? bind.items : bind.kind === "unset" ? [] : [bind];
  const binds = items.map((item): Bind => {
    if (item.kind !== "text" || !item.whole)
      return { kind: "unclear", because: `${named.text} computes bind` };
    return bindToAddress(
      { text: item.text, known: true },
      `${named.text} sets bind to "${item.text}"`,
      portNumber(8000),
    );
  });
  return { ...read, bind: bindToAny(binds) ?? defaultLoopback("hypercorn", portNumber(8000)), configured };
}
