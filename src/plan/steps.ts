import { startOf } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import { type PlanFacts, type PlannedCommand, planned } from "./plan.ts";

/** How the platform itself installs the packages; undefined where a build step of the project does, or nobody can tell. */
export function installStep({ packageFiles }: PlanFacts, platform: Platform): PlannedCommand | undefined {
  const rules = platform.packages;
  if (!rules || !packageFiles || packageFiles.dockerfile !== undefined) return undefined;
  const { folder, inRoot } = packageFiles;
  const there = rules.sources.filter(
    ({ file, with: beside }) => inRoot.includes(file) && (beside === undefined || inRoot.includes(beside)),
  );
  const [first, second] = there;
  if (!first || (second && rules.several === "fails")) return undefined;
  const path = folder === "" ? first.file : `${folder}/${first.file}`;
  return { command: first.install, source: platform.name, at: startOf(path) };
}

/** The project's build steps, and behind them what the platform does by itself. */
export function buildSteps(facts: PlanFacts, platform: Platform): readonly PlannedCommand[] {
  const declared = (facts.deployment?.steps ?? []).filter(({ phase }) => phase === "build").map(planned);
  const collects = collectedBy(facts, platform);
  return collects ? [...declared, collects] : declared;
}

/** `collectstatic` as the platform runs it unasked. */
export function collectedBy(
  { project, packageFiles, deployment }: PlanFacts,
  platform: Platform,
): PlannedCommand | undefined {
  const { runs, managePyDepth, disabledBy } = platform.collectstatic;
  const managePy = project?.managePy;
  if (runs !== "automatic" || managePy === undefined || project?.framework !== "django") return undefined;
  // An image is built by its own steps.
  if (packageFiles?.dockerfile !== undefined) return undefined;
  const folder = packageFiles?.folder ?? "";
  const below = folder === "" ? managePy : managePy.slice(folder.length + 1);
  if (below.split("/").length - 1 > managePyDepth) return undefined;
  const off = deployment?.env.find(({ name }) => name === disabledBy);
  if (off && off.value !== "0") return undefined;
  const command = `python ${managePy} collectstatic --noinput`;
  return { command, source: platform.name, at: startOf(managePy) };
}
