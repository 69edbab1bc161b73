import type { Launch } from "../../platforms/commands/follow.ts";
import type { Argument } from "../../platforms/shell/expand.ts";
import {
  type Bind,
  bindToAny,
  bindToHost,
  defaultLoopback,
  type ListenPort,
  optionBind,
  optionHost,
  portNumber,
  portOf,
} from "./bind.ts";
import { type Options, parseOptions } from "./options.ts";

/** The programs that can answer HTTP, by the name of the command. */
export type ServerProgram =
  | "gunicorn"
  | "uvicorn"
  | "hypercorn"
  | "daphne"
  | "granian"
  | "waitress"
  | "uwsgi"
  | "runserver"
  | "runserver_plus"
  | "flask"
  | "fastapi"
  | "http.server";

/** What a server's command line says. */
export interface CommandLine {
  /** "shop.wsgi:application" */
  readonly target: Argument | undefined;
  /** A file that holds the application, given in place of a module. */
  readonly file?: { readonly path: Argument; readonly attribute: string } | undefined;
  readonly bind: Bind;
  /** The folder it changes into, as written. */
  readonly chdir: Argument | undefined;
  /** More folders to import from, as written. */
  readonly pythonPath: readonly Argument[];
}

export interface Server {
  /** Not meant for production: runserver, `flask run`, `fastapi dev`. */
  readonly development: boolean;
  /** The distribution that provides the program; undefined for what Python or Django bring. */
  readonly distribution: string | undefined;
  /** How it takes its target: "module" may leave the attribute out, "attribute" needs `module:attribute`. */
  readonly target: "module" | "attribute" | "none";
  readonly takes: ReadonlySet<string>;
  read(options: Options, variable: (name: string) => Argument | undefined): CommandLine;
}

const set = (names: string) => new Set(names.split(" "));

/** gunicorn 26.1 `gunicorn/config.py`: the options that take a value. */
const gunicornTakes = set(
  "-c --config -b --bind --backlog -w --workers -k --worker-class --threads --worker-connections --max-requests --max-requests-jitter -t --timeout --graceful-timeout --keep-alive --limit-request-line --limit-request-fields --limit-request-field_size --reload-engine --reload-extra-file --chdir -e --env -p --pid --worker-tmp-dir -u --user -g --group -m --umask --forwarded-allow-ips --access-logfile --access-logformat --error-logfile --log-file --log-level --logger-class --log-config --log-config-json --log-syslog-to --log-syslog-prefix --log-syslog-facility --statsd-host --dogstatsd-tags --statsd-prefix -n --name --pythonpath --paste --paster --proxy-allow-from --protocol --keyfile --certfile --ssl-version --cert-reqs --ca-certs --ciphers --http-protocols --forwarder-headers --header-map --asgi-loop --asgi-lifespan --root-path --paste-global",
);

const none = { chdir: undefined, pythonPath: [] };

/** Defaults and options by server: catalogue §8.4, facts/platforms.md §21.1 (2026-11-20). */
export const servers: Readonly<Record<ServerProgram, Server>> = {
  gunicorn: {
    development: false,
    distribution: "gunicorn",
    target: "module",
    takes: gunicornTakes,
    // Its configuration file, $GUNICORN_CMD_ARGS and $PORT are put in by `gunicorn.ts`.
    read: (options) => ({
      target: options.positionals[0],
      bind: defaultLoopback("gunicorn"),
      chdir: options.last("--chdir"),
      pythonPath: options.all("--pythonpath"),
    }),
  },
  uvicorn: {
    development: false,
    distribution: "uvicorn",
    target: "attribute",
    takes: set(
      "--host --port --uds --fd --reload-dir --reload-include --reload-exclude --reload-delay --workers --loop --http --ws --ws-max-size --ws-max-queue --ws-ping-interval --ws-ping-timeout --ws-per-message-deflate --lifespan --interface --env-file --log-config --log-level --forwarded-allow-ips --root-path --limit-concurrency --backlog --limit-max-requests --timeout-keep-alive --timeout-graceful-shutdown --ssl-keyfile --ssl-certfile --ssl-keyfile-password --ssl-version --ssl-cert-reqs --ssl-ca-certs --ssl-ciphers --header --app-dir --h11-max-incomplete-event-size",
    ),
    read: (options, variable) => ({
      target: options.positionals[0] ?? variable("UVICORN_APP"),
      bind: hostBind(options, "uvicorn", {
        hosts: ["--host"],
        sockets: ["--uds", "--fd"],
        variable: variable("UVICORN_HOST"),
        port: optionPort(options, ["--port"], variable("UVICORN_PORT"), 8000),
      }),
      chdir: undefined,
      pythonPath: options.all("--app-dir"),
    }),
  },
  hypercorn: {
    development: false,
    distribution: "hypercorn",
    target: "attribute",
    takes: set(
      "--access-log --access-logformat --access-logfile --backlog -b --bind --ca-certs --certfile --cert-reqs --ciphers -c --config --error-log --error-logfile --graceful-timeout --read-timeout --max-requests --max-requests-jitter -g --group -k --worker-class --keep-alive --keyfile --keyfile-password --insecure-bind --log-config --log-level -p --pid --quic-bind --root-path --server-name --statsd-host --statsd-prefix -m --umask -u --user --verify-mode --websocket-ping-interval -w --workers",
    ),
    read: (options) => ({
      target: withoutPrefix(options.positionals[0], /^(?:wsgi|asgi):/),
      bind:
        bindToAny(
          options
            .all("-b", "--bind", "--insecure-bind")
            .map((value) => optionBind("--bind", value, portNumber(8000))),
        ) ??
        (options.last("-c", "--config")
          ? { kind: "unclear", because: "hypercorn reads its address from a configuration file" }
          : defaultLoopback("hypercorn", portNumber(8000))),
      ...none,
    }),
  },
  daphne: {
    development: false,
    distribution: "daphne",
    target: "attribute",
    takes: set(
      "-p --port -b --bind --websocket_timeout --websocket_connect_timeout -u --unix-socket --fd -e --endpoint -v --verbosity -t --http-timeout --access-log --log-fmt --ping-interval --ping-timeout --application-close-timeout --root-path --proxy-headers-host --proxy-headers-port -s --server-name",
    ),
    read: (options) => ({
      target: options.positionals[0],
      bind: options.last("-e", "--endpoint")
        ? (bindToAny(options.all("-e", "--endpoint").map(endpointBind)) ?? { kind: "everywhere" })
        : hostBind(options, "daphne", {
            hosts: ["-b", "--bind"],
            sockets: ["-u", "--unix-socket", "--fd"],
            variable: undefined,
            port: optionPort(options, ["-p", "--port"], undefined, 8000),
          }),
      ...none,
    }),
  },
  granian: {
    development: false,
    distribution: "granian",
    target: "attribute",
    takes: set(
      "--host --port --uds --uds-permissions --interface --http --workers --blocking-threads --blocking-threads-idle-timeout --runtime-threads --runtime-blocking-threads --runtime-mode --loop --task-impl --backlog --backpressure --http1-buffer-size --log-level --log-config --access-log-fmt --ssl-certificate --ssl-keyfile --ssl-keyfile-password --ssl-ca --ssl-crl --url-path-prefix --respawn-interval --workers-lifetime --workers-max-rss --workers-kill-timeout --working-dir --env-files --static-path-route --static-path-mount --static-path-expires --process-name --pid-file",
    ),
    read: (options, variable) => ({
      target: options.positionals[0],
      bind: hostBind(options, "granian", {
        hosts: ["--host"],
        sockets: ["--uds"],
        variable: variable("GRANIAN_HOST"),
        port: optionPort(options, ["--port"], variable("GRANIAN_PORT"), 8000),
      }),
      chdir: options.last("--working-dir"),
      pythonPath: [],
    }),
  },
  waitress: {
    development: false,
    distribution: "waitress",
    target: "attribute",
    takes: set(
      "--app --host --port --listen --unix-socket --unix-socket-perms --url-scheme --url-prefix --ident --threads --backlog --recv-bytes --send-bytes --outbuf-overflow --outbuf-high-watermark --inbuf-overflow --connection-limit --cleanup-interval --channel-timeout --max-request-header-size --max-request-body-size --asyncore-loop-timeout --channel-request-lookahead --trusted-proxy --trusted-proxy-count --trusted-proxy-headers",
    ),
    read: (options) => {
      const port = optionPort(options, ["--port"], undefined, 8080);
      const listen = options
        .all("--listen")
        .map(({ text, known }) => optionBind("--listen", { text: text.replace(/^\*/, ""), known }, port));
      return {
        target: options.last("--app") ?? options.positionals[0],
        bind: bindToAny([
          ...listen,
          ...options.all("--host").map((value) => optionHost("--host", value, port)),
          ...options.all("--unix-socket").map((): Bind => ({ kind: "socket" })),
        ]) ?? { kind: "everywhere", ...(port && { port }) },
        ...none,
      };
    },
  },
  uwsgi: {
    development: false,
    distribution: "uwsgi",
    target: "module",
    takes: set(
      "--ini --yaml --json -w --module --wsgi-file --file --mount --callable --chdir --chdir2 --pythonpath --python-path --pp -s --socket --uwsgi-socket --http --http-socket --http11-socket --https -p --processes --workers --threads -b --buffer-size --env --static-map --max-requests --harakiri --master-fifo --pidfile --uid --gid --venv -H --home --virtualenv --stats --log-format --listen --offload-threads --cheaper --attach-daemon --attach-daemon2 --post-buffering --plugin --plugins --mule --touch-reload --py-autoreload --static-expires --route --logto",
    ),
    // Its configuration file is put in by `uwsgi.ts`.
    read: (options) => ({
      target: options.last("-w", "--module"),
      bind: bindToAny([
        // It listens on all of them. The command comes behind its file, and says what the platform wants.
        ...options
          .all("--http", "--http-socket", "--http11-socket", "--https")
          .map((value) => optionBind("--http", value))
          .reverse(),
        ...options.all("-s", "--socket", "--uwsgi-socket").map((): Bind => ({ kind: "socket" })),
      ]) ?? { kind: "unclear", because: "the command of uwsgi names no address" },
      chdir: options.last("--chdir"),
      pythonPath: options.all("--pythonpath", "--python-path", "--pp"),
    }),
  },
  runserver: developmentServer(undefined),
  runserver_plus: developmentServer("django-extensions"),
  flask: {
    development: true,
    distribution: "flask",
    target: "none",
    takes: set("-A --app -e --env-file -h --host -p --port --cert --key --extra-files --exclude-patterns"),
    read: (options, variable) => ({
      target: undefined,
      bind: hostBind(options, "flask run", {
        hosts: ["-h", "--host"],
        sockets: [],
        variable: variable("FLASK_RUN_HOST"),
        port: optionPort(options, ["-p", "--port"], variable("FLASK_RUN_PORT"), 5000),
      }),
      ...none,
    }),
  },
  fastapi: {
    development: false,
    distribution: "fastapi-cli",
    target: "none",
    takes: set(
      "--host --port --app --root-path --workers -e --entrypoint --reload-dir --forwarded-allow-ips",
    ),
    read: (options, variable) => {
      const host = options.last("--host");
      // $PORT counts since September 2025 (fastapi/fastapi-cli#209), and which version is installed is not known.
      const given = options.last("--port");
      const port = !given && variable("PORT") ? undefined : optionPort(options, ["--port"], undefined, 8000);
      const fallback: Bind =
        options.positionals[0]?.text === "dev"
          ? defaultLoopback("fastapi dev", port)
          : { kind: "everywhere", ...(port && { port }) };
      return { target: undefined, bind: host ? optionHost("--host", host, port) : fallback, ...none };
    },
  },
  "http.server": {
    development: true,
    distribution: undefined,
    target: "none",
    takes: set("-b --bind -d --directory -p --protocol"),
    read: (options) => {
      const host = options.last("-b", "--bind");
      return { target: undefined, bind: host ? optionHost("--bind", host) : { kind: "everywhere" }, ...none };
    },
  },
};

/** Django's runserver and its kin: `runserver [address:]port`. */
function developmentServer(distribution: string | undefined): Server {
  return {
    development: true,
    distribution,
    target: "none",
    takes: set(
      "--settings --pythonpath -v --verbosity --cert --cert-file --key-file --reloader-type --extra-file",
    ),
    read: (options) => {
      const address = options.positionals[1];
      const bind =
        !address || /^\d+$/.test(address.text)
          ? defaultLoopback("runserver", address ? portOf(address) : portNumber(8000))
          : optionBind("address", address, portNumber(8000));
      return { target: undefined, bind, ...none };
    },
  };
}

interface HostOptions {
  readonly hosts: readonly string[];
  readonly sockets: readonly string[];
  readonly variable: Argument | undefined;
  readonly port: ListenPort | undefined;
}

/** A host option, a socket option, a variable, or else loopback. */
function hostBind(options: Options, server: string, { hosts, sockets, variable, port }: HostOptions): Bind {
  if (options.last(...sockets)) return { kind: "socket" };
  const host = options.last(...hosts);
  if (host) return optionHost(hosts.at(-1) ?? "", host, port);
  if (variable) return bindToHost(variable.text, `its host variable is ${variable.text}`, port);
  return defaultLoopback(server, port);
}

/** A port option, a variable, or the server's default; undefined where the option says something else. */
function optionPort(
  options: Options,
  names: readonly string[],
  variable: Argument | undefined,
  fallback: number,
): ListenPort | undefined {
  const given = options.last(...names) ?? variable;
  return given ? portOf(given) : portNumber(fallback);
}

/** Twisted's endpoints: `tcp:port=8000:interface=0.0.0.0`; without an interface all of them. */
function endpointBind({ text, known }: Argument): Bind {
  if (text.startsWith("unix:") || text.startsWith("fd:")) return { kind: "socket" };
  const host = /\binterface=((?:\\:|[^:])+)/.exec(text)?.[1]?.replaceAll("\\:", ":");
  const [, number] = /(?:^tcp:|\bport=)(\$?\w+)/.exec(text) ?? [];
  const port = number === undefined ? undefined : portOf({ text: number, known });
  return host === undefined
    ? { kind: "everywhere", ...(port && { port }) }
    : bindToHost(host, `its endpoint is ${text}`, port);
}

function withoutPrefix(target: Argument | undefined, prefix: RegExp): Argument | undefined {
  return target && { ...target, text: target.text.replace(prefix, "") };
}

const programNames: Readonly<Record<string, ServerProgram>> = {
  gunicorn: "gunicorn",
  uvicorn: "uvicorn",
  hypercorn: "hypercorn",
  daphne: "daphne",
  granian: "granian",
  "waitress-serve": "waitress",
  uwsgi: "uwsgi",
  pyuwsgi: "uwsgi",
  "http.server": "http.server",
};

/** The server that a launched program is, with its arguments taken apart; undefined if it is none. */
export function recogniseServer(
  launch: Launch,
): { readonly program: ServerProgram; readonly development: boolean; readonly options: Options } | undefined {
  const open = (program: ServerProgram, development = servers[program].development) => ({
    program,
    development,
    options: parseOptions(launch.args, servers[program].takes),
  });
  const named = Object.hasOwn(programNames, launch.program) ? programNames[launch.program] : undefined;
  if (named) return open(named);
  const command = launch.args.find(({ text }) => !text.startsWith("-"))?.text;
  if (launch.program === "manage.py" || launch.program === "django-admin") {
    return command === "runserver" || command === "runserver_plus" ? open(command) : undefined;
  }
  if (launch.program === "flask") {
    const options = parseOptions(launch.args, servers.flask.takes);
    return options.positionals[0]?.text === "run" ? open("flask") : undefined;
  }
  if (launch.program === "fastapi" && (command === "run" || command === "dev")) {
    return open("fastapi", command === "dev");
  }
  return undefined;
}
