import type { Check } from "../check.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { planAll } from "../plan/plan.ts";
import { planText } from "../report/plan.ts";
import { planDocument } from "../report/plan-document.ts";
import { printableJson } from "../report/printable.ts";
import type { Paint } from "../report/report.ts";
import { exitCodes, type Outcome } from "./outcome.ts";
import { namedPlatforms } from "./platforms.ts";
import { ambiguous, nothingRecognised, requireModule, withoutGivenSecrets } from "./recognition.ts";

export const planFormats = ["text", "json"] as const;

/** What the command line asks for, with files already read. */
export interface PlanRequest {
  readonly checks: readonly Check[];
  readonly files: ProjectFiles;
  /** The path as the user wrote it, for commands to paste. */
  readonly path: string;
  readonly settings: string | undefined;
  /** Undefined leaves the environment open; a map, even an empty one, closes it (design.md §3). */
  readonly env: ReadonlyMap<string, string> | undefined;
  /** Ids of platforms, `all` or `auto`; none: those that the project's files show. */
  readonly platforms: readonly string[];
  readonly format: string;
  readonly paint: Paint;
}

/** What each platform will do with the project: Python, install, build, release, start, and what it needs. */
export async function plan(request: PlanRequest): Promise<Outcome> {
  const { files, env, path, settings } = request;
  if (settings !== undefined) requireModule(files, settings);
  const named = namedPlatforms(request.platforms);
  const planning = await planAll({
    files,
    checks: request.checks,
    options: {
      settings,
      env: env ?? new Map(),
      closed: env !== undefined,
      platformNamed: named !== undefined,
    },
    platforms: named,
  });
  if (planning.kind === "nothing") return nothingRecognised(path, planning);
  if (planning.kind === "ambiguous") throw ambiguous(path, planning.candidates);
  const text =
    request.format === "json"
      ? `${printableJson(JSON.stringify(planDocument(planning.plans), undefined, 2))}\n`
      : planText(planning.plans, request.paint);
  return { stdout: withoutGivenSecrets(text, env), stderr: "", code: exitCodes.fine };
}
