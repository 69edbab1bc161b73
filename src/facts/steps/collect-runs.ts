import type { DeployStep } from "../deploy-steps.ts";
import type { SettingsView } from "../django/settings.ts";
import type { ProjectFacts } from "../facts.ts";
import { variablesAt } from "../image-file.ts";
import { givenTo, moduleLoaded, settingsWithOnly } from "./loaded-settings.ts";

/** A collectstatic that goes over what it has copied, with the settings that it loads. */
export interface CollectRun {
  readonly view: SettingsView;
  /** Each deployment runs it, with those settings. */
  readonly isCertain: boolean;
  /** What it depends on otherwise. */
  readonly when: string;
}

type RunFacts = Pick<ProjectFacts, "settings" | "deploySteps"> & {
  readonly [K in "settingsModule" | "imageFile" | "code"]?: ProjectFacts[K] | undefined;
};

/**
 * Every collectstatic of the deployment whose settings can be told; the platform's own where no step runs one.
 * Not among them: one that loads another module, or settings that do not import.
 */
export function collectRuns(facts: RunFacts): readonly CollectRun[] {
  const { settings, deploySteps, code } = facts;
  if (code?.file(settings.file)?.text.includes("collectstatic")) return [];
  const all = [
    ...deploySteps.of("collectstatic"),
    ...deploySteps.pipeline.filter(({ kind }) => kind === "collectstatic"),
  ];
  if (all.length === 0) return [{ view: settings, isCertain: true, when: "" }];
  return all
    .filter(({ launch: { args } }) => !args.some(({ text }) => withoutWork.test(text)))
    .flatMap((step) => {
      const view = viewOf(step, facts);
      return view?.outcome.kind === "completed" ? [{ view, ...certaintyOf(step) }] : [];
    });
}

const withoutWork = /^(?:--dry-run|-n|--no-post-process|--help|-h)$/;

function certaintyOf({ phase, launch }: DeployStep): Pick<CollectRun, "isCertain" | "when"> {
  if (phase === "pipeline")
    return { isCertain: false, when: `${launch.at.file} collects with the settings of production` };
  return launch.conditional
    ? { isCertain: false, when: `the test in ${launch.at.file} lets collectstatic run` }
    : { isCertain: true, when: "" };
}

function viewOf(
  { phase, launch }: DeployStep,
  { settings, settingsModule, imageFile }: RunFacts,
): SettingsView | undefined {
  const inImage = phase === "build" && imageFile !== undefined && launch.at.file === imageFile.path;
  const given = givenTo(launch, inImage ? variablesAt(imageFile, launch.at.line) : new Map());
  const namesModule =
    given.has("DJANGO_SETTINGS_MODULE") || launch.args.some(({ text }) => /^--settings/.test(text));
  if (
    settingsModule &&
    (inImage || namesModule) &&
    moduleLoaded(launch, given, settingsModule) !== settings.module
  )
    return undefined;
  if (inImage) return settingsWithOnly(settings, given);
  const change = [...given].filter(
    ([name, value]) => value !== undefined && name !== "DJANGO_SETTINGS_MODULE",
  );
  return change.length === 0 ? settings : settings.under(Object.fromEntries(change));
}
