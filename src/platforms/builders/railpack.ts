import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator, startOf } from "../../location.ts";
import type { PlatformRules } from "../platform.ts";
import { inside } from "../read-manifest.ts";
import type { PackageRules, ProcfileRules, PythonRules } from "../rules.ts";

/*
 * What Railpack does with a Python project. Every rule is from railwayapp/railpack @b5e8058 (2026-08-18),
 * core/providers/python/*.go and core/core.go; deviations that look like mistakes are the source's own.
 */

export const railpackPython: PythonRules = {
  // InstallMisePackages: Pipfile, runtime.txt, what mise lists, the variable; each overrides the one before.
  // `packages` in railpack.json is applied last of all.
  sources: [
    "manifest",
    "$RAILPACK_PYTHON_VERSION",
    "mise.toml",
    ".tool-versions",
    ".python-version",
    "runtime.txt",
    "Pipfile",
  ],
  grammar: "mise",
  fallback: "Python 3.13",
  fallbackVersion: "3.13",
  // Whatever mise has a binary of.
  supported: [],
  misspellings: [],
};

/** A lock counts only beside a pyproject.toml; a pyproject.toml without any installs nothing. */
export const railpackPackages: PackageRules = {
  sources: [
    { file: "requirements.txt", install: "pip install -r requirements.txt" },
    {
      file: "uv.lock",
      with: "pyproject.toml",
      install: "uv sync --locked --no-dev --no-install-project",
      build: "uv sync --locked --no-dev --no-editable",
    },
    {
      file: "poetry.lock",
      with: "pyproject.toml",
      install: "poetry install --no-interaction --no-ansi --only main --no-root",
    },
    { file: "pdm.lock", with: "pyproject.toml", install: "pdm install --check --prod --no-editable" },
    { file: "Pipfile.lock", with: "Pipfile", install: "pipenv install --deploy --ignore-pipfile" },
    { file: "Pipfile", install: "pipenv install --skip-lock" },
  ],
  several: "first",
  none: "installs-nothing",
};

/** core/providers/procfile/procfile.go. `release` is one of the others, and runs only if it is picked as such. */
export const railpackProcfile: ProcfileRules = {
  syntax: "yaml",
  names: /^.+$/,
  duplicates: "last",
  invalidLine: "fails",
  serves: ["web", "worker", "*"],
  release: undefined,
};

/** GetPythonEnvVars: set in the build and in the image. */
export const railpackVariables: Readonly<Record<string, string | undefined>> = {
  PYTHONFAULTHANDLER: "1",
  PYTHONUNBUFFERED: "1",
  PYTHONHASHSEED: "random",
  PYTHONDONTWRITEBYTECODE: "1",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  PIP_DEFAULT_TIMEOUT: "100",
  RAILPACK_VERSION: undefined,
};

const mainFiles = ["main.py", "app.py", "start.py", "bot.py", "hello.py", "server.py"];

/** Providers up to Python's, in order, and the files that they look for in the root (core/providers/provider.go). */
const providers: readonly (readonly [name: string, files: readonly string[]])[] = [
  ["PHP", ["index.php", "composer.json"]],
  ["Go", ["go.mod", "go.work", "main.go"]],
  ["Java", ["pom.xml", "pom.yaml", "pom.yml", "pom.rb", "pom.scala", "pom.groovy", "gradlew"]],
  ["Rust", ["Cargo.toml"]],
  ["Ruby", ["Gemfile"]],
  ["Elixir", ["mix.exs"]],
  ["Python", [...mainFiles, "requirements.txt", "pyproject.toml", "Pipfile"]],
];

/** A language that a builder takes a folder for, and the file that says so. */
export interface Provider {
  readonly name: string;
  /** In that folder. */
  readonly file: string;
}

/** The first provider of a list that finds one of its files in the folder. */
export function firstProvider(
  files: ProjectFiles,
  folder: string,
  providers: readonly (readonly [name: string, files: readonly string[]])[],
): Provider | undefined {
  for (const [name, names] of providers) {
    const file = names.find((one) => files.isFile(inside(folder, one)));
    if (file !== undefined) return { name, file };
  }
  return undefined;
}

/** What Railpack builds a folder as, as far as this matters to Python; undefined for a language behind Python. */
export function railpackProvider(files: ProjectFiles, folder: string): Provider | undefined {
  return firstProvider(files, folder, providers);
}

/** A builder's rules where it takes the folder for another language's, or for nobody's: `because` is a sentence. */
export function withoutPython(
  python: PythonRules,
  because: string | undefined,
): Pick<PlatformRules, "python" | "packages"> | undefined {
  if (because === undefined) return undefined;
  return {
    python: { ...python, sources: [], fallback: undefined, fallbackVersion: undefined, absent: because },
    packages: { sources: [], several: "first", none: "installs-nothing" },
  };
}

/** A start command that a builder makes up, and the line that it is derived from. */
export interface DefaultStart {
  readonly command: string;
  readonly at: Location;
  /** "Railpack's default for Django" */
  readonly source: string;
}

/** GetStartCommand: a later rule replaces what an earlier one found. */
export function railpackStart(
  files: ProjectFiles,
  folder: string,
  given: ReadonlyMap<string, string> = new Map(),
): DefaultStart | undefined {
  if (railpackProvider(files, folder)?.name !== "Python") return undefined;
  const uses = dependencies(files, folder);
  const main = mainFiles.map((name) => inside(folder, name)).find((path) => files.isFile(path));
  let start = isDjango(files, folder) ? djangoStart(files, folder, given) : undefined;
  if (main === undefined) return start;
  const at = startOf(main);
  const uvicorn = "uvicorn main:app --host 0.0.0.0 --port ${PORT:-8000}";
  if (uses("python-fasthtml") && uses("uvicorn"))
    start = { command: uvicorn, at, source: "Railpack's default for FastHTML" };
  if (uses("fastapi") && uses("uvicorn"))
    start = { command: uvicorn, at, source: "Railpack's default for FastAPI" };
  // `main:app`, whatever the file is called.
  if (uses("flask") && uses("gunicorn"))
    start = {
      command: "gunicorn --bind 0.0.0.0:${PORT:-8000} main:app",
      at,
      source: "Railpack's default for Flask",
    };
  const name = main.slice(folder === "" ? 0 : folder.length + 1);
  return start ?? { command: `python ${name}`, at, source: `Railpack's default for a ${name}` };
}

function djangoStart(
  files: ProjectFiles,
  folder: string,
  given: ReadonlyMap<string, string>,
): DefaultStart | undefined {
  // core/providers/python/django.go: it stands for what the search would find.
  const named = given.get("RAILPACK_DJANGO_APP_NAME");
  const application = named
    ? { module: named, at: startOf(inside(folder, "manage.py")) }
    : railpackApplication(files, folder);
  return (
    application && {
      command: `python manage.py migrate && gunicorn --bind 0.0.0.0:\${PORT:-8000} ${application.module}:application`,
      at: application.at,
      source: "Railpack's default for Django",
    }
  );
}

/** isDjango: manage.py in the root, and the letters "django" in any list of packages. */
export function isDjango(files: ProjectFiles, folder: string): boolean {
  return files.isFile(inside(folder, "manage.py")) && dependencies(files, folder)("django");
}

/** usesDep: whether a name stands anywhere in a list of packages, in any folder. */
function dependencies(files: ProjectFiles, folder: string): (name: string) => boolean {
  const lists = below(files, folder)
    .filter((path) => /(?:^|\/)(?:requirements\.txt|pyproject\.toml|Pipfile)$/.test(path))
    .map((path) => files.read(path))
    // Bytes of UTF-16 hold none of the names.
    .map((read) =>
      read.kind === "text" && !read.encoding.startsWith("utf-16") ? read.text.toLowerCase() : "",
    );
  return (name) => lists.some((list) => list.includes(name));
}

/** getDjangoAppName: one blank on each side of the sign; comments and other strings count as well. */
const wsgiApplication = /WSGI_APPLICATION = ["'](.*).application["']/;

/** The module that the first match names, a folder's own files before those of its subfolders. */
export function railpackApplication(
  files: ProjectFiles,
  folder: string,
): { readonly module: string; readonly at: Location } | undefined {
  const modules = below(files, folder).filter((path) => path.endsWith(".py"));
  for (const path of modules.sort(byFolder)) {
    const text = files.text(path) ?? "";
    const match = wsgiApplication.exec(text);
    if (match) {
      const at = locator(path, text)(match.index, match.index + match[0].length);
      return { module: match[1] ?? "", at };
    }
  }
  return undefined;
}

function below(files: ProjectFiles, folder: string): string[] {
  return files.list.filter((path) => path.startsWith(inside(folder, "")));
}

/** doublestar's order: a folder's files by name, then its folders by name. */
function byFolder(one: string, other: string): number {
  const a = one.split("/");
  const b = other.split("/");
  for (let index = 0; ; index++) {
    const lastOfA = index === a.length - 1;
    const lastOfB = index === b.length - 1;
    if (lastOfA !== lastOfB) return lastOfA ? -1 : 1;
    const [left = "", right = ""] = [a[index], b[index]];
    if (left !== right) return left < right ? -1 : 1;
    if (lastOfA) return 0;
  }
}
