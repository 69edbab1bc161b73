import type { Check } from "./check.ts";
import type { FactOptions } from "./facts/define.ts";
import type { FactName, ProjectFacts } from "./facts/facts.ts";
import { dependsOnPlatform, type Facts, gather } from "./facts/gather.ts";
import type { ProjectFiles } from "./files/project-files.ts";
import {
  type Answer,
  cannotTell,
  type Evidence,
  type Finding,
  type Ignore,
  type Severity,
  severities,
} from "./finding.ts";
import type { Platform } from "./platforms/platform.ts";

/** The answers of a checklist. "Ignored" findings are shown on request and never counted against the project. */
export type Status = "passed" | "failed" | "unknown" | "skipped" | "ignored";

export interface CheckResult {
  readonly check: Check;
  readonly status: Status;
  /** The worst severity of its findings; the check's own when there is none. */
  readonly severity: Severity;
  /** The platform it was judged on; undefined when the answer does not depend on the platform. */
  readonly platform: Platform | undefined;
  /** Why it was skipped, is unknown or is ignored: a sentence. */
  readonly reason: string | undefined;
  /** Why it passes. */
  readonly evidence: readonly Evidence[];
  /** Those that count. */
  readonly findings: readonly Finding[];
  /** Those that somebody has set aside. */
  readonly ignored: readonly IgnoredFinding[];
  /** A crash of the check: our fault, exit code 3. */
  readonly fault: string | undefined;
}

export interface IgnoredFinding {
  readonly finding: Finding;
  readonly ignore: Ignore;
}

export interface RunRequest {
  readonly files: ProjectFiles;
  readonly checks: readonly Check[];
  readonly platforms: readonly Platform[];
  readonly options: FactOptions;
}

/** What the head of a report tells of, and whoever sets findings aside asks. */
const headFacts = ["project", "settingsModule", "settings", "systemChecks", "deployment"] as const;
type HeadFact = (typeof headFacts)[number];

export interface RunResult {
  /** In the order of `checks`, then of `platforms`. */
  readonly results: readonly CheckResult[];
  /** From the first platform. */
  readonly facts: Pick<Partial<ProjectFacts>, HeadFact>;
}

/** A run whose facts can still be asked for, by whoever tells more than the checks do. */
export interface OpenRun extends RunResult {
  factsOn(platform: Platform): Facts;
}

/** Files to facts to answers: the whole pipeline between the disk and the report. */
export async function run(request: RunRequest): Promise<OpenRun> {
  const { files, options, platforms, checks } = request;
  const perPlatform = platforms.map((platform) => ({
    platform,
    facts: gather({ files, options, platform }),
  }));
  const answered = await Promise.all(checks.map((check) => askEverywhere(check, perPlatform)));
  const facts = perPlatform[0] ? await factsOfHead(perPlatform[0].facts) : {};
  const factsOn = (platform: Platform) =>
    perPlatform.find((one) => one.platform === platform)?.facts ?? gather({ files, options, platform });
  return { results: answered.flat(), facts, factsOn };
}

interface PlatformFacts {
  readonly platform: Platform;
  readonly facts: Facts;
}

/** One result for each platform; a single one where no fact differs, or all platforms answer alike. */
async function askEverywhere(
  check: Check,
  platforms: readonly PlatformFacts[],
): Promise<readonly CheckResult[]> {
  const names = [...check.needs, ...check.wants];
  if (!names.some(dependsOnPlatform)) {
    return Promise.all(platforms.slice(0, 1).map(({ facts }) => ask(check, facts, undefined)));
  }
  const results = await Promise.all(platforms.map(({ platform, facts }) => ask(check, facts, platform)));
  const aboutDeployment = names.includes("deployment");
  const [first] = results;
  if (aboutDeployment || !first || !results.every((result) => sameAnswer(result, first))) return results;
  return [{ ...first, platform: undefined }];
}

function sameAnswer(a: CheckResult, b: CheckResult): boolean {
  const told = ({ status, reason, findings }: CheckResult) => JSON.stringify([status, reason, findings]);
  return told(a) === told(b);
}

async function ask(check: Check, facts: Facts, platform: Platform | undefined): Promise<CheckResult> {
  const nothing = {
    check,
    platform,
    severity: check.severity,
    evidence: [],
    findings: [],
    ignored: [],
    reason: undefined,
    fault: undefined,
  };
  try {
    const names = [...check.needs, ...check.wants];
    const results = new Map(
      await Promise.all(
        names.map(
          async (name): Promise<[FactName, Awaited<ReturnType<Facts["get"]>>]> => [
            name,
            await facts.get(name),
          ],
        ),
      ),
    );
    const given: Partial<Record<FactName, unknown>> = {};
    for (const name of names) {
      const result = results.get(name);
      if (result?.kind === "present") given[name] = result.value;
      else if (result?.kind === "unreadable") {
        const { message, at } = result.error;
        return { ...nothing, status: "unknown", reason: message, findings: [cannotTell(message, { at })] };
      } else if (result?.kind === "missing" && check.needs.includes(name)) {
        return { ...nothing, status: "skipped", reason: result.reason };
      }
    }
    return { ...nothing, ...weigh(check, [...check.run(given as Partial<ProjectFacts>)]) };
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      ...nothing,
      status: "unknown",
      reason: "the check itself failed, which is a fault of deploy-check",
      fault,
    };
  }
}

/** What the answers of a check come to: any finding outweighs the rest, and a pass needs no word. */
function weigh(
  check: Check,
  answers: readonly Answer[],
): Pick<CheckResult, "status" | "severity" | "reason" | "evidence" | "findings"> {
  const findings = answers.filter((answer) => answer.kind === "finding");
  if (findings.length > 0) return weighed(check, findings);
  const nothing = { severity: check.severity, findings };
  const skipped = answers.find((answer) => answer.kind === "not-applicable");
  if (skipped) return { ...nothing, status: "skipped", reason: skipped.reason, evidence: [] };
  const evidence = answers.filter((answer) => answer.kind === "evidence");
  return { ...nothing, status: "passed", reason: undefined, evidence };
}

/** What findings come to, of which there is at least one: one that is sure outweighs those that are unknown. */
export function weighed(
  check: Check,
  findings: readonly Finding[],
): Pick<CheckResult, "status" | "severity" | "reason" | "evidence" | "findings"> {
  const failures = findings.filter(({ certainty }) => certainty !== "unknown");
  if (failures.length === 0) {
    const reason = findings[0]?.message;
    return { status: "unknown", severity: check.severity, reason, evidence: [], findings };
  }
  const worst = severities.find((level) =>
    failures.some(({ severity }) => (severity ?? check.severity) === level),
  );
  return { status: "failed", severity: worst ?? check.severity, reason: undefined, evidence: [], findings };
}

async function factsOfHead(facts: Facts): Promise<RunResult["facts"]> {
  const present = await Promise.all(
    headFacts.map(async (name) => {
      const fact = await facts.get(name);
      return fact.kind === "present" ? [[name, fact.value] as const] : [];
    }),
  );
  return Object.fromEntries(present.flat());
}
