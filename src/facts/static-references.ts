import { posix } from "node:path";
import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, locator } from "../location.ts";
import { projectRoot } from "../python/machine.ts";
import { defineFact, missing } from "./define.ts";
import { installedApps } from "./django/app-folders.ts";
import { type FinderSource, type Found, finders } from "./django/finders.ts";
import { pathIn } from "./django/system-checks/values.ts";
import { templateFolders } from "./templates/template-folders.ts";
import { literalArgument, type TemplateTag, templateTags } from "./templates/template-tags.ts";

/** What the project's templates ask for, and what Django finds for it. */
export interface StaticReferences {
  /** Literal `{% static "…" %}` in the templates that Django finds. */
  readonly statics: readonly TemplateReference[];
  /** Literal `{% extends "…" %}` and `{% include "…" %}`. */
  readonly templates: readonly TemplateReference[];
  /** Addresses in `src` and `href` that begin with a slash, in templates with tags of Django's. */
  readonly addresses: readonly TemplateReference[];
  /** What collectstatic finds for the name in `{% static %}`. */
  find(name: string): Found;
  /** What the template loaders find. */
  template(name: string): Found;
  /** The name under which something loads a template of the project, where the project's own files name it. */
  isLoaded(path: string): boolean;
  /** Where finders look, as far as it lies in the project. */
  readonly sources: readonly FinderSource[];
  /** What of STATIC_ROOT is in the repository. */
  readonly collected: { readonly files: number; readonly manifest: boolean };
}

/** A name or address in a template. */
export interface TemplateReference {
  readonly name: string;
  readonly at: Location;
  /** The tests of the `{% if %}`s that it stands in. */
  readonly within: readonly string[];
}

/** Nobody writes longer templates. */
const longest = 300_000;

export const staticReferences = defineFact<
  "staticReferences",
  "project" | "settings" | "systemChecks" | "repository" | "deploySteps"
>({
  wants: ["project", "settings", "systemChecks", "repository", "deploySteps"],
  read({ files }, { project, settings, systemChecks, repository, deploySteps }) {
    if (!settings || !systemChecks) return missing("the settings of production are not known");
    const path = project?.path ?? [""];
    const apps = installedApps(settings, files, path);
    const context = { view: settings, files, apps, absolute: systemChecks.absolute };
    const { sources, find } = finders({
      ...context,
      ignores: (one) => repository?.ignores(one) ?? false,
      steps: deploySteps?.all ?? [],
    });
    const loaders = templateFolders(context);
    let read: TemplateRead | undefined;
    const templates = () => {
      read ??= readTemplates(files, loaders.folders);
      return read;
    };
    let named: ReadonlySet<string> | undefined;
    return {
      get statics() {
        return templates().statics;
      },
      get templates() {
        return templates().templates;
      },
      get addresses() {
        return templates().addresses;
      },
      find,
      template: loaders.find,
      isLoaded(file) {
        named ??= namedIn(files);
        const names = loaders.folders
          .filter((folder) => file.startsWith(`${folder}/`))
          .map((folder) => file.slice(folder.length + 1));
        return names.some((name) => byConvention.test(name) || named?.has(name));
      },
      sources,
      collected: collectedIn(files, systemChecks.absolute(pathIn(settings.get("STATIC_ROOT").value) ?? "")),
    };
  },
});

interface TemplateRead {
  readonly statics: readonly TemplateReference[];
  readonly templates: readonly TemplateReference[];
  readonly addresses: readonly TemplateReference[];
}

function readTemplates(files: ProjectFiles, folders: readonly string[]): TemplateRead {
  const statics: TemplateReference[] = [];
  const templates: TemplateReference[] = [];
  const addresses: TemplateReference[] = [];
  for (const path of files.list) {
    if (!/\.(?:html?|djhtml|xhtml|xml|svg|txt)$/i.test(path)) continue;
    if (!folders.some((folder) => folder === "" || path.startsWith(`${folder}/`))) continue;
    const text = files.text(path);
    if (text === undefined || text.length > longest || !/\{%|\{\{/.test(text)) continue;
    const tags = /\{%\s*(?:static|extends|include)\b/.test(text) ? templateTags(path, text) : [];
    // A library of somebody else's may have a tag of the same name.
    const others = tags.some(
      ({ name, content }) =>
        name === "load" &&
        /\bstatic\b.{0,300}\bfrom\s+(?!static$|staticfiles$|admin_static$)\w/.test(content),
    );
    for (const each of tags) {
      const name = literalArgument(each.name === "include" ? withoutContext(each) : each.content);
      if (name === undefined) continue;
      if (each.name === "static" && !others) statics.push({ ...each, name });
      else if (each.name === "extends" || each.name === "include") templates.push({ ...each, name });
    }
    const place = locator(path, text);
    for (const match of text.matchAll(/\s(?:src|href)=(["'])(\/(?!\/)[^"'{}\s]+)\1/g)) {
      const [whole, , name = ""] = match;
      addresses.push({ name, at: place(match.index + 1, match.index + whole.length), within: [] });
    }
  }
  return { statics, templates, addresses };
}

/** `{% include "x.html" with a=1 only %}` */
function withoutContext({ content }: TemplateTag): string {
  return content.replace(/(?<!\s)\s+(?:with\s.*|only)$/, "");
}

/** Templates that Django and its generic views load by a name that nobody writes. */
const byConvention =
  /^(?:40[034]|500|base_site)\.html$|^(?:admin|registration|account|socialaccount|allauth|rest_framework|django|flatpages|wagtailadmin)\/|_(?:list|detail|form|confirm_delete|archive\w*)\.html$/;

/** Names of templates that Python and templates write out. */
function namedIn(files: ProjectFiles): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of files.list) {
    if (!/\.(?:py|html?|djhtml|xml|txt)$/i.test(path)) continue;
    const text = files.text(path);
    if (text === undefined || text.length > longest) continue;
    for (const [, name = ""] of text.matchAll(/["']([\w./-]+\.(?:html?|djhtml|xhtml|xml|svg|txt))["']/g))
      names.add(name);
  }
  return names;
}

function collectedIn(files: ProjectFiles, root: string): StaticReferences["collected"] {
  const nothing = { files: 0, manifest: false };
  if (!root.startsWith(`${projectRoot}/`)) return nothing;
  const folder = posix.normalize(root.slice(projectRoot.length + 1)).replace(/\/$/, "");
  if (folder === "" || folder === ".") return nothing;
  return {
    files: files.list.filter((path) => path.startsWith(`${folder}/`) && !/\/\.\w+$/.test(path)).length,
    manifest: files.isFile(`${folder}/staticfiles.json`),
  };
}
