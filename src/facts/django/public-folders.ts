import { posix } from "node:path";
import type { Location } from "../../location.ts";
import { entryOf, itemsOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import { defaultEngine } from "./databases.ts";
import type { SettingsView } from "./settings.ts";
import { folderIn } from "./system-checks/caches.ts";
import { pathIn } from "./system-checks/values.ts";

/** A folder of which every file is served, or copied to where it is. */
export interface PublicFolder {
  readonly setting: "STATIC_ROOT" | "MEDIA_ROOT" | "WHITENOISE_ROOT" | "STATICFILES_DIRS";
  /** Absolute. */
  readonly path: string;
  readonly at: Location | undefined;
}

/** A file that nobody should get. */
export interface PrivateFile {
  /** "the database db.sqlite3" */
  readonly what: string;
  readonly path: string;
  readonly at: Location | undefined;
  readonly isDatabase: boolean;
}

const named = ["STATIC_ROOT", "MEDIA_ROOT", "WHITENOISE_ROOT"] as const;

/** The folders that are served, as far as they are known. `absolute` tells where a relative one is. */
export function publicFolders(
  view: SettingsView,
  absolute: (path: string) => string,
): readonly PublicFolder[] {
  const place = (value: Value) => {
    const path = pathIn(value);
    return path === undefined || path === ""
      ? undefined
      : posix.normalize(absolute(path)).replace(/(?<=.)\/$/, "");
  };
  const roots = named.flatMap((setting) => {
    const { value, at, explicit } = view.get(setting);
    const path = explicit ? place(value) : undefined;
    return path === undefined ? [] : [{ setting, path, at }];
  });
  const dirs = view.get("STATICFILES_DIRS");
  const sources = (itemsOf(dirs.value) ?? []).flatMap((entry) => {
    const path = place(folderIn(entry));
    return path === undefined
      ? []
      : [{ setting: "STATICFILES_DIRS" as const, path, at: entry.at ?? dirs.at }];
  });
  return [...roots, ...sources];
}

/** The SQLite database, and the files that LOGGING writes. */
export function privateFiles(view: SettingsView, absolute: (path: string) => string): readonly PrivateFile[] {
  const engine = defaultEngine(view);
  const name = entryOf(entryOf(view.get("DATABASES").value, "default"), "NAME");
  const file = name && pathIn(name);
  const isFile =
    engine.kind === "named" && engine.sqlite && file !== undefined && !/^(?::memory:|file:)?$/.test(file);
  const databases = isFile
    ? [
        {
          what: `the database ${posix.basename(file)}`,
          path: absolute(file),
          at: name?.at ?? view.get("DATABASES").at,
          isDatabase: true,
        },
      ]
    : [];
  const logging = view.get("LOGGING");
  const handlers = entryOf(logging.value, "handlers");
  const logs = (handlers?.kind === "dict" ? [...handlers.entries.values()] : []).flatMap(({ value }) => {
    const named = entryOf(value, "filename");
    const path = named && pathIn(named);
    return path === undefined || path === ""
      ? []
      : [
          {
            what: `the log ${posix.basename(path)}`,
            path: absolute(path),
            at: named?.at ?? logging.at,
            isDatabase: false,
          },
        ];
  });
  return [...databases, ...logs];
}

/** Whether a path lies below a folder, or is it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
