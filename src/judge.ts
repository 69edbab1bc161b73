import type { Check } from "./check.ts";
import type { FactOptions } from "./facts/define.ts";
import type { Settings } from "./facts/django/settings.ts";
import { systemCheckAnswer } from "./facts/django/system-checks/index.ts";
import type { Project } from "./facts/project.ts";
import { recognise } from "./facts/recognise.ts";
import type { ProjectFiles } from "./files/project-files.ts";
import { type ChosenPlatform, choosePlatforms } from "./platforms/index.ts";
import type { Platform } from "./platforms/platform.ts";
import { textsIn } from "./python/inspect.ts";
import { type OpenRun, type RunRequest, run } from "./run.ts";

export interface JudgeRequest extends Pick<RunRequest, "ignored"> {
  readonly files: ProjectFiles;
  readonly checks: readonly Check[];
  readonly options: FactOptions;
  /** Instead of those that the project's files show. */
  readonly platforms?: readonly Platform[] | undefined;
}

/** The answers about a project, or why there are none. */
export type Judgement =
  | {
      readonly kind: "judged";
      readonly project: Project;
      readonly platforms: readonly ChosenPlatform[];
      readonly result: OpenRun;
    }
  /** Several projects, and nothing tells which one deploys. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly Project[] }
  /** `lookedFor` and `passedOver` as in `Recognition`. */
  | {
      readonly kind: "nothing";
      readonly lookedFor: readonly string[];
      readonly passedOver: readonly string[];
    };

/** Finds the project in a tree of files and the platforms it targets, and asks the checks. */
export async function judge({
  files,
  checks,
  options,
  platforms,
  ignored,
}: JudgeRequest): Promise<Judgement> {
  const recognition = recognise(files, options);
  if (recognition.kind !== "found") return recognition;
  const { project } = recognition;
  const targeted = choosePlatforms(files, project.folder);
  const chosen = platforms?.map((platform) => named(platform, targeted)) ?? targeted;
  const result = await run({
    files,
    checks,
    options,
    platforms: chosen.map(({ platform }) => platform),
    ignored: (check, facts) => ignored?.(check, facts) ?? silenced(check, facts.settings),
  });
  return { kind: "judged", project, platforms: chosen, result };
}

/** A platform that the user names, which the project may target anyhow. */
function named(platform: Platform, targeted: readonly ChosenPlatform[]): ChosenPlatform {
  const own = targeted.find((one) => one.platform === platform);
  return own ?? { platform, because: "--platform names it", targeted: false };
}

/** The project has said that it does not want to hear of it, to Django and so to us. */
function silenced({ django = [] }: Check, settings: Settings | undefined): string | undefined {
  if (!settings || django.length === 0) return undefined;
  const names = textsIn(settings.get("SILENCED_SYSTEM_CHECKS").value);
  if (!django.some((id) => names.includes(id))) return undefined;
  // Of several ids Django may report one only, by what is installed: that one has to be silenced.
  const reported = django.filter((id) => systemCheckAnswer(id, settings, settings.djangoVersion) !== false);
  const counted = reported.length > 0 ? reported : django;
  return counted.every((id) => names.includes(id))
    ? `SILENCED_SYSTEM_CHECKS names ${counted.join(" and ")}`
    : undefined;
}
