import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import { googlePackages } from "./app-engine.ts";
import { findDockerfile, imageOf, readContainer } from "./container.ts";
import type { ManifestProblem, Process, Step } from "./manifest.ts";
import { type KnativeService, readKnativeService } from "./manifests/knative-service.ts";
import { type ProjectToml, readProjectToml } from "./manifests/project-toml.ts";
import type { DeploymentRead, Platform, PlatformRules, Sign } from "./platform.ts";
import { inside, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { type ProcfileRules, unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor, workflowThatUses } from "./written-for.ts";

/** pkg/entrypoint/procfile.go: `(?m)^(\w+):\s*(.+)$`, and what does not match is passed over. */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^\w+$/,
  namesInWords: "letters, digits and _",
  duplicates: "first",
  invalidLine: "ignored",
  serves: ["web"],
  release: undefined,
};

/**
 * Google Cloud Run, for what is deployed from source: by Google's buildpacks, or from a Dockerfile. Unless said
 * otherwise the facts are from GoogleCloudPlatform/buildpacks @21f28de (2026-08-22) and
 * https://docs.cloud.google.com/run/docs/container-contract (2026).
 */
export const cloudRun: Platform = {
  id: "cloud-run",
  name: "Cloud Run",
  docs: "https://docs.cloud.google.com/run/docs/quickstarts/build-and-deploy/deploy-python-service",
  factsAsOf: "2026-08-22, GoogleCloudPlatform/buildpacks @21f28de",
  detect,
  read: readCloudRun,
  ownChecks: ["appengine-entrypoint"],
  injects: { PORT: "8080", K_SERVICE: undefined, K_REVISION: undefined, K_CONFIGURATION: undefined },
  python: {
    // pkg/python/python.go; runtime.txt is not read.
    sources: ["$GOOGLE_PYTHON_VERSION", "$GOOGLE_RUNTIME_VERSION", ".python-version"],
    grammar: "google",
    fallback: "the newest version of Python of the builder",
    fallbackVersion: undefined,
    supported: [],
    misspellings: [],
  },
  packages: googlePackages,
  procfile,
  // `--set-build-env-vars`, project.toml.
  buildSees: "scoped",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "GOOGLE_ENTRYPOINT, a variable of the build,",
    fix: (command) => `# Procfile\nweb: ${command}`,
  },
  release: {
    name: "a Cloud Run job",
    fix: (command) =>
      `# cloudbuild.yaml, between the build and the deployment\n- name: gcr.io/google.com/cloudsdktool/cloud-sdk\n  entrypoint: gcloud\n  args: [run, jobs, deploy, release, --image, $_IMAGE, --command, bash, --args, '-c,${command}', --execute-now]`,
    keepsFiles: false,
    shell: undefined,
    elsewhere: "a job that somebody else made",
  },
  port: { variable: "PORT", number: 8080, reachedFrom: "outside", otherPort: "elsewhere" },
  // "TLS is terminated before the container"; HTTP is sent on (https://docs.cloud.google.com/run/docs/triggering/
  // https-request). The header: python-docs-samples @683bf45, run/django/mysite/settings.py.
  images: { host: "managed", builtFrom: "clone", tellsFirstProcess: true },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "always" },
  hosts: { validated: true, suffix: ".run.app", variable: undefined },
  health: unknownHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  // "The file system is in memory": what is written is gone with the instance.
  disk: "ephemeral",
  disksElsewhere: "`gcloud run services update --add-volume`",
  isolated: true,
};

const services = ["service.yaml", "service.yml"];
const builds = /^(?:cloudbuild|cloudmigrate|cloud-?build[\w.-]*|\.?gcp\/[\w.-]+)\.ya?ml$/;

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const service = findService(files, folder);
  if (service) return { kind: "own", because: `${service.path} is a service of Cloud Run` };
  const build = files
    .children("")
    .find(
      (path) =>
        builds.test(path) && /\brun\b[\s\S]{0,80}\b(?:deploy|services|jobs)\b/.test(files.text(path) ?? ""),
    );
  if (build !== undefined) return { kind: "own", because: `${build} deploys to Cloud Run` };
  const workflow = workflowThatUses(
    files,
    /google-github-actions\/deploy-cloudrun@|\bgcloud (?:beta )?run deploy\b/,
  );
  if (workflow !== undefined) return { kind: "own", because: `${workflow} deploys to Cloud Run` };
  const settings = settingsWrittenFor(files, folder, /["'](?:K_SERVICE|CLOUD_?RUN_\w+)["']|\.run\.app\b/);
  return settings === undefined
    ? undefined
    : { kind: "own", because: `${settings} is written for Cloud Run` };
}

function findService(files: ProjectFiles, folder: string): KnativeService | undefined {
  return [...new Set([...services, ...services.map((name) => inside(folder, name))])]
    .map((path) => readManifest(files, path, readKnativeService))
    .find((found) => found !== undefined);
}

/** A Dockerfile is built where there is one; else GOOGLE_ENTRYPOINT, the Procfile and the buildpacks' own idea count. */
function readCloudRun(files: ProjectFiles, folder: string): DeploymentRead {
  const service = findService(files, folder);
  const descriptor = readManifest(files, "project.toml", readProjectToml);
  const base = baseOf(files, folder);
  const dockerfile = usesPack(files) ? undefined : findDockerfile(files, base);
  const common = {
    env: [...(service?.env ?? []), ...(descriptor?.env ?? [])],
    problems: [...(service?.problems ?? []), ...(descriptor?.problems ?? [])],
  };
  const declared = [service?.path, descriptor?.path].filter((path) => path !== undefined);
  const container =
    dockerfile &&
    readContainer(files, dockerfile.path, {
      context: dockerfile.context,
      commands: service?.command
        ? [{ ...service.command, ...(!service.keepsEntrypoint && { entrypoint: "" }), shell: false }]
        : [],
    });
  if (container) {
    return {
      ...common,
      manifests: [...declared, container.path],
      processes: container.processes,
      steps: container.steps,
      env: [...container.env, ...common.env],
      ...imageOf(container),
      changes: changesBy(service, { procfile: undefined }),
    };
  }
  const read = readProcfileDeployment(files, base, procfile);
  const built = { files, base, descriptor, read };
  const started = startedBy(built);
  const process =
    service?.command && !service.keepsEntrypoint
      ? { name: "web", ...service.command, folder: base, shell: false }
      : started.process;
  return {
    ...common,
    manifests: [...declared, ...(started.isProcfile ? (read?.manifests ?? []) : [])],
    processes: process ? [process] : [],
    steps: jobs(files, read?.processes ?? []),
    problems: [...common.problems, ...(process || !started.problem ? [] : [started.problem])],
    unread: started.unread,
    ...(base !== "" && { folder: base }),
    changes: changesBy(service, {
      // The group of missing-entrypoint has the buildpack that adds gunicorn, and that of a Procfile has not.
      ...(started.isDefault && { start: { ...cloudRun.start, provides: ["gunicorn"] } }),
    }),
  };
}

function baseOf(files: ProjectFiles, folder: string): string {
  const marks = ["requirements.txt", "pyproject.toml", "Procfile", "main.py", "Dockerfile"];
  return marks.some((name) => files.isFile(name)) ? "" : folder;
}

/** cloudbuild.yaml calls `pack`, so a Dockerfile has no part in it. */
function usesPack(files: ProjectFiles): boolean {
  return files
    .children("")
    .some(
      (path) =>
        builds.test(path) &&
        /k8s-skaffold\/pack|buildpacks\/pack|\bpack build\b/.test(files.text(path) ?? ""),
    );
}

interface Built {
  readonly files: ProjectFiles;
  readonly base: string;
  readonly descriptor: ProjectToml | undefined;
  readonly read: DeploymentRead | undefined;
}

interface Started {
  readonly process?: Process | undefined;
  readonly problem?: ManifestProblem;
  readonly unread?: readonly string[];
  readonly isProcfile?: boolean;
  readonly isDefault?: boolean;
}

/** cmd/config/entrypoint, then cmd/python/missing_entrypoint. Other entries of a Procfile start nowhere by themselves. */
function startedBy({ files, base, descriptor, read }: Built): Started {
  const entrypoint = descriptor?.env.findLast(({ name }) => name === "GOOGLE_ENTRYPOINT");
  if (entrypoint?.value !== undefined) {
    const { value: command, at } = entrypoint;
    return { process: { name: "web", command, at, folder: base, source: "GOOGLE_ENTRYPOINT" } };
  }
  if (read) return { process: read.processes.find(({ name }) => name === "web"), isProcfile: true };
  const module = ["main", "app"].find((name) => files.isFile(inside(base, `${name}.py`)));
  const pyproject = inside(base, "pyproject.toml");
  if (/^[^\S\n]*\[(?:project|tool\.poetry)\.scripts\]/m.test(files.text(pyproject) ?? ""))
    return { unread: [pyproject] };
  if (module === undefined) return { problem: noEntrypoint(files, base) };
  const path = inside(base, `${module}.py`);
  // Since 3.13 the server follows from the packages.
  const packages = `${files.text(inside(base, "requirements.txt")) ?? ""}\n${files.text(pyproject) ?? ""}`;
  if (/\b(?:uvicorn|fastapi|gradio|streamlit|google-adk)\b/i.test(packages))
    return { unread: [path], isDefault: true };
  const source = "the default of Google's buildpacks";
  const command = `gunicorn -b :8080 ${module}:app`;
  return { process: { name: "web", command, at: startOf(path), source, folder: base }, isDefault: true };
}

function noEntrypoint(files: ProjectFiles, base: string): ManifestProblem {
  const wsgi = files
    .children(base)
    .map((child) => `${child}/wsgi.py`)
    .find((file) => files.isFile(file));
  const where = base === "" ? "the root of the repository" : base;
  return {
    kind: "invalid",
    message: `Google's buildpacks end without a start command: there is no Procfile, main.py or app.py in ${where}`,
    at: startOf(inside(base, "Procfile")),
    check: "appengine-entrypoint",
    // It may be given with the command that deploys.
    severity: "warning",
    about: "start",
    fix: `# Procfile\nweb: gunicorn --bind :$PORT ${wsgi?.split("/").at(-2) ?? "mysite"}.wsgi`,
  };
}

/** `gcloud run jobs … --command migrate` runs an entry of the Procfile once. */
function jobs(files: ProjectFiles, processes: readonly Process[]): readonly Step[] {
  const build = files
    .children("")
    .find((path) => builds.test(path) && /\bjobs\b/.test(files.text(path) ?? ""));
  const text = build === undefined ? undefined : files.text(build);
  if (build === undefined || text === undefined) return [];
  return processes
    .filter(({ name }) => name !== "web" && new RegExp(`--command[\\s=,"']+${name}\\b`).test(text))
    .map(({ name: _, ...command }) => ({ ...command, phase: "release", source: `a job of ${build}` }));
}

function changesBy(
  service: KnativeService | undefined,
  others: Partial<PlatformRules>,
): Partial<PlatformRules> {
  const port = service?.port;
  return {
    ...others,
    // It may name containers beside the app's.
    ...(service && { isolated: false }),
    ...(service?.health && { health: service.health }),
    ...(port && {
      injects: { ...cloudRun.injects, PORT: String(port.number) },
      port: { ...cloudRun.port, number: port.number, declared: { key: "containerPort", at: port.at } },
    }),
  };
}
