import type { Finding, Ignore, IgnoredBy } from "../finding.ts";
import type { Location } from "../location.ts";
import type { CheckResult } from "../run.ts";
import type { Ignorer } from "./set-aside.ts";

/** Somebody's word that findings of some checks do not count: a name in a comment or in a configuration. */
export interface IgnoreRule {
  /** As it is written: a check, a Django check or an area. */
  readonly name: string;
  /** Ids of the checks that it names. */
  readonly checks: ReadonlySet<string>;
  readonly by: IgnoredBy;
  /** A sentence: "deploy-check.yaml ignores it". */
  readonly reason: string;
  readonly justification: string | undefined;
  readonly at: Location;
  /** Whether it is of the project itself, and not of something that several projects share. */
  readonly own: boolean;
  covers(finding: Finding): boolean;
}

/** What is the matter with an ignore, besides what it sets aside. */
export interface IgnoreNote {
  /**
   * `unused` sets nothing aside, `without-reason` does not count because --strict asks for one, `unknown-check`
   * names no check, `malformed` is not written as it should be; what the baseline has is `gone` from the project.
   */
  readonly kind: "unused" | "without-reason" | "unknown-check" | "malformed" | "gone";
  readonly by: IgnoredBy;
  /** One sentence, like the message of a finding. */
  readonly message: string;
  readonly at: Location | undefined;
}

/** Something that sets findings aside, and what is to be said of it. */
export interface Ignoring {
  readonly ignorer: Ignorer;
  readonly notes: readonly IgnoreNote[];
}

export interface RuleContext {
  /** Everything that the checks said, before anything was set aside. */
  readonly results: readonly CheckResult[];
  /** A reason is required. */
  readonly strict: boolean;
}

/** What rules come to: the first that covers a finding sets it aside. */
export function byRules(rules: readonly IgnoreRule[], { results, strict }: RuleContext): Ignoring {
  const isReasoned = ({ justification }: IgnoreRule) => !strict || (justification ?? "").trim() !== "";
  const counting = rules.filter(isReasoned);
  const findings = results.flatMap((result) => result.findings.map((finding) => ({ finding, result })));
  const isUsed = (rule: IgnoreRule) =>
    findings.some(({ finding, result }) => rule.checks.has(result.check.id) && rule.covers(finding));
  return {
    ignorer: (finding, { check }) => {
      const rule = counting.find((each) => each.checks.has(check.id) && each.covers(finding));
      return rule && ignoreOf(rule);
    },
    notes: rules.flatMap((rule): readonly IgnoreNote[] => {
      const { name, by, at } = rule;
      if (isUsed(rule)) {
        const message = `${name} is ignored without a reason, which --strict asks for, so it counts`;
        return isReasoned(rule) ? [] : [{ kind: "without-reason", by, at, message }];
      }
      if (!rule.own || !wereAsked(rule.checks, results)) return [];
      return [{ kind: "unused", by, at, message: `${name} is ignored, and there is nothing to ignore` }];
    }),
  };
}

function ignoreOf({ by, reason, at, justification }: IgnoreRule): Ignore {
  return { by, reason, at, justification: justification || undefined };
}

/** Whether every one of the checks ran, and one of them at least had something to judge. */
function wereAsked(checks: ReadonlySet<string>, results: readonly CheckResult[]): boolean {
  const asked = results.filter(({ check }) => checks.has(check.id));
  return (
    new Set(asked.map(({ check }) => check.id)).size === checks.size &&
    asked.every(({ fault }) => fault === undefined) &&
    asked.some(({ status }) => status !== "skipped")
  );
}
