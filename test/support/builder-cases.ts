import { readFileSync } from "node:fs";
import type { FactName, ProjectFacts } from "../../src/facts/facts.ts";
import { gather } from "../../src/facts/gather.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { Platform } from "../../src/platforms/platform.ts";

/** A project of fixtures/builders, and the variables that its build is given. */
export interface BuilderCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly env: Readonly<Record<string, string>>;
}

/** The builders whose verdicts are recorded. */
export const recordedBuilders = ["heroku", "heroku-fir", "railpack", "nixpacks"] as const;
export type RecordedBuilder = (typeof recordedBuilders)[number];

/** What a builder decided about a project. What it did not come to is null or empty. */
export interface BuilderVerdict {
  /** Why the build or the deployment stops: the builder's own id where it has one. */
  readonly failure: string | null;
  /** The minor version, where it was found, and the exact version if the builder names one that day. */
  readonly python: {
    readonly version: string;
    readonly source: string | null;
    readonly full?: string;
  } | null;
  readonly manager: string | null;
  /** The file that the manager installs from. */
  readonly file: string | null;
  readonly install: readonly string[];
  readonly build: readonly string[];
  readonly release: string | null;
  readonly start: string | null;
  /** Instead of `start`: it takes one of these at random. */
  readonly startOneOf?: readonly string[];
  /** The manage.py whose collectstatic the builder runs by itself. */
  readonly collectstatic: string | null;
  /** The processes of the Procfile; where the builder takes one of them only, there are none here. */
  readonly processes?: Readonly<Record<string, string>>;
  /** The language that the builder takes the project for; Heroku's buildpacks are for one only. */
  readonly provider?: string | null;
  /** What the builder alone does not settle: nothing is to be compared with these. */
  readonly unsettled?: readonly string[];
}

/** All verdicts of a builder, and which builder that was. */
export interface BuilderRecord {
  readonly builder: string;
  readonly version: string;
  readonly commit: string;
  readonly recorded: string;
  /** What was read in the builder's source; all else is what it said when it was run. */
  readonly read: readonly string[];
  readonly verdicts: Readonly<Record<string, BuilderVerdict>>;
}

type Content = string | { readonly hex: string } | null;
interface Described {
  readonly bases: Readonly<Record<string, Readonly<Record<string, Content>>>>;
  readonly cases: readonly {
    readonly name: string;
    readonly base: string;
    /** In addition to those of the base; null takes one away. */
    readonly files?: Readonly<Record<string, Content>>;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/builders/${path}`, import.meta.url), "utf8"));

/** Every case with all its files: text, or bytes where they are not UTF-8. */
export function builderCases(): readonly BuilderCase[] {
  const { bases, cases } = read("cases.json") as Described;
  return cases.map(({ name, base, files = {}, env = {} }) => ({
    name,
    env,
    files: Object.fromEntries(
      Object.entries({ ...bases[base], ...files }).flatMap(([path, content]) =>
        content === null
          ? []
          : [[path, typeof content === "string" ? content : Buffer.from(content.hex, "hex")]],
      ),
    ),
  }));
}

/** The verdicts of a builder about the cases. */
export const builderRecord = (builder: RecordedBuilder): BuilderRecord =>
  read(`verdicts/${builder}.json`) as BuilderRecord;

/** A case with the verdict of one builder. */
export interface JudgedCase extends BuilderCase {
  readonly verdict: BuilderVerdict;
}

/** Every case with the verdict of a builder. */
export function casesOf(builder: RecordedBuilder): readonly JudgedCase[] {
  const { verdicts } = builderRecord(builder);
  return builderCases().flatMap((one) => {
    const verdict = verdicts[one.name];
    return verdict ? [{ ...one, verdict }] : [];
  });
}

/** A fact of a case on a platform; undefined if it is missing. */
export async function factOn<Name extends FactName>(
  name: Name,
  { files, env }: BuilderCase,
  platform: Platform,
): Promise<ProjectFacts[Name] | undefined> {
  const result = await gather({
    files: memoryFiles(files),
    options: {
      settings: undefined,
      env: new Map(Object.entries(env)),
      closed: false,
      platformNamed: true,
    },
    platform,
  }).get(name);
  return result.kind === "present" ? result.value : undefined;
}
