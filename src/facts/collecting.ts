import type { Location } from "../location.ts";
import { middlewareIn } from "./django/middleware.ts";
import type { ProjectFacts } from "./facts.ts";

/** What runs collectstatic, so that STATIC_ROOT has files where the app runs. */
export type Collecting =
  | { readonly kind: "platform"; readonly at: undefined }
  | { readonly kind: "step"; readonly at: Location }
  /** The files that it would write are in the repository. */
  | { readonly kind: "committed"; readonly at: Location | undefined }
  | { readonly kind: "nobody" }
  | { readonly kind: "unknown"; readonly because: string };

/** What collectstatic is decided by. */
export type CollectingFacts = Pick<ProjectFacts, "settings" | "deployment" | "deploySteps"> & {
  readonly [K in "project" | "staticReferences"]?: ProjectFacts[K] | undefined;
};

/** The variable that turns the platform's own collectstatic off, where it is set to do so. */
export function collectingDisabled({
  settings,
  deployment,
}: Pick<CollectingFacts, "settings" | "deployment">):
  | { readonly name: string; readonly at: Location | undefined }
  | undefined {
  const name = deployment.platform.collectstatic.disabledBy;
  if (name === undefined) return undefined;
  const declared = deployment.env.find((each) => each.name === name);
  if (declared) return declared.value === "0" || declared.value === "" ? undefined : declared;
  const given = settings.given.get(name);
  return given && { name, at: given.at };
}

/** Whether the app itself serves what lies in STATIC_ROOT. */
export function servesCollected(settings: ProjectFacts["settings"]): boolean {
  return middlewareIn(settings).names.some((name) => /^(?:whitenoise|servestatic)\./.test(name));
}

/** Whether anything collects static files before the app needs them. */
export function collecting(facts: CollectingFacts): Collecting {
  const { settings, deployment, deploySteps, project, staticReferences } = facts;
  const { collectstatic, name } = deployment.platform;
  // `--dry-run` writes nothing.
  const collects = [...deploySteps.of("collectstatic"), ...ofPipeline(deploySteps)].find(
    ({ launch }) => !launch.args.some(({ text }) => text === "--dry-run" || text === "-n"),
  );
  if (collects) return { kind: "step", at: collects.launch.at };
  // Where the files are committed for a manifest storage, the manifest has to be among them.
  const { files = 0, manifest = false } = staticReferences?.collected ?? {};
  if (manifest || files > 0) return { kind: "committed", at: settings.get("STATIC_ROOT").at };
  const hasImage = deployment.image !== undefined;
  if (!hasImage && collectstatic.runs === "unknown")
    return { kind: "unknown", because: `whether ${name} runs collectstatic is not known` };
  if (!hasImage && collectstatic.runs === "automatic" && !collectingDisabled(facts)) {
    if (deployment.managePy !== undefined && deployment.managePy === project?.managePy)
      return { kind: "platform", at: undefined };
    return { kind: "unknown", because: `which project's collectstatic ${name} runs is not known` };
  }
  const [unclear] = deploySteps.unclear;
  if (unclear !== undefined) return { kind: "unknown", because: unclear };
  return { kind: "nobody" };
}

function ofPipeline(deploySteps: ProjectFacts["deploySteps"]): ProjectFacts["deploySteps"]["all"] {
  return deploySteps.pipeline.filter(({ kind }) => kind === "collectstatic");
}
