import { entryPointsOf, type LocateSource } from "./locate.ts";
import { namedElsewhere } from "./named-elsewhere.ts";
import { changed, complete } from "./scenarios.ts";
import {
  isForDevelopment,
  isForProduction,
  settingsVariable,
  configurationVariable as variable,
} from "./settings-names.ts";

/** The class of django-configurations that production takes its settings from, and why it is that one. */
export interface LocatedConfiguration {
  readonly name: string;
  /** In words, after the variable and its value: "as Dockerfile sets". */
  readonly evidence: string;
}

/**
 * Chosen like the settings module: what a deployment file sets, what the entry point defaults to unless that
 * is for development, a class that is for production by its name. Undefined where the environment of the
 * deployment says it, or the settings are no classes.
 */
export function locateConfiguration(source: LocateSource, module: string): LocatedConfiguration | undefined {
  const { files, project, interpreter, declared } = source;
  if (declared.env.has(variable)) return undefined;
  const asked = changed(
    declared,
    new Map([
      [settingsVariable, module],
      [variable, "elsewhere"],
    ]),
  );
  const classes = [...(complete(interpreter, module, asked, false).run.candidates.get(variable) ?? [])];
  if (classes.length === 0) return undefined;

  const set = namedElsewhere(files, project.folder, variable).filter(
    ({ value }) => classes.includes(value) && !isForDevelopment(value),
  );
  const [first] = set;
  if (first && set.every(({ value }) => value === first.value))
    return { name: first.value, evidence: `as ${first.file} sets` };

  const byDefault = defaultOf(source, classes);
  if (byDefault && !isForDevelopment(byDefault.name)) return byDefault;
  const [production, ...more] = classes.filter(isForProduction);
  return production && more.length === 0 ? { name: production, evidence: "as its name says" } : byDefault;
}

/** The class that the project's entry points choose where the environment names none. */
function defaultOf(source: LocateSource, classes: readonly string[]): LocatedConfiguration | undefined {
  const { interpreter, declared, project } = source;
  const scripts = [
    ...entryPointsOf(source).map((file) => ({ file, run: interpreter.runFile(file, declared) })),
    ...(project.managePy
      ? [{ file: project.managePy, run: interpreter.runFile(project.managePy, declared, "__main__") }]
      : []),
  ];
  for (const { file, run } of scripts) {
    const value = run.environ.get(variable);
    if (value?.kind === "str" && classes.includes(value.value))
      return { name: value.value, evidence: `to which ${file} defaults` };
  }
  return undefined;
}
