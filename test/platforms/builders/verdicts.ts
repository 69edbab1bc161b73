import { readFileSync } from "node:fs";
import type { FactName, ProjectFacts } from "../../../src/facts/facts.ts";
import { gather } from "../../../src/facts/gather.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import type { Platform } from "../../../src/platforms/platform.ts";

/** What a builder really did with a project (scripts/record-builders says how it was asked). */
export interface Verdict {
  readonly failure: string | null;
  readonly provider: string | null;
  readonly python: { readonly version: string; readonly source: string | null } | null;
  readonly manager: string | null;
  readonly file: string | null;
  readonly install: readonly string[];
  readonly build: readonly string[];
  readonly start: string | null;
  readonly startOneOf?: readonly string[];
}

interface Described {
  readonly name: string;
  readonly base: string;
  readonly files?: Readonly<Record<string, string | { readonly hex: string } | null>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface BuilderCase {
  readonly name: string;
  /** Variables that are set in the dashboard, so that no file shows them. */
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly verdict: Verdict;
}

const folder = new URL("../../../fixtures/builders/", import.meta.url);
const parse = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** Every case with the verdict of one builder: "railpack". */
export function casesOf(builder: string): readonly BuilderCase[] {
  const { bases, cases } = parse("cases.json") as {
    readonly bases: Readonly<Record<string, Described["files"]>>;
    readonly cases: readonly Described[];
  };
  const { verdicts } = parse(`verdicts/${builder}.json`) as {
    readonly verdicts: Readonly<Record<string, Verdict>>;
  };
  return cases.map(({ name, base, files = {}, env = {} }) => {
    const verdict = verdicts[name];
    if (!verdict) throw new Error(`${builder} was not asked about ${name}: see scripts/record-builders`);
    const all = Object.entries({ ...bases[base], ...files }).flatMap(([path, content]) =>
      content === null
        ? []
        : [[path, typeof content === "string" ? content : Buffer.from(content.hex, "hex")] as const],
    );
    return { name, env, files: Object.fromEntries(all), verdict };
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
