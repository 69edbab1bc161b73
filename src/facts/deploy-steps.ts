import { nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { type Launch, launchesOf } from "../platforms/commands/follow.ts";
import type { Command, Process } from "../platforms/manifest.ts";
import type { Deployment } from "../platforms/platform.ts";
import { releaseNames } from "../platforms/rules.ts";
import type { FactOptions } from "./define.ts";
import { defineFact } from "./define.ts";
import { type ByHand, migratedByHand } from "./steps/by-hand.ts";
import { kindOf, type StepKind } from "./steps/kind.ts";
import { pipelineLaunches } from "./steps/pipelines.ts";

/** A program that runs while a version is deployed, or in each of its instances (catalogue §8.11). */
export interface DeployStep {
  /**
   * `build` has no database; `release` runs once for a version; `start` in every instance; `pipeline` where
   * the project's own pipeline says so, which is no part of what the platform does by itself.
   */
  readonly phase: "build" | "release" | "start" | "pipeline";
  /** The process that runs it when it starts: "web"; undefined for what runs once. */
  readonly process: string | undefined;
  readonly kind: StepKind;
  readonly launch: Launch;
  /** What declares it: the command of a manifest, of which it may be a line of a script. */
  readonly declaredBy: Command;
}

/** A step of a pipeline, such as a workflow of GitHub's. */
export interface PipelineStep extends DeployStep {
  readonly phase: "pipeline";
  /** How it gets onto the platform: "heroku run", "ssh"; undefined for what runs on the pipeline's own machine. */
  readonly through: string | undefined;
}

export interface DeploySteps {
  /** What the platform runs, in that order; the pipelines' steps are not among them. */
  readonly all: readonly DeployStep[];
  of(kind: StepKind): readonly DeployStep[];
  /** What could not be followed, one sentence each: a step that is not found may be in there. */
  readonly unclear: readonly string[];
  /** What the project's pipelines run. Read when it is asked for. */
  readonly pipeline: readonly PipelineStep[];
  /** Where the project tells of migrations that somebody starts by hand; undefined for nowhere. Read when it is asked for. */
  readonly migratedBy: ByHand | undefined;
}

/** Every program that the deployment runs, followed through the project's own scripts. */
export const deploySteps = defineFact<"deploySteps", "deployment">({
  wants: ["deployment"],
  read({ files, options }, { deployment }) {
    if (!deployment) return stepsOf([], [], files);
    const variables = deployedVariables(deployment, options);
    const followed = commandsOf(deployment).map(({ command, ...place }) => {
      const { launches, unclear } = launchesOf(command, files, variables);
      const steps = launches.map((launch) => ({
        ...place,
        launch,
        kind: kindOf(launch),
        declaredBy: command,
      }));
      return { steps, unclear };
    });
    return stepsOf(
      followed.flatMap(({ steps }) => steps),
      [...new Set(followed.flatMap(({ unclear }) => unclear))],
      files,
    );
  },
});

type Placed = Pick<DeployStep, "phase" | "process"> & { readonly command: Command };

/** Build, release, start. */
function commandsOf(deployment: Deployment): readonly Placed[] {
  const { steps } = deployment;
  const inPhase = (phase: DeployStep["phase"]): Placed[] =>
    steps.filter((step) => step.phase === phase).map((command) => ({ phase, process: undefined, command }));
  const started = startedProcesses(deployment)
    .filter((process) => !isMeantElsewhere(process, deployment))
    .map((command): Placed => ({ phase: "start", process: command.name, command }));
  return [...inPhase("build"), ...inPhase("release"), ...inPhase("start"), ...started];
}

/** The processes that can be started: one that the platform takes for its release step is none. */
export function startedProcesses({ steps, processes, platform }: Deployment): readonly Process[] {
  const release = platform.procfile?.release?.name;
  const isStep = ({ at }: Process) =>
    steps.some((step) => step.at.file === at.file && step.at.line === at.line);
  return processes.filter((process) => process.name !== release || !isStep(process));
}

/** It was meant as the release step of another platform, so nobody starts it: `procfile-process-types` tells. */
function isMeantElsewhere({ name, at }: Process, { platform }: Deployment): boolean {
  const { release, serves = ["*"] } = platform.procfile ?? {};
  return (
    name !== release?.name &&
    releaseNames.includes(name) &&
    !serves.includes("*") &&
    nameOf(at.file) === "Procfile"
  );
}

function stepsOf(all: readonly DeployStep[], unclear: readonly string[], files: ProjectFiles): DeploySteps {
  let pipeline: readonly PipelineStep[] | undefined;
  return {
    all,
    unclear,
    of: (kind) => all.filter((step) => step.kind === kind),
    get pipeline() {
      pipeline ??= pipelineLaunches(files).map((step) => ({
        ...step,
        phase: "pipeline",
        process: undefined,
        kind: kindOf(step.launch),
      }));
      return pipeline;
    },
    get migratedBy() {
      return migratedByHand(files);
    },
  };
}

/** The variables that a command of the deployment sees: injected, declared, given; later ones win. */
export function deployedVariables(
  { platform, env }: Deployment,
  { env: given }: Pick<FactOptions, "env">,
): ReadonlyMap<string, string | undefined> {
  return new Map<string, string | undefined>([
    ...Object.entries(platform.injects),
    ...env.map(({ name, value }) => [name, value] as const),
    ...given,
  ]);
}
