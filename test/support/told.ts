import type { Check } from "../../src/check.ts";
import type { ProjectFiles } from "../../src/files/project-files.ts";
import type { Finding } from "../../src/finding.ts";
import { showLocation } from "../../src/location.ts";
import { type RunOnOptions, runAllOn } from "./run-on.ts";

type Files = Readonly<Record<string, string | Uint8Array>> | ProjectFiles;

/**
 * What a check says about a project, as lines to compare: "passed", "skipped: there is no Procfile",
 * "warning conditional shop/settings.py:3:9 … (when $X is unset)". `on` is a platform's id.
 */
export async function told(
  check: Check,
  files: Files,
  on?: string,
  options: RunOnOptions = {},
): Promise<readonly string[]> {
  const results = await runAllOn([check], files, on === undefined ? options : { ...options, platform: on });
  return results.flatMap(({ status, reason, findings }) =>
    findings.length > 0 ? findings.map(lineOf) : [reason === undefined ? status : `${status}: ${reason}`],
  );

  function lineOf({ severity = check.severity, certainty, at, message, when = [] }: Finding): string {
    return [
      certainty === "unknown" ? "unknown" : `${severity} ${certainty}`,
      ...(at ? [showLocation(at)] : []),
      message,
      ...(when.length > 0 ? [`(when ${when.join(" and ")})`] : []),
    ].join(" ");
  }
}

/** The fixes that a check advises. */
export async function fixes(
  check: Check,
  files: Files,
  on?: string,
): Promise<readonly (string | undefined)[]> {
  const results = await runAllOn([check], files, on === undefined ? {} : { platform: on });
  return results.flatMap(({ findings }) => findings.map(({ fix }) => fix));
}
