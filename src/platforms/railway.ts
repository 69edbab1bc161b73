import type { ProjectFiles } from "../files/project-files.ts";
import {
  nixpacksPackagesWith,
  nixpacksProcfile,
  nixpacksPythonWith,
  nixpacksVariables,
} from "./builders/nixpacks.ts";
import {
  railpackPackages,
  railpackProcfile,
  railpackProvider,
  railpackPython,
  railpackVariables,
  withoutPython,
} from "./builders/railpack.ts";
import { readNixpacks } from "./builders/read-nixpacks.ts";
import { readRailpack } from "./builders/read-railpack.ts";
import { imageOf, readContainer } from "./container.ts";
import { readRailwayConfig } from "./manifests/railway-config.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules, Sign } from "./platform.ts";
import { mistakes } from "./railway-mistakes.ts";
import { inside, readManifest } from "./read-manifest.ts";
import type { HealthRules } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** deployments/healthchecks.md: until it gets a 200, with a Host of its own. A path may be kept in the dashboard. */
const health: HealthRules = {
  kind: "unknown",
  path: undefined,
  at: undefined,
  host: "healthcheck.railway.app",
  accepts: [200, 200],
  headers: {},
};

/** variables/reference.md: "to all builds and deployments". PORT: deployments/healthchecks.md. */
const ownVariables: Readonly<Record<string, string | undefined>> = {
  PORT: undefined,
  RAILWAY_PUBLIC_DOMAIN: undefined,
  RAILWAY_PRIVATE_DOMAIN: undefined,
  RAILWAY_PROJECT_NAME: undefined,
  RAILWAY_PROJECT_ID: undefined,
  RAILWAY_ENVIRONMENT_NAME: undefined,
  RAILWAY_ENVIRONMENT_ID: undefined,
  RAILWAY_SERVICE_NAME: undefined,
  RAILWAY_SERVICE_ID: undefined,
  RAILWAY_REPLICA_ID: undefined,
  RAILWAY_REPLICA_REGION: undefined,
  RAILWAY_DEPLOYMENT_ID: undefined,
  RAILWAY_SNAPSHOT_ID: undefined,
  // Set when the deployment comes from GitHub.
  RAILWAY_GIT_COMMIT_SHA: undefined,
  RAILWAY_GIT_AUTHOR: undefined,
  RAILWAY_GIT_BRANCH: undefined,
  RAILWAY_GIT_REPO_NAME: undefined,
  RAILWAY_GIT_REPO_OWNER: undefined,
  RAILWAY_GIT_COMMIT_MESSAGE: undefined,
};

/** Infrastructure as code. The CLI applies it, and it is a program: it is named, and not read. */
const programs = [".railway/railway.ts", ".railway/railway.py", ".railway/railway.go"];

/**
 * Railway. Unless said otherwise the facts are from railwayapp/docs @c2a634f (2026-08-21), content/docs; what
 * is built is Railpack's matter (`builders/railpack.ts`), in older services Nixpacks'.
 */
export const railway: Platform = {
  id: "railway",
  name: "Railway",
  docs: "https://docs.railway.com/guides/django",
  factsAsOf: "2026-08-21, railwayapp/docs @c2a634f and railpack @b5e8058",
  ownChecks: ["railway-manifest"],
  detect,
  read: readRailway,
  injects: { ...ownVariables, ...railpackVariables },
  python: railpackPython,
  packages: railpackPackages,
  procfile: railpackProcfile,
  // variables/reference.md. A Dockerfile sees those that it names by ARG (builds/dockerfiles.md).
  buildSees: "all",
  // Neither Railpack nor Nixpacks has the word collectstatic in it.
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the Railway dashboard",
    fix: (command) => `# railpack.json\n{ "deploy": { "startCommand": ${JSON.stringify(command)} } }`,
    // networking/public-networking/specs-and-limits.md: 15 minutes, 5 of them without data.
    requestTimeout: 900,
  },
  // deployments/pre-deploy-command.md. The file that can hold it ends on 2026-12-01; the dashboard stays.
  release: {
    name: "the pre-deploy command",
    fix: (command) =>
      `# railway.toml; for a new service: Settings > Deploy > Pre-deploy Command\n[deploy]\npreDeployCommand = [${JSON.stringify(command)}]`,
    keepsFiles: false,
    shell: undefined,
    elsewhere: "the service's settings on Railway",
    declaredIn: /(?:^|\/)railway\.(?:json|toml)$/,
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside", otherPort: "elsewhere" },
  // networking/public-networking/specs-and-limits.md: "X-Forwarded-Proto always indicates https".
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "always" },
  hosts: { validated: false, suffix: ".up.railway.app", variable: "RAILWAY_PUBLIC_DOMAIN" },
  health,
  database: {
    // Set by a reference to the database's own variable, not by itself.
    variable: "DATABASE_URL",
    others: ["PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"],
    // databases/build-a-database-service.md
    scheme: "postgresql",
    fix: "# the variables of the service\nDATABASE_URL=${{Postgres.DATABASE_URL}}",
  },
  // A volume is attached outside the repository; the code that uses one names its variable.
  disk: "ephemeral",
  disksElsewhere: "the Railway dashboard",
  isolated: true,
};

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const names = ["railway.json", "railway.toml", "railpack.json"];
  const own = [...programs, ...[...new Set([...names, ...names.map((name) => inside(folder, name))])]].find(
    (path) => files.isFile(path),
  );
  if (own !== undefined) return { kind: "own", because: `${own} is there` };
  const settings = settingsWrittenFor(files, folder, /["']RAILWAY_\w+["']|\.railway\.app\b/);
  if (settings !== undefined) return { kind: "own", because: `${settings} is written for Railway` };
  const shared = ["nixpacks.toml", "nixpacks.json"].find((path) => files.isFile(path));
  return shared === undefined ? undefined : { kind: "shared", because: `${shared} is there` };
}

function readRailway(
  files: ProjectFiles,
  project: string,
  given?: ReadonlyMap<string, string>,
): DeploymentRead {
  const config = [
    "railway.json",
    "railway.toml",
    inside(project, "railway.json"),
    inside(project, "railway.toml"),
  ]
    .map((path) => readManifest(files, path, readRailwayConfig))
    .find((one) => one !== undefined);
  const program = programs.find((path) => files.isFile(path));
  const folder = serviceFolder(files, project, config?.dockerfile);
  const onlyIf =
    folder !== ""
      ? `${folder} is the root directory of the service`
      : program !== undefined && !config?.start
        ? `${program} gives the service no start command of its own`
        : undefined;
  const image = readContainer(files, resolvePath(folder, config?.dockerfile ?? "Dockerfile") ?? "", {
    context: folder,
  });
  const builder =
    config?.builder === "nixpacks"
      ? readNixpacks(files, folder, { start: config.start, onlyIf, given })
      : readRailpack(files, folder, { start: config?.start, onlyIf, given });
  const unread = [
    program,
    config?.builder === "nixpacks" || image
      ? undefined
      : ["nixpacks.toml", "nixpacks.json"]
          .map((name) => inside(folder, name))
          .find((path) => files.isFile(path)),
  ].filter((path) => path !== undefined);
  const steps = (config?.steps ?? []).map((step) => ({ ...step, folder }));
  const changes: Partial<PlatformRules> = {
    ...(config?.healthPath && {
      health: { ...health, kind: "http", path: config.healthPath.path, at: config.healthPath.at },
    }),
    ...((config?.volume || usesVolume(files)) && { disk: "persistent" }),
  };
  const manifests = config ? [config.path] : [];
  const problems = config?.problems ?? [];
  if (image) {
    // deployments/start-command.md: in exec form, in place of the entry point.
    const started = config?.start && {
      ...config.start,
      name: "web",
      shell: false,
      folder,
      mounts: mountsOf(image),
    };
    return {
      manifests: [...manifests, image.path],
      processes: (started ? [started] : image.processes).map((process) => ({
        ...process,
        ...(onlyIf !== undefined && { onlyIf }),
      })),
      env: image.env,
      steps: [...image.steps, ...steps.filter(({ phase }) => phase !== "build")],
      ...imageOf(image),
      problems: [...problems, ...mistakes({ start: config?.start, inExecForm: true })],
      folder,
      unread,
      changes: { ...changes, injects: ownVariables, buildSees: "scoped" },
    };
  }
  const before = steps.some(({ phase }) => phase === "release");
  return {
    manifests: [...manifests, ...builder.manifests],
    processes: builder.processes,
    env: builder.env,
    steps: [...builder.steps, ...steps],
    python: builder.python,
    problems: [
      ...problems,
      ...builder.problems,
      ...mistakes({
        procfile: builder.procfile,
        started: builder.processes[0],
        nixpacks: config?.builder === "nixpacks",
        before,
        ignored: unread.find((path) => path !== program),
      }),
    ],
    folder,
    unread,
    changes: {
      ...changes,
      ...(config?.builder === "nixpacks" && {
        python: nixpacksPythonWith(builder.env, given),
        packages: nixpacksPackagesWith(given),
        procfile: nixpacksProcfile,
        injects: { ...ownVariables, ...nixpacksVariables },
      }),
      ...withoutPython(
        config?.builder === "nixpacks" ? nixpacksPythonWith(builder.env, given) : railpackPython,
        builder.absent,
      ),
    },
  };
}

function mountsOf(image: { readonly processes: DeploymentRead["processes"] }) {
  return image.processes[0]?.mounts ?? [];
}

/**
 * The root directory is a setting of the service, which no file holds. Where nothing in the root can be built
 * and the project's own folder can, it has to be that.
 */
function serviceFolder(files: ProjectFiles, project: string, dockerfile: string | undefined): string {
  const builds = (folder: string) =>
    files.isFile(resolvePath(folder, dockerfile ?? "Dockerfile") ?? "") ||
    files.isFile(inside(folder, "railpack.json")) ||
    railpackProvider(files, folder)?.name === "Python";
  return project !== "" && !builds("") && builds(project) ? project : "";
}

function usesVolume(files: ProjectFiles): boolean {
  return files.list.some(
    (path) => path.endsWith(".py") && /RAILWAY_VOLUME_MOUNT_PATH/.test(files.text(path) ?? ""),
  );
}
