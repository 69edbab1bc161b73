/**
 * The public interface: judge a project on the disk, or one whose files are in memory.
 *
 *     const judgement = await judgeFolder("path/to/project", { settings: "shop.settings" });
 *     if (judgement.kind === "judged") console.log(judgement.result.results);
 */
import { checks } from "./checks/index.ts";
import { openDisk } from "./files/disk.ts";
import type { ProjectFiles } from "./files/project-files.ts";
import { type Judgement, judge } from "./judge.ts";
import type { Platform } from "./platforms/platform.ts";

export interface JudgeOptions {
  /** The production settings module; otherwise it is found. */
  readonly settings?: string;
  /** The environment, exactly; otherwise it is what the repository declares. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it is deployed to; otherwise what the files show. */
  readonly platforms?: readonly Platform[];
}

/** Judges the project in a folder. Rejects with `Unreadable` if there is no such folder. */
export async function judgeFolder(path: string, options: JudgeOptions = {}): Promise<Judgement> {
  return judgeFiles(await openDisk(path), options);
}

/** Judges a project from any source of files, such as `memoryFiles`. */
export function judgeFiles(files: ProjectFiles, options: JudgeOptions = {}): Promise<Judgement> {
  const { settings, env, platforms } = options;
  return judge({
    files,
    checks,
    options: {
      settings,
      env: new Map(Object.entries(env ?? {})),
      closed: env !== undefined,
      platformNamed: platforms !== undefined,
    },
    platforms,
  });
}

export type { Area, Check, CheckDocs, Example } from "./check.ts";
export { areas } from "./check.ts";
export { checks } from "./checks/index.ts";
export { explain } from "./explain.ts";
export { memoryFiles } from "./files/memory.ts";
export type { ProjectFiles } from "./files/project-files.ts";
export { Unreadable } from "./files/project-files.ts";
export type { Answer, Certainty, Evidence, Finding, Severity } from "./finding.ts";
export type { Judgement } from "./judge.ts";
export type { Location } from "./location.ts";
export type { ChosenPlatform } from "./platforms/index.ts";
export { platforms } from "./platforms/index.ts";
export type { Platform } from "./platforms/platform.ts";
export type { CheckResult, RunResult, Status } from "./run.ts";
export { version } from "./version.ts";
