import { posix } from "node:path";
import type { Location } from "../../location.ts";
import { itemsOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import type { Setting } from "./settings.ts";
import { folderIn } from "./system-checks/caches.ts";
import { pathIn } from "./system-checks/values.ts";

/** A folder that STATICFILES_DIRS names. */
export interface StaticFolder {
  /** Absolute. */
  readonly path: string;
  /** From the repository root; undefined for a folder outside of it. */
  readonly inProject: string | undefined;
  readonly at: Location | undefined;
}

/** The folders of STATICFILES_DIRS; `absolute` tells where a relative one is. */
export function staticFolders(setting: Setting, absolute: (path: string) => string): readonly StaticFolder[] {
  return (itemsOf(setting.value) ?? []).flatMap((entry) => {
    const named = pathIn(folderIn(entry));
    if (named === undefined || named === "") return [];
    const path = posix.normalize(absolute(named));
    const inside = path.startsWith(`${projectRoot}/`) ? path.slice(projectRoot.length + 1) : undefined;
    return [{ path, inProject: inside?.replace(/\/+$/, "") || undefined, at: entry.at ?? setting.at }];
  });
}
