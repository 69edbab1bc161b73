import type { Location } from "../../location.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import type { Options } from "./options.ts";
import type { ServerProgram } from "./programs.ts";

/** An option of a server, wherever it is set. */
export interface ServerOption extends Argument {
  /** What sets it: the command, the configuration file, the variable's declaration. */
  readonly at: Location;
}

/**
 * How a server is tuned, in one vocabulary for all: each as written, undefined where nothing sets it, or
 * where the server has no such thing. A flag's text is "", or what a configuration file sets it to.
 */
export interface ServerTuning {
  /** Processes that answer. */
  readonly workers: ServerOption | undefined;
  /** Threads of each process. */
  readonly threads: ServerOption | undefined;
  /** Seconds that a request, or a worker that gives no sign, may take. */
  readonly timeout: ServerOption | undefined;
  /** Seconds that requests get to end when the server stops. */
  readonly gracefulTimeout: ServerOption | undefined;
  /** Seconds that an idle connection stays open. */
  readonly keepalive: ServerOption | undefined;
  readonly workerClass: ServerOption | undefined;
  /** It starts anew whenever a file changes. */
  readonly reload: ServerOption | undefined;
  /** The application is loaded before the workers are forked. */
  readonly preload: ServerOption | undefined;
  /** It goes into the background, and its command ends. */
  readonly daemon: ServerOption | undefined;
  /** Addresses whose X-Forwarded-… headers it believes. */
  readonly forwardedAllowIps: ServerOption | undefined;
  readonly accessLog: ServerOption | undefined;
  /** Requests after which a worker is replaced. */
  readonly maxRequests: ServerOption | undefined;
}

interface Source {
  /** On the command line, by every name. */
  readonly options: readonly string[];
  /** In its configuration file. */
  readonly key?: string;
  /** Environment variables, strongest first. */
  readonly variables?: readonly string[];
}

type Sources = Partial<Readonly<Record<keyof ServerTuning, Source>>>;

/** click takes every option from the environment too, as uvicorn and granian set it up. */
const clicked = (prefix: string, option: string, ...more: readonly string[]): Source => ({
  options: [option],
  variables: [`${prefix}_${option.slice(2).replaceAll("-", "_").toUpperCase()}`, ...more],
});

/**
 * gunicorn 27.0 `config.py`, uvicorn 0.51 `main.py`, hypercorn 0.18 `__main__.py` and `config.py`, daphne 4.2
 * `cli.py`, granian 2.8 `cli.py`, waitress 3.0 `adjustments.py`, uWSGI 2.0 `core/uwsgi.c`, read 2026-11-20.
 */
const sources: Partial<Readonly<Record<ServerProgram, Sources>>> = {
  gunicorn: {
    workers: { options: ["-w", "--workers"], key: "workers", variables: ["WEB_CONCURRENCY"] },
    threads: { options: ["--threads"], key: "threads" },
    timeout: { options: ["-t", "--timeout"], key: "timeout" },
    gracefulTimeout: { options: ["--graceful-timeout"], key: "graceful_timeout" },
    keepalive: { options: ["--keep-alive"], key: "keepalive" },
    workerClass: { options: ["-k", "--worker-class"], key: "worker_class" },
    reload: { options: ["--reload"], key: "reload" },
    preload: { options: ["--preload"], key: "preload_app" },
    daemon: { options: ["-D", "--daemon"], key: "daemon" },
    forwardedAllowIps: {
      options: ["--forwarded-allow-ips"],
      key: "forwarded_allow_ips",
      variables: ["FORWARDED_ALLOW_IPS"],
    },
    accessLog: { options: ["--access-logfile"], key: "accesslog" },
    maxRequests: { options: ["--max-requests"], key: "max_requests" },
  },
  uvicorn: {
    workers: clicked("UVICORN", "--workers", "WEB_CONCURRENCY"),
    gracefulTimeout: clicked("UVICORN", "--timeout-graceful-shutdown"),
    keepalive: clicked("UVICORN", "--timeout-keep-alive"),
    reload: clicked("UVICORN", "--reload"),
    forwardedAllowIps: clicked("UVICORN", "--forwarded-allow-ips", "FORWARDED_ALLOW_IPS"),
    accessLog: clicked("UVICORN", "--access-log"),
    maxRequests: clicked("UVICORN", "--limit-max-requests"),
  },
  hypercorn: {
    workers: { options: ["-w", "--workers"], key: "workers" },
    gracefulTimeout: { options: ["--graceful-timeout"], key: "graceful_timeout" },
    keepalive: { options: ["--keep-alive"], key: "keep_alive_timeout" },
    workerClass: { options: ["-k", "--worker-class"], key: "worker_class" },
    reload: { options: ["--reload"], key: "use_reloader" },
    // Its `--daemon` is about its workers: it stays in the foreground.
    accessLog: { options: ["--access-logfile", "--access-log"], key: "accesslog" },
    maxRequests: { options: ["--max-requests"], key: "max_requests" },
  },
  daphne: {
    timeout: { options: ["-t", "--http-timeout"] },
    accessLog: { options: ["--access-log"] },
  },
  granian: {
    workers: clicked("GRANIAN", "--workers"),
    threads: clicked("GRANIAN", "--blocking-threads"),
    gracefulTimeout: clicked("GRANIAN", "--workers-kill-timeout"),
    reload: clicked("GRANIAN", "--reload"),
    accessLog: clicked("GRANIAN", "--access-log"),
  },
  waitress: {
    threads: { options: ["--threads"] },
    timeout: { options: ["--channel-timeout"] },
    forwardedAllowIps: { options: ["--trusted-proxy"] },
  },
  uwsgi: {
    workers: { options: ["-p", "--processes", "--workers"] },
    threads: { options: ["--threads"] },
    timeout: { options: ["-t", "--harakiri"] },
    gracefulTimeout: { options: ["--worker-reload-mercy"] },
    keepalive: { options: ["--http-keepalive"] },
    reload: { options: ["--py-autoreload", "--python-autoreload", "--py-auto-reload"] },
    daemon: { options: ["-d", "--daemonize", "--daemonize2"] },
    accessLog: { options: ["--req-logger", "--logto", "--logto2"] },
    maxRequests: { options: ["-R", "--max-requests"] },
  },
  fastapi: {
    workers: { options: ["--workers"], variables: ["WEB_CONCURRENCY"] },
    reload: { options: ["--reload"] },
    forwardedAllowIps: { options: ["--forwarded-allow-ips"], variables: ["FORWARDED_ALLOW_IPS"] },
  },
};

/** Where options come from: the command, then the configuration file, then variables. */
export interface TuningContext {
  /** The command line, with what is as strong: $GUNICORN_CMD_ARGS, uWSGI's file. */
  readonly options: Pick<Options, "last">;
  readonly at: Location;
  /** What the configuration file sets. */
  configured?(key: string): (Argument & { readonly at?: Location | undefined }) | undefined;
  variable(name: string): Argument | undefined;
  /** Where a variable is declared. */
  declaredAt(variable: string): Location | undefined;
}

export function serverTuning(program: ServerProgram, context: TuningContext): ServerTuning {
  const table = sources[program] ?? {};
  const find = (name: keyof ServerTuning): ServerOption | undefined => {
    const source = table[name];
    if (!source) return undefined;
    const option = context.options.last(...source.options);
    if (option) return { ...option, at: context.at };
    const set = source.key === undefined ? undefined : context.configured?.(source.key);
    if (set) return { text: set.text, known: set.known, at: set.at ?? context.at };
    for (const variable of source.variables ?? []) {
      const value = context.variable(variable);
      if (value) return { ...value, at: context.declaredAt(variable) ?? context.at };
    }
    return undefined;
  };
  return {
    workers: find("workers"),
    threads: find("threads"),
    timeout: find("timeout"),
    gracefulTimeout: find("gracefulTimeout"),
    keepalive: find("keepalive"),
    workerClass: find("workerClass"),
    reload: switchedOn(find("reload")),
    preload: switchedOn(find("preload")),
    daemon: switchedOn(find("daemon")),
    forwardedAllowIps: find("forwardedAllowIps"),
    accessLog: find("accessLog"),
    maxRequests: find("maxRequests"),
  };
}

/** A switch that is turned off is none. */
function switchedOn(option: ServerOption | undefined): ServerOption | undefined {
  return option?.known && /^(?:false|0|no|off)$/i.test(option.text) ? undefined : option;
}
