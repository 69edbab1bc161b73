import { folderOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { findApps } from "./frameworks/find-apps.ts";
import { findNodeServers } from "./frameworks/find-node.ts";
import type { Project } from "./project.ts";

/** Which project of the tree is meant. */
export type Recognition =
  | { readonly kind: "found"; readonly project: Project }
  /** Several, and nothing tells which one deploys. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly Project[] }
  /** `lookedFor` finishes the sentence "looked for …"; `passedOver` are examples and tests that would have been one. */
  | {
      readonly kind: "nothing";
      readonly lookedFor: readonly string[];
      readonly passedOver: readonly string[];
    };

/** Folders of a repository whose projects are there to be read or tested, not deployed. */
const notDeployed = new Set([
  "example",
  "examples",
  "demo",
  "demos",
  "sandbox",
  "test",
  "tests",
  "testing",
  "testproject",
  "test_project",
  "doc",
  "docs",
  "sample",
  "samples",
  "tutorial",
  "templates",
  "fixtures",
  "vendor",
  "third_party",
]);

const requirementFiles = /(^|\/)(requirements[^/]*\.(txt|in)|Pipfile|pyproject\.toml|setup\.(py|cfg))$/;
const procfileLike = /^procfile(\.\w+)?$/i;

/**
 * Finds the project: manage.py first, then wsgi/asgi and settings modules, then Django among the
 * requirements, then an application of Flask, FastAPI or Starlette, then a server of Node, then a Procfile
 * over Python code. One in the root wins over those in subfolders.
 */
export function recognise(
  files: ProjectFiles,
  options: { readonly settings?: string | undefined },
): Recognition {
  const found = [byManagePy, byServerModule, bySettings, byRequirements, byApp, byPackageJson, byProcfile]
    .map((find) => find(files))
    .find((candidates) => candidates.some(deployed));
  const candidates = found?.filter(deployed) ?? [];
  if (candidates.length === 0) {
    const passedOver = files.list.filter((file) => /(^|\/)manage\.py$/.test(file));
    return { kind: "nothing", lookedFor: lookedFor.slice(), passedOver };
  }
  const procfile = candidates.some(({ framework }) => framework === "django") ? [] : byProcfile(files);
  // Of several services without Django, what the root deploys is the project.
  const chosen = choose(files, candidates, options.settings) ?? procfile[0];
  return chosen ? { kind: "found", project: chosen } : { kind: "ambiguous", candidates };
}

const lookedFor = [
  "manage.py",
  "wsgi.py or asgi.py of Django",
  "a Django settings module",
  "Django in requirements.txt, pyproject.toml or Pipfile",
  "an application of Flask, FastAPI or Starlette",
  "package.json of a Node server",
  "a Procfile of a Python project",
];

function choose(
  files: ProjectFiles,
  candidates: readonly Project[],
  settings: string | undefined,
): Project | undefined {
  if (settings !== undefined) {
    const path = settings.replaceAll(".", "/");
    const holding = candidates.filter(({ path: folders }) =>
      folders.some(
        (folder) =>
          files.isFile(under(folder, `${path}.py`)) || files.isFile(under(folder, `${path}/__init__.py`)),
      ),
    );
    // Every candidate has the root on its path, so the most specific folder decides.
    const own = holding.filter(({ folder }) => folder !== "");
    if (own.length === 1) return own[0];
    if (holding.length === 1) return holding[0];
  }
  return (
    candidates.find(({ folder }) => folder === "") ?? (candidates.length === 1 ? candidates[0] : undefined)
  );
}

/** Neither the folder nor the file that it was recognised by lies among examples, tests or templates. */
function deployed({ folder, recognisedBy }: Project): boolean {
  const path = recognisedBy.includes("/") ? folderOf(recognisedBy) : folder;
  return ![...folder.split("/"), ...path.split("/")].some(
    (part) => notDeployed.has(part.toLowerCase()) || part.includes("{{"),
  );
}

function byManagePy(files: ProjectFiles): readonly Project[] {
  return files.list
    .filter((file) => /(^|\/)manage\.py$/.test(file))
    .filter((file) => /django|DJANGO_SETTINGS_MODULE|configurations/.test(files.text(file) ?? ""))
    .map((file) => project(files, "django", folderOf(file), file, file));
}

/** `shop/wsgi.py` that asks Django for its application; the project is the folder that holds the package. */
function byServerModule(files: ProjectFiles): readonly Project[] {
  return onePerFolder(
    files.list
      .filter((file) => /(^|\/)(wsgi|asgi)\.py$/.test(file))
      .filter((file) => /django\.core\.(wsgi|asgi)|configurations\.(wsgi|asgi)/.test(files.text(file) ?? ""))
      .map((file) => project(files, "django", folderOf(folderOf(file)), file, undefined)),
  );
}

function bySettings(files: ProjectFiles): readonly Project[] {
  return onePerFolder(
    files.list
      .filter((file) => /(^|\/)settings(\.py|\/[^/]+\.py)$/.test(file))
      .filter((file) => /^[^\S\n]*(INSTALLED_APPS|ROOT_URLCONF)\s*[:=+]/m.test(files.text(file) ?? ""))
      .map((file) => {
        const module = file.replace(/\/[^/]+$/, (last) => (file.includes("/settings/") ? "" : last));
        return project(files, "django", folderOf(folderOf(module)), file, undefined);
      }),
  );
}

function byRequirements(files: ProjectFiles): readonly Project[] {
  const naming = files.list
    .filter((file) => requirementFiles.test(file) && !file.includes("/"))
    .find((file) => /(^|["'\s])django\s*([<>=~!;[,"']|$)/im.test(files.text(file) ?? ""));
  return naming ? [project(files, "django", "", `Django in ${naming}`, undefined)] : [];
}

/** A module that makes an application; the project is the folder around it that is installed or deployed. */
function byApp(files: ProjectFiles): readonly Project[] {
  return onePerFolder(
    findApps(files)
      .filter(({ file }) => !file.split("/").some((part) => notDeployed.has(part.toLowerCase())))
      .map(({ framework, file }) => project(files, framework, deployedFolder(files, file), file, undefined))
      // Of several in one folder the first is the one that people look for.
      .reverse(),
  );
}

const installs =
  /^(?:requirements[^/]*\.(?:txt|in)|Pipfile|pyproject\.toml|setup\.(?:py|cfg)|Procfile|Dockerfile)$/;

function deployedFolder(files: ProjectFiles, file: string): string {
  for (let folder = folderOf(file); folder !== ""; folder = folderOf(folder)) {
    if (files.children(folder).some((path) => installs.test(path.slice(folder.length + 1)))) return folder;
  }
  return "";
}

/** A server of Node's. A package.json that only builds a front end makes no project. */
function byPackageJson(files: ProjectFiles): readonly Project[] {
  return findNodeServers(files).map((file) => project(files, "node", folderOf(file), file, undefined));
}

/** A Procfile is a wish to deploy; with Python beside it, the checks that do not need Django apply. */
function byProcfile(files: ProjectFiles): readonly Project[] {
  const procfile = files.children("").find((name) => procfileLike.test(name));
  const python = files.list.some(
    (file) => requirementFiles.test(file) || (!file.includes("/") && file.endsWith(".py")),
  );
  return procfile && python ? [project(files, "python", "", procfile, undefined)] : [];
}

function project(
  files: ProjectFiles,
  framework: Project["framework"],
  folder: string,
  recognisedBy: string,
  managePy: string | undefined,
): Project {
  return { framework, folder, recognisedBy, managePy, path: sysPath(files, folder) };
}

/** The project's folder, its `src` if packages live there, and the root, where repository-level scripts start. */
function sysPath(files: ProjectFiles, folder: string): readonly string[] {
  const source = under(folder, "src");
  const packages = files.isFolder(source) && !files.isFile(`${source}/__init__.py`);
  return [...new Set([folder, ...(packages ? [source] : []), ""])];
}

function onePerFolder(projects: readonly Project[]): readonly Project[] {
  return [...new Map(projects.map((each) => [each.folder, each])).values()];
}

function under(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
