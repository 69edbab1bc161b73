import type { ProjectFiles } from "../files/project-files.ts";
import { findDockerfile, readContainer } from "./container.ts";
import { isCompose, looksLikeProduction, readCompose } from "./manifests/compose.ts";
import { readFlyToml } from "./manifests/fly-toml.ts";
import { usualProcfile } from "./manifests/procfile.ts";
import { folderOf, resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import { otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { render } from "./render.ts";
import { unknownHealthCheck } from "./rules.ts";

/**
 * Some host that starts what a manifest says: what is assumed when nothing tells the platform. Only what
 * all such hosts have in common is claimed; the rest is unknown.
 *
 * Of several manifests the first one that is there counts: Procfile, render.yaml, fly.toml, a compose
 * file for production, Dockerfile. A compose file comes before the Dockerfile because it is what says
 * how that is built and started.
 */
export const procfileHost: Platform = {
  id: "procfile-host",
  name: "a Procfile host",
  docs: "https://devcenter.heroku.com/articles/procfile",
  factsAsOf: "2026-11-20",
  detect: () => undefined,
  read(files, folder) {
    for (const read of manifestReaders) {
      const found = read(files, folder);
      if (!found) continue;
      const unread = unreadFiles(files, folder).filter((path) => !found.manifests.includes(path));
      return found.processes.length > 0 ? found : { ...found, unread };
    }
    return { manifests: [], processes: [], env: [], steps: [], unread: unreadFiles(files, folder) };
  },
  injects: { PORT: undefined },
  python: undefined,
  packages: undefined,
  procfile: usualProcfile,
  buildSees: "unknown",
  collectstatic: { runs: "unknown", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the platform's dashboard or a server's own configuration",
    fix: (command) => `# Procfile\nweb: ${command}`,
  },
  release: {
    name: "a release step",
    fix: (command) => `# Procfile\nrelease: ${command}`,
    keepsFiles: false,
    shell: undefined,
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  tls: { endsAt: "unknown", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: unknownHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  disk: "unknown",
};

function unreadFiles(files: ProjectFiles, folder: string): readonly string[] {
  const compose = files
    .children("")
    .filter((path) => isCompose(path) && readManifest(files, path, readCompose)?.web);
  return [...compose, ...otherDeploymentFiles(files, folder)];
}

type ManifestReader = (files: ProjectFiles, folder: string) => DeploymentRead | undefined;

const manifestReaders: readonly ManifestReader[] = [
  (files, folder) => readProcfileDeployment(files, folder),
  (files, folder) => (files.isFile("render.yaml") ? render.read(files, folder) : undefined),
  readFly,
  readProductionCompose,
  readImage,
];

/** A container gets $PORT only if its manifest says so. */
const nothingInjected: Partial<PlatformRules> = { injects: {} };

function readFly(files: ProjectFiles, folder: string): DeploymentRead | undefined {
  const path = ["fly.toml", resolvePath(folder, "fly.toml") ?? ""].find((one) => files.isFile(one));
  const fly = path === undefined ? undefined : readManifest(files, path, readFlyToml);
  if (!fly) return undefined;
  const context = folderOf(fly.path);
  const container = readContainer(files, resolvePath(context, fly.build.dockerfile ?? "Dockerfile") ?? "", {
    context,
    target: fly.build.target,
    commands: fly.processes,
  });
  return {
    manifests: [fly.path, ...(container ? [container.path] : [])],
    processes: container?.processes ?? fly.processes,
    env: [...fly.env, ...(container?.env ?? [])],
    steps: [...(container?.steps ?? []), ...fly.steps],
    changes: {
      disk: fly.disk,
      injects: { FLY_APP_NAME: undefined, FLY_REGION: undefined, FLY_MACHINE_ID: undefined },
    },
  };
}

function readProductionCompose(files: ProjectFiles, folder: string): DeploymentRead | undefined {
  const candidates = [...new Set([...files.children(""), ...files.children(folder)])];
  for (const path of candidates.filter(looksLikeProduction)) {
    const compose = readManifest(files, path, readCompose);
    const service = compose?.web;
    if (!compose || !service) continue;
    const context = resolvePath(folderOf(path), service.build?.context ?? "") ?? "";
    const override = service.command && {
      command: service.entrypoint
        ? `${service.entrypoint.text} ${service.command.text}`
        : service.command.text,
      at: service.command.at,
    };
    const container =
      service.build &&
      readContainer(files, resolvePath(context, service.build.dockerfile) ?? "", {
        context,
        target: service.build.target,
        commands: override ? [override] : [],
      });
    const processes = [...(container?.processes ?? [])];
    if (!container && override) {
      const folderUnclear = `the image of ${path} is not built from this repository`;
      processes.push({ name: "web", ...override, folderUnclear });
    }
    if (!container && !override) continue;
    return {
      manifests: [path, ...(container ? [container.path] : [])],
      processes,
      env: [...compose.env, ...(container?.env ?? [])],
      steps: container?.steps ?? [],
      changes: nothingInjected,
    };
  }
  return undefined;
}

/** Beside a compose file that is not for production, the image may be for development too. */
function readImage(files: ProjectFiles, folder: string): DeploymentRead | undefined {
  const dockerfile = findDockerfile(files, folder);
  const container = dockerfile && readContainer(files, dockerfile.path, { context: dockerfile.context });
  if (!container) return undefined;
  const compose = files.children("").find(isCompose);
  const onlyIf =
    compose === undefined
      ? undefined
      : `the image of ${container.path} is deployed, and not only used by ${compose}`;
  return {
    manifests: [container.path],
    processes: container.processes.map((process) => ({ ...process, ...(onlyIf && { onlyIf }) })),
    env: container.env,
    steps: container.steps,
    changes: nothingInjected,
  };
}
