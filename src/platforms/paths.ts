import type { Mount } from "./manifest.ts";

// The parts of a path are those of the listing.
export { folderOf, nameOf as baseName } from "../files/listing.ts";

/** A relative path from a folder of the project, without `.` and `..`; undefined if it leaves the project. */
export function resolvePath(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The file of the project that has this absolute path in the container; undefined if none is known to. */
export function fromContainer(path: string, mounts: readonly Mount[]): string | undefined {
  const absolute = resolvePath("", path) ?? "";
  const holds = ({ to }: Mount) => to === "/" || `/${absolute}/`.startsWith(`${to}/`);
  const mount = mounts.findLast(holds);
  if (!mount) return undefined;
  return resolvePath(mount.from, absolute.slice(mount.to === "/" ? 0 : mount.to.length - 1));
}
