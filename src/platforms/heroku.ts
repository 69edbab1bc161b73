import type { ProjectFiles } from "../files/project-files.ts";
import { readContainer } from "./container.ts";
import { readAppJson } from "./manifests/app-json.ts";
import { readHerokuYml } from "./manifests/heroku-yml.ts";
import { folderOf, resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, Sign } from "./platform.ts";
import { inside, otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/**
 * Heroku's classic (Cedar) platform with the Python buildpack.
 *
 * Unless said otherwise the facts are from heroku/heroku-buildpack-python @b4e7e721 (v351, 2026-08-18):
 * `lib/python_version.sh`, `lib/package_manager.sh`, `bin/steps/collectstatic`, `bin/release`, `vendor/*.sh`.
 */
export const heroku: Platform = {
  id: "heroku",
  name: "Heroku",
  docs: "https://devcenter.heroku.com/articles/getting-started-with-python",
  factsAsOf: "2026-08-18, heroku-buildpack-python v351",
  detect(files, folder) {
    const own = ownSign(files, folder);
    return own === undefined ? sharedSign(files) : { kind: "own", because: own };
  },
  read: readHeroku,
  injects: {
    DYNO: undefined,
    PORT: undefined,
    // Set by the buildpack's profile script when the dyno boots.
    FORWARDED_ALLOW_IPS: "*",
    GUNICORN_CMD_ARGS: "--access-logfile -",
    WEB_CONCURRENCY: undefined,
    WEB_CONCURRENCY_SET_BY: "heroku/python",
    PYTHONHOME: undefined,
    PYTHONPATH: undefined,
    PYTHONUNBUFFERED: undefined,
  },
  python: {
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
  },
  // More than one fails the build since v325 (2025-12-10).
  packages: {
    sources: [
      { file: "Pipfile.lock", install: "pipenv install --deploy" },
      { file: "requirements.txt", install: "pip install -r requirements.txt" },
      { file: "poetry.lock", install: "poetry sync --only main" },
      { file: "uv.lock", install: "uv sync --locked --no-default-groups" },
    ],
    several: "fails",
    none: "fails",
  },
  // https://devcenter.heroku.com/articles/procfile (2023-04-04). The router's own pattern is not published.
  procfile: {
    syntax: "lines",
    names: /^[A-Za-z0-9_-]+$/,
    duplicates: "last",
    invalidLine: "ignored",
    serves: ["web"],
    release: { name: "release", phase: "release" },
  },
  // bin/steps/collectstatic: config vars are loaded before it runs.
  buildSees: "all",
  collectstatic: {
    runs: "automatic",
    failure: "fails",
    managePyDepth: 3,
    disabledBy: "DISABLE_COLLECTSTATIC",
  },
  start: {
    // bin/release declares no web process, so without one in a Procfile nothing runs (H14).
    elsewhere: undefined,
    fix: (command) => `# Procfile\nweb: ${command}`,
    // https://devcenter.heroku.com/articles/error-codes (2024-05-07): R10, H12.
    timeout: 60,
    requestTimeout: 30,
  },
  release: {
    name: "the release phase",
    fix: (command) => `# Procfile\nrelease: ${command}`,
    // It runs on a dyno of its own, whose disk is thrown away.
    keepsFiles: false,
    shell: true,
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "never" },
  // heroku/python-getting-started @f7c8d99 (2026-07-14), settings.py: the router forwards only configured hosts.
  hosts: { validated: true, suffix: ".herokuapp.com", variable: undefined },
  health: noHealthCheck,
  database: {
    variable: "DATABASE_URL",
    others: [],
    scheme: "postgres",
    fix: "heroku addons:create heroku-postgresql:essential-0",
  },
  // https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem
  disk: "ephemeral",
};

/** Files and lines that are there for Heroku alone. */
function ownSign(files: ProjectFiles, folder: string): string | undefined {
  const file = ["heroku.yml", ".heroku", "bin/post_compile", "bin/pre_compile"].find(
    (path) => files.isFile(path) || files.isFolder(path),
  );
  if (file !== undefined) return `${file} is there`;
  const appJson = readManifest(files, "app.json", readAppJson);
  if (appJson?.isHeroku) return "app.json is there";

  const named = ["requirements.txt", "Pipfile", "pyproject.toml"]
    .flatMap((name) => [...new Set([name, inside(folder, name)])])
    .find((path) => /^[\s"']*django-(?:on-)?heroku\b/im.test(files.text(path) ?? ""));
  if (named !== undefined) return `${named} names a helper for Heroku`;

  const settings = settingsWrittenFor(files, folder, /["']DYNO["']|\.herokuapp\.com/);
  if (settings !== undefined) return `${settings} is written for Heroku`;

  const readme = files
    .children("")
    .find((name) => /^readme(?:\.|$)/i.test(name) && /heroku\.com\/deploy\b/.test(files.text(name) ?? ""));
  return readme === undefined ? undefined : `${readme} has a button that deploys to Heroku`;
}

/** What Heroku shares with the platforms that took its conventions over. */
function sharedSign(files: ProjectFiles): Sign | undefined {
  const there = files.isFile(".slugignore")
    ? ".slugignore is there"
    : files.isFile("Procfile") && files.isFile("runtime.txt")
      ? "Procfile and runtime.txt are there"
      : undefined;
  return there === undefined ? undefined : { kind: "shared", because: there };
}

function readHeroku(files: ProjectFiles, folder: string): DeploymentRead {
  const appJson = readManifest(files, "app.json", readAppJson);
  const procfile = readProcfileDeployment(files, folder);
  // heroku.yml counts on the container stack only, which is set for the app, not by the file. A Procfile
  // beside it is what every other stack reads.
  const isContainer = appJson?.stack === "container" || procfile === undefined;
  const read = (isContainer && readContainers(files)) || procfile || nothingToStart(files, folder);
  const declared = appJson?.isHeroku ? appJson : undefined;
  return {
    ...read,
    manifests: [...read.manifests, ...(declared ? [declared.path] : [])],
    env: [...read.env, ...(declared?.env ?? [])],
    steps: [...read.steps, ...(declared?.steps ?? [])],
  };
}

/** Signs of Heroku may be left from earlier days, so other ways to deploy are named. */
function nothingToStart(files: ProjectFiles, folder: string): DeploymentRead {
  return { manifests: [], processes: [], env: [], steps: [], unread: otherDeploymentFiles(files, folder) };
}

/** The container stack: what heroku.yml builds and runs. The Python buildpack has no part in it. */
function readContainers(files: ProjectFiles): DeploymentRead | undefined {
  const manifest = readManifest(files, "heroku.yml", readHerokuYml);
  if (!manifest) return undefined;
  const dockerfile = manifest.images.get("web") ?? [...manifest.images.values()][0];
  const path = dockerfile === undefined ? undefined : resolvePath("", dockerfile);
  const commands = manifest.processes;
  const container =
    path === undefined ? undefined : readContainer(files, path, { context: folderOf(path), commands });
  return {
    manifests: [manifest.path, ...(container ? [container.path] : [])],
    processes: container?.processes ?? commands,
    env: [...manifest.env, ...(container?.env ?? [])],
    steps: [...(container?.steps ?? []), ...manifest.steps],
    changes: { injects: { DYNO: undefined, PORT: undefined } },
  };
}
