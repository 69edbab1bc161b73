import type { ProjectFiles } from "../files/project-files.ts";
import { commandLine } from "../location.ts";
import { heroku } from "./heroku.ts";
import type { EnvDeclaration, ManifestProblem } from "./manifest.ts";
import { readAppJson } from "./manifests/app-json.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import type { ProcfileRules } from "./rules.ts";

/**
 * heroku/buildpacks-procfile @bb54a14 (2026-08-03), src/procfile.rs. A line that it cannot read stops the
 * build; upper case, `_` and blanks before a name are corrected with a warning.
 */
const procfile: ProcfileRules = {
  syntax: "lines",
  // The colon stands right behind the key.
  line: /^[ \t]*(?<name>[^:]*):[ \t]*(?<command>\S.*)$/,
  names: /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  namesInWords: "lower-case letters, digits and -",
  otherNames: "corrected",
  duplicates: "last",
  invalidLine: "fails",
  serves: ["web"],
  release: { name: "release", phase: "release" },
};

/**
 * Heroku's Fir generation, which builds with Cloud Native Buildpacks. No file of a project shows it (Cedar
 * reads the same ones), so it is judged only when it is named.
 *
 * Unless said otherwise the facts are from heroku/buildpacks-python @f81d0dc (v6.5.6, 2026-08-05).
 */
export const herokuFir: Platform = {
  ...heroku,
  id: "heroku-fir",
  name: "Heroku (Fir)",
  docs: "https://devcenter.heroku.com/articles/generations",
  factsAsOf: "2026-08-05, heroku/buildpacks-python v6.5.6",
  detect: () => undefined,
  read: readFir,
  // src/layers/python.rs. It has no profile script that makes gunicorn trust the router.
  injects: { DYNO: undefined, PORT: undefined, PYTHONUNBUFFERED: "1" },
  python: {
    // src/python_version.rs: no other file, no version kept from the last build.
    sources: [".python-version"],
    // src/python_version_file.rs: each part is parsed as a u16, so `+3.012` is 3.12.
    grammar: "heroku-cnb",
    fallback: "Python 3.14",
    fallbackVersion: "3.14",
    supported: ["3.14", "3.13", "3.12", "3.11", "3.10"],
    misspellings: [],
    strictWith: ["uv.lock"],
    refuses: ["runtime.txt"],
  },
  // src/package_manager.rs: Pipenv is not supported.
  packages: {
    sources: [
      { file: "requirements.txt", install: "pip install -r requirements.txt" },
      { file: "poetry.lock", install: "poetry sync --only main" },
      { file: "uv.lock", install: "uv sync --locked --no-default-groups" },
    ],
    several: "fails",
    none: "fails",
  },
  procfile,
  // src/django.rs: manage.py of the root alone, and only if it has the command.
  collectstatic: {
    runs: "automatic",
    failure: "fails",
    managePyDepth: 0,
    disabledBy: undefined,
    withoutApp: "skips",
  },
  // Add-ons are attached by hand: a Cloud Native Buildpack has no bin/release.
  database: {
    variable: heroku.database.variable,
    others: heroku.database.others,
    scheme: heroku.database.scheme,
    fix: heroku.database.fix,
  },
};

/** src/checks.rs: what would break the build, or the app. */
const forbidden =
  /^(?:PIP_(?:CACHE_DIR|PREFIX|PYTHON|ROOT|TARGET|USER)|POETRY_(?:CACHE_DIR|DATA_DIR|HOME|VIRTUALENVS_(?:CREATE|IN_PROJECT|USE_POETRY_PYTHON))|PYTHON(?:HOME|INSPECT|NOUSERSITE|PLATLIBDIR|USERBASE)|UV_(?:CACHE_DIR|LINK_MODE|MANAGED_PYTHON|NO_CACHE|NO_MANAGED_PYTHON|PROJECT|PROJECT_ENVIRONMENT|PYTHON|PYTHON_DOWNLOADS|PYTHON_PREFERENCE)|VIRTUAL_ENV)$/;

function forbiddenVariables(
  given: ReadonlyMap<string, string>,
  declared: readonly EnvDeclaration[],
): readonly ManifestProblem[] {
  const places = new Map([...given.keys()].map((name) => [name, commandLine]));
  for (const { name, at } of declared) places.set(name, at);
  return [...places]
    .filter(([name]) => forbidden.test(name))
    .map(([name, at]) => ({
      kind: "invalid",
      message: `$${name} is set, and Heroku's Python buildpack refuses to build with it`,
      at,
    }));
}

function readFir(
  files: ProjectFiles,
  folder: string,
  given: ReadonlyMap<string, string> = new Map(),
): DeploymentRead {
  const appJson = readManifest(files, "app.json", readAppJson);
  const declared = appJson?.isHeroku ? appJson : undefined;
  const read = readProcfileDeployment(files, folder, procfile) ?? {
    manifests: [],
    processes: [],
    env: [],
    steps: [],
    unread: otherDeploymentFiles(files, folder),
  };
  return {
    ...read,
    manifests: [...read.manifests, ...(declared ? [declared.path] : [])],
    env: [...read.env, ...(declared?.env ?? [])],
    steps: [...read.steps, ...(declared?.steps ?? [])],
    services: declared?.services,
    problems: [...forbiddenVariables(given, declared?.env ?? []), ...(appJson?.problems ?? [])],
  };
}
