import type { Execution } from "./execution.ts";
import { projectRoot } from "./machine.ts";

/** The project's folders on `sys.path`, as the code has left it. Only text counts there, as in CPython. */
export function searchPath(run: Pick<Execution, "modules" | "world">): readonly string[] {
  const path = run.modules.get("sys")?.names.get("path")?.value;
  if (path?.kind !== "list") return run.world.path;
  const folders = path.items.flatMap((item) =>
    item.kind === "str" ? (inProject(run, item.value) ?? []) : [],
  );
  return [...new Set(folders)];
}

/** A folder relative to the project's root, or undefined for one outside. */
function inProject({ world }: Pick<Execution, "world">, path: string): string | undefined {
  const absolute = path.startsWith("/") ? path : `${projectRoot}/${world.path[0] ?? ""}/${path}`;
  const parts: string[] = [];
  for (const part of absolute.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const full = `/${parts.join("/")}`;
  if (full === projectRoot) return "";
  return full.startsWith(`${projectRoot}/`) ? full.slice(projectRoot.length + 1) : undefined;
}
