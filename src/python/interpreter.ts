import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, startOf } from "../location.ts";
import { executeModule, importModule } from "./imports.ts";
import type { Located } from "./locate.ts";
import { moduleFinder } from "./locate.ts";
import type { Model } from "./machine.ts";
import { PythonException, Stopped } from "./raised.ts";
import { strOf } from "./repr.ts";
import type { Source } from "./run.ts";
import { PythonRun } from "./run.ts";
import type { Interpreter, Outcome, Run, Scenario, World } from "./scenario.ts";
import type { ModuleScope, ProjectModule } from "./scope.ts";
import { searchPath } from "./search-path.ts";
import { isExhaustion, noteExhausted, tooDeep } from "./stack.ts";
import { parse } from "./syntax.ts";
import type { Binding } from "./value.ts";
import { dependingOn, mergeEnv, noEnv } from "./value.ts";

/** An interpreter of the project's Python. Parsed files are kept from run to run; nothing else is. */
export function createInterpreter(files: ProjectFiles, world: World, models: readonly Model[]): Interpreter {
  const finders = new Map<string, (module: string) => Located | undefined>();
  const findOn = (path: readonly string[]) => {
    const key = path.join("\0");
    const known = finders.get(key) ?? moduleFinder(files, path);
    finders.set(key, known);
    return known;
  };
  const find = findOn(world.path);
  const byName = new Map(models.map((model) => [model.module, model]));
  const sources = new Map<string, Source | undefined>();
  const source = (file: string): Source | undefined => {
    if (!sources.has(file)) sources.set(file, readSource(files, file));
    return sources.get(file);
  };
  const start = (scenario: Scenario) =>
    new PythonRun({ files, world, scenario, models: byName, findOn, source });
  return {
    locate: (module) => find(module)?.file,
    run(module, scenario) {
      const run = start(scenario);
      return conclude(run, module, find(module), () => {
        requireProject(run, module);
        importModule(run, module, undefined);
      });
    },
    runFile(file, scenario, name = stem(file)) {
      const run = start(scenario);
      const made: ProjectModule = { kind: "module", name, names: new Map(), at: undefined, env: noEnv };
      const scope: ModuleScope = { kind: "module", file, names: made.names, module: made, package: "" };
      run.begin(scope);
      return conclude(run, name, { file, folders: [] }, () => executeModule(run, scope, name, undefined));
    },
  };
}

/** What is asked for must be the project's; `import` alone would take any name for a library. */
function requireProject(run: PythonRun, module: string): void {
  const [top = module] = module.split(".");
  if (!run.find(top)) run.raise("ModuleNotFoundError", `No module named '${top}'`);
}

function readSource(files: ProjectFiles, file: string): Source | undefined {
  const read = files.read(file);
  switch (read.kind) {
    case "text":
      return { ...parse(read.text, file), text: read.text };
    case "unreadable":
      return read;
    case "absent":
      return undefined;
  }
}

function stem(file: string): string {
  return (file.split("/").at(-1) ?? file).replace(/\.py$/, "");
}

/** Runs, and gathers what there is to say, however it ended. */
function conclude(run: PythonRun, module: string, located: Located | undefined, work: () => unknown): Run {
  const outcome = outcomeOf(run, located?.file, work);
  const made = run.started.get(module) ?? run.modules.get(module);
  return {
    module,
    file: located?.file ?? "",
    outcome,
    names: new Map([...(made?.names ?? [])].map(([name, binding]) => [name, completed(binding)])),
    open: made?.open,
    environ: new Map(
      [...run.environment.changed].flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
    ),
    reads: run.notes.reads,
    candidates: run.notes.candidates,
    branches: run.notes.branches,
    files: run.notes.files,
    imports: run.notes.imports,
    path: searchPath(run),
  };
}

/** What a shared object depends on may have grown since it was bound. */
function completed({ value, at, env }: Binding): Binding {
  return { value: dependingOn(value, env), at, env: mergeEnv(env, value.env) };
}

function outcomeOf(run: PythonRun, file: string | undefined, work: () => unknown): Outcome {
  const source = file === undefined ? undefined : run.source(file);
  if (file !== undefined && source?.kind === "unreadable")
    return { kind: "stopped", because: source.because, at: startOf(file) };
  try {
    work();
    return { kind: "completed" };
  } catch (error) {
    if (error instanceof PythonException) return raised(run, error, file !== undefined);
    const at = run.lastPlace();
    if (error instanceof Stopped) return { kind: "stopped", because: error.because, at };
    // The JavaScript stack is the last of the budgets.
    if (isExhaustion(error)) {
      noteExhausted();
      return { kind: "stopped", because: tooDeep, at };
    }
    if (error instanceof RangeError) return { kind: "stopped", because: "needs too much memory", at };
    throw error;
  }
}

/** Where it was raised; before any file ran, and where what was asked for is not there, there is no place. */
function placeOf(run: PythonRun, { at }: PythonException, isThere: boolean): Location | undefined {
  const [file] = run.notes.files.slice(-1);
  if (at && at.file !== "") return at;
  return file === undefined || !isThere ? undefined : startOf(file);
}

function raised(run: PythonRun, error: PythonException, isThere: boolean): Outcome {
  let message = "";
  try {
    const text = strOf(run, error.value);
    message = typeof text === "string" ? text : "";
  } catch {
    // Its own `__str__` fails, or nests too deeply; the class must do.
  }
  return {
    kind: "raised",
    error: error.value.class.name,
    message,
    at: placeOf(run, error, isThere),
    env: error.env,
  };
}
