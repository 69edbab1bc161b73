import type { ProjectFiles } from "../files/project-files.ts";
import { commandIn, imageOf, leftToTheImage, readContainer } from "./container.ts";
import type { ManifestProblem, Mount, Process, Step } from "./manifest.ts";
import { type FlyToml, readFlyToml } from "./manifests/fly-toml.ts";
import { folderOf, fromContainer, resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { inside, otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/**
 * Fly.io. Unless said otherwise the facts are from superfly/docs @5c22c8c (2026-08-07), reference/configuration,
 * and superfly/flyctl @ad0172f (2026-08-21).
 */
export const fly: Platform = {
  id: "fly",
  name: "Fly.io",
  docs: "https://fly.io/docs/django/",
  factsAsOf: "2026-08-21, superfly/flyctl @ad0172f",
  detect(files, folder) {
    const path = findConfig(files, folder);
    if (path !== undefined) return { kind: "own", because: `${path} is there` };
    const settings = settingsWrittenFor(
      files,
      folder,
      /["']FLY_(?:APP_NAME|REGION|MACHINE_ID|ALLOC_ID)["']|\.fly\.dev\b/,
    );
    return settings === undefined ? undefined : { kind: "own", because: `${settings} is written for Fly.io` };
  },
  read: readFly,
  // machines/runtime-environment. There is no PORT unless [env] has one.
  injects: {
    FLY_APP_NAME: undefined,
    FLY_MACHINE_ID: undefined,
    FLY_ALLOC_ID: undefined,
    FLY_REGION: undefined,
    FLY_PUBLIC_IP: undefined,
    FLY_PRIVATE_IP: undefined,
    FLY_IMAGE_REF: undefined,
    FLY_MACHINE_VERSION: undefined,
    FLY_PROCESS_GROUP: undefined,
    FLY_VM_MEMORY_MB: undefined,
    PRIMARY_REGION: undefined,
  },
  ...leftToTheImage,
  // Neither secrets nor [env]; only build arguments.
  buildSees: "none",
  start: {
    elsewhere: undefined,
    fix: (command) => `# fly.toml\n[processes]\n  app = ${JSON.stringify(command)}`,
  },
  release: {
    name: "release_command",
    fix: (command) => `# fly.toml\n[deploy]\n  release_command = ${JSON.stringify(command)}`,
    // A machine of its own, without the app's volumes.
    keepsFiles: false,
    // appconfig/machines.go splits it into words (shlex).
    shell: false,
  },
  port: { variable: undefined, number: undefined, reachedFrom: "outside" },
  images: { host: "managed", builtFrom: "folder" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: ".fly.dev", variable: undefined },
  // Without a check of the app's own, only that the machine stays up is looked at.
  health: noHealthCheck,
  database: {
    variable: "DATABASE_URL",
    others: [],
    // `fly postgres attach`.
    scheme: "postgres",
    schemeDoubted: true,
    fix: "fly mpg create\nfly mpg attach <cluster>",
  },
  // Volumes are asked for with [[mounts]].
  disk: "ephemeral",
  isolated: true,
};

const names = ["fly.toml", "fly.json", "fly.yaml"];

/** Where `fly deploy` is run: in the root, or beside the project. Failing that, one that is named with `--config`. */
function findConfig(files: ProjectFiles, folder: string): string | undefined {
  const usual = [...names, ...names.map((name) => inside(folder, name))].find((path) => files.isFile(path));
  if (usual !== undefined) return usual;
  const named = files.list.filter((path) => /^(?:[\w-]+\/)?fly(?:[.-][\w-]+)?\.toml$/.test(path));
  return (
    named.find((path) => /prod|live/.test(path)) ?? named.find((path) => !/stag|test|dev|review/.test(path))
  );
}

function readFly(files: ProjectFiles, folder: string): DeploymentRead {
  const path = findConfig(files, folder);
  const config = path === undefined ? undefined : readManifest(files, path, readFlyToml);
  const { context, dockerfile } = whatIsBuilt(files, folder, config);
  const container =
    dockerfile === undefined || config?.build.image !== undefined
      ? undefined
      : readContainer(files, dockerfile, {
          context,
          target: config?.build.target,
          commands: config?.processes ?? [],
        });
  // Buildpacks take the processes from the Procfile.
  const built = config?.build.builder === undefined ? undefined : readProcfileDeployment(files, context);
  const unclear =
    container || built ? undefined : `the image of ${config?.path} is not made by the project's files`;
  const processes: readonly Process[] =
    container?.processes ?? withoutDockerfile(config?.processes ?? [], built?.processes ?? [], unclear);
  const release = config && releaseStep(config, container?.image, unclear);
  const manifests = [config?.path, container?.path, ...(container ? [] : (built?.manifests ?? []))];
  return {
    manifests: manifests.filter((one) => one !== undefined),
    processes,
    env: [...(container?.env ?? []), ...(config?.env ?? [])],
    steps: [...(container?.steps ?? []), ...(release ? [release] : [])],
    ...imageOf(container),
    memory: config?.memory,
    // Only what may be public is in [env].
    envElsewhere: "`fly secrets`",
    problems: [...(config?.problems ?? []), ...(config && !container ? nothingToBuild(config, context) : [])],
    ...(processes.length === 0 && {
      unread: otherDeploymentFiles(files, folder).filter((one) => one !== config?.path),
    }),
    changes: config && changesOf(config, container?.image.mounts ?? []),
  };
}

/** The Dockerfile that the file names, beside it; else the one where `fly deploy` is run. */
function whatIsBuilt(
  files: ProjectFiles,
  folder: string,
  config: FlyToml | undefined,
): { readonly context: string; readonly dockerfile: string | undefined } {
  const beside = config ? folderOf(config.path) : folder;
  if (config?.build.dockerfile !== undefined)
    return { context: beside, dockerfile: resolvePath(beside, config.build.dockerfile) };
  for (const context of [...new Set([beside, "", folder])]) {
    const dockerfile = ["Dockerfile", "dockerfile"]
      .map((name) => inside(context, name))
      .find((one) => files.isFile(one));
    if (dockerfile !== undefined) return { context, dockerfile };
  }
  return { context: beside, dockerfile: undefined };
}

function withoutDockerfile(
  own: readonly Process[],
  ofProcfile: readonly Process[],
  folderUnclear: string | undefined,
): readonly Process[] {
  const declared = own.map((process) => ({
    ...process,
    ...(folderUnclear !== undefined && { folderUnclear }),
  }));
  const names = new Set(declared.map(({ name }) => name));
  return [...declared, ...ofProcfile.filter(({ name }) => !names.has(name))];
}

/** It replaces the image's command, not its entry point. */
function releaseStep(
  { release }: FlyToml,
  image: Parameters<typeof commandIn>[0] | undefined,
  folderUnclear: string | undefined,
): Step | undefined {
  if (!release) return undefined;
  const step = { ...release, phase: "release" as const, shell: false };
  if (image) return commandIn(image, step);
  return { ...step, ...(folderUnclear !== undefined && { folderUnclear }) };
}

/** `fly deploy` without anything to build: "app does not have a Dockerfile or buildpacks configured". */
function nothingToBuild(config: FlyToml, context: string): readonly ManifestProblem[] {
  const { dockerfile, image, builder } = config.build;
  if (image !== undefined || builder !== undefined) return [];
  const looked = dockerfile ?? inside(context, "Dockerfile");
  return [
    {
      kind: "invalid",
      message: `${config.path} names no image and no builder, and ${looked} is not there`,
      at: { file: config.path, line: 1, column: 1 },
      // One may be named on the command line: `fly deploy --dockerfile`.
      severity: dockerfile === undefined ? "warning" : "error",
    },
  ];
}

function changesOf(
  { disk, health, port, forcesHttps, statics }: FlyToml,
  mounts: readonly Mount[],
): NonNullable<DeploymentRead["changes"]> {
  const mapped = statics.flatMap(({ url, folder, at }) => {
    const own = fromContainer(folder, mounts);
    return own === undefined ? [] : [{ url: url.replace(/\/$/, ""), folder: own, at }];
  });
  return {
    ...(mapped.length > 0 && { statics: { mapped, elsewhere: undefined } }),
    disk,
    health,
    tls: { ...fly.tls, redirects: forcesHttps ? "always" : "never" },
    ...(port && {
      port: { ...fly.port, number: port.number, declared: { key: port.key, at: port.at } },
    }),
  };
}
