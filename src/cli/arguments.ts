import { Command, InvalidArgumentError, Option } from "commander";
import { planFormats } from "../commands/plan.ts";
import { settingsFormats } from "../commands/settings.ts";
import { type Severity, severities } from "../finding.ts";
import { platforms } from "../platforms/index.ts";
import { formats, isFormat, type Output } from "../report/formats.ts";
import { version } from "../version.ts";

export interface CheckOptions {
  readonly settings?: string;
  readonly platform: readonly string[];
  readonly format: readonly Output[];
  readonly failLevel: Severity;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

export interface PlanOptions extends Pick<CheckOptions, "settings" | "platform" | "color"> {
  readonly format: string;
}

export interface SettingsOptions {
  readonly all?: boolean;
  readonly only: readonly string[];
  readonly settings?: string;
  readonly django?: string;
  readonly format: string;
  readonly color?: boolean;
}

/** What each command does, once its arguments are read. */
export interface Commands {
  check(path: string, options: CheckOptions): Promise<void>;
  settings(path: string, options: SettingsOptions): Promise<void>;
  plan(path: string, options: PlanOptions): Promise<void>;
  list(): Promise<void>;
  explain(name: string): Promise<void>;
}

/** The commands and their options. `environment` gets what `--env` and `--env-file` say, in their order. */
export function commandLine(
  commands: Commands,
  {
    environment,
    width,
    print,
  }: {
    readonly environment: EnvSource[];
    /** Columns of the help. */
    readonly width: number;
    print(text: string): void;
  },
): Command {
  const program = new Command("deploy-check")
    .description(
      "Answers from a Django project's files alone: will it deploy, and is it safe when it does?\nRuns none of the project's code; needs no Python, no installed packages and no network.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .argument("[path]", "the folder of the repository", ".")
    .option("--settings <module>", "the production settings module, such as shop.settings.production")
    .addOption(envOption(environment))
    .addOption(envFileOption(environment))
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
      new Option("--fail-level <level>", "exit with 1 if something fails that is at least this bad")
        .choices(severities)
        .default("error"),
    )
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
    .option("--color", "colours, even where the output is no terminal")
    .option("--no-color", "no colours")
    .addHelpText("after", helpAfter)
    .action(commands.check);
  program
    .command("settings")
    .description("show the settings as production has them, without running any: a static diffsettings")
    .helpOption("-h, --help", "print this help")
    .argument("[path]", "the folder of the repository", ".")
    .option("--all", "Django's defaults too")
    .addOption(
      repeatable("--only <name>", "only these settings, whether or not the project sets them")
        .argParser(collect)
        .default([], "all"),
    )
    .option("--settings <module>", "the settings module, such as shop.settings.production")
    .option("--django <version>", "Django's version, instead of the one that the requirements name")
    .addOption(envOption(environment))
    .addOption(envFileOption(environment))
    .addOption(new Option("--format <format>", "how to show them").choices(settingsFormats).default("table"))
    .option("--color", "colours, even where the output is no terminal")
    .option("--no-color", "no colours")
    .action(commands.settings);
  program
    .command("plan")
    .description("what each platform will do: Python, install, build, release, start, and what is missing")
    .helpOption("-h, --help", "print this help")
    .argument("[path]", "the folder of the repository", ".")
    .addOption(platformOption())
    .option("--settings <module>", "the settings module, such as shop.settings.production")
    .addOption(envOption(environment))
    .addOption(envFileOption(environment))
    .addOption(new Option("--format <format>", "how to show it").choices(planFormats).default("text"))
    .option("--color", "colours, even where the output is no terminal")
    .option("--no-color", "no colours")
    .action(commands.plan);
  program.command("list").description("list every check").action(commands.list);
  program
    .command("explain")
    .description("explain a check: why it matters, what to do, examples")
    .argument("<check>", "its id, or the id of a Django check")
    .action(commands.explain);
  for (const command of [program, ...program.commands]) {
    command
      .enablePositionalOptions()
      .exitOverride()
      .configureOutput({
        writeOut: print,
        // Errors are reported once, in our own words, by `failure`.
        writeErr: () => undefined,
        getOutHelpWidth: () => width,
        getOutHasColors: () => false,
      });
  }
  return program;
}

const helpAfter = `
Examples:
  deploy-check                                  judge the project in this folder
  deploy-check --settings shop.settings.prod    name production's settings
  deploy-check --env-file prod.env              in exactly this environment
  deploy-check --fail-level warning --quiet     for a pipeline
  deploy-check --format json=report.json        for a program, in a file
  deploy-check explain security.W018            why it matters and what to do
  deploy-check settings --env-file prod.env     what the settings come to
  deploy-check plan --platform fly              what Fly.io would do with it

Exit codes: 0 nothing at or above --fail-level, 1 something is, 2 wrong usage,
3 a fault of deploy-check itself, 4 no project was recognised.`;

function platformOption(): Option {
  const known = platforms.map(({ id }) => id).join(", ");
  return repeatable("--platform <id>", `what it is deployed to: all, auto, or some of ${known}`)
    .argParser(collect)
    .default([], "what the files show");
}

function envOption(environment: EnvSource[]): Option {
  return repeatable("--env <name=value>", "a variable of the production environment (repeatable)").argParser(
    (text) => {
      environment.push({ kind: "pair", text });
    },
  );
}

function envFileOption(environment: EnvSource[]): Option {
  return repeatable(
    "--env-file <file>",
    "a .env file with the production environment (repeatable)",
  ).argParser((path) => {
    environment.push({ kind: "file", path });
  });
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description);
}

/** Without `--format`: the checklist, on standard output. */
const standard: readonly Output[] = [{ format: "checklist", file: undefined }];

/** `--format checklist --format json=report.json` */
function output(text: string, before: readonly Output[]): readonly Output[] {
  const [format = "", ...rest] = text.split("=");
  if (!isFormat(format))
    throw new InvalidArgumentError(`Allowed choices are ${Object.keys(formats).join(", ")}.`);
  const file = rest.length > 0 ? rest.join("=") : undefined;
  if (file === "") throw new InvalidArgumentError(`${format}= lacks the name of a file.`);
  const outputs = before === standard ? [] : before;
  const taken = outputs.find((one) => one.file === file);
  if (taken)
    throw new InvalidArgumentError(
      file === undefined
        ? `Standard output has ${taken.format} already; name a file: ${format}=report.`
        : `${file} is written as ${taken.format} already.`,
    );
  return [...outputs, { format, file }];
}

/** `--select a,b --select c` */
function collect(text: string, before: readonly string[]): readonly string[] {
  return [
    ...before,
    ...text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ];
}

/** `--env` and `--env-file`, in the order in which they were given. */
export type EnvSource =
  | { readonly kind: "pair"; readonly text: string }
  | { readonly kind: "file"; readonly path: string };
