import { satisfies } from "@renovatebot/pep440";
import type { Requirement } from "./packages.ts";

/**
 * Django's releases, from https://www.djangoproject.com/download/ and
 * https://docs.djangoproject.com/en/stable/faq/install/ by way of endoflife.date @a70eca337 (2026-08-22).
 * A check that judges by this table says its date: the clock is never asked.
 */
export const djangoReleasesAsOf = "2026-11-20";

/** The series to advise: the newest with long-term support. */
export const advisedDjango = "5.2";

/** A series of Django: "5.2". */
export interface DjangoSeries {
  readonly name: string;
  /** Last day on which it gets security fixes. */
  readonly supportedUntil: string;
  readonly longTerm: boolean;
  /** The oldest Python that pip installs it for, and the newest that it was made for. */
  readonly python: readonly [oldest: string, newest: string];
  /** The first release that supports its newest Python, where that is not the series' first. */
  readonly newestSince?: string;
}

/** Newest first. */
export const djangoSeries: readonly DjangoSeries[] = [
  { name: "6.1", supportedUntil: "2027-12-31", longTerm: false, python: ["3.12", "3.14"] },
  { name: "6.0", supportedUntil: "2027-04-30", longTerm: false, python: ["3.12", "3.14"] },
  {
    name: "5.2",
    supportedUntil: "2028-04-30",
    longTerm: true,
    python: ["3.10", "3.14"],
    newestSince: "5.2.8",
  },
  {
    name: "5.1",
    supportedUntil: "2025-12-03",
    longTerm: false,
    python: ["3.10", "3.13"],
    newestSince: "5.1.3",
  },
  { name: "5.0", supportedUntil: "2025-04-02", longTerm: false, python: ["3.10", "3.12"] },
  {
    name: "4.2",
    supportedUntil: "2026-04-07",
    longTerm: true,
    python: ["3.8", "3.12"],
    newestSince: "4.2.8",
  },
  {
    name: "4.1",
    supportedUntil: "2023-12-01",
    longTerm: false,
    python: ["3.8", "3.11"],
    newestSince: "4.1.3",
  },
  { name: "4.0", supportedUntil: "2023-04-01", longTerm: false, python: ["3.8", "3.10"] },
  {
    name: "3.2",
    supportedUntil: "2024-04-01",
    longTerm: true,
    python: ["3.6", "3.10"],
    newestSince: "3.2.9",
  },
  { name: "3.1", supportedUntil: "2021-12-07", longTerm: false, python: ["3.6", "3.9"] },
  { name: "3.0", supportedUntil: "2021-04-06", longTerm: false, python: ["3.6", "3.9"] },
  { name: "2.2", supportedUntil: "2022-04-11", longTerm: true, python: ["3.5", "3.9"] },
  { name: "2.1", supportedUntil: "2019-12-02", longTerm: false, python: ["3.5", "3.7"] },
  { name: "2.0", supportedUntil: "2019-04-01", longTerm: false, python: ["3.4", "3.7"] },
  { name: "1.11", supportedUntil: "2020-04-01", longTerm: true, python: ["2.7", "3.7"] },
];

/** The series of a version ("5.2.17", "5.2", "6.1rc1"); undefined for one that the table lacks. */
export function seriesOfDjango(version: string): DjangoSeries | undefined {
  const name = /^\d+\.\d+/.exec(version)?.[0];
  return djangoSeries.find((series) => series.name === name);
}

/** Newest first, the series of which a requirement takes a release; all of them for one without a version. */
export function seriesFor({ version, specifier, url }: Requirement): readonly DjangoSeries[] {
  if (version !== undefined) return [seriesOfDjango(version)].filter((series) => series !== undefined);
  if (url !== undefined) return [];
  if (specifier === "") return djangoSeries;
  return djangoSeries.filter(({ name }) =>
    [name, ...patches.map((patch) => `${name}.${patch}`)].some((release) => satisfies(release, specifier)),
  );
}

/** No series had as many. */
const patches = Array.from({ length: 40 }, (_, index) => index + 1);
