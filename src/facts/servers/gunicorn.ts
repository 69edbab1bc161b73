import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { Mount } from "../../platforms/manifest.ts";
import { fromContainer, resolvePath } from "../../platforms/paths.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import { expandWords } from "../../platforms/shell/expand.ts";
import { parseShell } from "../../platforms/shell/script.ts";
import {
  type Bind,
  bindToAddress,
  bindToAny,
  type ListenPort,
  optionBind,
  portNumber,
  portOf,
} from "./bind.ts";
import { type ConfigSetting, readGunicornConfig } from "./gunicorn-config.ts";
import { type Options, parseOptions } from "./options.ts";
import { type CommandLine, servers } from "./programs.ts";

/** What of gunicorn's surroundings decides. */
export interface GunicornContext {
  readonly files: ProjectFiles;
  /** The folder it starts in; undefined if it cannot be told. */
  readonly folder: string | undefined;
  /** Where the project's files are in the container. */
  readonly mounts: readonly Mount[];
  variable(name: string): Argument | undefined;
  /** Every variable of the process; undefined where its value is not known. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** The platform sends requests to a port that the manifest names, and sets no $PORT. */
  readonly portIsFixed: boolean;
}

export interface GunicornSettings extends CommandLine {
  /** The command line and $GUNICORN_CMD_ARGS. */
  readonly options: Pick<Options, "last">;
  /** What the configuration file sets. */
  configured(name: string): (Argument & { readonly at?: Location | undefined }) | undefined;
  /** Variables that it sets for the application: `--env` and `raw_env`. */
  readonly gives: ReadonlyMap<string, Argument>;
  readonly workerClass: Argument | undefined;
  /** How many processes answer; undefined for its default, which is one unless $WEB_CONCURRENCY says otherwise. */
  readonly workers: Argument | undefined;
  /** Seconds after which a worker that does not answer is killed; 30 if it is not said. */
  readonly timeout: Argument | undefined;
  /** The addresses that may say that a request was HTTPS, where they are named: `forwarded_allow_ips`. */
  readonly allowed: Argument | undefined;
}

/**
 * gunicorn's settings from where it takes them, strongest first: the command line, $GUNICORN_CMD_ARGS,
 * the configuration file, the defaults (gunicorn 26.1, `gunicorn/app/base.py`).
 */
export function gunicornSettings(command: Options, context: GunicornContext): GunicornSettings {
  const variable = context.variable("GUNICORN_CMD_ARGS");
  const fromVariable = parseOptions(
    variable?.known ? parseShell(variable.text).flatMap(({ words }) => expandWords(words, new Map())) : [],
    servers.gunicorn.takes,
  );
  const option = (...names: readonly string[]) => command.last(...names) ?? fromVariable.last(...names);
  const config = openConfig(option("-c", "--config"), context);
  const configured = (name: string): (Argument & { readonly at?: Location | undefined }) | undefined => {
    const setting = config.setting(name);
    if (setting.kind === "unset") return undefined;
    return setting.kind === "text" && setting.whole
      ? { text: setting.text, known: true, at: setting.at }
      : { text: `${config.path} (${name})`, known: false };
  };
  const raw = config.setting("raw_env");
  // The strongest source replaces the others.
  const given = [command, fromVariable].map((options) => options.all("-e", "--env"));
  const environment =
    given.find((items) => items.length > 0) ??
    (raw.kind === "list" ? raw.items : [raw]).flatMap((item) =>
      item.kind === "text" && item.whole ? [{ text: item.text, known: true }] : [],
    );
  return {
    target: command.positionals[0] ?? configured("wsgi_app"),
    bind: bindOf(command, fromVariable, config, context),
    chdir: option("--chdir") ?? configured("chdir"),
    pythonPath: [option("--pythonpath") ?? configured("pythonpath")].filter((path) => path !== undefined),
    options: { last: option },
    configured,
    gives: assignments(environment),
    workerClass: option("-k", "--worker-class") ?? configured("worker_class"),
    workers: option("-w", "--workers") ?? configured("workers") ?? context.variable("WEB_CONCURRENCY"),
    timeout: option("-t", "--timeout") ?? configured("timeout"),
    allowed: option("--forwarded-allow-ips") ?? configured("forwarded_allow_ips"),
  };
}

/** `NAME=value`, as gunicorn takes it. */
function assignments(items: readonly Argument[]): ReadonlyMap<string, Argument> {
  return new Map(
    items.flatMap(({ text, known }) => {
      const equals = text.indexOf("=");
      return equals <= 0 ? [] : [[text.slice(0, equals), { text: text.slice(equals + 1), known }] as const];
    }),
  );
}

interface Config {
  readonly path: string;
  setting(name: string): ConfigSetting;
}

/** `./gunicorn.conf.py` is read without being asked for. */
function openConfig(
  option: Argument | undefined,
  { files, folder, mounts, variables }: GunicornContext,
): Config {
  const named = option?.text.replace(/^file:/, "");
  // `python:shop.gunicorn` is a module, looked for where gunicorn starts.
  const module = /^python:([\w.]+)$/.exec(named ?? "")?.[1];
  const path =
    option?.known === false
      ? undefined
      : module !== undefined
        ? resolvePath(folder ?? "", `${module.replaceAll(".", "/")}.py`)
        : named?.startsWith("/")
          ? fromContainer(named, mounts)
          : folder === undefined
            ? undefined
            : resolvePath(folder, named ?? "gunicorn.conf.py");
  if (path !== undefined && files.isFile(path))
    return { path, setting: readGunicornConfig(files, path, folder ?? "", variables) };
  const isUnclear = named !== undefined || folder === undefined;
  return { path: named ?? "gunicorn.conf.py", setting: () => ({ kind: isUnclear ? "unclear" : "unset" }) };
}

function bindOf(command: Options, variable: Options, config: Config, context: GunicornContext): Bind {
  for (const options of [command, variable]) {
    const bind = bindToAny(
      options.all("-b", "--bind").map((value) => optionBind("--bind", value, gunicornPort)),
    );
    if (bind) return bind;
  }
  const setting = config.setting("bind");
  if (setting.kind === "unclear") {
    return {
      kind: "unclear",
      because: `gunicorn may take its address from ${config.path}, which cannot be followed`,
    };
  }
  if (setting.kind !== "unset") {
    const items = setting.kind === "list" ? setting.items : [setting];
    return bindToAny(items.map((item) => configuredBind(item, config.path))) ?? { kind: "everywhere" };
  }
  const port = context.variable("PORT");
  if (port) return { kind: "everywhere", port: portOf(port) ?? { kind: "variable", name: "PORT" } };
  if (context.portIsFixed) {
    const because = "gunicorn listens there unless it is told otherwise or $PORT is set";
    return { kind: "loopback", host: "127.0.0.1", because, port: gunicornPort };
  }
  return {
    kind: "unclear",
    because: "gunicorn listens on 127.0.0.1 unless $PORT is set, which the platform may do",
  };
}

/** An address in the configuration file. Its port may be computed, as long as its host is there. */
function configuredBind(setting: ConfigSetting, path: string): Bind {
  if (setting.kind !== "text" || !(setting.whole || /^(?:unix:|\[[^\]]*\]:|[^:[]*:)/.test(setting.text))) {
    return { kind: "unclear", because: `${path} computes bind` };
  }
  const { text, whole, env } = setting;
  const because = `${path} sets bind to "${text}${whole ? "" : "…"}"`;
  const bind = bindToAddress({ text, known: true }, because, gunicornPort);
  if (bind.kind === "loopback") return { ...bind, file: path };
  const [only, ...more] = env;
  const isVariable = !whole && bind.kind === "everywhere" && only !== undefined && more.length === 0;
  return isVariable ? { ...bind, port: { kind: "variable", name: only } } : bind;
}

/** gunicorn 26.1 `gunicorn/config.py`: an address without a port. */
const gunicornPort: ListenPort = portNumber(8000);

/** The distribution that a worker class comes from; undefined for gunicorn's own. */
export function workerDistribution(workerClass: string): string | undefined {
  const [top = ""] = workerClass.split(".");
  if (/^(?:gevent|gevent_wsgi|gevent_pywsgi)$/.test(workerClass)) return "gevent";
  if (workerClass === "eventlet" || workerClass === "tornado") return workerClass;
  const modules: Readonly<Record<string, string>> = {
    uvicorn: "uvicorn",
    uvicorn_worker: "uvicorn-worker",
    meinheld: "meinheld",
    aiohttp: "aiohttp",
  };
  return workerClass.includes(".") && Object.hasOwn(modules, top) ? modules[top] : undefined;
}
