import type { ProjectFiles } from "../files/project-files.ts";
import type { Platform } from "../platforms/platform.ts";
import type { FactName, ProjectFacts } from "./facts.ts";

/** What the user said on the command line or in a configuration, as far as facts are concerned. */
export interface FactOptions {
  /** `--settings`: the production settings module. */
  readonly settings?: string | undefined;
  /** `--django`: Django's version, instead of the one that the requirements name. */
  readonly django?: string | undefined;
  /** `--env` and `--env-file`, later ones winning. */
  readonly env: ReadonlyMap<string, string>;
  /** The environment is exactly `env` (and what a platform injects, if one was named): design.md §3. */
  readonly closed: boolean;
  /** `--platform` was given, so what the platform injects belongs to a closed environment too. */
  readonly platformNamed: boolean;
}

/** What a fact is read from. */
export interface FactSource {
  readonly files: ProjectFiles;
  readonly options: FactOptions;
  /** The platform that is judged. */
  readonly platform: Platform;
}

/** A fact that the project does not have. The checks that need it are skipped, with this reason. */
export interface Missing {
  readonly kind: "missing";
  /** A sentence: "there is no Procfile". */
  readonly reason: string;
}

export function missing(reason: string): Missing {
  return { kind: "missing", reason };
}

export interface FactReader<Name extends FactName> {
  /** Facts that this one is made from. A missing one is undefined. */
  readonly wants: readonly FactName[];
  /** Pure but for reading `source.files`. Throws nothing but `Unreadable`. */
  read(
    source: FactSource,
    facts: Partial<ProjectFacts>,
  ): ProjectFacts[Name] | Missing | Promise<ProjectFacts[Name] | Missing>;
}

/** Declares how a fact is read; the facts it wants are typed in `read`. */
export function defineFact<Name extends FactName, const Wants extends FactName = never>(spec: {
  readonly wants?: readonly Wants[];
  read(
    source: FactSource,
    facts: { readonly [K in Wants]: ProjectFacts[K] | undefined },
  ): ProjectFacts[Name] | Missing | Promise<ProjectFacts[Name] | Missing>;
}): FactReader<Name> {
  return {
    wants: spec.wants ?? [],
    read: (source, facts) =>
      spec.read(source, facts as { readonly [K in Wants]: ProjectFacts[K] | undefined }),
  };
}
