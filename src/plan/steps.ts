import { isInstalled } from "../facts/django/static-files.ts";
import type { PackageFiles } from "../facts/package-files.ts";
import { startOf } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import { inside } from "../platforms/read-manifest.ts";
import type { PackageRules, PackageSource } from "../platforms/rules.ts";
import { type PlanFacts, type PlannedCommand, planned } from "./plan.ts";

/** How the platform itself installs the packages; undefined where a build step of the project does, or nobody can tell. */
export function installStep({ packageFiles }: PlanFacts, platform: Platform): PlannedCommand | undefined {
  const rules = platform.packages;
  if (!rules || !packageFiles || packageFiles.dockerfile !== undefined) return undefined;
  const source = installSource(rules, packageFiles);
  if (!source) return undefined;
  return {
    command: source.install,
    source: platform.name,
    at: startOf(inside(packageFiles.folder, source.file)),
  };
}

/** The file that counts; undefined if none does, or if the platform refuses what is there. */
function installSource(rules: PackageRules, { inRoot }: PackageFiles): PackageSource | undefined {
  const there = rules.sources.filter(
    ({ file, with: beside }) => inRoot.includes(file) && (beside === undefined || inRoot.includes(beside)),
  );
  const [first, second] = there;
  if (!first || (second && rules.several === "fails")) return undefined;
  const locks = rules.sources.some(({ file }) => file === "Pipfile.lock");
  const refused =
    locks && inRoot.includes("Pipfile") && !takes(rules, "Pipfile") && !inRoot.includes("Pipfile.lock");
  return refused ? undefined : first;
}

function takes({ sources }: PackageRules, name: string): boolean {
  return sources.some(({ file }) => file === name);
}

/** The project's build steps, and behind them what the platform does by itself. */
export function buildSteps(facts: PlanFacts, platform: Platform): readonly PlannedCommand[] {
  const declared = (facts.deployment?.steps ?? []).filter(({ phase }) => phase === "build").map(planned);
  const { packageFiles } = facts;
  const { packages } = platform;
  const source =
    packages && packageFiles && packageFiles.dockerfile === undefined
      ? installSource(packages, packageFiles)
      : undefined;
  const own = source?.build;
  const at = source && startOf(inside(packageFiles?.folder ?? "", source.file));
  const collects = collectedBy(facts, platform);
  return [
    ...(own === undefined ? [] : [{ command: own, source: platform.name, at }]),
    ...declared,
    ...(collects ? [collects] : []),
  ];
}

/** `collectstatic` as the platform runs it unasked. */
export function collectedBy(
  { packageFiles, packages, deployment, settings, given }: PlanFacts,
  platform: Platform,
): PlannedCommand | undefined {
  const { withoutApp, disabledBy } = platform.collectstatic;
  const managePy = deployment?.managePy;
  // An image is built by its own steps.
  if (managePy === undefined || packageFiles?.dockerfile !== undefined) return undefined;
  if (packages?.installs("django") === "no") return undefined;
  const lacksApp = settings && isInstalled(settings, "django.contrib.staticfiles") === false;
  if (lacksApp && withoutApp === "skips") return undefined;
  const declared = deployment?.env.find(({ name }) => name === disabledBy);
  const off = given.get(disabledBy ?? "") ?? (declared && (declared.value ?? "kept elsewhere"));
  if (off !== undefined && off !== "" && off !== "0") return undefined;
  const command = `python ${managePy} collectstatic --noinput`;
  return { command, source: platform.name, at: startOf(managePy) };
}
