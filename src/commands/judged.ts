import { type Check, withSeverity } from "../check.ts";
import { checksNamed } from "../checks/named.ts";
import type { Config } from "../config/config.ts";
import type { FactOptions } from "../facts/define.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Finding } from "../finding.ts";
import type { IgnoringConfig } from "../ignores/named.ts";
import type { IgnoreNote } from "../ignores/rules.ts";
import { type Judgement, judge } from "../judge.ts";
import type { Gate } from "../report/gate.ts";
import type { CheckResult } from "../run.ts";
import { unknownCheck } from "./explain.ts";
import { allIgnoring, type Levers, noLevers } from "./levers.ts";
import type { Outcome } from "./outcome.ts";
import { namedPlatforms } from "./platforms.ts";
import { ambiguous, nothingRecognised, requireModule } from "./recognition.ts";

/** What a command that asks the checks is told, with files already read. */
export interface AskedFor {
  readonly checks: readonly Check[];
  readonly files: ProjectFiles;
  /** The path as the user wrote it, for commands to paste. */
  readonly path: string;
  readonly settings: string | undefined;
  /** Undefined leaves the environment open; a map, even an empty one, closes it (design.md §3). */
  readonly env: ReadonlyMap<string, string> | undefined;
  /** Ids of platforms, `all` or `auto`; none: those that the project's files show. */
  readonly platforms: readonly string[];
  /** Names of checks, Django checks or areas; none: all. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly gate: Pick<Gate, "strict">;
  readonly configured: Configured;
}

/** What a configuration says that no option does. */
export interface Configured extends IgnoringConfig, Pick<Config, "severity"> {
  /** What the user should know of where the configuration is from, a sentence each. */
  readonly notes: readonly string[];
}

/** Where there is no configuration. */
export const unconfigured: Configured = {
  called: "",
  file: "",
  ignore: [],
  perPathIgnores: [],
  severity: [],
  matches: () => false,
  notes: [],
};

/** What the checks said, and what became of it. */
export interface Asked {
  readonly kind: "judged";
  readonly judgement: Extract<Judgement, { readonly kind: "judged" }>;
  readonly selected: readonly Check[];
  readonly ignoreNotes: readonly IgnoreNote[];
  /** Before anything was set aside. */
  readonly before: readonly CheckResult[];
  /** What each finding is known by, where a baseline or a change is asked for. */
  readonly prints: ReadonlyMap<Finding, string>;
}

/** Asks the checks that are selected, and sets findings aside. There may be no project to ask about. */
export async function judgeAsAsked(
  request: AskedFor,
  levers: Levers = noLevers,
): Promise<Asked | { readonly kind: "nothing"; readonly outcome: Outcome }> {
  const { files, settings } = request;
  const selected = selectedChecks(request);
  namedIn(request.checks, request.ignore);
  if (settings !== undefined) requireModule(files, settings);
  const named = namedPlatforms(request.platforms);
  const options: FactOptions = {
    settings,
    env: request.env ?? new Map(),
    closed: request.env !== undefined,
    platformNamed: named !== undefined,
  };
  let told: Pick<Asked, "ignoreNotes" | "before" | "prints"> = {
    ignoreNotes: [],
    before: [],
    prints: new Map(),
  };
  const judgement = await judge({
    files,
    checks: selected,
    options,
    platforms: named,
    silenced: levers.ignores,
    async ignorers(run, platforms) {
      const { strict } = request.gate;
      const { ignorers, notes, prints } = await allIgnoring(
        { ...request, selected, options, strict, levers },
        run,
        platforms,
      );
      told = { ignoreNotes: notes, before: run.results, prints };
      return ignorers;
    },
  });
  if (judgement.kind === "nothing")
    return { kind: "nothing", outcome: nothingRecognised(request.path, judgement) };
  if (judgement.kind === "ambiguous") throw ambiguous(request.path, judgement.candidates);
  return { kind: "judged", judgement, selected, ...told };
}

/** The checks that are asked, each as bad as the configuration has it. */
function selectedChecks(request: Pick<AskedFor, "checks" | "configured" | "select">): readonly Check[] {
  return request.checks.flatMap((each) => asConfigured(each, request)).filter(isSelected(request));
}

/** A check as bad as the configuration has it; nothing if that is off. */
function asConfigured(
  each: Check,
  { checks, configured }: Pick<AskedFor, "checks" | "configured">,
): readonly Check[] {
  const said = configured.severity.findLast(([name]) => checksNamed(checks, name).includes(each))?.[1];
  if (said === undefined) return [each];
  return said === "off" ? [] : [withSeverity(each, said)];
}

function isSelected({ checks, select }: Pick<AskedFor, "checks" | "select">): (check: Check) => boolean {
  const selected = new Set([...namedIn(checks, select)].map(({ id }) => id));
  return ({ id }) => select.length === 0 || selected.has(id);
}

function namedIn(checks: readonly Check[], names: readonly string[]): ReadonlySet<Check> {
  return new Set(
    names.flatMap((name) => {
      const found = checksNamed(checks, name);
      if (found.length === 0) throw unknownCheck(checks, name);
      return found;
    }),
  );
}
