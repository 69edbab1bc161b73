/**
 * Python's releases, from https://devguide.python.org/versions/ by way of endoflife.date @a70eca337
 * (2026-08-22). A check that judges by this table says its date: the clock is never asked.
 */
export const releasesAsOf = "2026-11-20";

/** Last day on which each `major.minor` gets security fixes. */
const endOfLife: Readonly<Record<string, string>> = {
  "2.7": "2020-01-01",
  "3.5": "2020-09-30",
  "3.6": "2021-12-23",
  "3.7": "2023-06-27",
  "3.8": "2024-10-07",
  "3.9": "2025-10-31",
  "3.10": "2026-10-31",
  "3.11": "2027-10-31",
  "3.12": "2028-10-31",
  "3.13": "2029-10-31",
  "3.14": "2030-10-31",
};

/** The version to advise: a year old, so that packages have caught up with it. */
export const advisedPython = "3.13";

/** The day a version ("3.9", "3.9.2") went out of support, if the table's date is past it. */
export function endOfLifeOf(version: string): string | undefined {
  const [major, minor] = version.split(".").map(Number);
  if (major === undefined || minor === undefined) return undefined;
  const day = endOfLife[`${major}.${minor}`];
  if (day !== undefined) return day <= releasesAsOf ? day : undefined;
  // Older than the table: its last day is that of the series' last version, or earlier.
  if (major < 3) return endOfLife["2.7"];
  return major === 3 && minor < 5 ? endOfLife["3.5"] : undefined;
}

/** `major.minor` of a version. */
export function seriesOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** How the `major.minor` of one version stands to that of another: negative if it is older. */
export function compareSeries(one: string, other: string): number {
  const [oneMajor = 0, oneMinor = 0] = one.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return oneMajor - otherMajor || oneMinor - otherMinor;
}
