import type { IgnoreNote } from "../ignores/rules.ts";
import { formats, type Output } from "../report/formats.ts";
import { failsBecause, type Gate } from "../report/gate.ts";
import { printableLines } from "../report/printable.ts";
import type { Paint, Report } from "../report/report.ts";
import type { CheckResult } from "../run.ts";
import { version } from "../version.ts";
import { type AskedFor, judgeAsAsked } from "./judged.ts";
import type { Levers } from "./levers.ts";
import { exitCodes, type Outcome } from "./outcome.ts";
import { withoutGivenSecrets } from "./recognition.ts";

/** What the command line asks for, with files already read. */
export interface CheckRequest extends AskedFor {
  /** The name of the root folder. */
  readonly root: string;
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
  /** A baseline, a change, and whether anything is ignored at all. */
  readonly levers?: Levers;
  readonly paint: Paint;
  /** The same for what goes to a file. */
  readonly plainPaint: Paint;
  /** What the user should know besides, a sentence each. */
  readonly notes: readonly string[];
}

export async function check(request: CheckRequest): Promise<Outcome> {
  const { files, configured } = request;
  const asked = await judgeAsAsked(request, request.levers);
  if (asked.kind === "nothing") return asked.outcome;
  const { judgement, selected, ignoreNotes } = asked;
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

function faultReport({ check: { id }, fault = "" }: CheckResult): string {
  const [first, ...stack] = printableLines(fault);
  return [
    `internal fault: the check ${id} crashed: ${first}`,
    ...stack.slice(0, 5),
    `This is a fault of deploy-check ${version}, not of the project: please report it with these lines. The other checks ran.`,
    "",
  ].join("\n");
}
