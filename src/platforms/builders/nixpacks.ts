import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator, startOf } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";
import { readToml } from "../manifests/tree-toml.ts";
import { inside } from "../read-manifest.ts";
import type { PackageRules, ProcfileRules, PythonRules, PythonSource } from "../rules.ts";
import { type DefaultStart, firstProvider, type Provider } from "./railpack.ts";

/*
 * What Nixpacks does with a Python project. Every rule is from railwayapp/nixpacks @f51d7fd (2025-08-04),
 * src/providers/python.rs and src/providers/procfile.rs; deviations that look like mistakes are the source's own.
 */

const fileSources: readonly PythonSource[] = [".python-version", "runtime.txt", "Pipfile", ".tool-versions"];

/** get_nix_python_package. */
export const nixpacksPython: PythonRules = {
  sources: ["manifest", ...fileSources, "$NIXPACKS_PYTHON_VERSION"],
  grammar: "nixpacks",
  // The python3 of the packages that Nixpacks is pinned to (PYTHON_NIXPKGS_ARCHIVE).
  fallback: "Python 3.12",
  fallbackVersion: "3.12",
  supported: ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "2.7"],
  misspellings: [],
  unreadable: "falls-back",
};

/** A chain of `else if` lets every file but `.python-version` win over the variable, where that is set. */
const withVariable: PythonRules = {
  ...nixpacksPython,
  sources: ["manifest", ...fileSources.slice(1), "$NIXPACKS_PYTHON_VERSION", ".python-version"],
};

/** The rules where the configuration declares these variables. */
export function nixpacksPythonWith(
  env: readonly { readonly name: string }[],
  given: ReadonlyMap<string, string> = new Map(),
): PythonRules {
  const variable = "NIXPACKS_PYTHON_VERSION";
  const isSet = given.has(variable) || env.some(({ name }) => name === variable);
  return isSet ? withVariable : nixpacksPython;
}

/** PackageManager::from_env: what NIXPACKS_PYTHON_PACKAGE_MANAGER may name, and the file that this installs from. */
const specified: Readonly<Record<string, string | undefined>> = {
  requirements: "requirements.txt",
  setuptools: "pyproject.toml",
  poetry: "poetry.lock",
  pdm: "pdm.lock",
  uv: "uv.lock",
  pipenv: "Pipfile.lock",
  skip: "",
};

/** The rules where the package manager is named outside the repository. */
export function nixpacksPackagesWith(given: ReadonlyMap<string, string> = new Map()): PackageRules {
  const file = specified[given.get("NIXPACKS_PYTHON_PACKAGE_MANAGER")?.toLowerCase() ?? ""];
  if (file === undefined) return nixpacksPackages;
  return { ...nixpacksPackages, sources: nixpacksPackages.sources.filter((source) => source.file === file) };
}

/** PackageManager::resolve. */
export const nixpacksPackages: PackageRules = {
  sources: [
    { file: "requirements.txt", install: "pip install -r requirements.txt" },
    {
      file: "poetry.lock",
      with: "pyproject.toml",
      install: "poetry install --no-dev --no-interaction --no-ansi",
    },
    { file: "pdm.lock", with: "pyproject.toml", install: "pdm install --prod" },
    { file: "uv.lock", with: "pyproject.toml", install: "uv sync --no-dev --frozen" },
    { file: "pyproject.toml", install: "pip install ." },
    { file: "Pipfile.lock", with: "Pipfile", install: "pipenv install --deploy" },
    { file: "Pipfile", install: "pipenv install --skip-lock" },
  ],
  several: "first",
  none: "installs-nothing",
};

/** `release` becomes a phase of the build, behind the others; without web and worker the first name counts. */
export const nixpacksProcfile: ProcfileRules = {
  syntax: "yaml",
  names: /^.+$/,
  duplicates: "last",
  invalidLine: "fails",
  serves: ["web", "worker", "*"],
  release: { name: "release", phase: "build" },
};

/** default_python_environment_variables: set in the build and in the image. */
export const nixpacksVariables: Readonly<Record<string, string | undefined>> = {
  PYTHONFAULTHANDLER: "1",
  PYTHONUNBUFFERED: "1",
  PYTHONHASHSEED: "random",
  PYTHONDONTWRITEBYTECODE: "1",
  PIP_NO_CACHE_DIR: "1",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  PIP_DEFAULT_TIMEOUT: "100",
  NIXPACKS_METADATA: undefined,
};

/** Providers up to Python's, in order, and the files that they look for in the root (src/lib.rs). */
const providers: readonly (readonly [name: string, files: readonly string[]])[] = [
  ["Elixir", ["mix.exs"]],
  ["Deno", ["deno.json", "deno.jsonc"]],
  ["Go", ["go.mod", "main.go"]],
  [
    "Java",
    ["pom.xml", "pom.atom", "pom.clj", "pom.groovy", "pom.rb", "pom.scala", "pom.yml", "pom.yaml", "gradlew"],
  ],
  ["PHP", ["composer.json", "index.php"]],
  ["Ruby", ["Gemfile"]],
  ["Node", ["package.json"]],
  ["Python", ["main.py", "requirements.txt", "pyproject.toml", "Pipfile"]],
];

/** What Nixpacks builds a folder as; one provider counts. */
export function nixpacksProvider(files: ProjectFiles, folder: string): Provider | undefined {
  return firstProvider(files, folder, providers);
}

/** What Nixpacks makes of the folder, or why it stops. */
export interface NixpacksStart {
  readonly start: DefaultStart | undefined;
  readonly problems: readonly ManifestProblem[];
}

/** `start`: Django, main.py, the package of pyproject.toml. */
export function nixpacksStart(files: ProjectFiles, folder: string): NixpacksStart {
  const path = (name: string) => inside(folder, name);
  if (isDjango(files, folder)) {
    const application = nixpacksApplication(files, folder);
    // The build stops even where a Procfile has a start command of its own.
    if (!application) return { start: undefined, problems: [noApplication(path("manage.py"))] };
    const command = `python manage.py migrate && gunicorn ${application.module}`;
    return { start: { command, at: application.at, source: "Nixpacks' default for Django" }, problems: [] };
  }
  if (files.isFile(path("main.py"))) {
    const at = startOf(path("main.py"));
    return {
      start: { command: "python main.py", at, source: "Nixpacks' default for a main.py" },
      problems: [],
    };
  }
  const text = files.text(path("pyproject.toml"));
  if (text === undefined) return { start: undefined, problems: [] };
  const project = readToml(path("pyproject.toml"), text).root.get("project");
  const module = [
    ...project.get("packages").items,
    ...project.get("py_modules").items,
    project.get("name"),
  ].find((node) => node.text !== undefined);
  const start = module && {
    command: `python -m ${module.text}`,
    at: module.at,
    source: "Nixpacks' default for a pyproject.toml",
  };
  return { start, problems: [] };
}

function noApplication(path: string): ManifestProblem {
  return {
    kind: "invalid",
    message:
      'no Python file has a line of the form WSGI_APPLICATION = "shop.wsgi.application", without which Nixpacks refuses to build a Django project',
    at: startOf(path),
    fix: '# in the settings, with one blank on each side of the sign\nWSGI_APPLICATION = "shop.wsgi.application"',
  };
}

/** is_django and uses_dep: the lists in the root alone. */
function isDjango(files: ProjectFiles, folder: string): boolean {
  return (
    files.isFile(inside(folder, "manage.py")) &&
    ["requirements.txt", "pyproject.toml", "Pipfile"].some((name) => {
      // A file that is not UTF-8 counts as empty.
      const read = files.read(inside(folder, name));
      return (
        read.kind === "text" &&
        read.encoding.startsWith("utf-8") &&
        read.text.toLowerCase().includes("django")
      );
    })
  );
}

const wsgiApplication = /WSGI_APPLICATION = ["|'](.*).application["|']/;

/** get_django_app_name: the first match in the order of the walker, which sorts files and folders together. */
function nixpacksApplication(
  files: ProjectFiles,
  folder: string,
): { readonly module: string; readonly at: Location } | undefined {
  const modules = files.list.filter((path) => path.startsWith(inside(folder, "")) && path.endsWith(".py"));
  // A blank sorts before every letter of a name, as the end of a folder's name does here.
  const key = (path: string) => path.replaceAll("/", "\0");
  for (const path of modules.sort((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const text = files.text(path) ?? "";
    const match = wsgiApplication.exec(text);
    if (match) {
      return {
        module: match[1] ?? "",
        at: locator(path, text)(match.index, match.index + match[0].length),
      };
    }
  }
  return undefined;
}

/** The version that Nixpacks finds in a text, as `major.minor`; undefined if it takes its default. */
export function nixpacksVersion(text: string): string | undefined {
  const [, major, minor] = /^[\sa-zA-Z\-"']*(\d*)\.*(\d*)\.*\d*["']?$/.exec(text.trim()) ?? [];
  if (major === "2" && (minor === "7" || minor === "")) return "2.7";
  const version = `${major}.${minor}`;
  return nixpacksPython.supported.includes(version) ? version : undefined;
}
