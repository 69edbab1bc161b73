import type { ProjectFiles } from "../../files/project-files.ts";
import { isCompose } from "../../platforms/manifests/compose.ts";
import type { Deployment } from "../../platforms/platform.ts";
import type { Interpreter, Scenario } from "../../python/scenario.ts";
import type { Project } from "../project.ts";
import type { WebServer } from "../web-server.ts";
import { namedElsewhere } from "./named-elsewhere.ts";
import type { SettingsModule } from "./settings.ts";
import {
  isBase,
  isForDevelopment,
  isForProduction,
  setsNothing,
  settingsModules,
  siblingsOf,
  settingsVariable as variable,
} from "./settings-names.ts";

/** A settings module, and why it is the one that production loads. */
export interface LocatedSettings {
  readonly module: string;
  /** In words: "render.yaml sets DJANGO_SETTINGS_MODULE". */
  readonly evidence: string;
}

export interface LocateSource {
  readonly files: ProjectFiles;
  readonly project: Project;
  readonly deployment: Deployment | undefined;
  readonly webServer: WebServer | undefined;
  readonly interpreter: Interpreter;
  /** The environment as declared, for entry points that compute the module's name. */
  readonly declared: Scenario;
  /** `--settings` */
  readonly asked: string | undefined;
  /** `--env` and `--env-file` */
  readonly env: ReadonlyMap<string, string>;
}

/** The production settings module by the order of evidence in catalogue §8.1; undefined if there is none. */
export function locateSettings(source: LocateSource): LocatedSettings | undefined {
  const entry = fromEntryPoint(source);
  // `os.environ["DJANGO_SETTINGS_MODULE"] = …` in wsgi.py beats whatever the environment says.
  if (source.asked === undefined && entry?.forced) return entry;
  const explicit = fromOptions(source) ?? fromCommand(source.deployment) ?? fromManifest(source.deployment);
  if (explicit) return explicit;
  const fallback = entry ?? fromManagePy(source);
  if (!fallback) return fromOtherManifests(source) ?? fromNames(source);
  const { module } = fallback;
  if (isForDevelopment(module) || isBase(module) || isEmpty(source, module)) {
    const named = fromOtherManifests(source);
    const beside = besideIt(source, fallback);
    // A compose file that nothing deploys is mostly for development, whatever its module is called.
    const first = named && isCompose(named.file) && !isForProduction(named.module) ? beside : named;
    return first ?? named ?? beside ?? fallback;
  }
  // What the web process is started with is not known, so a file that sets the variable says more than a default.
  const started = source.deployment?.processes.some(({ name }) => name === "web") ?? false;
  return started ? fallback : (fromOtherManifests(source) ?? fallback);
}

/** The modules that the entry point of the server and manage.py default to. */
export function defaultModules(source: LocateSource): SettingsModule["defaults"] {
  return { entry: fromEntryPoint(source)?.module, manage: fromManagePy(source)?.module };
}

function fromOptions({ asked, env }: LocateSource): LocatedSettings | undefined {
  if (asked !== undefined) return { module: asked, evidence: "--settings, or the configuration, names it" };
  const given = env.get(variable);
  return given ? { module: given, evidence: `--env sets ${variable}` } : undefined;
}

/** `DJANGO_SETTINGS_MODULE=x gunicorn …`, `--env DJANGO_SETTINGS_MODULE=x`, `manage.py … --settings=x`. */
function fromCommand(deployment: Deployment | undefined): LocatedSettings | undefined {
  for (const { name, command, at } of deployment?.processes ?? []) {
    if (name !== "web") continue;
    const [, module] = /(?:DJANGO_SETTINGS_MODULE=|--settings[= ])["']?([\w.]+)/.exec(command) ?? [];
    if (module) return { module, evidence: `the ${name} command in ${at.file} names it` };
  }
  return undefined;
}

function fromManifest(deployment: Deployment | undefined): LocatedSettings | undefined {
  // As everywhere: what is declared last wins, a manifest over the image.
  const declared = deployment?.env.findLast(
    ({ name, value }) => name === variable && value !== undefined && value !== "",
  );
  return declared?.value
    ? { module: declared.value, evidence: `${declared.at.file} sets ${variable}` }
    : undefined;
}

interface EntryPoint extends LocatedSettings {
  readonly forced: boolean;
}

/** The module that the start command imports, or the one wsgi.py or asgi.py there is. */
function fromEntryPoint(source: LocateSource): EntryPoint | undefined {
  const entryPoints = entryPointsOf(source);
  const named = entryPoints.map((file) => entryPoint(source, file)).filter((each) => each !== undefined);
  const modules = new Set(named.map(({ module }) => module));
  if (modules.size === 1 && named.length === entryPoints.length) return named[0];
  // Several packages have one: the project's own is the one that manage.py starts too.
  const managed = fromManagePy(source)?.module;
  return (
    named.find(({ module }) => module === managed) ?? (modules.size === 1 && !managed ? named[0] : undefined)
  );
}

/** The module that the start command imports; failing that, every one that it could import. */
export function entryPointsOf(source: LocateSource): readonly string[] {
  const target = source.webServer?.target?.state;
  const started = target?.kind === "found" ? target.file : undefined;
  return started ? [started] : serverModules(source);
}

function serverModules({ files, project }: LocateSource): readonly string[] {
  const inside = files.list.filter(
    (file) =>
      /(^|\/)(wsgi|asgi)\.py$/.test(file) &&
      !file.includes("{{") &&
      (project.folder === "" || file.startsWith(`${project.folder}/`)),
  );
  const depth = (file: string) => file.split("/").length;
  const shallowest = Math.min(...inside.map(depth));
  // wsgi.py first: where both agree, it is the one that people know.
  return inside
    .filter((file) => depth(file) === shallowest)
    .sort((a, b) => Number(/asgi\.py$/.test(a)) - Number(/asgi\.py$/.test(b)));
}

function entryPoint(source: LocateSource, file: string): EntryPoint | undefined {
  const { declared } = source;
  const asDeclared = moduleAfter(source, file, declared);
  if (!asDeclared) return undefined;
  const elsewhere = "elsewhere.settings";
  const env = new Map(declared.env).set(variable, { kind: "text", text: elsewhere });
  // `setdefault` leaves a variable that is set alone, so then the script itself set nothing.
  const forced = moduleAfter(source, file, { ...declared, env }) === asDeclared;
  return { module: asDeclared, evidence: `${file} ${forced ? "sets" : "defaults to"} it`, forced };
}

/** What DJANGO_SETTINGS_MODULE holds after a script ran. Where it ends before, what it would have set counts. */
function moduleAfter(
  { interpreter, files }: LocateSource,
  file: string,
  scenario: Scenario,
  name?: string,
): string | undefined {
  const run = interpreter.runFile(file, scenario, name);
  const value = run.environ.get(variable);
  if (value?.kind === "str" && value.value !== "") return value.value;
  if (run.outcome.kind === "completed" || scenario.env.has(variable)) return undefined;
  const text = (files.text(file) ?? "").replace(/^[^\S\n]*#.*$/gm, "");
  return /environ\.setdefault\(\s*["']DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']/.exec(text)?.[1];
}

function fromManagePy(source: LocateSource): LocatedSettings | undefined {
  const { project, declared } = source;
  if (!project.managePy) return undefined;
  const module = moduleAfter(source, project.managePy, declared, "__main__");
  return module ? { module, evidence: `${project.managePy} defaults to it` } : undefined;
}

/** A module that a deployment file names which this platform does not read, if they agree on one. */
function fromOtherManifests(source: LocateSource): (LocatedSettings & { readonly file: string }) | undefined {
  const { files, project, interpreter } = source;
  const named = namedElsewhere(files, project.folder, variable).filter(
    ({ value }) =>
      !isForDevelopment(value) && interpreter.locate(value) !== undefined && !isEmpty(source, value),
  );
  const module = onlyOne(named.map(({ value }) => value));
  const found = named.find(({ value }) => value === module);
  return found && { module: found.value, evidence: `${found.file} sets ${variable}`, file: found.file };
}

/**
 * The module that is for production by its name, beside one that is for development or for every
 * environment: an entry point that defaults to that one relies on a variable that production sets.
 */
function besideIt(source: LocateSource, { module, evidence }: LocatedSettings): LocatedSettings | undefined {
  const { files, project } = source;
  const beside = isEmpty(source, module)
    ? settingsModules(files, project).filter((each) => each.startsWith(`${module}.`))
    : siblingsOf(files, project, module);
  const [production, ...more] = beside.filter(isForProduction);
  if (!production || more.length > 0) return undefined;
  return {
    module: production,
    evidence: `its name says so, though ${evidence.replace(/ it$/, ` ${module}`)}`,
  };
}

/** One settings module at all, or one that is for production by its name. */
function fromNames(source: LocateSource): LocatedSettings | undefined {
  const modules = settingsModules(source.files, source.project).filter((each) => !isEmpty(source, each));
  const [only, ...others] = modules;
  if (only && others.length === 0) return { module: only, evidence: "it is the only settings module" };
  const [production, ...more] = modules.filter(isForProduction);
  if (production && more.length === 0) return { module: production, evidence: "its name says so" };
  const [plain, ...plainer] = modules.filter((module) => module.split(".").at(-1) === "settings");
  return plain && plainer.length === 0
    ? { module: plain, evidence: "it is the only module named settings" }
    : undefined;
}

function isEmpty({ interpreter, declared }: LocateSource, module: string): boolean {
  return setsNothing(interpreter, module, declared);
}

/** The one value of all; of several, the one that is for production by its name. */
function onlyOne(values: readonly string[]): string | undefined {
  const distinct = [...new Set(values)];
  const candidates = distinct.length > 1 ? distinct.filter(isForProduction) : distinct;
  return candidates.length === 1 ? candidates[0] : undefined;
}
