import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { type Launch, type Launches, launchesOf } from "../platforms/commands/follow.ts";
import type { Mount, Process } from "../platforms/manifest.ts";
import { fromContainer, resolvePath } from "../platforms/paths.ts";
import type { Deployment } from "../platforms/platform.ts";
import type { PortRules } from "../platforms/rules.ts";
import type { Argument } from "../platforms/shell/expand.ts";
import { defineFact, missing } from "./define.ts";
import { deployedVariables } from "./deploy-steps.ts";
import { noPython } from "./project.ts";
import type { Bind } from "./servers/bind.ts";
import { gunicornSettings, workerDistribution } from "./servers/gunicorn.ts";
import { hypercornSettings } from "./servers/hypercorn-config.ts";
import { type CommandLine, recogniseServer, type ServerProgram, servers } from "./servers/programs.ts";
import { type ProxyTrust, proxyTrust, type TrustContext } from "./servers/proxy-trust.ts";
import { resolveTarget, resolveTargetFile, type TargetQuestion, type TargetState } from "./servers/target.ts";
import { type ServerTuning, serverTuning, type TuningContext } from "./servers/tuning.ts";
import { uwsgiSettings } from "./servers/uwsgi.ts";

export type { Bind } from "./servers/bind.ts";
export type { ServerProgram } from "./servers/programs.ts";

/** The server that the web process starts, read from its command (catalogue §8.4). */
export interface WebServer {
  readonly process: Process;
  /** The command that starts it, in the file that holds it: the process's own, or a line of a script. */
  readonly at: Location;
  readonly program: ServerProgram;
  /** Not meant for production: runserver, `flask run`, `fastapi dev`. */
  readonly development: boolean;
  /** The distribution that provides the program: "gunicorn", "waitress"; undefined for what Python or Django bring. */
  readonly distribution: string | undefined;
  /** The application as written: "shop.wsgi:application"; "" if none is given. Undefined for a server that takes none. */
  readonly target: ServerTarget | undefined;
  /** Where it listens, as far as the command, its configuration file and its defaults tell. */
  readonly bind: Bind;
  /** The proxy that is started in front of it in the same container, so that loopback is right: "nginx". */
  readonly front: string | undefined;
  /** Packages that its options need: a worker class's distribution, with the option that asks for it. */
  readonly alsoNeeds: readonly { readonly distribution: string; readonly because: string }[];
  /** How many processes answer, as written; undefined where nothing says, which is one for most. */
  readonly workers: Argument | undefined;
  /** gunicorn's worker class, as written. */
  readonly workerClass: Argument | undefined;
  /** Seconds after which gunicorn kills a worker that does not answer, as written. */
  readonly timeout: Argument | undefined;
  /** Whether it learns from a proxy that a request was HTTPS. */
  readonly proxyTrust: ProxyTrust;
  /** How it is tuned, in one vocabulary for every server: workers, timeouts, reload and so on. */
  readonly options: ServerTuning;
  /** Variables that it sets for the application: gunicorn's `--env` and `raw_env`. */
  readonly gives: ReadonlyMap<string, Argument>;
  /** What of the command could not be followed, in words; an answer that depends on it is unknown. */
  readonly unclear: string | undefined;
}

export interface ServerTarget {
  readonly text: string;
  readonly at: Location;
  /** Whether it exists, judged from the project's files. */
  readonly state: TargetState;
}

/** The options for the number of processes, of the servers that have one; gunicorn's has more sources. */
const workerOptions: Partial<Readonly<Record<ServerProgram, readonly string[]>>> = {
  uvicorn: ["--workers"],
  hypercorn: ["-w", "--workers"],
  granian: ["--workers"],
  uwsgi: ["-p", "--processes", "--workers"],
  fastapi: ["--workers"],
};

/** Programs that take the requests and hand them on inside a container. */
const proxies = new Set(["nginx", "caddy", "traefik", "haproxy", "envoy", "apache2", "httpd", "apachectl"]);

/** The proxy that a command starts, by itself or by way of `service nginx start`. */
function proxyOf({ program, args }: Launch): string | undefined {
  if (proxies.has(program)) return program;
  // `bin/run` of Scalingo/nginx-buildpack, which is in no repository.
  if (program === "run") return "nginx";
  if (!["service", "rc-service", "systemctl"].includes(program)) return undefined;
  return args.map(({ text }) => text).find((text) => proxies.has(text));
}

export const webServer = defineFact<"webServer", "deployment" | "project" | "packages">({
  wants: ["deployment", "project", "packages"],
  read({ files, options }, { deployment, project, packages }) {
    if (project?.framework === "node") return missing(noPython);
    // Of two `web` lines Heroku takes the last (heroku/buildpacks-procfile @0033616).
    const process = deployment?.processes.findLast(({ name }) => name === "web");
    if (!deployment || !process) return missing("no web process is declared");
    const variables = deployedVariables(deployment, options);
    const followed = launchesOf(process, files, variables);
    const started = chooseServer(followed);
    if (!started) return missing(withoutServer(process, followed));

    const { launch, server } = started;
    const mounts = process.mounts ?? [];
    const variable = (name: string): Argument | undefined => {
      const value = variables.get(name);
      return (
        launch.env.get(name) ??
        (variables.has(name) ? { text: value ?? `$${name}`, known: value !== undefined } : undefined)
      );
    };
    const ownVariables = new Map([
      ...variables,
      ...[...launch.env].map(([name, { text, known }]) => [name, known ? text : undefined] as const),
    ]);
    const read = readCommand(started, files, mounts, variable, ownVariables, deployment.platform.port);
    const kind = servers[server.program];
    const front = launch.front ?? followed.launches.map(proxyOf).find((proxy) => proxy !== undefined);
    const unclear = started.unclear ?? unknownWord(server.options.unclear);
    const { path, pathUnclear } = importPath(launch, read, variable, mounts, deployment);
    const question = {
      program: server.program,
      path,
      pathUnclear: unclear ?? pathUnclear,
      files,
      packages,
      project: project?.folder ?? "",
    };
    return {
      process,
      at: launch.at,
      program: server.program,
      development: server.development,
      distribution: kind.distribution,
      target:
        kind.target === "none"
          ? undefined
          : {
              text: (read.target ?? read.file?.path)?.text ?? "",
              at: launch.at,
              state: judgeTarget(read, launch.folder, { ...question, style: kind.target }),
            },
      bind:
        unclear !== undefined && read.bind.kind === "loopback"
          ? { kind: "unclear", because: unclear }
          : read.bind,
      front,
      alsoNeeds: read.alsoNeeds,
      workers: read.workers,
      workerClass: read.workerClass,
      timeout: read.timeout,
      proxyTrust: proxyTrust(server.program, {
        options: server.options,
        variable,
        bind: read.bind,
        allowed: read.allowed,
      }),
      options: serverTuning(server.program, {
        ...read.tuned,
        at: launch.at,
        variable,
        declaredAt: (name) => deployment.env.findLast((declared) => declared.name === name)?.at,
      }),
      gives: read.gives,
      unclear,
    };
  },
});

function judgeTarget(
  { target, file }: CommandLine,
  folder: string | undefined,
  question: Omit<TargetQuestion, "text">,
): TargetState {
  const { program, pathUnclear } = question;
  const given = target ?? file?.path;
  if (given && !given.known) return { kind: "unclear", because: `the value of ${given.text} is not known` };
  if (target) return resolveTarget({ ...question, text: target.text });
  if (file) {
    const path = folder === undefined ? undefined : resolvePath(folder, file.path.text);
    return path === undefined || file.path.text.startsWith("/")
      ? { kind: "unclear", because: `${file.path.text} is not in the project` }
      : resolveTargetFile(path, file.attribute, { ...question, text: file.path.text });
  }
  // uWSGI has many more ways to be told what to load.
  if (pathUnclear !== undefined || program === "uwsgi") {
    return { kind: "unclear", because: pathUnclear ?? "the command of uwsgi names no module" };
  }
  return { kind: "missing", because: `${program} is given no application`, instead: undefined };
}

interface Started {
  readonly launch: Launch;
  readonly server: NonNullable<ReturnType<typeof recogniseServer>>;
  readonly unclear: string | undefined;
}

/** The server that is started last and in any case; where a test decides, one that is meant for production. */
function chooseServer({ launches, unclear }: Launches): Started | undefined {
  const candidates = launches.flatMap((launch) => {
    const server = recogniseServer(launch);
    return server ? [{ launch, server }] : [];
  });
  const certain = candidates.filter(({ launch }) => !launch.conditional);
  const pool = certain.length > 0 ? certain : candidates;
  const chosen = pool.findLast(({ server }) => !server.development) ?? pool.at(-1);
  if (!chosen) return undefined;
  const others = new Set(pool.map(({ server }) => server.program)).size > 1;
  return {
    ...chosen,
    unclear:
      others && chosen.launch.conditional
        ? `${chosen.launch.at.file} decides at run time which of several servers it starts`
        : chosen.launch.folder === undefined
          ? (unclear[0] ?? "the folder it starts in is not known")
          : undefined,
  };
}

function withoutServer(process: Process, { launches, unclear }: Launches): string {
  const [first] = unclear;
  if (first !== undefined) return `the command of ${process.name} cannot be followed: ${first}`;
  const programs = [...new Set(launches.map(({ program }) => program))];
  return programs.length === 0
    ? `the command of ${process.name} starts no program`
    : `the command of ${process.name} starts ${programs.join(", ")}, and no web server that is known`;
}

function unknownWord(words: readonly Argument[]): string | undefined {
  const [first] = words;
  return first && `the value of ${first.text} is not known`;
}

function readCommand(
  { launch, server }: Started,
  files: ProjectFiles,
  mounts: readonly Mount[],
  variable: (name: string) => Argument | undefined,
  variables: ReadonlyMap<string, string | undefined>,
  port: PortRules,
): CommandLine &
  Pick<WebServer, "alsoNeeds" | "workers" | "workerClass" | "timeout"> &
  Pick<TrustContext, "allowed"> &
  Pick<WebServer, "gives"> & { readonly tuned: Pick<TuningContext, "options" | "configured"> } {
  const { options, program } = server;
  const workers = options.last(...(workerOptions[program] ?? []));
  const others = {
    alsoNeeds: [],
    workers,
    workerClass: undefined,
    timeout: undefined,
    allowed: undefined,
    gives: new Map<string, Argument>(),
    tuned: { options },
  };
  if (program === "uwsgi") {
    const settings = uwsgiSettings(options, files, launch.folder, mounts, variable);
    const processes = settings.options.last(...(workerOptions.uwsgi ?? []));
    return { ...settings, ...others, workers: processes, tuned: settings };
  }
  if (program === "hypercorn") {
    const settings = hypercornSettings(options, files, launch.folder, variables);
    return {
      ...settings,
      ...others,
      workers: workers ?? settings.configured?.("workers"),
      tuned: { ...settings, options },
    };
  }
  if (program !== "gunicorn") return { ...servers[program].read(options, variable), ...others };
  const settings = gunicornSettings(options, {
    files,
    folder: launch.folder,
    mounts,
    variable,
    variables,
    portIsFixed: port.variable === undefined && port.declared !== undefined,
  });
  const worker = settings.workerClass?.known ? settings.workerClass.text : undefined;
  const distribution = worker === undefined ? undefined : workerDistribution(worker);
  return {
    ...settings,
    tuned: settings,
    alsoNeeds:
      distribution === undefined ? [] : [{ distribution, because: `gunicorn's worker class is ${worker}` }],
  };
}

/** The folders of the project that the server imports from: where it is, or changes to, and $PYTHONPATH. */
function importPath(
  launch: Launch,
  read: CommandLine,
  variable: (name: string) => Argument | undefined,
  mounts: readonly Mount[],
  deployment: Deployment,
): { readonly path: readonly string[]; readonly pathUnclear: string | undefined } {
  const path: string[] = [];
  let pathUnclear: string | undefined;
  // Python looks beside a script that is run, not where it is run.
  const start = launch.imports ?? launch.folder ?? "";
  const add = ({ text, known }: Argument, from: string) => {
    const folder = text.startsWith("/") ? fromContainer(text, mounts) : resolvePath(from, text);
    if (known && folder !== undefined) path.push(folder);
    else pathUnclear ??= `nothing is known of the folder ${text}`;
  };
  const own = { text: ".", known: true };
  add(read.chdir ?? own, start);
  for (const { text, known } of read.pythonPath) {
    for (const part of text.split(",")) add({ text: part, known }, start);
  }
  const pythonPath = variable("PYTHONPATH");
  // A platform that sets it puts the root there; what an operator sets is not known.
  if (pythonPath?.known)
    for (const part of pythonPath.text.split(":")) add({ text: part || ".", known: true }, start);
  else if (pythonPath && Object.hasOwn(deployment.platform.injects, "PYTHONPATH")) path.push("");
  else if (pythonPath) pathUnclear ??= "the value of $PYTHONPATH is not known";
  return { path: [...new Set(path)], pathUnclear };
}
