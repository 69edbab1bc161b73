import type { ProjectFiles } from "./project-files.ts";

/** As many as Linux follows before it calls it a loop. */
const maxHops = 40;

/**
 * Where a link of a git tree leads to in the end, as the system would find out in a checkout.
 *
 * @param targets the text of every link, by its path.
 */
export function resolveLink(
  link: string,
  targets: ReadonlyMap<string, string>,
  tree: Pick<ProjectFiles, "isFile" | "isFolder">,
): { readonly kind: "inside"; readonly path: string } | { readonly kind: "none"; readonly because: string } {
  const nowhere = { kind: "none", because: "is a link that leads nowhere" } as const;
  const outside = { kind: "none", because: "is a link out of the project" } as const;
  const todo = link.split("/");
  const done: string[] = [];
  let hops = 0;
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (done.pop() === undefined) return outside;
      continue;
    }
    const path = [...done, part].join("/");
    const target = targets.get(path);
    if (target === undefined) {
      if (!tree.isFile(path) && !tree.isFolder(path)) return nowhere;
      // Nothing is below a file, not even the folder that it is in.
      if (tree.isFile(path) && todo.length > 0) return nowhere;
      done.push(part);
      continue;
    }
    hops += 1;
    if (target === "" || target.includes("\0") || hops > maxHops) return nowhere;
    if (target.startsWith("/")) return outside;
    todo.unshift(...target.split("/"));
  }
  return { kind: "inside", path: done.join("/") };
}
