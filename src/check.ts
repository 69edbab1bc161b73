import type { FactName, ProjectFacts } from "./facts/facts.ts";
import type { Answer, Severity } from "./finding.ts";

/** The sections of the checklist, in the order in which they are shown. */
export const areas = {
  settings: "Settings",
  secrets: "Secrets and git",
  hosts: "Hosts, TLS and CSRF",
  processes: "Processes",
  platform: "Platform manifests",
  images: "Images and Compose",
  runtime: "Python and packages",
  database: "Database",
  static: "Static files",
  services: "Cache, queues, sockets and mail",
  logging: "Logging and errors",
  exposure: "Exposure",
  frameworks: "Flask, FastAPI and Node",
} as const;
export type Area = keyof typeof areas;

/** Project files by path, as small as shows the point. They are shown in the docs and run as tests. */
export type Example = Readonly<Record<string, string>>;

export interface CheckDocs {
  /** Why it matters, in Markdown. One paragraph. */
  readonly why: string;
  /** What to change, in Markdown: a sentence and the text to paste. */
  readonly fix: string;
  /** The same project before and after. The bad one fails this check, the good one passes it. */
  readonly bad: Example;
  readonly good: Example;
  /** What looks like a failure and is none, in Markdown list items; each is a test of the check. */
  readonly notReported?: readonly string[];
  readonly links?: readonly string[];
}

interface CheckInfo {
  /** Kebab-case, named for what is wrong. It is also the name of the file. Never reused (design.md §2). */
  readonly id: string;
  /** Old names, which go on working wherever a check is named. */
  readonly aliases?: readonly string[];
  /** The desired state, as it reads on the checklist: "DEBUG is off in production". */
  readonly title: string;
  readonly area: Area;
  readonly severity: Severity;
  /** Django's system checks that ask the same question. */
  readonly django?: readonly string[];
  readonly docs: CheckDocs;
}

type Given<Needs extends FactName, Wants extends FactName> = {
  readonly [K in Needs]: ProjectFacts[K];
} & { readonly [K in Wants]?: ProjectFacts[K] | undefined };

export interface CheckSpec<Needs extends FactName, Wants extends FactName> extends CheckInfo {
  /** Facts the question makes no sense without. If one is missing the check is skipped. */
  readonly needs: readonly Needs[];
  /** Facts that sharpen the answer but may be missing. */
  readonly wants?: readonly Wants[];
  /** Pure and synchronous: the same facts always give the same answers. */
  run(facts: Given<Needs, Wants>): Iterable<Answer>;
}

/** A check with its fact types erased, as the registry and the runner see it. */
export interface Check extends CheckInfo {
  readonly needs: readonly FactName[];
  readonly wants: readonly FactName[];
  run(facts: Partial<ProjectFacts>): Iterable<Answer>;
}

export function defineCheck<const Needs extends FactName, const Wants extends FactName = never>(
  spec: CheckSpec<Needs, Wants>,
): Check {
  return {
    ...spec,
    wants: spec.wants ?? [],
    // The runner calls `run` only once every needed fact is present.
    run: (facts) => spec.run(facts as Given<Needs, Wants>),
  };
}

/** The same check with all that it finds as bad as the user says. What is unknown stays unknown. */
export function withSeverity(check: Check, severity: Severity): Check {
  return {
    ...check,
    severity,
    *run(facts) {
      for (const answer of check.run(facts))
        yield answer.kind === "finding" ? { ...answer, severity: undefined } : answer;
    },
  };
}
