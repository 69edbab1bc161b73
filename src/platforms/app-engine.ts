import type { ProjectFiles } from "../files/project-files.ts";
import { findDockerfile, imageOf, readContainer } from "./container.ts";
import type { ManifestProblem, Process } from "./manifest.ts";
import { type AppEngineYaml, readAppEngineYaml } from "./manifests/app-engine-yaml.ts";
import { folderOf } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules, Sign } from "./platform.ts";
import { inside, otherDeploymentFiles, readManifest } from "./read-manifest.ts";
import { noHealthCheck, type PackageRules, unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** GoogleCloudPlatform/buildpacks @21f28de (2026-08-22), cmd/python/{pip,poetry,uv}: requirements.txt wins. */
export const googlePackages: PackageRules = {
  sources: [
    { file: "requirements.txt", install: "pip install -r requirements.txt && pip check" },
    { file: "poetry.lock", with: "pyproject.toml", install: "poetry sync --only main" },
    { file: "uv.lock", with: "pyproject.toml", install: "uv sync --locked" },
    { file: "pyproject.toml", install: "uv sync" },
  ],
  several: "first",
  none: "installs-nothing",
};

/**
 * Google App Engine's standard environment, and the flexible one where `app.yaml` asks for it. Unless said otherwise
 * the facts are from https://docs.cloud.google.com/appengine/docs/standard/python3/runtime (2026) and
 * GoogleCloudPlatform/buildpacks @21f28de (2026-08-22).
 */
export const appEngine: Platform = {
  id: "app-engine",
  name: "App Engine",
  docs: "https://docs.cloud.google.com/appengine/docs/standard/python3/runtime",
  factsAsOf: "2026-08-22, GoogleCloudPlatform/buildpacks @21f28de",
  detect,
  read: readAppEngine,
  ownChecks: ["appengine-entrypoint"],
  // "Environment variables" on the page of the runtime.
  injects: {
    PORT: undefined,
    GAE_APPLICATION: undefined,
    GAE_DEPLOYMENT_ID: undefined,
    GAE_ENV: "standard",
    GAE_INSTANCE: undefined,
    GAE_MEMORY_MB: undefined,
    GAE_RUNTIME: undefined,
    GAE_SERVICE: undefined,
    GAE_VERSION: undefined,
    GOOGLE_CLOUD_PROJECT: undefined,
  },
  python: {
    sources: ["manifest"],
    grammar: "google",
    fallback: "none: app.yaml has to name a runtime",
    fallbackVersion: undefined,
    // …/lifecycle/runtime-lifecycle: after the end of support nothing is deployed. 3.9: python-docs-samples pull
    // request 13612 (2025-10-19), "new deployments will error". 3.15 is a preview.
    supported: ["3.15", "3.14", "3.13", "3.12", "3.11", "3.10"],
    misspellings: [],
    declare: (version) => `# app.yaml\nruntime: python${version.replace(".", "")}`,
  },
  packages: googlePackages,
  procfile: undefined,
  // `build_env_variables`.
  buildSees: "scoped",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: { elsewhere: undefined, fix: (command) => `# app.yaml\nentrypoint: ${command}` },
  release: undefined,
  // In front of the app is a server of App Engine's own; whether it asks from outside of the sandbox is not said.
  port: { variable: "PORT", number: 8080, reachedFrom: "unknown" },
  // …/standard/python3/reference/request-headers; `secure` of a handler decides about HTTP.
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "never" },
  // python-docs-samples @683bf45, appengine/standard_python3/django/mysite/settings.py.
  hosts: { validated: true, suffix: ".appspot.com", variable: undefined },
  health: noHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  // …/standard/python3/using-temp-files: only /tmp can be written to, and it is memory.
  disk: "read-only",
  isolated: true,
};

const names = ["app.yaml", "app.yml"];

/** Kubernetes, DigitalOcean and others have files of that name too, without a runtime. */
function findAppYaml(files: ProjectFiles, folder: string): AppEngineYaml | undefined {
  return [...new Set([...names, ...names.map((name) => inside(folder, name))])]
    .map((path) => readManifest(files, path, readAppEngineYaml))
    .find((found) => found?.runtime && /^(?:python\d*|custom)$/.test(found.runtime.text));
}

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const manifest = findAppYaml(files, folder);
  if (manifest)
    return { kind: "own", because: `${manifest.path} asks for the runtime ${manifest.runtime?.text}` };
  const settings = settingsWrittenFor(
    files,
    folder,
    /["']GAE_(?:ENV|APPLICATION|INSTANCE|SERVICE)["']|\.appspot\.com\b/,
  );
  return settings === undefined
    ? undefined
    : { kind: "own", because: `${settings} is written for App Engine` };
}

function readAppEngine(files: ProjectFiles, folder: string): DeploymentRead {
  const manifest = findAppYaml(files, folder);
  if (!manifest) {
    const unread = otherDeploymentFiles(files, folder).filter((path) =>
      /(?:^|\/)app[\w.-]*\.ya?ml$/.test(path),
    );
    return { manifests: [], processes: [], env: [], steps: [], unread };
  }
  const { path, python, env, entrypoint, statics, flexible } = manifest;
  const base = folderOf(path);
  // app.yaml belongs into the repository, so secrets are fetched when the app starts, or put into it to deploy.
  const common = { env, python, folder: base, envElsewhere: "a store of secrets" };
  if (manifest.runtime?.text === "custom") return { ...common, ...readCustom(files, manifest, base) };
  const process = entrypoint
    ? { name: "web", ...entrypoint, folder: base }
    : defaultProcess(files, manifest, base);
  return {
    ...common,
    manifests: [path],
    processes: process ? [process] : [],
    steps: [],
    problems: [
      ...manifest.problems,
      ...(process ? [] : [noEntrypoint(files, manifest, base)]),
      ...operatingSystem(manifest),
    ],
    changes: {
      ...(flexible && flexibleRules),
      // cmd/python/webserver: it adds gunicorn where no entrypoint is set.
      ...(!entrypoint && { start: { ...appEngine.start, provides: ["gunicorn"] } }),
      ...(manifest.secure && { tls: { ...appEngine.tls, redirects: "always" } }),
      ...(statics.length > 0 && { statics: { mapped: statics, elsewhere: undefined } }),
    },
  };
}

/** Virtual machines with containers, as …/flexible/python/runtime describes them. */
const flexibleRules: Partial<PlatformRules> = {
  injects: { ...appEngine.injects, GAE_ENV: undefined },
  disk: "ephemeral",
  health: unknownHealthCheck,
  python: {
    sources: ["manifest"],
    grammar: "google",
    fallback: "the newest version of Python that it has",
    fallbackVersion: undefined,
    supported: ["3.15", "3.14", "3.13", "3.12", "3.11", "3.10"],
    misspellings: [],
    declare: (version) =>
      `# app.yaml\nruntime_config:\n  operating_system: ubuntu24\n  runtime_version: "${version}"`,
  },
};

/** "Application startup": without an entrypoint gunicorn serves `app` of main.py. */
function defaultProcess(
  files: ProjectFiles,
  { runtime, path }: AppEngineYaml,
  base: string,
): Process | undefined {
  const main = inside(base, "main.py");
  if (!files.isFile(main)) return undefined;
  return {
    name: "web",
    command: "gunicorn -b :$PORT main:app",
    at: runtime?.at ?? { file: path, line: 1, column: 1 },
    source: "App Engine's default",
    folder: base,
  };
}

function noEntrypoint(files: ProjectFiles, { runtime, path }: AppEngineYaml, base: string): ManifestProblem {
  const wsgi = files
    .children(base)
    .map((child) => `${child}/wsgi.py`)
    .find((file) => files.isFile(file));
  const module = `${wsgi?.split("/").at(-2) ?? "mysite"}.wsgi`;
  return {
    kind: "invalid",
    message: `${path} has no entrypoint, so App Engine starts main:app, and there is no main.py beside it`,
    at: runtime?.at ?? { file: path, line: 1, column: 1 },
    check: "appengine-entrypoint",
    severity: "error",
    about: "start",
    fix: `# ${path}, and gunicorn in requirements.txt\nentrypoint: gunicorn -b :$PORT ${module}`,
  };
}

/** …/flexible/python/runtime: 3.8 and newer need the operating system. */
function operatingSystem({
  flexible,
  runtime,
  python,
  path,
  operatingSystem: told,
}: AppEngineYaml): readonly ManifestProblem[] {
  const [, minor = 99] = (python?.version ?? "").split(".").map(Number);
  if (!flexible || !runtime || told || minor < 8) return [];
  return [
    {
      kind: "invalid",
      message: `${path} asks for the flexible environment and names no operating_system, without which it has no Python since 3.8`,
      at: runtime.at,
      check: "appengine-entrypoint",
      severity: "warning",
      fix: "runtime_config:\n  operating_system: ubuntu24",
    },
  ];
}

/** The flexible environment builds the Dockerfile beside app.yaml. */
function readCustom(
  files: ProjectFiles,
  { path, problems }: AppEngineYaml,
  base: string,
): Omit<DeploymentRead, "env"> {
  const dockerfile = findDockerfile(files, base);
  const container = dockerfile && readContainer(files, dockerfile.path, { context: dockerfile.context });
  return {
    manifests: [path, ...(container ? [container.path] : [])],
    processes: container?.processes ?? [],
    steps: container?.steps ?? [],
    problems,
    python: undefined,
    ...imageOf(container),
    changes: { ...flexibleRules, python: undefined, port: { ...appEngine.port, reachedFrom: "outside" } },
  };
}
