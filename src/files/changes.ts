import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One step on the disk, outside of what is judged. Paths are absolute. */
export type Change =
  | { readonly kind: "write"; readonly path: string; readonly text: string; readonly executable: boolean }
  | { readonly kind: "move"; readonly path: string; readonly to: string }
  | { readonly kind: "remove"; readonly path: string };

/** Makes changes in order; what could not be done, if one could not. */
export function makeChanges(changes: readonly Change[]): string | undefined {
  for (const change of changes) {
    try {
      make(change);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "error";
      return `${change.path} cannot be changed (${code})`;
    }
  }
  return undefined;
}

function make(change: Change): void {
  switch (change.kind) {
    case "write":
      mkdirSync(dirname(change.path), { recursive: true });
      writeFileSync(change.path, change.text);
      if (change.executable) chmodSync(change.path, 0o755);
      return;
    case "move":
      renameSync(change.path, change.to);
      return;
    case "remove":
      rmSync(change.path);
  }
}

/** What is at a path: nothing, a file that can be read, or something else, which nobody should overwrite. */
export type Found =
  | { readonly kind: "nothing" }
  /** `isLink`: the text is that of another file, which may be anywhere. */
  | { readonly kind: "file"; readonly text: string; readonly isLink: boolean }
  | { readonly kind: "folder" }
  | { readonly kind: "other" };

export function lookAt(path: string): Found {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { kind: "nothing" };
  if (stats.isDirectory()) return { kind: "folder" };
  if (!stats.isFile() && !stats.isSymbolicLink()) return { kind: "other" };
  try {
    return { kind: "file", text: readFileSync(path, "utf8"), isLink: stats.isSymbolicLink() };
  } catch {
    return { kind: "other" };
  }
}
