import type { Check } from "../check.ts";
import type { FactOptions } from "../facts/define.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Finding } from "../finding.ts";
import { byBaseline, type PlacedBaseline } from "../ignores/baseline.ts";
import { ignoreComments } from "../ignores/comments.ts";
import { byOption, configRules, type IgnoringConfig } from "../ignores/named.ts";
import { byRules, type IgnoreNote, type Ignoring } from "../ignores/rules.ts";
import type { Ignorer } from "../ignores/set-aside.ts";
import { judge } from "../judge.ts";
import type { Platform } from "../platforms/platform.ts";
import { fingerprints } from "../report/fingerprint.ts";
import type { CheckResult, OpenRun } from "../run.ts";

/** What sets findings aside besides options that name checks, configuration and comments. */
export interface Levers {
  /** False for `--no-ignores`: everything is shown. */
  readonly ignores: boolean;
  readonly baseline: PlacedBaseline | undefined;
  /** `--changed-since`: only what a change brought counts. */
  readonly since: Since | undefined;
}

/** The project as it was before a change. */
export interface Since {
  /** As the user wrote it: "main". */
  readonly ref: string;
  readonly files: ProjectFiles;
}

export const noLevers: Levers = { ignores: true, baseline: undefined, since: undefined };

/** What decides which findings count. */
export interface IgnoringRequest {
  /** All there are. */
  readonly checks: readonly Check[];
  /** Those that are asked. */
  readonly selected: readonly Check[];
  readonly files: ProjectFiles;
  readonly options: FactOptions;
  /** `--ignore` */
  readonly ignore: readonly string[];
  readonly strict: boolean;
  readonly configured: IgnoringConfig;
  readonly levers: Levers;
}

/** All that sets findings aside, in the order in which it has a say, and what is to be said of it. */
export interface AllIgnoring {
  readonly ignorers: readonly Ignorer[];
  readonly notes: readonly IgnoreNote[];
  /** What each finding is known by. */
  readonly prints: ReadonlyMap<Finding, string>;
}

export async function allIgnoring(
  request: IgnoringRequest,
  { results }: OpenRun,
  platforms: readonly Platform[],
): Promise<AllIgnoring> {
  const { checks, files, configured, levers, strict } = request;
  const prints = levers.baseline || levers.since ? fingerprints(results, files) : new Map<Finding, string>();
  const since = levers.since ? [await unchanged(levers.since, request, platforms, prints)] : [];
  if (!levers.ignores) return { ignorers: since, notes: [], prints };
  const comments = await ignoreComments(files, checks, filesOf(results));
  const context = { results, strict };
  const parts: readonly Ignoring[] = [
    byRules(comments.rules, context),
    byRules(configRules(checks, configured), context),
    ...(levers.baseline ? [byBaseline(levers.baseline, results, prints)] : []),
  ];
  return {
    ignorers: [byOption(checks, request.ignore), ...parts.map(({ ignorer }) => ignorer), ...since],
    notes: inOrder([...comments.notes, ...parts.flatMap(({ notes }) => notes)]),
    prints,
  };
}

/** The files in which something is found. */
function filesOf(results: readonly CheckResult[]): ReadonlySet<string> {
  return new Set(results.flatMap(({ findings }) => findings.flatMap(({ at }) => at?.file ?? [])));
}

/** By place; what has none comes last. */
function inOrder(notes: readonly IgnoreNote[]): readonly IgnoreNote[] {
  const key = ({ at }: IgnoreNote) => (at ? `${at.file}\0${String(at.line).padStart(9, "0")}` : "\uffff");
  return [...notes].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}

/** Sets aside what is in files that have not changed and was there before the change. */
async function unchanged(
  { ref, files: before }: Since,
  { files, selected, options }: IgnoringRequest,
  platforms: readonly Platform[],
  prints: ReadonlyMap<Finding, string>,
): Promise<Ignorer> {
  const judgement = await judge({ files: before, checks: selected, options, platforms });
  const earlier: readonly CheckResult[] = judgement.kind === "judged" ? judgement.result.results : [];
  const known = new Set(fingerprints(earlier, before).values());
  const isChanged = (file: string) => textOf(files, file) !== textOf(before, file);
  return (finding) => {
    if (!known.has(prints.get(finding) ?? "") || (finding.at && isChanged(finding.at.file))) return undefined;
    return { by: "option", reason: `--changed-since ${ref}: it was there before` };
  };
}

/** A file's text, whatever ends its lines: git may check them out as it likes. */
function textOf(files: ProjectFiles, file: string): string | undefined {
  return files.text(file)?.replaceAll("\r\n", "\n");
}
