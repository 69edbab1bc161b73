import type { ProjectFiles } from "../files/project-files.ts";
import type { Manifest, Process } from "./manifest.ts";
import { type DockerfileRead, inContainer, isBareImage, readDockerfile } from "./manifests/dockerfile.ts";
import { resolvePath } from "./paths.ts";
import type { DeployedImage, DeploymentRead, PlatformRules } from "./platform.ts";

/** What is started from an image that the project builds. */
export interface Container extends Manifest {
  readonly image: DockerfileRead;
  /** What is sent to the builder, and the stage that is asked for. */
  readonly context: string;
  readonly target: string | undefined;
}

/** A command that a manifest gives instead of the image's; the image's entry point gets it as arguments. */
export type CommandOverride = Pick<Process, "command" | "at" | "shell" | "instances"> & {
  readonly name?: string;
  /** What is run instead of the image's entry point; "" for none. */
  readonly entrypoint?: string | undefined;
};

/**
 * The container that a Dockerfile makes, or undefined if there is no such file. `path` and `context` are
 * relative to the repository root.
 */
export function readContainer(
  files: ProjectFiles,
  path: string,
  {
    context = "",
    target,
    commands = [],
  }: {
    readonly context?: string;
    readonly target?: string | undefined;
    readonly commands?: readonly CommandOverride[];
  } = {},
): Container | undefined {
  const text = files.text(path);
  if (text === undefined) return undefined;
  const image = readDockerfile(path, text, { context, target, isFolder: (one) => files.isFolder(one) });
  const overriding = commands.map((command) => ({ name: "web", ...commandIn(image, command) }));
  const hasWeb = overriding.some(({ name }) => name === "web");
  return { ...image, processes: [...(hasWeb ? [] : image.processes), ...overriding], image, context, target };
}

/** A command in the image, behind its entry point. In shell form an entry point takes no arguments. */
export function commandIn<Command extends CommandOverride>(
  image: DockerfileRead,
  { entrypoint: instead, ...command }: Command,
): Omit<Command, "entrypoint"> & Pick<Process, "mounts" | "folder" | "folderUnclear"> {
  const own = image.entrypoint?.form === "exec" ? image.entrypoint.command : "";
  return inContainer({ ...command, command: `${instead ?? own} ${command.command}`.trim() }, image);
}

/** What a deployment says of its image; `startedAs` is the user that a manifest names. */
export function imageOf(
  container: Container | undefined,
  startedAs?: string,
): Pick<DeploymentRead, "image" | "exposes"> | undefined {
  if (!container) return undefined;
  const { path, image, context, target } = container;
  const { user, installs, exposes, packagesOf } = image;
  const foreign = image.image && !isBareImage(image.image.name) ? image.image.name : undefined;
  const mayBring =
    foreign !== undefined
      ? `${path} builds on ${foreign}, which may bring packages`
      : packagesOf !== undefined
        ? `${path} copies packages from ${packagesOf}`
        : undefined;
  const deployed: DeployedImage = {
    path,
    context,
    target,
    base: image.image,
    user,
    startedAs,
    installs,
    mayBring,
  };
  return { image: deployed, ...(exposes.length > 0 && { exposes }) };
}

/** The Dockerfile of the repository root, or of the project's folder, with the folder that it is built from. */
export function findDockerfile(
  files: ProjectFiles,
  folder: string,
): { readonly path: string; readonly context: string } | undefined {
  return ["", folder]
    .map((context) => ({ path: resolvePath(context, "Dockerfile") ?? "", context }))
    .find(({ path }) => files.isFile(path));
}

/** What a platform leaves to the image that it is given: Python, packages, static files, and what is started. */
export const leftToTheImage: Pick<PlatformRules, "python" | "packages" | "procfile" | "collectstatic"> = {
  python: undefined,
  packages: undefined,
  procfile: undefined,
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
};
