import { posix } from "node:path";
import type { ProjectFiles } from "../../files/project-files.ts";
import { itemsOf, textOf, textsIn } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import type { DeployStep } from "../deploy-steps.ts";
import type { InstalledApps } from "./app-folders.ts";
import type { SettingsView } from "./settings.ts";
import { isOpen } from "./static-files.ts";
import { folderIn } from "./system-checks/caches.ts";
import { pathIn } from "./system-checks/values.ts";

/** A folder that finders look in. */
export interface FinderSource {
  /** From the repository root. */
  readonly folder: string;
  /** What stands in front of the names of its files: "vendor/"; "" for nothing. */
  readonly prefix: string;
}

/** What is found under a name. `other-case`: a file whose name differs only by case. `unseen`: it may be somewhere we cannot look. */
export type Found =
  | { readonly kind: "found" }
  | { readonly kind: "other-case"; readonly path: string }
  | { readonly kind: "absent" }
  | { readonly kind: "unseen"; readonly because: string };

interface FinderContext {
  readonly view: SettingsView;
  readonly files: ProjectFiles;
  readonly apps: InstalledApps;
  readonly steps: readonly DeployStep[];
  absolute(path: string): string;
  ignores(path: string): boolean;
}

/**
 * The name that is looked up in the manifest for one that a template writes: `ManifestFilesMixin.stored_name`
 * (django/contrib/staticfiles/storage.py, 5.2). Undefined where nothing is looked up.
 */
export function staticName(written: string): string | undefined {
  const [path = ""] = written.split("#");
  const [clean = ""] = path.split("?");
  if (clean.endsWith("/")) return undefined;
  try {
    return decodeURIComponent(clean).trim().replaceAll("\\", "/");
  } catch {
    return undefined;
  }
}

/** Django's finders, as far as they look into the project. https://docs.djangoproject.com/en/stable/ref/settings/#staticfiles-finders */
export function finders(context: FinderContext): {
  readonly sources: readonly FinderSource[];
  find(name: string): Found;
} {
  const { view, files, apps, absolute, ignores } = context;
  const dirs = view.get("STATICFILES_DIRS").value;
  const named = (itemsOf(dirs) ?? []).map((entry) => sourceOf(entry, absolute));
  const inApps = apps.folders.map((folder) => ({ folder: posix.join(folder, "static"), prefix: "" }));
  const sources = [...named.filter((source) => source !== undefined), ...inApps];
  const folders = sources.filter(({ prefix }) => prefix === "").map(({ folder }) => folder);
  const places = (name: string) =>
    sources
      .filter(({ prefix }) => name.startsWith(prefix))
      .map(({ folder, prefix }) => posix.join(folder, name.slice(prefix.length)));
  let hidden: string | undefined | null = null;
  const whyHidden = () => {
    if (hidden === null)
      hidden = named.includes(undefined) || isOpen(dirs) ? unknownFolder : elsewhere(context);
    return hidden;
  };

  return { sources, find };

  function find(written: string): Found {
    const name = staticName(written);
    if (name === undefined) return { kind: "found" };
    // Names in the manifest are as the finders list them: none begins with a slash, or has an empty step or dots.
    if (name === "" || posix.normalize(name) !== name || /^(?:\/|\.\.)/.test(name)) return { kind: "absent" };
    if (places(name).some((path) => files.isFile(path))) return { kind: "found" };
    const other = caseMatch(files, folders, name);
    if (other !== undefined) return { kind: "other-case", path: other };
    const because = mayBe(name) ?? whyHidden();
    return because === undefined ? { kind: "absent" } : { kind: "unseen", because };
  }

  /** Why this file may be there all the same. */
  function mayBe(name: string): string | undefined {
    const [top = ""] = name.split("/");
    const ours = name.includes("/")
      ? folders.some((folder) => files.isFolder(posix.join(folder, top)))
      : folders.length > 0;
    if (/^(?:admin|gis)$/.test(top)) return "Django's own apps have files of their own";
    if (apps.foreign.length > 0 && !ours) return "an installed package may have it";
    if (apps.foreign.some((app) => namedAlike(app, name))) return "an installed package may have it";
    if (places(name).some((path) => ignores(path) || files.isIgnored(path) || isIgnoredAbove(path)))
      return "git ignores it, so that something makes it";
    if (files.list.some((path) => path.endsWith(`/static/${name}`))) return "an app that is not known has it";
    return undefined;
  }

  function isIgnoredAbove(path: string): boolean {
    const parts = path.split("/");
    return parts.some((_, at) => at > 0 && files.isIgnored(parts.slice(0, at).join("/")));
  }
}

const unknownFolder = "STATICFILES_DIRS names a folder that is not in the repository";

function sourceOf(
  entry: Parameters<typeof folderIn>[0],
  absolute: (path: string) => string,
): FinderSource | undefined {
  const path = pathIn(folderIn(entry));
  if (path === undefined || path === "") return undefined;
  const full = posix.normalize(absolute(path)).replace(/\/$/, "");
  const pair = entry.kind === "list" || entry.kind === "tuple" ? textOf(entry.items[0]) : undefined;
  const prefix = pair === undefined || pair === "" ? "" : `${pair}/`;
  if (full === projectRoot) return { folder: "", prefix };
  return full.startsWith(`${projectRoot}/`)
    ? { folder: full.slice(projectRoot.length + 1), prefix }
    : undefined;
}

const known =
  /^(?:django\.contrib\.staticfiles\.finders\.(?:FileSystemFinder|AppDirectoriesFinder)|compressor\.finders\.CompressorFinder)$/;

/** Apps, and words of commands, that make static files. */
const makers =
  /^(?:tailwind|theme|sass_processor|compressor|pipeline|django_vite|webpack_loader|webpack_boilerplate|djangobower|django_node_assets|static_precompiler|django_libsass|js_urls|django_js_reverse|django_browser_reload|django_components|django_cotton|jsi18n|statici18n|npm|django_yarnpkg|pwa|djangobower|bootstrap_customizer|sass|django_sass|dart_sass|django_tailwind_cli|slippers|svelte|react)(?:\.|$)/;
const making =
  /^(?:npm|npx|yarn|pnpm|bun|node|gulp|grunt|webpack|vite|sass|lessc|tailwindcss|esbuild|rollup|parcel|make|just|curl|wget|tar|unzip|git|svn|aws|gsutil|rsync|cp|mv)$/;
const buildFiles =
  /^(?:[^/]+\/){0,3}(?:package\.json|bower\.json|gulpfile\.\w+|Gruntfile\.\w+|webpack[\w.]*\.js|vite\.config\.\w+|rollup\.config\.\w+|tailwind\.config\.\w+|\.gitmodules|elm\.json|shadow-cljs\.edn|deno\.jsonc?|importmap\.json)$/;

/** Why any file may be made or brought by what is not to be seen. */
function elsewhere({ view, files, apps, steps }: FinderContext): string | undefined {
  if (apps.open) return "INSTALLED_APPS is only partly known";
  const setting = view.get("STATICFILES_FINDERS");
  if (isOpen(setting.value) || textsIn(setting.value).some((name) => !known.test(name)))
    return "STATICFILES_FINDERS names a finder of another package";
  const app = apps.foreign.find((name) => makers.test(name));
  if (app !== undefined) return `${app} makes static files`;
  const build = files.list.find((path) => buildFiles.test(path));
  if (build !== undefined) return `what ${build} names may make it`;
  const step = steps.find(({ launch }) => making.test(launch.program) || isMaking(launch));
  return step === undefined ? undefined : `${step.launch.program} may make it (${step.launch.at.file})`;
}

/** A command of the project's own that is named for what it makes: `manage.py build_css`, `python tools/bundle.py`. */
function isMaking({ program, args }: DeployStep["launch"]): boolean {
  if (!/^(?:manage\.py|django-admin|python[\d.]*)$/.test(program)) return false;
  const named = args.find(({ text }) => !text.startsWith("-"))?.text ?? "";
  return /(?:^|[\W_\d])(?:assets?|css|s[ac]ss|less|js|webpack|vite|tailwind|vendor|bundles?|minify|compress|sprites?|icons?|favicons?|fonts?)(?=[\W_\d]|$)/i.test(
    named,
  );
}

/** A package that brings a library of scripts or styles is named for it: `django_jquery`, `bootstrap4`. */
function namedAlike(app: string, name: string): boolean {
  const words = app
    .toLowerCase()
    .split(/[._\d]|django/)
    .filter((word) => word.length > 3);
  return words.some((word) => name.toLowerCase().includes(word)) || /static|theme|assets|vendor/.test(app);
}

/** The file below one of these folders whose name differs by case only. */
export function caseMatch(files: ProjectFiles, folders: readonly string[], name: string): string | undefined {
  for (const folder of folders) {
    let place = folder;
    let found = true;
    for (const part of name.split("/")) {
      const child = files
        .children(place)
        .find((path) => path.slice(place === "" ? 0 : place.length + 1).toLowerCase() === part.toLowerCase());
      if (child === undefined) {
        found = false;
        break;
      }
      place = child;
    }
    if (found && files.isFile(place)) return place;
  }
  return undefined;
}
