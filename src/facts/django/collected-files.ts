import { posix } from "node:path";
import type { ProjectFiles } from "../../files/project-files.ts";
import type { Launch } from "../../platforms/commands/launch.ts";
import { textsIn } from "../../python/inspect.ts";
import type { InstalledApps } from "./app-folders.ts";
import type { FinderSource } from "./finders.ts";
import type { SettingsView } from "./settings.ts";

/** A file of the project that collectstatic copies. */
export interface CollectedFile {
  readonly path: string;
  /** What it is called among the collected: "css/site.css". */
  readonly name: string;
}

interface Collection {
  readonly view: SettingsView;
  readonly files: ProjectFiles;
  readonly apps: InstalledApps;
  /** As `finders` gives them: the folders of STATICFILES_DIRS, then those of the apps. */
  readonly sources: readonly FinderSource[];
  /** The commands that collect. */
  readonly launches: readonly Launch[];
  /** Whether a file does not get to where files are collected. */
  staysBehind(path: string): boolean;
}

/**
 * The project's style sheets and scripts that collectstatic copies: of two with one name the first that a finder
 * lists, and without what it is told to ignore.
 */
export function collectedTexts(collection: Collection): readonly CollectedFile[] {
  const { files, apps, staysBehind } = collection;
  const isLeftOut = ignoring(collection.launches);
  const places = inOrder(collection);
  const found = new Map<string, CollectedFile & { readonly rank: number }>();
  for (const path of files.list) {
    if (!/\.(?:css|js)$/.test(path)) continue;
    for (const [rank, { folder, prefix, isOfApp }] of places.entries()) {
      if (folder !== "" && !path.startsWith(`${folder}/`)) continue;
      const relative = folder === "" ? path : path.slice(folder.length + 1);
      const name = prefix + relative;
      if (isLeftOut(relative) || staysBehind(path) || (isOfApp && isOthers(name, apps))) continue;
      if (rank < (found.get(name)?.rank ?? Number.POSITIVE_INFINITY)) found.set(name, { path, name, rank });
    }
  }
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The folders as the finders come to them. */
function inOrder({
  view,
  apps,
  sources,
}: Collection): readonly (FinderSource & { readonly isOfApp: boolean })[] {
  const first = sources.length - apps.folders.length;
  const placed = sources.map((source, at) => ({ ...source, isOfApp: at >= first }));
  const setting = view.get("STATICFILES_FINDERS");
  if (!setting.explicit) return placed;
  return textsIn(setting.value).flatMap((name) =>
    placed.filter(({ isOfApp }) => name.endsWith(isOfApp ? ".AppDirectoriesFinder" : ".FileSystemFinder")),
  );
}

/** A file that an app lays over one of another app, which may come first. */
function isOthers(name: string, { foreign }: InstalledApps): boolean {
  const [top = ""] = name.split("/");
  return /^(?:admin|gis)$/.test(top) || foreign.some((app) => app.split(".").includes(top));
}

/** `--ignore`, and what collectstatic leaves out by itself: django/contrib/staticfiles/utils.py, `get_files`. */
function ignoring(launches: readonly Launch[]): (path: string) => boolean {
  const given = launches.flatMap(({ args }) =>
    args.flatMap(({ text }, at) => {
      const [, short, long] = /^(?:-i(.*)|--ignore(?:=(.*))?)$/s.exec(text) ?? [];
      return short === undefined && long === undefined && !/^(?:-i|--ignore)$/.test(text)
        ? []
        : ((short || long || args[at + 1]?.text) ?? []);
    }),
  );
  const patterns = ["CVS", ".*", "*~", ...given].map((pattern) => globbed(posix.normalize(pattern)));
  const fits = (name: string) => patterns.some((pattern) => pattern.test(name));
  return (path) => fits(path) || path.split("/").some(fits);
}

/** `fnmatch.fnmatchcase` */
function globbed(pattern: string): RegExp {
  const source = pattern.replaceAll(/\[(!?)([^\]]{1,200})\]|[*?]|[\\^$.|+()[\]{}]/g, (whole, not, set) => {
    if (whole === "*") return ".*";
    if (whole === "?") return ".";
    return set === undefined
      ? `\\${whole}`
      : `[${not === "!" ? "^" : ""}${set.replaceAll(/[\\\]^]/g, "\\$&")}]`;
  });
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    // A range that runs backwards, which fits nothing.
    return /(?!)/;
  }
}
