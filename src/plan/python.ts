import { compareSeries } from "../facts/python-releases.ts";
import type { Platform } from "../platforms/platform.ts";
import type { PlanFacts, Planned } from "./plan.ts";

export interface PlannedPython extends Planned {
  /** `major.minor`, or with the patch, as the platform will pick it; undefined if nobody can tell. */
  readonly version: string | undefined;
  /** Why there is no version: the build stops, or it is picked where the files do not show it. */
  readonly unless: string | undefined;
}

/** Which Python the platform picks: an image's, that of the strongest source it reads, or its default. */
export function plannedPython(facts: PlanFacts, platform: Platform): PlannedPython {
  const { pythonVersions } = facts;
  const none = { version: undefined, at: undefined, source: platform.name };
  const rules = platform.python;
  if (pythonVersions?.image) {
    const { name, version, at } = pythonVersions.image;
    const unless = version === undefined ? "the image does not say which" : undefined;
    return { version, source: `the image ${name}`, at, unless };
  }
  const stopped = rules?.absent ?? stoppedBy(facts, platform);
  if (stopped !== undefined) return { ...none, unless: stopped };
  const chosen = pythonVersions?.chosen;
  const passedOver = chosen?.problem !== undefined && rules?.unreadable === "falls-back" && !chosen.stops;
  if (chosen && !passedOver) {
    const { version, path, at, problem, file } = chosen;
    const source = file.startsWith("$") ? `${file} in ${path}` : path;
    const refused = problem ?? refusal(version, platform);
    const unless = refused ?? (version === undefined ? `${path} names no version` : undefined);
    return { version: refused === undefined ? version : undefined, source, at, unless };
  }
  if (!rules) return { ...none, unless: "it is picked outside the repository" };
  const source = `${platform.name}'s default`;
  if (rules.fallbackVersion !== undefined) {
    return { version: rules.fallbackVersion, source, at: undefined, unless: undefined };
  }
  return { ...none, source, unless: rules.fallback ?? "it is picked outside the repository" };
}

/** A file beside the one that counts, or the lack of one, that ends the build. */
function stoppedBy(
  { pythonVersions, packageFiles }: PlanFacts,
  { name, python }: Platform,
): string | undefined {
  const refused = pythonVersions?.declared.find(({ file }) => python?.refuses?.some((one) => one === file));
  const [stopper = refused?.path] = pythonVersions?.misspelt ?? [];
  if (stopper !== undefined) return `${name} refuses ${stopper}`;
  const strict = python?.strictWith?.find((lock) => packageFiles?.inRoot.includes(lock));
  const chosen = pythonVersions?.chosen;
  if (strict === undefined || chosen?.file === ".python-version") return undefined;
  return chosen
    ? `${name} refuses ${chosen.path} together with ${strict}`
    : `${name} requires a .python-version together with ${strict}`;
}

/** What is older than anything the platform builds; newer ones are a problem of the file. */
function refusal(version: string | undefined, { python, name }: Platform): string | undefined {
  const oldest = python?.supported.at(-1);
  if (version === undefined || oldest === undefined || compareSeries(version, oldest) >= 0) return undefined;
  return `${name} no longer builds Python ${version}`;
}
