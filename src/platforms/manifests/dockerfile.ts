import { type Location, startOf } from "../../location.ts";
import type { ExposedPort, Manifest, Mount, Process, Step } from "../manifest.ts";
import type { HealthRules } from "../rules.ts";
import { quote } from "../shell/expand.ts";
import { packagesFrom } from "./dockerfile-packages.ts";
import {
  type BuildOptions,
  findStage,
  type Part,
  projectFolder,
  readStages,
  type Stage,
} from "./dockerfile-stages.ts";

/** A Dockerfile, as far as the stage that is deployed goes. https://docs.docker.com/reference/dockerfile/ */
export interface DockerfileRead extends Manifest {
  /** What the stage is made from in the end: "python:3.13-slim". */
  readonly image: BaseImage | undefined;
  /** Where the project's files are in the image, and the folder commands start in. */
  readonly mounts: readonly Mount[];
  readonly workdir: string;
  /** `ENTRYPOINT`, as a shell command. A command from elsewhere is its argument. */
  readonly entrypoint: Part | undefined;
  /** `USER`, as written. */
  readonly user: string | undefined;
  /** `EXPOSE`, and the port that its own health check asks. */
  readonly exposes: readonly ExposedPort[];
  /** `HEALTHCHECK`; undefined if there is none. */
  readonly health: HealthRules | undefined;
  /** Those of its steps whose packages are in the image: not the ones of a stage that something else was copied from. */
  readonly installs: readonly Step[];
  /** The image from elsewhere that packages are copied from. */
  readonly packagesOf: string | undefined;
}

export interface BaseImage {
  /** As written, with its variables put in: "python:3.13-slim". */
  readonly name: string;
  /** The Python that its tag names. */
  readonly version: string | undefined;
  readonly at: Location;
}

/** Larger ones are not written by hand. */
const largest = 64_000;

/** The stage that is deployed: the one that is asked for, or the last. */
export function deployedStage(path: string, text: string, options: BuildOptions): Stage | undefined {
  return text.length > largest ? undefined : chooseStage(readStages(path, text, options), options.target);
}

export function readDockerfile(path: string, text: string, options: BuildOptions): DockerfileRead {
  const problem = text.length > largest ? `${path} is too large to be read` : undefined;
  const stages = problem === undefined ? readStages(path, text, options) : [];
  const stage = chooseStage(stages, options.target);
  const command = stage && joinCommand(stage.entrypoint, stage.cmd);
  const packages = stage && packagesFrom(stage);
  return {
    path,
    processes: stage && command ? [inContainer({ name: "web", ...command }, stage)] : [],
    env: [...(stage?.env.values() ?? [])],
    steps: stage ? inOrder([...usedStages(stage)].flatMap(({ steps }) => steps)) : [],
    problems: problem === undefined ? [] : [{ kind: "invalid", message: problem, at: startOf(path) }],
    image: stage && { ...stage.image, version: pythonOf(stage.image.name) },
    mounts: stage?.mounts ?? [],
    workdir: stage?.workdir ?? "/",
    entrypoint: stage?.entrypoint,
    user: stage?.user?.text,
    exposes: stage?.exposes ?? [],
    health: stage?.health,
    installs: inOrder(packages?.steps ?? []),
    packagesOf: packages?.foreign,
  };
}

/** A process that starts in the image's working folder. */
export function inContainer<Command extends Pick<Process, "command" | "at">>(
  process: Command,
  { workdir, mounts }: Pick<DockerfileRead, "workdir" | "mounts">,
): Command & Pick<Process, "mounts" | "folder" | "folderUnclear"> {
  const folder = projectFolder(workdir, mounts);
  return folder === undefined
    ? { ...process, mounts, folderUnclear: `nothing of the project is copied to ${workdir}` }
    : { ...process, mounts, folder };
}

/** `ENTRYPOINT` and `CMD` together: in shell form an entry point takes no arguments. */
export function joinCommand(
  entrypoint: Part | undefined,
  cmd: Part | undefined,
): Pick<Process, "command" | "at"> | undefined {
  if (!entrypoint) return cmd && { command: cmd.command, at: cmd.at };
  if (!cmd || entrypoint.form === "shell") return { command: entrypoint.command, at: entrypoint.at };
  const args = cmd.form === "exec" ? cmd.command : `/bin/sh -c ${quote(cmd.command)}`;
  return { command: `${entrypoint.command} ${args}`, at: cmd.at };
}

function chooseStage(stages: readonly Stage[], target: string | undefined): Stage | undefined {
  return (target === undefined ? undefined : findStage(stages, target)) ?? stages.at(-1);
}

/** A stage and those that it takes something from. What it is made from is a part of it. */
function usedStages(stage: Stage, found: Set<Stage> = new Set()): ReadonlySet<Stage> {
  if (found.has(stage)) return found;
  found.add(stage);
  for (const { from } of stage.takes) if (typeof from !== "string") usedStages(from, found);
  return found;
}

/** As they stand in the file, each once: two stages may be made from the same one. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const byLine = new Map(steps.map((step) => [step.at.line, step] as const));
  return [...byLine.values()].sort((one, two) => one.at.line - two.at.line);
}

/** `python:3.13-slim`, `ghcr.io/astral-sh/uv:python3.13-bookworm-slim`: the version that the tag names. */
export function pythonOf(image: string): string | undefined {
  return (
    /(?:^|\/)python:v?(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1] ??
    /:(?:[^:]*-)?python(\d+\.\d+(?:\.\d+)?)/.exec(image)?.[1]
  );
}

/** Images that bring Python at most, and no package of it. */
export function isBareImage(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?(?:python|alpine|debian|ubuntu)(?::|@|$)|astral-sh\/uv:|(?:^|\/)python:/.test(
    image,
  );
}
