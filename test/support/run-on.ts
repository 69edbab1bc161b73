import type { Check } from "../../src/check.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { ProjectFiles } from "../../src/files/project-files.ts";
import { judge } from "../../src/judge.ts";
import { showLocation } from "../../src/location.ts";
import { platformById } from "../../src/platforms/index.ts";
import type { CheckResult } from "../../src/run.ts";

export interface RunOnOptions {
  readonly settings?: string;
  /** Closes the environment, as `--env` does. */
  readonly env?: Readonly<Record<string, string>>;
  /** As `--platform`. */
  readonly platform?: string;
  /** What git's index holds; without it there is no repository. */
  readonly tracked?: readonly string[];
}

type Files = Readonly<Record<string, string | Uint8Array>> | ProjectFiles;

/** Asks one check about a project in memory, through the whole pipeline. With several platforms, name one. */
export async function runOn(check: Check, files: Files, options: RunOnOptions = {}): Promise<CheckResult> {
  const [result, ...others] = await runAllOn([check], files, options);
  if (!result || others.length > 0)
    throw new Error(`${check.id} has ${others.length + 1} results: name a platform`);
  return result;
}

/** Asks several checks, or one that answers for several platforms. */
export async function runAllOn(
  checks: readonly Check[],
  files: Files,
  { settings, env, platform, tracked }: RunOnOptions = {},
): Promise<readonly CheckResult[]> {
  const named = platform === undefined ? undefined : platformById(platform);
  if (platform !== undefined && !named) throw new Error(`there is no platform ${platform}`);
  const judgement = await judge({
    files: isProjectFiles(files) ? files : memoryFiles(files, tracked ? { tracked } : {}),
    checks,
    options: {
      settings,
      env: new Map(Object.entries(env ?? {})),
      closed: env !== undefined,
      platformNamed: named !== undefined,
    },
    platforms: named && [named],
  });
  if (judgement.kind !== "judged") throw new Error(`no project to judge: ${JSON.stringify(judgement)}`);
  const { results } = judgement.result;
  const fault = results.find((result) => result.fault !== undefined);
  if (fault) throw new Error(`${fault.check.id} crashed: ${fault.fault}`);
  return results;
}

function isProjectFiles(files: Files): files is ProjectFiles {
  return typeof files.read === "function";
}

/** What is wrong, as lines to compare: "error certain shop/settings.py:3:9 DEBUG is True", "unknown it calls x". */
export function brief({ check, findings }: CheckResult): readonly string[] {
  return findings.map(({ severity = check.severity, certainty, at, message }) =>
    [
      certainty === "unknown" ? "unknown" : `${severity} ${certainty}`,
      ...(at ? [showLocation(at)] : []),
      message,
    ].join(" "),
  );
}
