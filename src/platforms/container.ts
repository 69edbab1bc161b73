import type { ProjectFiles } from "../files/project-files.ts";
import type { Manifest, Process } from "./manifest.ts";
import { type DockerfileRead, inContainer, readDockerfile } from "./manifests/dockerfile.ts";
import { resolvePath } from "./paths.ts";

/** What is started from an image that the project builds. */
export interface Container extends Manifest {
  readonly image: DockerfileRead;
}

/** A command that a manifest gives instead of the image's; the image's entry point gets it as arguments. */
export type CommandOverride = Pick<Process, "command" | "at"> & { readonly name?: string };

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
  const overriding = commands.map(({ name = "web", command, at }) => {
    const { entrypoint } = image;
    const whole = entrypoint?.form === "exec" ? `${entrypoint.command} ${command}` : command;
    return inContainer({ name, command: whole, at }, image);
  });
  const hasWeb = overriding.some(({ name }) => name === "web");
  return { ...image, processes: [...(hasWeb ? [] : image.processes), ...overriding], image };
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
