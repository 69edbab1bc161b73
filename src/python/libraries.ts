import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { settle } from "./home.ts";
import type { Model } from "./machine.ts";
import { namespaceDict } from "./namespaces.ts";
import { oldModules, standardModules } from "./stdlib.ts";
import type { Module, Value } from "./value.ts";
import { noEnv } from "./value.ts";

/** A module that is not the project's: a model of it, or one of which nothing is known. */
export function libraryModule(run: Execution, name: string, at: Location | undefined): Module {
  requireInstalled(run, name, at);
  const model = run.models.get(name);
  const because = model
    ? `comes from ${name}, of which this is not modelled`
    : `comes from ${name}, which is not modelled`;
  const open = run.opaque(because, at);
  const module: Module = { kind: "module", name, names: new Map(), open, at: undefined, env: noEnv };
  run.modules.set(name, module);
  if (model) fill(run, module, model);
  if (name === "sys") module.names.set("modules", { value: loadedModules(run), at: undefined, env: noEnv });
  return module;
}

/** `sys.modules`. */
function loadedModules(run: Execution): Value {
  const { modules } = run;
  return namespaceDict(
    {
      get: (name) => modules.get(name),
      set: (name, value) => value.kind === "module" && modules.set(name, value),
      delete: (name) => modules.delete(name),
      names: () => modules.keys(),
      size: () => modules.size,
    },
    undefined,
  );
}

function fill(run: Execution, module: Module, model: Model): void {
  for (const [path, value] of model.names(run)) {
    if (value.kind === "builtin") settle(value, module.name);
    const [first = path, ...rest] = path.split(".");
    if (rest.length === 0) module.names.set(first, { value, at: undefined, env: value.env });
    else setBelow(run, module, first, rest.join("."), value);
  }
}

/** A name of a submodule, given as "path.join". */
function setBelow(run: Execution, module: Module, name: string, rest: string, value: Value): void {
  const full = `${module.name}.${name}`;
  let below = run.modules.get(full);
  if (!below) {
    const open = run.opaque(`comes from ${full}, of which this is not modelled`, undefined);
    below = { kind: "module", name: full, names: new Map(), open, at: undefined, env: noEnv };
    run.modules.set(full, below);
    module.names.set(name, { value: below, at: undefined, env: noEnv });
  }
  const [first = rest, ...more] = rest.split(".");
  if (more.length === 0) below.names.set(first, { value, at: undefined, env: value.env });
  else setBelow(run, below, first, more.join("."), value);
}

/** Names of a developer's own settings beside the project's. */
const localName =
  /^(local_?settings|settings_?local|local|.*_local|dev(elop(ment)?)?(_.*)?|.*_dev|secrets?|.*_secrets?|private|.*_private)$/i;

/**
 * Whether a library is there matters only where the code is prepared for its absence; elsewhere a
 * missing one is the business of the checks, and we go on as if it were there.
 */
function requireInstalled(run: Execution, name: string, at: Location | undefined): void {
  const top = name.split(".")[0] ?? name;
  const guarded = run.guards > 0;
  run.notes.import({ module: name, at, guarded });
  if (standardModules.has(top) || (!guarded && !oldModules.has(top))) return;
  if (!isThere(run, top, at)) run.raise("ModuleNotFoundError", `No module named '${top}'`, at);
}

function isThere(run: Execution, top: string, at: Location | undefined): boolean {
  // Packages that share such a name, as the backport of configparser does, have it in Python 3's spelling.
  if (oldModules.has(top)) return false;
  const installed = run.world.installed(top);
  if (installed !== undefined) return installed;
  // No library has such a name: it is a file of the project's, and the project has none.
  if (localName.test(top)) return false;
  const decided = run.presence.get(top);
  if (decided !== undefined) return decided;
  const key = run.notes.visit(`${at?.file}:${at?.line}:${at?.column} import ${top}`);
  const taken = run.scenario.branches.get(key) ?? true;
  const because = `imports ${top}, which may not be installed`;
  run.notes.branch({ key, taken, at, because, env: noEnv, text: `import ${top}` });
  run.presence.set(top, taken);
  return taken;
}
