import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { entryOf, itemsOf, textOf } from "../python/inspect.ts";
import type { SourceFile } from "./code/source-file.ts";
import type { Code } from "./code.ts";
import { defineFact, missing } from "./define.ts";
import { appNamed } from "./django/apps/configs.ts";
import { type Definitions, definitionsIn } from "./django/apps/definitions.ts";
import { graphOf, type MigrationGraph } from "./django/apps/graph.ts";
import { type Migrations, migrationsIn } from "./django/apps/migrations.ts";
import { type FoundModel, type Model, modelOf } from "./django/apps/models.ts";
import type { Settings } from "./django/settings.ts";
import { isOpen } from "./django/static-files.ts";
import { distributionsOf } from "./packages/modules.ts";

export type { FileField, Model } from "./django/apps/models.ts";

/** The project's own apps that production installs, in the order of INSTALLED_APPS. */
export interface Apps {
  readonly own: readonly App[];
  /** INSTALLED_APPS may name more than is known. */
  readonly open: boolean;
}

export interface App {
  /** As INSTALLED_APPS writes it: "shop.orders.apps.OrdersConfig". */
  readonly entry: string;
  readonly at: Location | undefined;
  /** The package: "shop.orders". */
  readonly name: string;
  /** The folder of the package: "shop/orders". */
  readonly folder: string;
  /** "orders"; undefined where its AppConfig does not say so in plain text. */
  readonly label: string | undefined;
  /** What is registered under its label once its models module is imported, wherever it is defined. */
  readonly models: readonly Model[];
  readonly migrations: Migrations;
  /** Undefined without a migration package, and where a migration cannot be read. */
  readonly graph: MigrationGraph | undefined;
}

export const apps = defineFact<"apps", "project" | "settings" | "code">({
  wants: ["project", "settings", "code"],
  read({ files }, { project, settings, code }) {
    if (!settings || !code) return missing("no production settings were found");
    const path = [...new Set([...(project?.path ?? [""]), ...settings.path])];
    const installed = settings.get("INSTALLED_APPS").value;
    const entries = (itemsOf(installed) ?? []).flatMap((item) => {
      const entry = textOf(item);
      return entry === undefined ? [] : [{ entry, at: item.at }];
    });
    const more = entries.flatMap(({ entry }) => startOfApp(files, entry, path));
    const definitions = definitionsIn(files, code, [...new Set([...path, ...more])]);
    const named = entries.flatMap(({ entry, at }) => {
      const app = appNamed(entry, definitions);
      const folder = app && definitions.locate(app.name)?.folder;
      if (!app || folder === undefined || isAside(folder, project?.folder ?? "")) return [];
      return [{ entry, at, ...app, folder }];
    });
    const found = [...new Map(named.map((app) => [app.name, app])).values()];
    const models = modelsOf(found, definitions, code, files);
    const own = found.map((app): App => {
      const migrations = migrationsOf(app, settings, { files, code, definitions });
      const graph =
        migrations.kind === "package" && app.label !== undefined
          ? graphOf(app.label, migrations.migrations)
          : undefined;
      return { ...app, models: models.get(app.name) ?? [], migrations, graph };
    });
    return { own, open: isOpen(installed) };
  },
});

type FoundApp = Pick<App, "entry" | "at" | "name" | "folder" | "label">;

/** What is there to be tested or read. */
function isAside(folder: string, project: string): boolean {
  const below =
    project !== "" && folder.startsWith(`${project}/`) ? folder.slice(project.length + 1) : folder;
  return /(?:^|\/)(?:tests?|testing|test_?apps?|test_?(?:utils|project)|docs?|examples?)(?:\/|$)/.test(below);
}

/**
 * The folder that has to be on `sys.path` for an app that is found on none that we know of: whoever starts Django
 * may put one there (wsgi.py, PYTHONPATH). Only where one folder will do, and no library has the name.
 */
function startOfApp(files: ProjectFiles, entry: string, path: readonly string[]): readonly string[] {
  const [top = ""] = entry.split(".");
  if (top === "django" || distributionsOf(top).length > 0) return [];
  const onPath = path.some((folder) => {
    const base = folder === "" ? top : `${folder}/${top}`;
    return files.isFolder(base) || files.isFile(`${base}.py`);
  });
  if (onPath) return [];
  const ends = `/${top}/__init__.py`;
  const starts = files.list.filter((file) => file.endsWith(ends)).map((file) => file.slice(0, -ends.length));
  const own = starts.filter(
    (folder) => !isAside(folder, "") && !/(?:^|\/)(?:site-packages|node_modules)(?:\/|$)/.test(folder),
  );
  return own.length === 1 ? own : [];
}

function migrationsOf(
  { name, label }: FoundApp,
  settings: Settings,
  source: { readonly files: ProjectFiles; readonly code: Code; readonly definitions: Definitions },
): Migrations {
  const setting = settings.get("MIGRATION_MODULES");
  const own = `${name}.migrations`;
  if (!setting.explicit || setting.value.kind === "none") return migrationsIn(own, source);
  if (setting.value.kind !== "dict" || setting.value.open || label === undefined)
    return { kind: "unclear", because: "MIGRATION_MODULES is only partly known" };
  const module = entryOf(setting.value, label);
  if (!module) return migrationsIn(own, source);
  if (module.kind === "none") return { kind: "disabled" };
  const text = textOf(module);
  if (text === undefined) return { kind: "unclear", because: "MIGRATION_MODULES is only partly known" };
  const found = migrationsIn(text, source);
  return found.kind === "absent" && !source.definitions.locate(text.split(".")[0] ?? "")
    ? { kind: "unclear", because: `MIGRATION_MODULES names ${text}, which is not in the project` }
    : found;
}

/** Every model that the models modules of the apps define or import, by the name of the app that it belongs to. */
function modelsOf(
  apps: readonly FoundApp[],
  definitions: Definitions,
  code: Code,
  files: ProjectFiles,
): ReadonlyMap<string, readonly Model[]> {
  const reached = new Set<SourceFile>();
  const open = apps.flatMap(({ name }) => definitions.locate(`${name}.models`)?.file ?? []);
  for (let file = open.pop(); file; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...definitions.importsOf(file, (path) => mayDefine(path, files)));
  }
  const byApp = new Map<string, Model[]>();
  const add = (file: SourceFile, certain: boolean) => {
    for (const own of definitions.classesOf(file)) {
      const model = modelOf(own, definitions);
      const app = model && appOf(apps, file.path, model);
      if (!model || !app) continue;
      const { appLabel: _, ...rest } = model;
      const kind = rest.kind === "concrete" && !certain ? "likely" : rest.kind;
      byApp.set(app.name, [...(byApp.get(app.name) ?? []), { ...rest, kind }]);
    }
  };
  for (const file of reached) add(file, true);
  // A file of the models package that it does not import may be imported by a view.
  for (const { folder } of apps)
    for (const path of files.children(`${folder}/models`)) {
      const file = path.endsWith(".py") ? code.file(path) : undefined;
      if (file && !reached.has(file)) add(file, false);
    }
  for (const models of byApp.values()) models.sort((a, b) => order(a, b));
  return byApp;
}

function order({ at: a }: Model, { at: b }: Model): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

/** Parsing all that models import would mean most of the project. */
function mayDefine(path: string, files: ProjectFiles): boolean {
  const text = files.text(path) ?? "";
  return /\/__init__\.py$/.test(path) || (/^[^\S\n]*class\s/m.test(text) && /model/i.test(text));
}

/** The app that a model belongs to: the one that its Meta names, or the innermost one that it stands in. */
function appOf(apps: readonly FoundApp[], path: string, { appLabel }: FoundModel): FoundApp | undefined {
  if (appLabel !== undefined) return apps.find(({ label }) => label === appLabel);
  return apps
    .filter(({ folder }) => path.startsWith(`${folder}/`))
    .reduce<FoundApp | undefined>(
      (longest, app) => (longest && longest.folder.length >= app.folder.length ? longest : app),
      undefined,
    );
}
