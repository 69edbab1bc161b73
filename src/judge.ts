import type { Check } from "./check.ts";
import type { FactOptions } from "./facts/define.ts";
import type { Project } from "./facts/project.ts";
import { recognise } from "./facts/recognise.ts";
import type { ProjectFiles } from "./files/project-files.ts";
import type { Ignore } from "./finding.ts";
import { type Ignorer, setAside } from "./ignores/set-aside.ts";
import { type ChosenPlatform, choosePlatforms } from "./platforms/index.ts";
import type { Platform } from "./platforms/platform.ts";
import { textsIn } from "./python/inspect.ts";
import { type OpenRun, type RunResult, run } from "./run.ts";

export interface JudgeRequest {
  readonly files: ProjectFiles;
  readonly checks: readonly Check[];
  readonly options: FactOptions;
  /** Instead of those that the project's files show. */
  readonly platforms?: readonly Platform[] | undefined;
  /** What sets findings aside, besides the project's SILENCED_SYSTEM_CHECKS; it may want to see them all first. */
  ignorers?(run: OpenRun, platforms: readonly Platform[]): readonly Ignorer[] | Promise<readonly Ignorer[]>;
  /** Whether the project's SILENCED_SYSTEM_CHECKS counts; it does if nothing is said. */
  readonly silenced?: boolean;
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
  ignorers,
  silenced: mayBeSilenced = true,
}: JudgeRequest): Promise<Judgement> {
  const recognition = recognise(files, options);
  if (recognition.kind !== "found") return recognition;
  const { project } = recognition;
  const targeted = choosePlatforms(files, project.folder);
  const chosen = platforms?.map((platform) => named(platform, targeted)) ?? targeted;
  const judged = chosen.map(({ platform }) => platform);
  const answered = await run({ files, checks, options, platforms: judged });
  const bySettings: Ignorer = (_, { check }) => silenced(check, answered.facts);
  const results = setAside(answered.results, [
    ...((await ignorers?.(answered, judged)) ?? []),
    ...(mayBeSilenced ? [bySettings] : []),
  ]);
  return { kind: "judged", project, platforms: chosen, result: { ...answered, results } };
}

/** A platform that the user names, which the project may target anyhow. */
function named(platform: Platform, targeted: readonly ChosenPlatform[]): ChosenPlatform {
  const own = targeted.find((one) => one.platform === platform);
  return own ?? { platform, because: "--platform names it", targeted: false };
}

/** The project has said that it does not want to hear of it, to Django and so to us. */
function silenced(
  { django = [] }: Check,
  { settings, systemChecks }: RunResult["facts"],
): Ignore | undefined {
  if (!settings || django.length === 0) return undefined;
  const { value, at } = settings.get("SILENCED_SYSTEM_CHECKS");
  const names = textsIn(value);
  if (!django.some((id) => names.includes(id))) return undefined;
  // Of several ids Django may report one only, by what is installed: that one has to be silenced.
  const reported = django.filter((id) => systemChecks?.answer(id) !== false);
  const counted = reported.length > 0 ? reported : django;
  if (!counted.every((id) => names.includes(id))) return undefined;
  const reason = `SILENCED_SYSTEM_CHECKS names ${counted.join(" and ")}`;
  return { by: "silenced-system-checks", reason, at };
}
