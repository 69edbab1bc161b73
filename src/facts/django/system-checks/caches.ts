import { posix } from "node:path";
import { textOf } from "../../../python/inspect.ts";
import { projectRoot } from "../../../python/machine.ts";
import type { Value } from "../../../python/value.ts";
import { type Answer, all, any, not, unclear, unread } from "./answer.ts";
import type { Given, SystemCheck } from "./check.ts";
import { at, holds, pathIn, some, truthy } from "./values.ts";

// django/core/checks/caches.py and files.py, the same from Django 3.2.25 to 6.1.3, read on 2026-11-20.

export const cacheChecks: readonly SystemCheck[] = [
  { id: "caches.E001", fires: (s) => not(holds("CACHES", s.get("CACHES"), "default")) },
  { id: "caches.W002", fires: isExposed },
  {
    id: "caches.W003",
    fires: (s) => eachFileCache(s, (location) => !posix.isAbsolute(location)),
  },
];

export const fileChecks: readonly SystemCheck[] = [
  {
    id: "files.E001",
    since: "4.0",
    fires: (s) => {
      const value = s.get("FILE_UPLOAD_TEMP_DIR");
      const path = pathIn(value);
      const missing = path === undefined ? unread("FILE_UPLOAD_TEMP_DIR", undefined) : noFolder(s, path);
      return all(
        truthy("FILE_UPLOAD_TEMP_DIR", value),
        value.kind === "opaque" ? unread("FILE_UPLOAD_TEMP_DIR", value) : missing,
      );
    },
  },
];

/** `not os.path.isdir(path)`. A folder that the repository lacks may yet be made by a build, so it is not missing for certain. */
export function noFolder(settings: Given, path: string): Answer {
  return settings.isFolder(settings.absolute(path))
    ? false
    : unclear(`the repository has no folder ${shown(path)}, and a build may make it`);
}

/** Where the project is to live is nobody's business. */
function shown(path: string): string {
  return path.startsWith(`${projectRoot}/`) ? path.slice(projectRoot.length + 1) : path;
}

/** A file cache that lies in what is served, or the other way round. */
function isExposed(settings: Given): Answer {
  return eachFileCache(settings, (location) => {
    const cache = settings.absolute(location);
    const served = ["MEDIA_ROOT", "STATIC_ROOT"].map((name) =>
      near(settings, name, settings.get(name), cache),
    );
    const dirs = settings.get("STATICFILES_DIRS");
    const nearDirs = some("STATICFILES_DIRS", dirs, (entry) =>
      near(settings, "STATICFILES_DIRS", folderIn(entry), cache),
    );
    return any(...served, nearDirs);
  });
}

/** The folder of an entry of STATICFILES_DIRS, which may be a pair of a prefix and a folder. */
export function folderIn(entry: Value): Value {
  const pair = entry.kind === "list" || entry.kind === "tuple" ? entry.items : undefined;
  return pair?.[1] ?? entry;
}

function near(settings: Given, name: string, value: Value, cache: string): Answer {
  const path = pathIn(value);
  if (path === undefined) return value.kind === "opaque" ? unread(name, value) : false;
  if (path === "") return false;
  const folder = settings.absolute(path);
  return folder === cache || isBelow(folder, cache) || isBelow(cache, folder);
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

const fileBased = "django.core.cache.backends.filebased.FileBasedCache";

/** Whether something holds for the LOCATION of some FileBasedCache. */
function eachFileCache(settings: Given, about: (location: string) => Answer): Answer {
  const caches = settings.get("CACHES");
  if (caches.kind === "opaque") return unread("CACHES", caches);
  if (caches.kind !== "dict") return false;
  const answers = [...caches.entries.values()].map(({ value: config }): Answer => {
    const isFile = isFileBased(at(config, "BACKEND"));
    const location = at(config, "LOCATION");
    const path = location && pathIn(location);
    if (path !== undefined) return all(isFile, about(path));
    return all(isFile, location?.kind === "opaque" ? unread("LOCATION in CACHES", location) : false);
  });
  return any(...answers, caches.open ? unread("CACHES", caches.open) : false);
}

/** A backend of somebody else's may be made from Django's; those that are say "file" in their name. */
function isFileBased(backend: Value | undefined): Answer {
  if (backend?.kind === "opaque") return unread("BACKEND in CACHES", backend);
  const name = textOf(backend) ?? "";
  if (name === fileBased) return true;
  if (name.startsWith("django.") || !/file/i.test(name)) return false;
  return unclear(`CACHES names the backend ${name}, which is not imported`);
}
