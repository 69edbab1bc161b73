import type { ProjectFiles } from "../../files/project-files.ts";

/**
 * Top-level modules of the project's own: those on `sys.path`, and those that would be if a folder were
 * put on it, as settings do with `sys.path.insert(0, BASE_DIR / "apps")`.
 */
export function localModules(files: ProjectFiles, path: readonly string[]): ReadonlySet<string> {
  const modules = new Set<string>();
  const onPath = new Set(path);
  for (const file of files.list) {
    if (!file.endsWith(".py")) continue;
    const parts = file.slice(0, -".py".length).split("/");
    const name = parts.pop() ?? "";
    const folder = parts.join("/");
    const isPackage = files.isFile(inFolder(folder, "__init__.py"));
    // `shop/celery.py` is shop.celery, unless its folder is on the path or could be.
    if (onPath.has(folder) || !isPackage) modules.add(name);
    const last = parts.at(-1);
    if (last !== undefined && (isPackage || name === "apps" || name === "models")) modules.add(last);
    // A folder without __init__.py is a package too, if it is on the path.
    for (const start of path) {
      const below = start === "" ? file : file.startsWith(`${start}/`) ? file.slice(start.length + 1) : "";
      const first = below.split("/")[0];
      if (first !== undefined && below.includes("/")) modules.add(first);
    }
  }
  return modules;
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
