import type { ProjectFiles } from "../../files/project-files.ts";
import type { Interpreter, Outcome, Scenario } from "../../python/scenario.ts";
import type { Project } from "../project.ts";
import { changed } from "./scenarios.ts";

export const settingsVariable = "DJANGO_SETTINGS_MODULE";
export const configurationVariable = "DJANGO_CONFIGURATION";

const productionName = /prod|live|deploy|heroku/i;
const beforeProduction = /(?:pre|non|not)[-_]?prod/i;
const developmentName =
  /^(dev|develop|development|local|localhost|debug|test|tests|testing|ci|continuous_?integration|build)$|_(dev|local|test)$/i;
/** What the settings of every environment have in common: some other module completes it. */
const baseName = /^(base|common|defaults?|shared)$/i;

/** Whether a module or a class is for production by its name. */
export function isForProduction(name: string): boolean {
  return productionName.test(lastOf(name)) && !beforeProduction.test(lastOf(name));
}

export function isForDevelopment(name: string): boolean {
  return developmentName.test(lastOf(name));
}

export function isBase(name: string): boolean {
  return baseName.test(lastOf(name));
}

/** Whether an import ended because the module itself, or a package that it is in, is not there. */
export function lacks(outcome: Outcome, module: string): boolean {
  if (outcome.kind !== "raised" || outcome.error !== "ModuleNotFoundError") return false;
  const [, missing] = /^No module named '([\w.]+)'/.exec(outcome.message) ?? [];
  return missing !== undefined && (missing === module || module.startsWith(`${missing}.`));
}

function lastOf(module: string): string {
  return module.split(".").at(-1) ?? "";
}

/** Modules of the project that are settings by their path: `shop.settings`, `config.settings.production`. */
export function settingsModules(files: ProjectFiles, project: Project): readonly string[] {
  return modulesAt(files, project, /(^|\/)(settings[^/]*\.py|settings\/[^/]+\.py)$/);
}

/** The modules beside a module, with itself. */
export function siblingsOf(files: ProjectFiles, project: Project, module: string): readonly string[] {
  const parent = parentOf(module);
  return modulesAt(files, project, /\.py$/).filter((each) => parentOf(each) === parent);
}

function modulesAt(files: ProjectFiles, { folder }: Project, shape: RegExp): readonly string[] {
  const inside = folder === "" ? "" : `${folder}/`;
  const modules = files.list
    .filter((file) => file.startsWith(inside) && shape.test(file))
    .map((file) => file.slice(inside.length).replace(/^src\//, ""))
    .filter((file) => !/(^|\/)(tests?|docs?|examples?)\//.test(file))
    .map((file) => file.replace(/\.py$/, "").replace(/\/__init__$/, ""))
    // `production.example.py` cannot be imported by a name, and neither can what is still a template.
    .filter((path) => /^[\w/-]+$/.test(path))
    .map((path) => path.replaceAll("/", "."));
  return [...new Set(modules)];
}

function parentOf(module: string): string {
  return module.split(".").slice(0, -1).join(".");
}

/** Whether importing a module sets nothing, whatever the environment: a package that only holds the real ones. */
export function setsNothing(interpreter: Interpreter, module: string, declared: Scenario): boolean {
  const scenario = changed(declared, new Map([[settingsVariable, module]]));
  const { outcome, open, branches, reads, candidates, names } = interpreter.run(module, scenario);
  return (
    outcome.kind === "completed" &&
    open === undefined &&
    branches.length === 0 &&
    reads.every(({ name }) => name === settingsVariable) &&
    !candidates.has(configurationVariable) &&
    ![...names.keys()].some((name) => /^[A-Z][A-Z\d_]*$/.test(name))
  );
}
