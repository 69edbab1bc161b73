import type { ProjectFiles } from "../files/project-files.ts";

/** Where a module of the project is. */
export interface Located {
  /** Undefined for a namespace package: a folder without `__init__.py`. */
  readonly file: string | undefined;
  /** The folders of a package; none for a plain module. */
  readonly folders: readonly string[];
}

/** Finds modules as CPython's path finder does, over the project's folders. */
export function moduleFinder(
  files: ProjectFiles,
  path: readonly string[],
): (module: string) => Located | undefined {
  const found = new Map<string, Located | undefined>();
  const find = (module: string): Located | undefined => {
    if (found.has(module)) return found.get(module);
    found.set(module, undefined);
    const dot = module.lastIndexOf(".");
    const folders = dot < 0 ? path : (find(module.slice(0, dot))?.folders ?? []);
    const located = search(files, folders, module.slice(dot + 1));
    found.set(module, located);
    return located;
  };
  // `import_module` takes names that no `import` statement could spell, but no paths.
  return (module) => (/^[^./\\\0]+(\.[^./\\\0]+)*$/.test(module) ? find(module) : undefined);
}

export function joinPath(folder: string, name: string): string {
  return folder === "" || folder === "." ? name : `${folder}/${name}`;
}

function search(files: ProjectFiles, folders: readonly string[], name: string): Located | undefined {
  const portions: string[] = [];
  for (const folder of folders) {
    const base = joinPath(folder, name);
    const init = `${base}/__init__.py`;
    if (files.isFile(init)) return { file: init, folders: [base] };
    if (files.isFile(`${base}.py`)) return { file: `${base}.py`, folders: [] };
    if (files.isFolder(base) && holdsPython(files, base)) portions.push(base);
  }
  return portions.length > 0 ? { file: undefined, folders: portions } : undefined;
}

/** A folder of templates or data is no package that anyone imports. */
function holdsPython(files: ProjectFiles, folder: string): boolean {
  return files.list.some((path) => path.startsWith(`${folder}/`) && path.endsWith(".py"));
}
