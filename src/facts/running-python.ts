import type { Location } from "../location.ts";
import type { Deployment } from "../platforms/platform.ts";
import type { PythonVersions } from "./python-versions.ts";

/** The Python that production runs on. */
export interface RunningPython {
  /** `major.minor`, or with the patch. */
  readonly version: string;
  /** Who says so, as a clause to follow: "the image python:3.12-slim has Python 3.12". */
  readonly because: string;
  readonly at: Location | undefined;
  /** A file of the project names it; otherwise it is the platform's default of today. */
  readonly declared: boolean;
}

/** From the image, the file that the platform reads, or what it takes where nothing names a version; undefined if nobody knows. */
export function runningPython(
  { image, chosen }: PythonVersions,
  deployment: Deployment | undefined,
): RunningPython | undefined {
  if (image) {
    const { name, version, at } = image;
    return version === undefined
      ? undefined
      : { version, because: `the image ${name} has Python ${version}`, at, declared: true };
  }
  if (chosen) {
    const { version, path, at, problem } = chosen;
    if (version === undefined || problem !== undefined) return undefined;
    return { version, because: `${path} asks for Python ${version}`, at, declared: true };
  }
  const rules = deployment?.platform.python;
  if (!rules?.fallbackVersion || rules.chosenIn !== undefined) return undefined;
  return {
    version: rules.fallbackVersion,
    because: `${deployment?.platform.name} takes Python ${rules.fallbackVersion} where nothing names one`,
    at: undefined,
    declared: false,
  };
}
