import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import { createInterpreter } from "../../python/interpreter.ts";
import { models } from "../../python/models/index.ts";
import type { EnvRead, EnvValue, Interpreter, Scenario, World } from "../../python/scenario.ts";
import { defineFact, type FactSource, missing } from "../define.ts";
import type { ProjectFacts } from "../facts.ts";
import { type LocatedConfiguration, locateConfiguration } from "./configuration.ts";
import { developmentImports } from "./development-imports.ts";
import { defaultModules, type LocatedSettings, locateSettings } from "./locate.ts";
import { type Completed, changed, complete, findProduction, isOff, type Production } from "./scenarios.ts";
import type { Settings, SettingsModule, SettingsView } from "./settings.ts";
import { configurationVariable, settingsVariable } from "./settings-names.ts";
import { inWords as conditionInWords, viewOf } from "./view.ts";

type Wanted = {
  readonly [K in "project" | "deployment" | "webServer" | "packages" | "pythonVersions"]:
    | ProjectFacts[K]
    | undefined;
};

export const settingsModule = defineFact<"settingsModule", keyof Wanted>({
  wants: ["project", "deployment", "webServer", "packages", "pythonVersions"],
  read(source, facts) {
    const { project } = facts;
    if (!project) return missing("no project was recognised");
    if (project.framework !== "django") return missing("this is no Django project");
    const { files, options } = source;
    const djangoVersion = options.django ?? facts.packages?.get("django")?.version;
    const interpreter = createInterpreter(files, worldOf(facts, djangoVersion), models);
    const given = givenVariables(source, facts);
    const declared: Scenario = {
      env: new Map([...given].map(([name, { value }]) => [name, value])),
      held: new Map(),
      branches: new Map(),
    };
    const { settings: asked, env, closed } = options;
    const evidence = { ...facts, files, project, interpreter, declared, asked, env };
    const located = locateSettings(evidence);
    if (!located) return missing("no settings module was found: name it with --settings");
    const configuration = closed ? undefined : locateConfiguration(evidence, located.module);
    // Whoever starts Django names the module in the environment before it is imported, and the class too. An
    // environment that was given with another name beside --settings is taken at its word.
    const named = asked !== undefined && env.has(settingsVariable);
    const start = changed(
      declared,
      new Map([
        ...(named ? [] : [[settingsVariable, located.module] as const]),
        ...(configuration ? [[configurationVariable, configuration.name] as const] : []),
      ]),
    );
    const keepsDisk = (facts.deployment?.platform ?? source.platform).disk !== "ephemeral";
    const read = load(
      files,
      interpreter,
      located,
      configuration,
      start,
      given,
      closed,
      djangoVersion,
      keepsDisk,
    );
    return { ...read, defaults: defaultModules(evidence) };
  },
});

export const settings = defineFact<"settings", "project" | "settingsModule">({
  wants: ["project", "settingsModule"],
  read(_, facts) {
    if (facts.project && facts.project.framework !== "django") return missing("this is no Django project");
    if (!facts.settingsModule) return missing("no production settings were found");
    const { module, loaded } = facts.settingsModule;
    return loaded.kind === "settings"
      ? loaded.settings
      : missing(`the settings module ${module} does not import`);
  },
});

/** What of the project decides how its modules run. */
export function worldOf(
  { project, packages, pythonVersions }: Wanted,
  djangoVersion: string | undefined,
): World {
  const provided = { yes: true, no: false, unknown: undefined } as const;
  return {
    path: project?.path ?? [""],
    installed: (module) => (packages ? provided[packages.provides(module)] : undefined),
    djangoVersion,
    requiredDjango: packages?.get("django")?.version,
    pythonVersion: pythonVersions?.chosen?.version ?? pythonVersions?.image?.version,
  };
}

/** A variable that is set, and by whom. */
export interface Given {
  readonly value: EnvValue;
  readonly by: string;
  readonly at: Location | undefined;
}

/** What the platform injects, its manifests declare and the user gives, in rising precedence (design.md §3). */
export function givenVariables(
  { options, platform }: FactSource,
  { deployment }: Pick<Wanted, "deployment">,
): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  if (!options.closed || options.platformNamed) {
    for (const [name, text] of Object.entries((deployment?.platform ?? platform).injects))
      given.set(name, { value: held(text), by: platform.name, at: undefined });
  }
  if (!options.closed) {
    for (const { name, value, scope, at } of deployment?.env ?? [])
      if (scope !== "build") given.set(name, { value: held(value, at), by: at.file, at });
  }
  for (const [name, text] of options.env) given.set(name, { value: held(text), by: "--env", at: undefined });
  return given;
}

function held(text: string | undefined, at?: Location): EnvValue {
  return text === undefined ? { kind: "something" } : { kind: "text", text, at };
}

function load(
  files: ProjectFiles,
  interpreter: Interpreter,
  located: LocatedSettings,
  configuration: LocatedConfiguration | undefined,
  start: Scenario,
  given: ReadonlyMap<string, Given>,
  closed: boolean,
  djangoVersion: string | undefined,
  keepsDisk: boolean,
): Omit<SettingsModule, "defaults"> {
  const { module } = located;
  const evidence = configuration
    ? `${located.evidence}, with ${configurationVariable}=${configuration.name}, ${configuration.evidence}`
    : located.evidence;
  const declared = complete(interpreter, module, start, closed);
  const production: Production = closed
    ? { ...declared, assumed: new Map(), assumedBranches: [], debugHeld: false }
    : findProduction(interpreter, module, declared, new Set(given.keys()));
  const { outcome, file, reads } = production.run;
  const sources = new Map([...given].map(([name, { by, at }]) => [name, { by, at }] as const));
  const about = { module, evidence, djangoVersion, reads, given: sources };
  const inWords = describe(production, declared, closed);
  if (outcome.kind !== "completed") {
    // A host that keeps its disk may have settings that the repository does not.
    const elsewhere = keepsDisk && interpreter.locate(module) === undefined;
    const uncertain = elsewhere || production.run.branches.length > 0;
    return { ...about, loaded: { kind: "failed", outcome, uncertain, production: inWords } };
  }
  const views = new Map<string, SettingsView>();
  const view = viewOf(interpreter, production, djangoVersion, closed);

  const settings: Settings = {
    outcome: view.outcome,
    refused: view.refused,
    names: view.names,
    // Each costs a run, so they are not made before somebody asks.
    get variants() {
      return view.variants;
    },
    get: view.get,
    variable: view.variable,
    module,
    file,
    evidence,
    production: inWords,
    djangoVersion,
    declared: viewOf(interpreter, declared, djangoVersion, closed),
    assumed: production.assumed,
    debugHeld: production.debugHeld,
    required: production.required.map((name) => readOf(production, name)),
    reads,
    imports: production.run.imports,
    path: production.run.path,
    get developmentImports() {
      return developmentImports(files, file, production.run.files);
    },
    given: sources,
    under: (change) => experiment("production", production.scenario, change),
    declaredUnder: (change) => experiment("declared", declared.scenario, change),
  };
  return { ...about, loaded: { kind: "settings", settings } };

  function experiment(
    name: string,
    from: Scenario,
    change: Readonly<Record<string, string | undefined>>,
  ): SettingsView {
    const key = JSON.stringify([
      name,
      Object.entries(change).map(([variable, text]) => [variable, text ?? null]),
    ]);
    let found = views.get(key);
    if (!found) {
      const scenario = changed(from, new Map(Object.entries(change)));
      // What is unset on purpose must stay unset, so nothing is assumed on the way.
      const unset = Object.values(change).includes(undefined);
      const result: Completed = unset
        ? { scenario, run: interpreter.run(module, scenario), required: [] }
        : complete(interpreter, module, scenario, closed);
      found = viewOf(interpreter, result, djangoVersion, closed);
      views.set(key, found);
    }
    return found;
  }
}

function readOf({ run }: Completed, name: string): EnvRead {
  return run.reads.find((read) => read.name === name) ?? { name, at: undefined, fallback: undefined };
}

/** What "production" means here, in words. */
function describe(production: Production, declared: Completed, closed: boolean): string {
  if (closed) return "exactly the environment that was given";
  if (production.assumed.size > 0) {
    const change = [...production.assumed]
      .map(([name, text]) => `${name}=${text === "" ? '""' : text}`)
      .join(" and ");
    return `${change}, which nothing in this repository sets`;
  }
  if (production.assumedBranches.length > 0) {
    return `that ${production.assumedBranches.map(conditionInWords).join(" and ")}, which cannot be known from the files`;
  }
  if (production.debugHeld) return "the repository as it stands, judged as if DEBUG were off";
  return isOff(declared.run)
    ? "the repository as it stands, where DEBUG is off"
    : "the repository as it stands";
}
