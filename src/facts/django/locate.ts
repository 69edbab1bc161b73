import type { ProjectFiles } from "../../files/project-files.ts";
import type { Deployment } from "../../platforms/platform.ts";
import type { Interpreter, Scenario } from "../../python/scenario.ts";
import type { Project } from "../project.ts";
import type { WebServer } from "../web-server.ts";

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

const variable = "DJANGO_SETTINGS_MODULE";

/** The production settings module by the order of evidence in catalogue §8.1; undefined if there is none. */
export function locateSettings(source: LocateSource): LocatedSettings | undefined {
  const entry = fromEntryPoint(source);
  // `os.environ["DJANGO_SETTINGS_MODULE"] = …` in wsgi.py beats whatever the environment says.
  if (source.asked === undefined && entry?.forced) return entry;
  const explicit = fromOptions(source) ?? fromCommand(source.deployment) ?? fromManifest(source.deployment);
  if (explicit) return explicit;
  if (entry) return instead(source, entry) ?? entry;
  const managed = fromManagePy(source);
  if (managed) return instead(source, managed) ?? managed;
  return fromNames(source);
}

function fromOptions({ asked, env }: LocateSource): LocatedSettings | undefined {
  if (asked !== undefined) return { module: asked, evidence: "--settings names it" };
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
  const declared = deployment?.env.find(
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
  const target = source.webServer?.target?.state;
  const started = target?.kind === "found" ? target.file : undefined;
  const entryPoints = started ? [started] : serverModules(source);
  const named = entryPoints.map((file) => entryPoint(source, file)).filter((each) => each !== undefined);
  const modules = new Set(named.map(({ module }) => module));
  return modules.size === 1 ? named[0] : undefined;
}

function serverModules({ files, project }: LocateSource): readonly string[] {
  const inside = files.list.filter(
    (file) =>
      /(^|\/)(wsgi|asgi)\.py$/.test(file) && (project.folder === "" || file.startsWith(`${project.folder}/`)),
  );
  const depth = (file: string) => file.split("/").length;
  const shallowest = Math.min(...inside.map(depth));
  // wsgi.py first: where both agree, it is the one that people know.
  return inside
    .filter((file) => depth(file) === shallowest)
    .sort((a, b) => Number(/asgi\.py$/.test(a)) - Number(/asgi\.py$/.test(b)));
}

function entryPoint({ interpreter, declared }: LocateSource, file: string): EntryPoint | undefined {
  const asDeclared = moduleAfter(interpreter, file, declared);
  if (!asDeclared) return undefined;
  const elsewhere = "elsewhere.settings";
  const env = new Map(declared.env).set(variable, { kind: "text", text: elsewhere });
  // `setdefault` leaves a variable that is set alone, so then the script itself set nothing.
  const forced = moduleAfter(interpreter, file, { ...declared, env }) === asDeclared;
  return { module: asDeclared, evidence: `${file} ${forced ? "sets" : "defaults to"} it`, forced };
}

/** What DJANGO_SETTINGS_MODULE holds after a script ran. */
function moduleAfter(
  interpreter: Interpreter,
  file: string,
  scenario: Scenario,
  name?: string,
): string | undefined {
  const value = interpreter.runFile(file, scenario, name).environ.get(variable);
  return value?.kind === "str" && value.value !== "" ? value.value : undefined;
}

function fromManagePy({ interpreter, project, declared }: LocateSource): LocatedSettings | undefined {
  if (!project.managePy) return undefined;
  const module = moduleAfter(interpreter, project.managePy, declared, "__main__");
  return module ? { module, evidence: `${project.managePy} defaults to it` } : undefined;
}

const productionName = /prod|live|deploy|heroku/i;
const developmentName =
  /^(dev|develop|development|local|localhost|debug|test|tests|testing|ci)$|_(dev|local|test)$/i;

/**
 * A module that is for development by its name, beside one that is for production: an entry point that
 * defaults to it relies on a variable that production sets.
 */
function instead(source: LocateSource, { module, evidence }: LocatedSettings): LocatedSettings | undefined {
  const last = module.split(".").at(-1) ?? "";
  if (!developmentName.test(last)) return undefined;
  const siblings = settingsModules(source).filter((each) => parentOf(each) === parentOf(module));
  const [production, ...more] = siblings.filter((each) => productionName.test(each.split(".").at(-1) ?? ""));
  if (!production || more.length > 0) return undefined;
  return {
    module: production,
    evidence: `its name says so, though ${evidence.replace(/ it$/, ` ${module}`)}`,
  };
}

/** One settings module at all, or one that is for production by its name. */
function fromNames(source: LocateSource): LocatedSettings | undefined {
  const modules = settingsModules(source);
  const [only, ...others] = modules;
  if (only && others.length === 0) return { module: only, evidence: "it is the only settings module" };
  const named = modules.filter((module) => productionName.test(module.split(".").at(-1) ?? ""));
  const [production] = named;
  if (production && named.length === 1) return { module: production, evidence: "its name says so" };
  const [plain, ...plainer] = modules.filter((module) => module.split(".").at(-1) === "settings");
  return plain && plainer.length === 0
    ? { module: plain, evidence: "it is the only module named settings" }
    : undefined;
}

/** Modules of the project that are settings by their path: `shop.settings`, `config.settings.production`. */
function settingsModules({ files, project }: LocateSource): readonly string[] {
  const inside = project.folder === "" ? "" : `${project.folder}/`;
  const modules = files.list
    .filter((file) => file.startsWith(inside) && /(^|\/)(settings[^/]*\.py|settings\/[^/]+\.py)$/.test(file))
    .filter((file) => !/(^|\/)(tests?|docs?|examples?)\//.test(file.slice(inside.length)))
    .map((file) =>
      file
        .slice(inside.length)
        .replace(/^src\//, "")
        .replace(/\.py$/, "")
        .replace(/\/__init__$/, ""),
    )
    .map((path) => path.replaceAll("/", "."));
  return [...new Set(modules)];
}

function parentOf(module: string): string {
  return module.split(".").slice(0, -1).join(".");
}
