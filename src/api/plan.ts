import { checks } from "../checks/index.ts";
import { paintFor } from "../cli/paint.ts";
import { plan as run } from "../commands/plan.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { PlanDocument } from "../report/plan-document.ts";
import { documentOf, openProject, type ProjectOptions, surroundings } from "./project.ts";

/** What `plan` is told. */
export interface PlanOptions extends ProjectOptions {
  /** Ids of platforms, or `"all"`; otherwise those that the project's files show. */
  readonly platforms?: readonly string[];
}

/**
 * What each platform will do with a project: which Python, what it installs, builds, releases and starts, and
 * which variables it lacks.
 *
 * @example
 * ```ts
 * import { plan } from "deploy-check";
 *
 * const { plans } = await plan("path/to/project", { platforms: ["fly", "render"] });
 * for (const { platform, processes } of plans) console.log(platform, processes[0]?.command);
 * ```
 *
 * @param project its folder, or its files from any other source, such as `memoryFiles`
 * @throws as `check` does
 */
export async function plan(
  project: string | ProjectFiles = ".",
  options: PlanOptions = {},
): Promise<PlanDocument> {
  const opened = await openProject(project, options);
  const outcome = await run({
    checks,
    files: opened.files,
    path: opened.path,
    settings: options.settings ?? opened.config.settings,
    env: opened.env,
    platforms: options.platforms ?? opened.config.platforms ?? [],
    format: "json",
    paint: paintFor(surroundings(), {}),
  });
  return JSON.parse(documentOf(outcome));
}
