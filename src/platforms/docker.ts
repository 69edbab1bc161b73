import type { ProjectFiles } from "../files/project-files.ts";
import { tlsOfCaddy } from "./caddyfile.ts";
import { deployedCompose, readComposeDeployment } from "./compose-deployment.ts";
import { imageOf, leftToTheImage, readContainer } from "./container.ts";
import { isCompose } from "./manifests/compose.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { findProcfile, inside, otherDeploymentFiles } from "./read-manifest.ts";
import { noHealthCheck } from "./rules.ts";

/**
 * A container on a machine of one's own: a compose file for production, or an image by itself.
 * https://docs.docker.com/reference/dockerfile/, https://docs.docker.com/reference/compose-file/ (2026).
 */
export const docker: Platform = {
  id: "docker",
  name: "Docker",
  docs: "https://docs.docker.com/guides/django/",
  factsAsOf: "2026-11-20, the references of Dockerfile and compose file",
  detect(files, folder) {
    // A Procfile says what starts, and an image beside it may be for development.
    if (findProcfile(files, folder) !== undefined) return undefined;
    const compose = deployedCompose(files, folder);
    if (compose) return { kind: "shared", because: compose.because };
    const [image] = dockerfiles(files, folder);
    return image === undefined ? undefined : { kind: "shared", because: `${image.path} is there` };
  },
  read: readDocker,
  ownChecks: ["dev-compose-in-production"],
  // A container gets nothing but what its files declare.
  injects: {},
  ...leftToTheImage,
  buildSees: "none",
  start: {
    elsewhere: "the command that starts the container",
    fix: (command) => `# Dockerfile\nCMD ["sh", "-c", ${JSON.stringify(`exec ${command}`)}]`,
  },
  release: undefined,
  port: { variable: undefined, number: undefined, reachedFrom: "outside" },
  images: { host: "own", builtFrom: "folder", tellsFirstProcess: true },
  tls: { endsAt: "own-proxy", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: noHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  // Whoever starts the image may mount a volume.
  disk: "unknown",
};

/** What images for production are called, before the usual name. */
const names = [
  "Dockerfile.prod",
  "Dockerfile.production",
  "prod.Dockerfile",
  "production.Dockerfile",
  "Dockerfile",
];

/** In the root or the project's folder, which is then what is built. */
function dockerfiles(files: ProjectFiles, folder: string) {
  return [...new Set(["", folder])]
    .flatMap((context) => names.map((name) => ({ path: inside(context, name), context })))
    .filter(({ path }) => files.isFile(path));
}

function readDocker(files: ProjectFiles, folder: string): DeploymentRead {
  const compose = deployedCompose(files, folder);
  const composed = compose && readComposeDeployment(files, compose);
  const read =
    composed && (composed.processes.length > 0 || composed.manifests.length > 1)
      ? composed
      : readImage(files, folder);
  const tls = tlsOfCaddy(files);
  if (read && read.processes.length > 0) return tls ? { ...read, changes: { ...read.changes, tls } } : read;
  const unread = otherDeploymentFiles(files, folder).filter((path) => !read?.manifests.includes(path));
  const compositions = files
    .children("")
    .filter((path) => isCompose(path) && !read?.manifests.includes(path));
  return {
    ...(read ?? { manifests: [], processes: [], env: [], steps: [] }),
    unread: [...compositions, ...unread],
  };
}

/** Beside a compose file that is not for production, the image may be for development too. */
function readImage(files: ProjectFiles, folder: string): DeploymentRead | undefined {
  const [dockerfile] = dockerfiles(files, folder);
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
    ...imageOf(container),
    changes: { health: container.image.health ?? noHealthCheck },
  };
}
