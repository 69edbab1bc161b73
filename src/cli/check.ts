import { basename } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { checks } from "../checks/index.ts";
import { check } from "../commands/check.ts";
import { openDisk } from "../files/disk.ts";
import { type Severity, severities } from "../finding.ts";
import { formats, isFormat, type Output } from "../report/formats.ts";
import { gateOf } from "../report/gate.ts";
import { configuredProject, withConfig } from "./configured.ts";
import { environmentOptions } from "./environment.ts";
import { linksFor } from "./hyperlinks.ts";
import { type LeverOptions, leversOf, withLevers } from "./levers.ts";
import { collect, platformOption, repeatable, withColours, withPath } from "./options.ts";
import { onPaper, paintFor } from "./paint.ts";
import { browseAddress, pipelineOf } from "./pipelines.ts";
import { toldChecks, toldFiles } from "./progress.ts";
import { stopwatch } from "./timings.ts";
import type { Invocation } from "./world.ts";

interface CheckOptions extends LeverOptions {
  readonly settings?: string;
  readonly config?: string | boolean;
  readonly platform: readonly string[];
  readonly format: readonly Output[];
  readonly failLevel?: Severity;
  readonly strict?: boolean;
  readonly maxWarnings?: number;
  readonly exitZero?: boolean;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly timings?: boolean;
  readonly color?: boolean;
}

/** What `deploy-check` does without the name of a command. */
export function defineCheckCommand(program: Command, invocation: Invocation): void {
  const { world, end } = invocation;
  const environment = environmentOptions();
  withPath(program).option(
    "--settings <module>",
    "Django's production settings module, such as shop.settings.production",
  );
  for (const option of environment.options) program.addOption(option);
  program
    .addOption(platformOption())
    .addOption(
      repeatable(
        "--format <format[=file]>",
        `how to report, and where to: ${Object.keys(formats).join(", ")}`,
      )
        .argParser(output)
        .default(standard, "checklist"),
    )
    .addOption(
      new Option(
        "--fail-level <level>",
        "exit with 1 if something fails that is at least this bad (default: error)",
      ).choices(severities),
    )
    .option("--strict", "fail on warnings too, and on what cannot be told")
    .addOption(
      new Option("--max-warnings <count>", "exit with 1 if there are more warnings than this").argParser(
        count,
      ),
    )
    .option("--exit-zero", "exit with 0 whatever is found")
    .addOption(
      repeatable("--select <check>", "only these checks, by id, Django id or area")
        .argParser(collect)
        .default([], "all"),
    )
    .addOption(
      repeatable("--ignore <check>", "set these checks aside, by id, Django id or area")
        .argParser(collect)
        .default([], "none"),
    )
    .option("-v, --verbose", "list what passed and was skipped too, and why")
    .addOption(new Option("-q, --quiet", "only what fails the command, and the summary").conflicts("verbose"))
    .option("--timings", "say on stderr where the time went");
  withColours(withConfig(withLevers(program))).action(async (given: string, options: CheckOptions) => {
    const watch = options.timings && invocation.clock ? stopwatch(invocation.clock) : undefined;
    const project = await configuredProject(invocation, given, options.config);
    const { root, path, config, configured } = project;
    const env = await environment.read(world, project.envFiles);
    const inPipeline = options.format === standard ? pipelineOf(world.env) : undefined;
    const told = options.quiet ? undefined : invocation.told;
    const opened = await (invocation.tree?.open ?? openDisk)(root);
    watch?.walked();
    const measured = watch?.files(opened) ?? opened;
    const files = told ? toldFiles(measured, told) : measured;
    const asked = watch?.checks(checks) ?? checks;
    const { levers, notes } = await leversOf(invocation, project, files, options);
    const outcome = await check({
      checks: told ? toldChecks(asked, told) : asked,
      files,
      path,
      root: basename(root) || "/",
      settings: options.settings ?? config.settings,
      env,
      platforms: options.platform.length > 0 ? options.platform : (config.platforms ?? []),
      outputs: inPipeline?.outputs ?? options.format,
      gate: gateOf({
        level: options.failLevel ?? config.failLevel ?? "error",
        strict: options.strict ?? config.strict ?? false,
        maxWarnings: options.maxWarnings ?? config.maxWarnings,
      }),
      exitZero: options.exitZero ?? false,
      prefix: project.prefix,
      browse: browseAddress(world.env),
      variables: world.env,
      select: options.select.length > 0 ? options.select : (config.select ?? []),
      ignore: options.ignore,
      configured,
      levers,
      paint: {
        ...paintFor(world, options),
        // What is in a commit need not be on the disk.
        links: invocation.tree ? undefined : linksFor(world, root),
      },
      plainPaint: paintFor(onPaper(world), options),
      notes: [...notes, ...(inPipeline?.notes ?? [])],
    });
    end(watch?.outcome(outcome) ?? outcome);
  });
}

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It wants a number, such as 10.");
  return Number(text);
}

/** Without `--format`: the checklist, on standard output. */
const standard: readonly Output[] = [{ format: "checklist", file: undefined }];

/** Annotations are lines by themselves on standard output, beside whatever else is there. */
function areApart(one: Output, other: Output): boolean {
  return one.file === undefined && [one, other].some(({ format }) => format === "github");
}

/** `--format checklist --format json=report.json` */
function output(text: string, before: readonly Output[]): readonly Output[] {
  const [format = "", ...rest] = text.split("=");
  if (!isFormat(format))
    throw new InvalidArgumentError(`Allowed choices are ${Object.keys(formats).join(", ")}.`);
  const file = rest.length > 0 ? rest.join("=") : undefined;
  if (file === "") throw new InvalidArgumentError(`${format}= lacks the name of a file.`);
  const outputs = before === standard ? [] : before;
  const taken = outputs.find(
    (one) => one.file === file && (one.format === format || !areApart(one, { format, file })),
  );
  if (taken)
    throw new InvalidArgumentError(
      file === undefined
        ? `Standard output has ${taken.format} already; name a file: ${format}=report.`
        : `${file} is written as ${taken.format} already.`,
    );
  return [...outputs, { format, file }];
}
