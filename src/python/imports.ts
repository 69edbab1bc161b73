import type { Location } from "../location.ts";
import { missingAttribute } from "./attributes.ts";
import { inside } from "./call.ts";
import type { Execution } from "./execution.ts";
import { libraryModule } from "./libraries.ts";
import type { Located } from "./locate.ts";
import { joinPath } from "./locate.ts";
import { projectRoot } from "./machine.ts";
import { list, none, str } from "./make.ts";
import { PythonException } from "./raised.ts";
import type { ModuleScope, ProjectModule, Scope } from "./scope.ts";
import { topOf } from "./scope.ts";
import { alwaysLoaded, standardModules } from "./stdlib.ts";
import type { Import, ImportFrom } from "./tree.ts";
import type { Binding, Module, Value } from "./value.ts";
import { mergeEnv, noEnv } from "./value.ts";

/** `import a.b`, `import a.b as c`. */
export function importStatement(run: Execution, node: Import, scope: Scope): void {
  for (const { name, asname } of node.names) {
    const at = run.place(node);
    const module = importModule(run, name, at);
    const bound = asname === null ? (run.modules.get(name.split(".")[0] ?? name) ?? module) : module;
    run.bind(scope, asname ?? name.split(".")[0] ?? name, bound, at);
  }
}

/** `from a import b`, `from . import c`, `from a import *`. */
export function importFrom(run: Execution, node: ImportFrom, scope: Scope): void {
  const at = run.place(node);
  const name = absoluteName(run, node, scope, at);
  const module = importModule(run, name, at);
  for (const alias of node.names) {
    if (alias.name === "*") importStar(run, module, scope, at);
    else
      bindImported(
        run,
        scope,
        alias.asname ?? alias.name,
        importedName(run, module, alias.name, at),
        module.names.get(alias.name),
        at,
      );
  }
}

function bindImported(
  run: Execution,
  scope: Scope,
  name: string,
  value: Value,
  from: Binding | undefined,
  at: Location,
): void {
  const before = run.ambient;
  run.ambient = mergeEnv(before, from?.env ?? noEnv);
  run.bind(scope, name, value, at);
  run.ambient = before;
}

/** The full name of what a relative import names. */
function absoluteName(run: Execution, node: ImportFrom, scope: Scope, at: Location): string {
  if (node.level === 0) return node.module ?? "";
  const parts = topOf(scope)
    .package.split(".")
    .filter((part) => part !== "");
  if (parts.length === 0)
    return run.raise("ImportError", "attempted relative import with no known parent package", at);
  if (node.level > parts.length)
    return run.raise("ImportError", "attempted relative import beyond top-level package", at);
  const base = parts.slice(0, parts.length - node.level + 1);
  return [...base, ...(node.module === null ? [] : [node.module])].join(".");
}

function importedName(run: Execution, module: Module, name: string, at: Location): Value {
  const value = run.findAttribute(module, name, at);
  if (value) return value;
  const below = `${module.name}.${name}`;
  if (run.scopes.has(module) && (run.find(below) || run.modules.has(below)))
    return importModule(run, below, at);
  const file = run.scopes.get(module)?.file;
  const where = file === undefined ? "unknown location" : `${projectRoot}/${file}`;
  const partial = run.loading.has(module.name);
  return run.raise(
    "ImportError",
    partial
      ? `cannot import name '${name}' from partially initialized module '${module.name}' (most likely due to a circular import) (${where})`
      : `cannot import name '${name}' from '${module.name}' (${where})`,
    at,
  );
}

function importStar(run: Execution, module: Module, scope: Scope, at: Location): void {
  const target = topOf(scope);
  const all = module.names.get("__all__")?.value;
  const listed = all && run.iterate(all, at);
  const names: string[] = Array.isArray(listed)
    ? listed.flatMap((name: Value) => (name.kind === "str" ? name.value : []))
    : [...module.names.keys()].filter((name) => !name.startsWith("_"));
  for (const name of names) {
    const from = module.names.get(name);
    const value = from?.value ?? run.findAttribute(module, name, at) ?? importedByStar(run, module, name, at);
    bindImported(run, scope, name, value, from, from?.at ?? at);
  }
  if (module.open && !Array.isArray(listed)) {
    const unseen = run.opaque(`may come from \`from ${module.name} import *\`, which is not modelled`, at, [
      module.open,
    ]);
    if (run.models.get(module.name)?.prefix === undefined) target.module.open = unseen;
    else target.module.affected ??= unseen;
  }
}

function importedByStar(run: Execution, module: Module, name: string, at: Location): Value {
  const below = `${module.name}.${name}`;
  if (run.find(below)) return importModule(run, below, at);
  return run.raise("AttributeError", missingAttribute(module, name), at);
}

/** `importlib.import_module(name)`: imports the packages on the way first, and gives the last module. */
export function importModule(run: Execution, name: string, at: Location | undefined): Module {
  const loaded = run.modules.get(name);
  if (loaded) return loaded;
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : importModule(run, name.slice(0, dot), at);
  const meanwhile = run.modules.get(name);
  if (meanwhile) return meanwhile;
  const module = load(run, name, parent, at);
  const leaf = name.slice(dot + 1);
  if (parent) {
    const scope = run.scopes.get(parent);
    if (scope) scope.names.set(leaf, { value: module, at, env: noEnv });
    else parent.names.set(leaf, { value: module, at, env: noEnv });
  }
  return module;
}

function load(run: Execution, name: string, parent: Module | undefined, at: Location | undefined): Module {
  const located = run.find(name);
  if (located && !isShadowed(run, name, located)) return loadProject(run, name, located, at);
  if (parent && run.scopes.has(parent)) {
    const isPackage = parent.names.has("__path__");
    return run.raise(
      "ModuleNotFoundError",
      `No module named '${name}'${isPackage ? "" : `; '${parent.name}' is not a package`}`,
      at,
    );
  }
  return libraryModule(run, name, at);
}

/** A library wins over a project folder without `__init__.py`, and some of Python's own modules over everything. */
function isShadowed(run: Execution, name: string, located: Located): boolean {
  if (alwaysLoaded.has(name)) return true;
  if (located.file !== undefined || name.includes(".")) return false;
  return run.models.has(name) || standardModules.has(name) || run.world.installed(name) === true;
}

function loadProject(run: Execution, name: string, located: Located, at: Location | undefined): Module {
  const { file, folders } = located;
  const module: ProjectModule = { kind: "module", name, names: new Map(), at: undefined, env: noEnv };
  const isPackage = folders.length > 0;
  const scope: ModuleScope = {
    kind: "module",
    file: file ?? folders[0] ?? "",
    names: module.names,
    module,
    package: isPackage ? name : name.slice(0, Math.max(name.lastIndexOf("."), 0)),
  };
  run.begin(scope);
  if (isPackage) preset(scope, "__path__", list(folders.map((folder) => str(joinPath(projectRoot, folder)))));
  if (file === undefined) {
    preset(scope, "__name__", str(name));
    return module;
  }
  run.loading.add(name);
  try {
    executeModule(run, scope, name, at);
  } catch (error) {
    if (error instanceof PythonException) run.modules.delete(name);
    throw error;
  } finally {
    run.loading.delete(name);
  }
  return run.modules.get(name) ?? module;
}

function preset(scope: ModuleScope, name: string, value: Value): void {
  scope.names.set(name, { value, at: undefined, env: noEnv });
}

/** Runs a file of the project as a module. */
export function executeModule(
  run: Execution,
  scope: ModuleScope,
  name: string,
  at: Location | undefined,
): void {
  const { file } = scope;
  preset(scope, "__name__", str(name));
  preset(scope, "__file__", str(`${projectRoot}/${file}`));
  preset(scope, "__package__", str(scope.package));
  preset(scope, "__doc__", none());
  preset(scope, "__spec__", none());
  run.notes.files.push(file);
  executeFile(run, file, scope, at);
  for (const [library, model] of run.models)
    if (model.ended && run.modules.has(library)) model.ended(run, scope.module, scope.package);
}

/** Runs a file's statements in a module's names. */
export function executeFile(
  run: Execution,
  file: string,
  scope: ModuleScope,
  at: Location | undefined,
): void {
  const source = run.source(file);
  switch (source?.kind) {
    case undefined:
      run.raise("FileNotFoundError", `[Errno 2] No such file or directory: '${projectRoot}/${file}'`, at);
      return;
    case "unreadable":
      scope.module.open = run.opaque(`is in ${file}, which cannot be read: it ${source.because}`, at);
      return;
    case "error":
      run.raise(source.problem.exception ?? "SyntaxError", source.problem.message, source.problem.at);
      return;
    case "module": {
      const { module } = source;
      const first = module.body[0];
      if (
        first?.nodeType === "Expr" &&
        first.value.nodeType === "Constant" &&
        typeof first.value.value === "string"
      ) {
        preset(scope, "__doc__", str(first.value.value));
      }
      const inner = scope.file === file ? scope : { ...scope, file };
      inside(run, inner, () => run.body(module.body, inner));
    }
  }
}
