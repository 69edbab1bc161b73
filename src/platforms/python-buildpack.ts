import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import type { ManifestProblem, Step } from "./manifest.ts";
import { inside } from "./read-manifest.ts";
import type { CollectstaticRules, PackageRules, PythonRules } from "./rules.ts";

/**
 * heroku/heroku-buildpack-python, which several platforms build with, each with a version of its own.
 * The facts are from @b4e7e721 (v351, 2026-08-18) unless a platform says otherwise.
 */
export const buildpackPython: PythonRules = {
  // lib/python_version.sh; Pipfile.lock counts for Pipenv only.
  sources: ["runtime.txt", ".python-version", "Pipfile.lock"],
  grammar: "heroku",
  fallback: "the version of the app's last build, or Python 3.14 for a new app",
  fallbackVersion: "3.14",
  // 3.10 builds with a warning until 2027-01-06.
  supported: ["3.14", "3.13", "3.12", "3.11", "3.10"],
  // lib/python_version.sh; looked for only when there is no runtime.txt.
  misspellings: [
    " .python-version",
    ". python-version",
    ".python_version.txt",
    ".python_version",
    ".python-version ",
    ",python-version",
    ".python-version.",
    ".python-version.py",
    ".python-version.rtf",
    ".python-version.txt",
    ".python-version.TXT",
    ".Python-version",
    ".python.version",
    ".pythonversion",
    "'.python-version'",
    "python_version.txt",
    "python_version",
    "python-version.",
    "python-version.txt",
    "python-version",
  ],
  strictWith: ["uv.lock"],
};

/** lib/package_manager.sh; more than one fails the build since v325 (2025-12-10), a warning and the first before. */
export const buildpackPackages: PackageRules = {
  sources: [
    { file: "Pipfile.lock", install: "pipenv install --deploy" },
    { file: "requirements.txt", install: "pip install -r requirements.txt" },
    { file: "poetry.lock", install: "poetry sync --only main" },
    { file: "uv.lock", install: "uv sync --locked --no-default-groups" },
  ],
  several: "fails",
  none: "fails",
};

/** bin/steps/collectstatic: `find . -maxdepth 3`, so two folders down; wherever Django is installed. */
export const buildpackCollectstatic: CollectstaticRules = {
  runs: "automatic",
  failure: "fails",
  managePyDepth: 2,
  disabledBy: "DISABLE_COLLECTSTATIC",
  // Deprecated, and read before the variable.
  disabledByFile: ".heroku/collectstatic_disabled",
  withoutApp: "fails",
};

/** Variables that the buildpack's profile scripts set when the container boots (vendor/*.sh). */
export const buildpackInjects: Readonly<Record<string, string | undefined>> = {
  FORWARDED_ALLOW_IPS: "*",
  GUNICORN_CMD_ARGS: "--access-logfile -",
  WEB_CONCURRENCY: undefined,
  PYTHONHOME: undefined,
  PYTHONPATH: undefined,
  PYTHONUNBUFFERED: undefined,
};

/** The hooks that the buildpack runs before and after it installs the packages (lib/hooks.sh). */
export function buildpackHooks(files: ProjectFiles, folder: string, platform: string): readonly Step[] {
  return ["bin/pre_compile", "bin/post_compile"].flatMap((hook) => {
    const path = inside(folder, hook);
    if (!files.isFile(path)) return [];
    const source = `a hook of ${platform}'s Python buildpack`;
    return [{ phase: "build", command: hook, at: startOf(path), source, folder }];
  });
}

/** What the buildpack refuses to build over (lib/checks.sh). */
export function buildpackRefusals(files: ProjectFiles, platform: string): readonly ManifestProblem[] {
  const environment = [".venv", "venv"].find(
    (folder) =>
      files.isFile(`${folder}/pyvenv.cfg`) ||
      files.passedOver.some(({ path, because }) => path === folder && because === "is a virtual environment"),
  );
  const python = files.isFolder(".heroku/python") || files.isFile(".heroku/python");
  const refused = environment ?? (python ? ".heroku/python" : undefined);
  if (refused === undefined) return [];
  const what = environment === undefined ? "" : ", a virtual environment,";
  const message = `${refused}${what} is part of the repository, and ${platform} refuses to build with it`;
  const fix = `git rm -r --cached ${refused} && echo '${refused}/' >> .gitignore`;
  return [{ kind: "invalid", message, at: startOf(refused), fix }];
}
