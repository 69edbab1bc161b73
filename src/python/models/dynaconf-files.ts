import { startOf } from "../../location.ts";
import { textKey } from "../hash.ts";
import { dict } from "../make.ts";
import type { Dict, Value } from "../value.ts";
import { fromYaml, tomlDict } from "./data-formats.ts";
import { dictIn, upperfy } from "./dynaconf-nodes.ts";
import type { Store } from "./dynaconf-settings.ts";
import { none, str, textOf } from "./make.ts";
import { abspath, basename, dirname, isabs, join, splitext } from "./posix-path.ts";
import { callerFile, globbed, inProject, isThere, readText, workingFolder } from "./project-paths.ts";

/** Where dynaconf finds its files, and what it takes from each. */

/** What the files of one load are read for. */
export interface Tables {
  /** The table of the environment, in lower case; undefined where a variable names it that nobody sees. */
  readonly env: string | undefined;
  /** The folders of files that were read, which may hold hooks. */
  readonly folders: Set<string>;
}

/** The folders upwards from one, each with its `config`; up to and with another, if that is above it. */
function upwards(from: string, until?: string): readonly string[] {
  const found: string[] = [];
  for (let here = from; ; here = dirname(here)) {
    found.push(here, join(here, "config"));
    if (here === until || here === dirname(here)) return found;
  }
}

/** `find_file`: the nearest file of this name, from the root path and from the working folder upwards. */
export function findFile(store: Store, name: string, root = rootPath(store)): string | undefined {
  const { machine } = store;
  if (isabs(name)) return isThere(machine, name, "exists") ? name : undefined;
  const work = workingFolder(machine);
  const start = root === undefined ? [] : upwards(abspath(root, work), work);
  const skipped = new Set(store.texts(store.option("SKIP_FILES")));
  return [...new Set([...start, ...upwards(work)])]
    .map((folder) => join(folder, name))
    .find((path) => !skipped.has(path) && isThere(machine, path, "exists") === true);
}

export function rootPath(store: Store): string | undefined {
  const root = store.option("ROOT_PATH");
  if (root.kind === "none") return store.firstFolder;
  const text = root.kind === "opaque" ? undefined : store.machine.str(root);
  return typeof text === "string" ? text : undefined;
}

const isPattern = (text: string): boolean => /[*?[]/.test(text);
const extensions = /\.(?:ini|conf|properties|toml|tml|ya?ml|json)$/;

/** `settings_loader`: these files, then those that are named `.local.` beside them. */
export function loadFiles(store: Store, items: readonly string[], tables: Tables): void {
  const { machine } = store;
  const found: string[] = [];
  for (const item of [...items, ...store.texts(store.option("SECRETS"))]) {
    const root = rootPath(store) ?? (found[0] === undefined ? undefined : dirname(found[0]));
    if (isPattern(item)) {
      const base = isabs(item) ? "" : (root ?? workingFolder(machine));
      for (const path of globbed(machine, base, item) ?? [])
        if (isThere(machine, path, "file")) found.push(path);
    } else if (extensions.test(item) || item.endsWith(".py")) {
      const path = findFile(store, item, root);
      if (path !== undefined) found.push(path);
    } else loadModule(store, item);
  }
  const local = found
    .filter((path) => !path.includes(".local."))
    .map((path) => path.replace(/(\.[^./]*)$/, ".local$1"))
    .filter((path) => isThere(machine, path, "file") === true);
  for (const path of [...found, ...local]) loadFile(store, path, tables);
}

/** `load_file`, as includes do it: modules by name, files and patterns below the root path. */
export function includeFiles(store: Store, items: readonly string[], tables: Tables): void {
  const { machine } = store;
  for (const item of items) {
    if (loadModule(store, item)) continue;
    const pattern = join(rootPath(store) ?? workingFolder(machine), item);
    const paths = [...(globbed(machine, "", pattern) ?? [])].sort();
    const isLocal = (path: string): boolean => path.includes(".local.");
    for (const path of [...paths.filter((one) => !isLocal(one)), ...paths.filter(isLocal)])
      loadFiles(store, [path], tables);
  }
}

function loadFile(store: Store, path: string, tables: Tables): void {
  const { machine } = store;
  if (path.endsWith(".py")) {
    loadPython(store, path, tables);
    const name = splitext(basename(path))[0];
    for (const env of [...(tables.env ?? "").split(","), "global"])
      loadPython(store, join(dirname(path), `${env.toLowerCase()}_${name}.py`), tables);
    return;
  }
  const inside = inProject(machine, path);
  const read = readText(machine, path, store.at);
  if (inside === undefined || read === "absent" || "kind" in read) return;
  noteFolder(store, path, tables);
  const content = parse(store, read.text, path, inside);
  const root = dictIn(content);
  if (root) loadTables(store, root, tables);
}

function noteFolder(store: Store, path: string, tables: Tables): void {
  store.firstFolder ??= dirname(path);
  tables.folders.add(dirname(path));
}

/** The content of a file; INI needs a library that is hardly ever installed, and is passed over without it. */
function parse(store: Store, text: string, path: string, inside: string): Value | undefined {
  const { machine } = store;
  const at = startOf(inside);
  if (/\.tom?l$|\.tml$/.test(path))
    return (
      tomlDict(machine, text, at) ??
      machine.raise(machine.classNamed("tomllib.TOMLDecodeError"), `${inside} is not TOML`, at)
    );
  if (/\.ya?ml$/.test(path)) return fromYaml(machine, text, at, [], "1.2");
  if (!path.endsWith(".json")) return undefined;
  return machine.call(machine.attribute(machine.import("json"), "loads"), [str(text, at)], undefined, at);
}

/** The tables of a file that count, in the order in which they do; or all of it, where there are no environments. */
function loadTables(store: Store, root: Dict, tables: Tables): void {
  const { machine } = store;
  if (!store.isOn("ENVIRONMENTS") && store.option("ENVIRONMENTS").kind === "bool") {
    const said = root.entries.get(textKey("dynaconf_merge"))?.value;
    loadTable(store, root, said && machine.truth(said));
    return;
  }
  const byName = new Map(
    [...root.entries.values()].map(
      (entry) => [(textOf(entry.key) ?? "").toLowerCase(), entry.value] as const,
    ),
  );
  const said = byName.get("dynaconf_merge");
  const first = [store.text("DEFAULT_ENV") ?? "default", store.text("ENVVAR_PREFIX") ?? "dynaconf"].map(
    (one) => one.toLowerCase(),
  );
  const chosen = (tables.env ?? "").split(",").map((one) => one.trim());
  const names = [...new Set([...first, ...chosen.map((one) => one.toLowerCase())].filter(Boolean))];
  const switcher = switcherOf(store);
  store.shared = [...new Set([...store.shared, switcher])].sort();
  for (const name of byName.keys())
    if (!first.includes(name) && name !== "global" && dictIn(byName.get(name)))
      machine.candidate(str("", undefined, [switcher]), name);
  for (const name of [...names, "global"]) {
    const table = dictIn(byName.get(name));
    if (table) loadTable(store, table, said && machine.truth(said));
  }
  if (tables.env === undefined) hideOthers(store, byName, [...names, "global"], switcher);
}

/** Where nobody sees which table counts, what any of them sets is not known. */
function hideOthers(
  store: Store,
  byName: ReadonlyMap<string, Value>,
  known: readonly string[],
  switcher: string,
): void {
  const variable = store.machine.environment.get(switcher, store.at);
  for (const [name, value] of byName) {
    const table = dictIn(value);
    if (!table || !variable || known.includes(name)) continue;
    for (const { key } of table.entries.values()) {
      const because = `depends on which of dynaconf's environments ${switcher} names`;
      const unseen = store.machine.opaque(because, value.at, [variable], { cause: "environment" });
      store.set(upperfy(textOf(key) ?? ""), unseen);
    }
  }
}

/** The variable that names the environment. */
export const switcherOf = (store: Store): string => store.text("ENV_SWITCHER") ?? "ENV_FOR_DYNACONF";

function loadTable(store: Store, table: Dict, fileMerge: boolean | undefined): void {
  const entries = [...table.entries.values()].map(
    (entry) => [upperfy(textOf(entry.key) ?? ""), entry.value] as const,
  );
  const data = new Map(entries);
  const said = data.get("DYNACONF_MERGE");
  const dotted = data.get("DYNACONF_DOTTED_LOOKUP");
  data.delete("DYNACONF_MERGE");
  data.delete("DYNACONF_DOTTED_LOOKUP");
  const merge = said ? store.machine.truth(said) : fileMerge;
  for (const [key, value] of data)
    store.set(key, value, {
      merge,
      ...(dotted && { dotted: store.machine.truth(dotted) ?? true }),
    });
}

/** Settings in a Python file, which runs on its own: the names that are in upper case up to `__`. */
function loadPython(store: Store, path: string, tables: Tables): void {
  const { machine, at } = store;
  if (path === callerFile(machine)) return;
  const names = runFile(store, path);
  if (!names) return;
  noteFolder(store, path, tables);
  takeNames(
    store,
    [...names.entries.values()].map((entry) => [textOf(entry.key) ?? "", entry.value] as const),
  );
  if (names.open) machine.execute(machine.opaque(names.open.because, at, [names.open]), at);
}

/** Runs a file of the project in names of its own; undefined where there is none. */
export function runFile(store: Store, path: string): Dict | undefined {
  const { machine, at } = store;
  if (isThere(machine, path, "file") !== true) return undefined;
  const read = readText(machine, path, at);
  if (read === "absent" || "kind" in read) return undefined;
  const names: Dict = dict(new Map(), at);
  for (const [name, value] of [
    ["__name__", str(path.replace(/\.py$/, ""), at)],
    ["__file__", str(path, at)],
    ["__doc__", none(at)],
  ] as const)
    machine.setItem(names, str(name), value);
  const source = str(read.text.replace(/\r\n?/g, "\n"), at);
  machine.call(machine.attribute(machine.import("builtins"), "exec"), [source, names], undefined, at);
  return names;
}

function loadModule(store: Store, name: string): boolean {
  const { machine, at } = store;
  if (!/^[\w.]+$/.test(name) || machine.locate(name) === undefined) return false;
  const module = machine.import(name, at);
  takeNames(
    store,
    [...module.names].map(([key, { value }]) => [key, value] as const),
  );
  return true;
}

function takeNames(store: Store, names: readonly (readonly [string, Value])[]): void {
  const said = names.find(([name]) => name === "dynaconf_merge" || name === "DYNACONF_MERGE")?.[1];
  for (const [name, value] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first = ""] = name.split("__");
    if (first !== first.toUpperCase() || first === first.toLowerCase()) continue;
    store.set(name, value, { merge: said && store.machine.truth(said) });
  }
}
