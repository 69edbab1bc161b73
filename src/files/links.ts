import { folderOf, listing } from "./listing.ts";
import type { ProjectFiles } from "./project-files.ts";

/** How many files may be reached through links in all: a few links to each other can make any number. */
const maxLinked = 20_000;

export interface Followed {
  /** Every path that links make, with the path of the file it leads to. */
  readonly files: ReadonlyMap<string, string>;
  readonly passedOver: ProjectFiles["passedOver"];
}

/**
 * Follows links inside the project. `files` are the project's own, `links` gives the place each link
 * leads to in the end, as a path from the root. A link to a folder that it is in itself, or would come
 * back to, is not followed.
 */
export function followLinks(files: readonly string[], links: ReadonlyMap<string, string>): Followed {
  const tree = listing(files);
  const inOrder = [...links].sort(([one], [other]) => (one < other ? -1 : 1));
  const linksIn = new Map<string, [path: string, target: string][]>();
  for (const link of inOrder) {
    const folder = folderOf(link[0]);
    const siblings = linksIn.get(folder);
    if (siblings === undefined) linksIn.set(folder, [link]);
    else siblings.push(link);
  }
  const found = new Map<string, string>();
  const passedOver: { path: string; because: string }[] = [];

  /** Enters all that `folder` holds as if it were at `path`. `within` are the folders around it. */
  const enterFolder = (path: string, folder: string, within: readonly string[]): void => {
    for (const child of tree.children(folder)) {
      if (found.size >= maxLinked) return;
      const place = path + child.slice(folder.length);
      if (tree.isFile(child)) found.set(place, child);
      else enterFolder(place, child, within);
    }
    for (const [link, target] of linksIn.get(folder) ?? []) {
      enter(path + link.slice(folder.length), target, within);
    }
  };

  /** Whether something came of it, or why not. */
  const enter = (path: string, target: string, within: readonly string[]): string | undefined => {
    if (found.size >= maxLinked) return `is a link, and links lead to more than ${maxLinked} files already`;
    if (tree.isFile(target)) {
      found.set(path, target);
    } else if (within.some((folder) => contains(target, folder))) {
      return "is a link to a folder that it is in itself";
    } else if (tree.isFolder(target)) {
      enterFolder(path, target, [...within, target]);
    } else {
      return `is a link to ${target}, which is not part of the project`;
    }
    return undefined;
  };

  for (const [path, target] of inOrder) {
    const because = enter(path, target, [folderOf(path)]);
    if (because !== undefined) passedOver.push({ path, because });
  }
  return { files: found, passedOver };
}

/** Whether `inner` is `folder` or below it. */
function contains(folder: string, inner: string): boolean {
  return folder === "" || inner === folder || inner.startsWith(`${folder}/`);
}
