import { type Check, withSeverity } from "../check.ts";
import { checksNamed } from "../checks/named.ts";
import type { Config } from "../config/config.ts";
import type { FactOptions } from "../facts/define.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { IgnoringConfig } from "../ignores/named.ts";
import type { IgnoreNote } from "../ignores/rules.ts";
import { judge } from "../judge.ts";
import { formats, type Output } from "../report/formats.ts";
import { failsBecause, type Gate } from "../report/gate.ts";
import { printableLines } from "../report/printable.ts";
import type { Paint, Report } from "../report/report.ts";
import type { CheckResult } from "../run.ts";
import { version } from "../version.ts";
import { unknownCheck } from "./explain.ts";
import { allIgnoring, type Levers, noLevers } from "./levers.ts";
import { exitCodes, type Outcome } from "./outcome.ts";
import { namedPlatforms } from "./platforms.ts";
import { ambiguous, nothingRecognised, requireModule, withoutGivenSecrets } from "./recognition.ts";

/** What the command line asks for, with files already read. */
export interface CheckRequest {
  readonly checks: readonly Check[];
  readonly files: ProjectFiles;
  /** The path as the user wrote it, for commands to paste. */
  readonly path: string;
  /** The name of the root folder. */
  readonly root: string;
  readonly settings: string | undefined;
  /** Undefined leaves the environment open; a map, even an empty one, closes it (design.md §3). */
  readonly env: ReadonlyMap<string, string> | undefined;
  /** Ids of platforms, `all` or `auto`; none: those that the project's files show. */
  readonly platforms: readonly string[];
  /** One of them at most goes to standard output. */
  readonly outputs: readonly Output[];
  readonly gate: Gate;
  /** `--exit-zero`: what was found does not make the command fail. */
  readonly exitZero: boolean;
  /** From the top of the repository to the folder that is judged: "backend/", or "". */
  readonly prefix: string;
  /** Where the repository's files can be looked at: an address that paths are put behind, or "". */
  readonly browse: string;
  /** The environment variables of this command, of which some name files of the pipeline's. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Names of checks, Django checks or areas; none: all. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly configured: Configured;
  /** A baseline, a change, and whether anything is ignored at all. */
  readonly levers?: Levers;
  readonly paint: Paint;
  /** The same for what goes to a file. */
  readonly plainPaint: Paint;
  /** What the user should know besides, a sentence each. */
  readonly notes: readonly string[];
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

export async function check(request: CheckRequest): Promise<Outcome> {
  const { files, settings, configured, levers = noLevers } = request;
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
  let ignoreNotes: readonly IgnoreNote[] = [];
  const judgement = await judge({
    files,
    checks: selected,
    options,
    platforms: named,
    silenced: levers.ignores,
    async ignorers(run, platforms) {
      const { strict } = request.gate;
      const ignoring = await allIgnoring({ ...request, selected, options, strict, levers }, run, platforms);
      ignoreNotes = ignoring.notes;
      return ignoring.ignorers;
    },
  });
  if (judgement.kind === "nothing") return nothingRecognised(request.path, judgement);
  if (judgement.kind === "ambiguous") throw ambiguous(request.path, judgement.candidates);

  const { results } = judgement.result;
  const faults = results.filter(({ fault }) => fault !== undefined);
  const code = exitCode(request, results, ignoreNotes, faults.length > 0);
  const report: Report = {
    version,
    root: request.root,
    files,
    platforms: judgement.platforms,
    result: judgement.result,
    ignoreNotes,
    gate: request.gate,
    exitCode: code,
    prefix: request.prefix,
    browse: request.browse,
    conceal: (text) => withoutGivenSecrets(text, request.env),
    everyCheck: selected.length === request.checks.length,
  };
  const written = await writtenBy(request, report);
  return {
    ...written,
    stderr: [
      ...[...configured.notes, ...request.notes].map((note) => `deploy-check: ${note}\n`),
      ...faults.map(faultReport),
    ].join(""),
    code,
  };
}

/** The report in every format that is asked for, each where it is to go. */
async function writtenBy(
  { outputs, variables, paint, plainPaint }: CheckRequest,
  report: Report,
): Promise<Pick<Outcome, "stdout" | "commands" | "files">> {
  const reporters = await Promise.all(
    outputs.map(async ({ format, file }) => ({ reporter: await formats[format](), file })),
  );
  const texts = reporters.map(({ reporter, file }) => {
    const text = report.conceal(reporter.render(report, file === undefined ? paint : plainPaint));
    return { text, file, commands: reporter.commands === true };
  });
  const printed = texts.filter(({ file }) => file === undefined);
  const appendices = new Set(reporters.flatMap(({ reporter }) => reporter.appendix ?? []));
  return {
    stdout: printed.map(({ text, commands }) => (commands ? "" : text)).join(""),
    commands: printed.map(({ text, commands }) => (commands ? text : "")).join(""),
    files: [
      ...texts.flatMap(({ file, text }) => (file === undefined ? [] : [{ path: file, text }])),
      ...[...appendices].flatMap(({ variable, render }) => {
        const path = variables[variable];
        return path ? [{ path, text: report.conceal(render(report)), append: true }] : [];
      }),
    ],
  };
}

function exitCode(
  { exitZero, gate }: CheckRequest,
  results: readonly CheckResult[],
  notes: readonly IgnoreNote[],
  faulty: boolean,
): Outcome["code"] {
  if (faulty) return exitCodes.internalFault;
  const fails = !exitZero && failsBecause(results, gate, notes) !== undefined;
  return fails ? exitCodes.findings : exitCodes.fine;
}

/** The checks that are asked, each as bad as the configuration has it. */
export function selectedChecks(
  request: Pick<CheckRequest, "checks" | "configured" | "select">,
): readonly Check[] {
  return request.checks.flatMap((each) => asConfigured(each, request)).filter(isSelected(request));
}

/** A check as bad as the configuration has it; nothing if that is off. */
function asConfigured(
  each: Check,
  { checks, configured }: Pick<CheckRequest, "checks" | "configured">,
): readonly Check[] {
  const said = configured.severity.findLast(([name]) => checksNamed(checks, name).includes(each))?.[1];
  if (said === undefined) return [each];
  return said === "off" ? [] : [withSeverity(each, said)];
}

function isSelected({ checks, select }: Pick<CheckRequest, "checks" | "select">): (check: Check) => boolean {
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

function faultReport({ check: { id }, fault = "" }: CheckResult): string {
  const [first, ...stack] = printableLines(fault);
  return [
    `internal fault: the check ${id} crashed: ${first}`,
    ...stack.slice(0, 5),
    `This is a fault of deploy-check ${version}, not of the project: please report it with these lines. The other checks ran.`,
    "",
  ].join("\n");
}
