import { middlewareIn } from "../facts/django/middleware.ts";
import { isInstalled } from "../facts/django/static-files.ts";
import type { Location } from "../location.ts";
import type { Platform } from "../platforms/platform.ts";
import { textOf } from "../python/inspect.ts";
import { projectRoot } from "../python/machine.ts";
import { pathOf } from "../python/models/pathlib.ts";
import type { PlanFacts } from "./plan.ts";
import { collectedBy } from "./steps.ts";

export interface PlannedStatic {
  /** STATIC_ROOT, relative to the project where it is inside; undefined if it is unset or cannot be told. */
  readonly root: string | undefined;
  readonly at: Location | undefined;
  /** What runs collectstatic: a platform or a file. */
  readonly collectedBy: string | undefined;
  /** What answers requests for static files, as far as the files show. */
  readonly servedBy: string | undefined;
}

export function plannedStatic(facts: PlanFacts, platform: Platform): PlannedStatic {
  const { settings, deploySteps, staticServing } = facts;
  const root = settings?.get("STATIC_ROOT");
  const path = root && (pathOf(root.value) ?? textOf(root.value));
  const [step] = deploySteps?.of("collectstatic") ?? [];
  const collected = collectedBy(facts, platform)?.source ?? step?.launch.at.file;
  return {
    root: path === undefined || path === "" ? undefined : withinProject(path),
    at: root?.explicit ? root.at : undefined,
    collectedBy: collected,
    servedBy: settings && (middleware(settings) ?? mapped(platform) ?? staticServing?.servers[0]?.by),
  };
}

function middleware(settings: NonNullable<PlanFacts["settings"]>): string | undefined {
  const { names } = middlewareIn(settings);
  if (names.some((name) => name.startsWith("whitenoise."))) return "WhiteNoise";
  if (names.some((name) => name.startsWith("servestatic."))) return "ServeStatic";
  return isInstalled(settings, "django.contrib.staticfiles") === false
    ? "nothing: staticfiles is not installed"
    : undefined;
}

/** A folder that a manifest maps to an address, or that the platform serves without being told. */
function mapped({ name, statics }: Platform): string | undefined {
  const [mapping] = statics?.mapped ?? [];
  return mapping && `${name}, which maps ${mapping.url} to ${mapping.folder}`;
}

function withinProject(path: string): string {
  return path.startsWith(`${projectRoot}/`) ? path.slice(projectRoot.length + 1) : path;
}
