import { posix } from "node:path";
import { type Location, locator } from "../location.ts";
import { textOf } from "../python/inspect.ts";
import { projectRoot } from "../python/machine.ts";
import { defineFact, missing } from "./define.ts";
import { installedApps } from "./django/app-folders.ts";
import { type CollectedFile, collectedTexts } from "./django/collected-files.ts";
import type { FinderSource } from "./django/finders.ts";
import { hashedReferences, type ReferenceTarget, targetOf } from "./django/hashed-references.ts";
import type { SettingsView } from "./django/settings.ts";
import { pathIn } from "./django/system-checks/values.ts";
import type { ImageFile } from "./image-file.ts";

/** What the style sheets and scripts that collectstatic copies refer to. */
export interface StaticFileReferences {
  /**
   * What a storage that hashes names looks up and does not find, in the order of the files, which are read when
   * this is asked for.
   *
   * @param storage whether it has `support_js_module_import_aggregation`
   */
  missing(storage: { readonly modules: boolean }): readonly MissingTarget[];
}

/** A file that is not there. */
export interface MissingTarget {
  /** What it would be called among the collected files: "img/logo.png". */
  readonly name: string;
  /** `outside`: above the folder of the collected files, where the storage refuses to look. */
  readonly kind: "absent" | "outside" | "other-case";
  /** The file whose name differs by case only; else where it would lie beside what refers to it. */
  readonly path: string | undefined;
  /** What refers to it: one place of each file. */
  readonly referrers: readonly Referrer[];
}

export interface Referrer {
  readonly url: string;
  readonly at: Location;
  readonly isSourceMap: boolean;
}

/** What is larger was not written by hand, and takes long to search. */
const longest = 2_000_000;

export const staticFileReferences = defineFact<
  "staticFileReferences",
  "project" | "settings" | "systemChecks" | "staticReferences" | "deploySteps" | "imageFile" | "repository"
>({
  wants: [
    "project",
    "settings",
    "systemChecks",
    "staticReferences",
    "deploySteps",
    "imageFile",
    "repository",
  ],
  read({ files }, facts) {
    const { project, settings, systemChecks, staticReferences, deploySteps, imageFile, repository } = facts;
    if (!settings || !systemChecks || !staticReferences)
      return missing("the settings of production are not known");
    const { sources, find } = staticReferences;
    const collected = () =>
      collectedTexts({
        view: settings,
        files,
        apps: installedApps(settings, files, project?.path ?? [""]),
        sources,
        launches: (deploySteps?.of("collectstatic") ?? []).map(({ launch }) => launch),
        staysBehind: (path) =>
          (imageFile?.ignoreFile.keepsOut(path) ?? false) ||
          (files.tracked?.has(path) === false && (repository?.ignores(path) ?? false)),
      });
    const written = pathIn(settings.get("STATIC_ROOT").value);
    const root = written ? posix.resolve(systemChecks.absolute(written)) : undefined;
    /** A folder, or what is left over in STATIC_ROOT. */
    const isThere = (name: string) =>
      (root !== undefined && files.isFile(posix.relative(projectRoot, posix.join(root, name)))) ||
      sources.some((source) => {
        const path = inSource(source, name);
        return path !== undefined && files.isFolder(path);
      });
    const lookUp = (
      target: ReferenceTarget,
      from: CollectedFile,
    ): Omit<MissingTarget, "referrers"> | undefined => {
      const name = target.kind === "none" ? undefined : nameBelow(root, target);
      if (target.kind === "none" || name === undefined)
        return target.kind === "outside" && root !== undefined
          ? { name: target.name, kind: target.kind, path: undefined }
          : undefined;
      // A template may write a name in the coding of addresses; this one is decoded.
      const found = find(name.replaceAll("%", "%25"));
      if (found.kind === "other-case") return { ...found, name };
      if (found.kind !== "absent" || isBrought || isThere(name)) return undefined;
      return { name, kind: found.kind, path: beside(from, name) };
    };
    const isBrought = imageFile !== undefined && bringsFiles(imageFile);
    const url = staticUrl(settings);
    return {
      missing({ modules }) {
        const { djangoVersion } = settings;
        const all = new Map<string, MissingTarget & { readonly referrers: Referrer[] }>();
        for (const file of collected()) {
          const text = files.text(file.path);
          if (text === undefined || text.length > longest) continue;
          const seen = new Set<string>();
          let place: ReturnType<typeof locator> | undefined;
          for (const reference of hashedReferences(file.path, text, { djangoVersion, modules })) {
            const looked = lookUp(targetOf(reference.url, file.name, url), file);
            if (looked === undefined || seen.has(looked.name)) continue;
            seen.add(looked.name);
            place ??= locator(file.path, text);
            const { url: written, isSourceMap, start, end } = reference;
            const target = all.get(looked.name) ?? { ...looked, referrers: [] };
            target.referrers.push({ url: written, isSourceMap, at: place(start, end) });
            all.set(looked.name, target);
          }
        }
        return [...all.values()];
      },
    };
  },
});

/** Whether the image gets static files from elsewhere: another stage or image, an address, an archive. */
function bringsFiles({ final, stages }: ImageFile): boolean {
  return (
    (final?.takes.some(({ paths }) =>
      paths.some((path) => /static|assets|dist|build|public|vendor/i.test(path)),
    ) ??
      false) ||
    stages.some(({ copies }) =>
      copies.some(({ sources }) => sources.some((one) => /^(?:https?|git):|\.(?:zip|tar|tgz)\b/i.test(one))),
    )
  );
}

function inSource({ folder, prefix }: FinderSource, name: string): string | undefined {
  return name.startsWith(prefix) ? posix.join(folder, name.slice(prefix.length)) : undefined;
}

/** In the folder that has the file which refers to it. */
function beside({ path, name }: CollectedFile, target: string): string | undefined {
  return path.endsWith(name) ? `${path.slice(0, path.length - name.length)}${target}` : undefined;
}

/** STATIC_URL as Django gives it: a relative one gets a slash in front (`LazySettings._add_script_prefix`). */
function staticUrl(settings: SettingsView): string | undefined {
  const url = textOf(settings.get("STATIC_URL").value);
  if (url === undefined || url === "" || /^(?:\/|https?:\/\/)/.test(url)) return url;
  return settings.get("FORCE_SCRIPT_NAME").explicit ? undefined : `/${url}`;
}

/** The name below STATIC_ROOT, into which `../static/img` leads back where it is called static. */
function nameBelow(
  root: string | undefined,
  { kind, name }: Exclude<ReferenceTarget, { readonly kind: "none" }>,
): string | undefined {
  if (kind === "file") return name;
  const path = posix.resolve(root ?? "/", name);
  return root !== undefined && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}
