import type { ProjectFiles } from "./project-files.ts";

/** What a list of file paths says about files and folders: folders are those that hold a listed file. */
export function listing(
  paths: Iterable<string>,
): Pick<ProjectFiles, "list" | "isFile" | "isFolder" | "children"> {
  const files = new Set(paths);
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const path of files) enter(path, folders);
  const sorted = new Map<string, readonly string[]>();
  return {
    list: [...files].sort(),
    isFile: (path) => files.has(path),
    isFolder: (path) => folders.has(path),
    children(folder) {
      const known = sorted.get(folder) ?? [...(folders.get(folder) ?? [])].sort();
      sorted.set(folder, known);
      return known;
    },
  };
}

/** Enters `path` in its folder, and every folder that is new in the one above. */
function enter(path: string, folders: Map<string, Set<string>>): void {
  for (let child = path; child !== ""; ) {
    const parent = folderOf(child);
    const siblings = folders.get(parent);
    if (siblings !== undefined) {
      siblings.add(child);
      return;
    }
    folders.set(parent, new Set([child]));
    child = parent;
  }
}

/** The folder a path is in; "" is the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The folders that a path is in, innermost first; the root is not one of them. */
export function ancestors(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join("/"));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
