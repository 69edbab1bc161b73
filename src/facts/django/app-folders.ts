import { posix } from "node:path";
import type { ProjectFiles } from "../../files/project-files.ts";
import { textsIn } from "../../python/inspect.ts";
import type { SettingsView } from "./settings.ts";
import { isOpen } from "./static-files.ts";

/** The apps of INSTALLED_APPS, and where those of the project's own are. */
export interface InstalledApps {
  /** Folders from the repository root, in the order of INSTALLED_APPS. */
  readonly folders: readonly string[];
  /** As INSTALLED_APPS names them: apps of packages, but Django's own. */
  readonly foreign: readonly string[];
  /** Others may be installed. */
  readonly open: boolean;
}

/** `path`: the folders on `sys.path`, from the repository root. */
export function installedApps(
  view: SettingsView,
  files: ProjectFiles,
  path: readonly string[],
): InstalledApps {
  const { value } = view.get("INSTALLED_APPS");
  const folders: string[] = [];
  const foreign: string[] = [];
  for (const name of textsIn(value)) {
    if (name.startsWith("django.")) continue;
    const folder = folderOfApp(name, files, path);
    if (folder === undefined) foreign.push(name);
    else folders.push(folder);
  }
  return { folders: [...new Set(folders)], foreign, open: isOpen(value) };
}

/** An entry names a package, or a configuration in one of its modules: the longest part that is a folder. */
function folderOfApp(name: string, files: ProjectFiles, path: readonly string[]): string | undefined {
  const parts = name.split(".");
  for (let length = parts.length; length > 0; length--)
    for (const start of path) {
      const folder = posix.join(start, ...parts.slice(0, length));
      if (files.isFolder(folder)) return folder;
    }
  return undefined;
}
