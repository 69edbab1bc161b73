import { posix } from "node:path";
import type { ProjectFiles } from "../../files/project-files.ts";
import { entryOf, itemsOf, textOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import type { InstalledApps } from "../django/app-folders.ts";
import { caseMatch, type Found } from "../django/finders.ts";
import type { SettingsView } from "../django/settings.ts";
import { isOpen } from "../django/static-files.ts";
import { pathIn } from "../django/system-checks/values.ts";

/** Where Django's template loaders look in the project, and what they find there. */
export interface TemplateFolders {
  readonly folders: readonly string[];
  find(name: string): Found;
}

export function templateFolders({
  view,
  files,
  apps,
  absolute,
}: {
  readonly view: SettingsView;
  readonly files: ProjectFiles;
  readonly apps: InstalledApps;
  absolute(path: string): string;
}): TemplateFolders {
  const setting = view.get("TEMPLATES").value;
  const engines = (itemsOf(setting) ?? []).filter((engine) => textOf(entryOf(engine, "BACKEND")) === backend);
  const dirs = engines.flatMap((engine) => itemsOf(entryOf(engine, "DIRS")) ?? []);
  const named = dirs.map((dir) => {
    const path = pathIn(dir);
    if (path === undefined) return undefined;
    const full = posix.normalize(absolute(path)).replace(/\/$/, "");
    if (full === projectRoot) return "";
    return full.startsWith(`${projectRoot}/`) ? full.slice(projectRoot.length + 1) : undefined;
  });
  const inApps = apps.folders.map((folder) => posix.join(folder, "templates"));
  const folders = [...new Set([...named.filter((dir) => dir !== undefined), ...inApps])].filter((folder) =>
    files.isFolder(folder),
  );
  const hidden =
    isOpen(setting) ||
    apps.open ||
    named.includes(undefined) ||
    engines.some((engine) => {
      const all = entryOf(engine, "DIRS");
      return all !== undefined && isOpen(all);
    });
  return {
    folders,
    find(name) {
      if (folders.some((folder) => files.isFile(posix.join(folder, name)))) return { kind: "found" };
      const other = caseMatch(files, folders, name);
      if (other !== undefined) return { kind: "other-case", path: other };
      return hidden || apps.foreign.length > 0
        ? { kind: "unseen", because: "another folder or a package may have it" }
        : { kind: "absent" };
    },
  };
}

const backend = "django.template.backends.django.DjangoTemplates";
