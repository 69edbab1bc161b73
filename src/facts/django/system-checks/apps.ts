import { textOf } from "../../../python/inspect.ts";
import type { Value } from "../../../python/value.ts";
import { type Answer, all, any, not, unclear, unread } from "./answer.ts";
import { folderIn, noFolder } from "./caches.ts";
import type { Given, SystemCheck } from "./check.ts";
import { holds, isNone, isOne, pathIn, some } from "./values.ts";

// The checks that an installed app brings: django/contrib/{staticfiles,sites}/{apps,checks}.py and
// staticfiles/finders.py of Django 3.2.25 to 6.1.3, read on 2026-11-20. Those of the admin and of auth are not
// here: they ask whether classes are made from others, so they import every middleware and backend.

/** Whether an app is installed, by its name or by one of Django's own configurations of it. */
function installed(settings: Given, app: string): Answer {
  return some("INSTALLED_APPS", settings.get("INSTALLED_APPS"), (entry) => {
    const name = textOf(entry);
    if (name === undefined)
      return entry.kind === "opaque" ? unread("an entry of INSTALLED_APPS", entry) : false;
    if (name === app || name.startsWith(`${app}.apps.`)) return true;
    // A configuration of the project's own can be of Django's app: `shop.apps.ShopAdminConfig`.
    const word = app.split(".").at(-1) ?? app;
    const mayBe = !name.startsWith("django.") && new RegExp(`\\.\\w*${word}\\w*Config$`, "i").test(name);
    return mayBe ? unclear(`INSTALLED_APPS names ${name}, which is not imported`) : false;
  });
}

const staticFiles = (s: Given): Answer => installed(s, "django.contrib.staticfiles");

const byFinder = (s: Given): Answer =>
  all(
    staticFiles(s),
    holds(
      "STATICFILES_FINDERS",
      s.get("STATICFILES_FINDERS"),
      "django.contrib.staticfiles.finders.FileSystemFinder",
    ),
  );

const isList = (s: Given): Answer => isOne("STATICFILES_DIRS", s.get("STATICFILES_DIRS"), "list", "tuple");

const someDir = (s: Given, about: (entry: Value) => Answer): Answer =>
  all(byFinder(s), isList(s), some("STATICFILES_DIRS", s.get("STATICFILES_DIRS"), about));

export const staticFilesChecks: readonly SystemCheck[] = [
  { id: "staticfiles.E001", fires: (s) => all(byFinder(s), not(isList(s))) },
  {
    id: "staticfiles.E002",
    fires: (s) => {
      const root = s.get("STATIC_ROOT");
      const path = pathIn(root);
      return someDir(s, (entry) => {
        if (root.kind === "opaque") return unread("STATIC_ROOT", root);
        return path ? onFolder(entry, (folder) => s.absolute(folder) === s.absolute(path)) : false;
      });
    },
  },
  {
    id: "staticfiles.E003",
    fires: (s) =>
      someDir(s, (entry) => {
        const [prefix] = entry.kind === "list" || entry.kind === "tuple" ? entry.items : [];
        if (prefix?.kind === "opaque") return unread("a prefix in STATICFILES_DIRS", prefix);
        return textOf(prefix)?.endsWith("/") ?? false;
      }),
  },
  {
    id: "staticfiles.W004",
    since: "4.0",
    fires: (s) => someDir(s, (entry) => onFolder(entry, (folder) => noFolder(s, folder))),
  },
  {
    id: "staticfiles.E005",
    since: "5.0",
    fires: (s) => all(staticFiles(s), not(holds("STORAGES", s.get("STORAGES"), "staticfiles"))),
  },
];

function onFolder(entry: Value, about: (path: string) => Answer): Answer {
  const folder = folderIn(entry);
  const path = pathIn(folder);
  if (path !== undefined) return about(path);
  return folder.kind === "opaque" ? unread("an entry of STATICFILES_DIRS", folder) : false;
}

export const siteChecks: readonly SystemCheck[] = [
  {
    id: "sites.E101",
    fires: (s) => {
      const id = s.get("SITE_ID");
      const bad = not(any(isNone("SITE_ID", id), isOne("SITE_ID", id, "int", "bool")));
      return all(s.explicit("SITE_ID"), installed(s, "django.contrib.sites"), bad);
    },
  },
];
