import type { Check } from "../check.ts";
import { checksNamed } from "../checks/named.ts";
import type { Ignored, PathIgnore } from "../config/config.ts";
import type { Ignore } from "../finding.ts";
import type { Ignorer } from "./set-aside.ts";

/** Sets aside every finding of the checks that `--ignore` names. */
export function byOption(checks: readonly Check[], names: readonly string[]): Ignorer {
  const named = new Set(names.flatMap((name) => checksNamed(checks, name)));
  return (_, { check }) => (named.has(check) ? { by: "option", reason: "--ignore names it" } : undefined);
}

/** Sets aside every finding of the checks that a configuration ignores; `called` is what it is called. */
export function byConfig(checks: readonly Check[], ignored: readonly Ignored[], called: string): Ignorer {
  const named = new Map(
    ignored.flatMap((one) => checksNamed(checks, one.name).map((check) => [check, one] as const)),
  );
  return (_, { check }) => {
    const one = named.get(check);
    return one && inConfig(one, `${called} ignores it`);
  };
}

/**
 * Sets aside the findings in files that match a glob of the configuration.
 *
 * @param matches whether a file, by its path from the project's root, matches a glob.
 */
export function byPath(
  checks: readonly Check[],
  ignored: readonly PathIgnore[],
  called: string,
  matches: (glob: string, file: string) => boolean,
): Ignorer {
  const named = ignored.map((one) => ({ one, checks: new Set(checksNamed(checks, one.name)) }));
  return ({ at }, { check }) => {
    const found = at && named.find((each) => each.checks.has(check) && matches(each.one.glob, at.file));
    return found && inConfig(found.one, `${called} ignores it in ${found.one.glob}`);
  };
}

function inConfig({ justification, at }: Ignored, reason: string): Ignore {
  return { by: "configuration", reason, justification, at };
}
