import type { Deployment } from "../../platforms/platform.ts";
import type { DeploySteps } from "../deploy-steps.ts";

/**
 * Why a process that the files do not declare may run all the same, as a sentence; undefined where they declare
 * whatever runs, as far as it can be told.
 */
export function mayRunMore({ processes, image }: Deployment, steps: DeploySteps): string | undefined {
  const web = processes.find(({ name }) => name === "web");
  if (!web) return "the deployment declares no processes";
  if (web.at.file === image?.path || web.source !== undefined)
    return "whoever deploys it may start other processes from the same code";
  const doubt = steps.unclear[0];
  if (doubt !== undefined) return `what the deployment starts cannot be followed: ${doubt}`;
  const other = processes.find(
    ({ name, command }) =>
      name !== "web" &&
      // Celery's beat only queues.
      !/\bcelery\b.{0,1000}\sbeat\b/.test(command) &&
      /work|queue|celery|task|consumer|schedul|beat|\bjobs?\b|\brq\b|huey|cron/i.test(`${name} ${command}`),
  );
  return other && `${other.name} may be what runs tasks`;
}

/** Whether a list of processes is all there is: those of a Procfile, on a platform that has no other place for one. */
export function isWholeList({ processes, platform }: Deployment): boolean {
  const web = processes.find(({ name }) => name === "web");
  return (
    platform.start.elsewhere === undefined &&
    platform.procfile !== undefined &&
    /(?:^|\/)Procfile$/.test(web?.at.file ?? "")
  );
}
