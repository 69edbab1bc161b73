import type { Check } from "../check.ts";
import { checksNamed } from "../checks/named.ts";
import type { Config, Ignored } from "../config/config.ts";
import type { Finding } from "../finding.ts";
import type { IgnoreRule } from "./rules.ts";
import type { Ignorer } from "./set-aside.ts";

/** Sets aside every finding of the checks that `--ignore` names. */
export function byOption(checks: readonly Check[], names: readonly string[]): Ignorer {
  const named = idsOf(checks, names);
  return (_, { check }) => (named.has(check.id) ? { by: "option", reason: "--ignore names it" } : undefined);
}

/** The part of a configuration that sets findings aside. */
export interface IgnoringConfig extends Pick<Config, "ignore" | "perPathIgnores"> {
  /** "deploy-check.yaml" */
  readonly called: string;
  /** The file, from the top of the repository; what it extends is not the project's own. */
  readonly file: string;
  /** Whether a file, by its path from the project's root, matches a glob of the configuration. */
  matches(glob: string, file: string): boolean;
}

/** What a configuration sets aside: every finding of some checks, and those in files that match a glob. */
export function configRules(
  checks: readonly Check[],
  { called, file, ignore, perPathIgnores, matches }: IgnoringConfig,
): readonly IgnoreRule[] {
  const rule = (
    { name, justification, at }: Ignored,
    reason: string,
    covers: (finding: Finding) => boolean,
  ): IgnoreRule => ({
    name,
    checks: idsOf(checks, [name]),
    by: "configuration",
    reason,
    justification,
    at,
    own: at.file === file,
    covers,
  });
  return [
    ...ignore.map((one) => rule(one, `${called} ignores it`, () => true)),
    ...perPathIgnores.map((one) =>
      rule(one, `${called} ignores it in ${one.glob}`, ({ at }) => !!at && matches(one.glob, at.file)),
    ),
  ];
}

function idsOf(checks: readonly Check[], names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => checksNamed(checks, name)).map(({ id }) => id));
}
