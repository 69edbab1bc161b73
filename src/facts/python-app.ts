import type { ProjectFiles } from "../files/project-files.ts";
import { createInterpreter } from "../python/interpreter.ts";
import { models } from "../python/models/index.ts";
import { toPlain } from "../python/plain.ts";
import type { EnvRead, Interpreter, Outcome, Run, Scenario } from "../python/scenario.ts";
import type { Value } from "../python/value.ts";
import { defineFact, missing } from "./define.ts";
import type { DeploySteps } from "./deploy-steps.ts";
import { type Given, givenVariables, worldOf } from "./django/read-settings.ts";
import { changed, complete } from "./django/scenarios.ts";
import { type AsgiApp, asgiApps, type FlaskApp, flaskApps } from "./frameworks/app-objects.ts";
import { type AppFramework, findApps } from "./frameworks/find-apps.ts";
import { entryFile, type Kept, stubFolder, withStubs } from "./frameworks/stubs.ts";
import type { Project } from "./project.ts";
import type { WebServer } from "./web-server.ts";

/** The application of a Flask, FastAPI or Starlette project, as its modules make it in production. */
export interface PythonApp extends AppRead {
  readonly framework: AppFramework;
  /** The module that makes it, or that the server loads. */
  readonly file: string;
  /** The variables that something in the repository, or the platform, sets, and who. */
  readonly given: ReadonlyMap<string, Pick<Given, "by" | "at">>;
  /**
   * Variables that choose the configuration and that nothing sets, with what chooses production's; the answers
   * are those of that choice. Empty where none chooses.
   */
  readonly assumed: ReadonlyMap<string, string>;
  /** The answers where they are left unset. */
  readonly unassumed: AppRead;
  /** The same with these variables changed; undefined stands for unset. Each costs a run. */
  under(change: Readonly<Record<string, string | undefined>>): AppRead;
}

/** What the modules have made when they were through, or when they ended. */
export interface AppRead {
  readonly outcome: Outcome;
  /** The variables that were asked for. */
  readonly reads: readonly EnvRead[];
  /** Flask's application; undefined where none is made, or several and nobody tells which one is served. */
  readonly flask: FlaskApp | undefined;
  readonly asgi: AsgiApp | undefined;
  /** Whether the development server that Flask's `run()` starts has Werkzeug's debugger; undefined where none is started. */
  readonly debugger: Value | undefined;
  /** What SQLAlchemy is asked to connect to: `create_engine(url)`, and Flask-SQLAlchemy's configuration. */
  readonly engines: readonly { readonly async: boolean; readonly url: Value }[];
}

type Wants = "project" | "deployment" | "deploySteps" | "webServer" | "packages" | "pythonVersions";

export const pythonApp = defineFact<"pythonApp", Wants>({
  wants: ["project", "deployment", "deploySteps", "webServer", "packages", "pythonVersions"],
  read(source, facts) {
    const { project, webServer } = facts;
    if (!project || !isApp(project.framework))
      return missing("this is no project of Flask, FastAPI or Starlette");
    const { files, options } = source;
    const entry = entryOf(files, project, webServer);
    if (!entry) return missing("the module that makes the application is not known");

    const kept: Kept[] = [];
    const made = new WeakMap<Run, readonly Kept[]>();
    const stubbed = withStubs(files, kept, entry.text);
    const world = worldOf(facts, undefined);
    const path = [stubFolder, ...world.path];
    const plain = createInterpreter(stubbed.files, { ...world, path }, [...models, ...stubbed.models]);
    const interpreter: Interpreter = {
      ...plain,
      run(_, scenario) {
        kept.length = 0;
        const run = entry.script
          ? plain.runFile(entry.file, scenario, "__main__")
          : plain.runFile(entryFile, scenario);
        made.set(run, [...kept]);
        return run;
      },
    };
    const given = new Map([...givenVariables(source, facts), ...(options.closed ? [] : ofCommand(facts))]);
    const declared: Scenario = {
      env: new Map([...given].map(([name, { value }]) => [name, value])),
      held: new Map(),
      branches: new Map(),
    };
    const runIn = (scenario: Scenario): AppRead => {
      const { run } = complete(interpreter, entry.file, scenario, options.closed, { seeksWayOut: false });
      return appRead(run, made.get(run) ?? []);
    };
    const runWith = (name: string, text: string) => runIn(changed(declared, new Map([[name, text]])));
    const reads = new Map<string, AppRead>();
    const unassumed = runIn(declared);
    const assumed = options.closed ? new Map<string, string>() : chosenByName(unassumed, runWith, given);
    const production = changed(declared, assumed);
    return {
      ...(assumed.size > 0 ? runIn(production) : unassumed),
      assumed,
      unassumed,
      framework: project.framework,
      file: entry.file,
      given,
      under(change) {
        const key = JSON.stringify(Object.entries(change).map(([name, text]) => [name, text ?? null]));
        const known = reads.get(key) ?? runIn(changed(production, new Map(Object.entries(change))));
        reads.set(key, known);
        return known;
      },
    };
  },
});

/** What the command of the web process sets for its server: `APP_ENV=production gunicorn …`, `--env`. */
function ofCommand({
  deploySteps,
  webServer,
}: {
  readonly deploySteps: DeploySteps | undefined;
  readonly webServer: WebServer | undefined;
}): ReadonlyMap<string, Given> {
  const at = webServer?.at;
  const started = deploySteps
    ?.of("server")
    .find(
      ({ process, launch }) =>
        process === "web" && at !== undefined && launch.at.file === at.file && launch.at.line === at.line,
    );
  const set = [...(started?.launch.env ?? []), ...(webServer?.gives ?? [])];
  return new Map(
    set.map(([name, { text, known }]): [string, Given] => [
      name,
      {
        value: known ? { kind: "text", text, at } : { kind: "something" },
        by: "the start command",
        at,
      },
    ]),
  );
}

/** What names a configuration. */
const choosing = /(?:^|_)(?:ENV|ENVIRONMENT|CONFIG|CONFIGURATION|SETTINGS|MODE|STAGE)(?:_|$)/;
const productions = [
  "production",
  "prod",
  "heroku",
  "config.ProductionConfig",
  "config.Production",
  "Production",
];

/**
 * The variable that chooses between configurations, where production's is another one than what the code falls
 * back to: `config[os.environ.get("FLASK_CONFIG", "development")]`.
 */
function chosenByName(
  declared: AppRead,
  runWith: (name: string, text: string) => AppRead,
  given: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, string> {
  if (!declared.flask) return new Map();
  const before = configurationOf(declared);
  const names = new Set(
    declared.reads
      .filter(({ name, fallback }) => fallback !== undefined && choosing.test(name) && !given.has(name))
      .map(({ name }) => name),
  );
  for (const name of [...names].slice(0, 2))
    for (const text of productions) {
      const tried = runWith(name, text);
      if (tried.outcome.kind === "completed" && tried.flask && configurationOf(tried) !== before)
        return new Map([[name, text]]);
    }
  return new Map();
}

/** A configuration as text, to compare. */
function configurationOf({ flask }: AppRead): string {
  return JSON.stringify(flask ? toPlain(flask.configuration) : null);
}

function isApp(framework: Project["framework"]): framework is AppFramework {
  return framework === "flask" || framework === "fastapi" || framework === "starlette";
}

interface Entry {
  readonly file: string;
  /** A script that is run itself, and not imported. */
  readonly script: boolean;
  /** A module that imports the application, and calls what makes it. */
  readonly text: string;
}

/** What production starts: the script that serves, the module that the server loads, or the only one there is. */
function entryOf(files: ProjectFiles, project: Project, server: WebServer | undefined): Entry | undefined {
  if (server?.at.file.endsWith(".py")) return { file: server.at.file, script: true, text: "" };
  const state = server?.target?.state;
  if (server && state?.kind === "found") {
    const isFactory = /\(/.test(server.target?.text ?? "") || /\s--factory\b/.test(server.process.command);
    const call = /\(.*\)$/.exec(server.target?.text.trimEnd() ?? "")?.[0] ?? "()";
    return imported(project, state.file, state.attribute, isFactory ? call : "");
  }
  const [first] = findApps(files).filter(
    ({ file, framework }) =>
      framework === project.framework && (project.folder === "" || file.startsWith(`${project.folder}/`)),
  );
  if (!first) return undefined;
  const name = first.attribute.replace(/\(.*$/, "");
  return imported(project, first.file, name, name === first.attribute ? "" : "()");
}

function imported({ path }: Project, file: string, name: string, call: string): Entry | undefined {
  const inside = path.filter((folder) => folder === "" || file.startsWith(`${folder}/`));
  const folder = inside.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  const module = file
    .slice(folder === "" ? 0 : folder.length + 1)
    .replace(/(?:^|\/)__init__\.py$|\.py$/, "")
    .replaceAll("/", ".");
  if (!/^[\w.]+$/.test(module) || !/^\w+$/.test(name)) return undefined;
  const text = `from ${module} import ${name} as served\n${call === "" ? "" : `served = served${call}\n`}`;
  return { file, script: false, text };
}

function appRead(run: Run, kept: readonly Kept[]): AppRead {
  const served = run.names.get("served")?.value;
  const flask = flaskApps(kept);
  const asgi = asgiApps(kept);
  const pick = <One extends { readonly object: Value }>(all: readonly One[]): One | undefined =>
    all.find(({ object }) => object === served) ?? (all.length === 1 ? all[0] : undefined);
  const engines = kept.flatMap(({ kind, values: [url] }) =>
    url && (kind === "engine" || kind === "async-engine") ? [{ async: kind === "async-engine", url }] : [],
  );
  const configured = flask.flatMap(({ config }) => {
    const url = config("SQLALCHEMY_DATABASE_URI");
    return url ? [{ async: false, url }] : [];
  });
  return {
    outcome: run.outcome,
    reads: run.reads,
    flask: pick(flask),
    asgi: pick(asgi),
    debugger: kept.findLast(({ kind }) => kind === "served")?.values[1],
    engines: [...engines, ...configured],
  };
}
