import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Chalk, type ChalkInstance } from "chalk";
import { Command, CommanderError, Option } from "commander";
import { checks } from "./checks/index.ts";
import { check, reporters } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { list } from "./commands/list.ts";
import { type ExitCode, exitCodes, type Outcome, WrongUsage } from "./commands/outcome.ts";
import { settings, settingsFormats } from "./commands/settings.ts";
import { openDisk } from "./files/disk.ts";
import { Unreadable } from "./files/project-files.ts";
import { type Severity, severities } from "./finding.ts";
import { platforms } from "./platforms/index.ts";
import { wasExhausted } from "./python/stack.ts";
import { printableLines } from "./report/printable.ts";
import { version } from "./version.ts";

/** What the command knows of the world it was started in. */
export interface World extends Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** The same on a larger stack, where there is one. */
  deeper?(surroundings: Surroundings): Promise<Outcome | undefined>;
}

/** The part of it that is data. */
export interface Surroundings {
  /** What follows the command's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether stdout is a terminal, and how wide. */
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** Runs deploy-check as a command: everything between the arguments and the exit code. */
export async function main(world: World): Promise<ExitCode> {
  let outcome = await outcomeOf(world);
  if (world.deeper && wasExhausted()) outcome = (await world.deeper(dataOf(world))) ?? outcome;
  if (outcome.stdout !== "") world.stdout.write(outcome.stdout);
  if (outcome.stderr !== "") world.stderr.write(outcome.stderr);
  return outcome.code;
}

function dataOf({ argv, env, cwd, isTTY, columns }: Surroundings): Surroundings {
  return { argv, env: { ...env }, cwd, isTTY, columns };
}

/** What `main` is going to write, and its exit code. */
export async function outcomeOf(world: Surroundings): Promise<Outcome> {
  let help = "";
  let outcome: Outcome = { stdout: "", stderr: "", code: exitCodes.fine };
  const program = commandLine(
    world,
    async (run) => {
      outcome = await run();
    },
    (text) => {
      help += text;
    },
  );
  try {
    await program.parseAsync([...world.argv], { from: "user" });
  } catch (error) {
    outcome = failure(error);
  }
  return { ...outcome, stdout: help + outcome.stdout };
}

/**
 * `main` in the world of a real process. The exit code is set, not forced, so that a pipe gets everything.
 * Settings that nest their calls more deeply than the usual stack allows are followed as far as CPython does on a thread
 * of their own (`python/stack.ts`): `deeper.js`, beside the script at `url`. No other start waits for it.
 */
export async function start(process: NodeJS.Process, url: string): Promise<void> {
  // Whoever closed the pipe (`| head`) has seen enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.exitCode = await main({
    argv: process.argv.slice(2),
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    isTTY: process.stdout.isTTY === true,
    columns: process.stdout.columns,
    deeper: (surroundings) => onLargerStack(new URL("deeper.js", url), surroundings),
  });
}

/** A thousand calls of 60 KB each; memory that is not used is not taken. */
const largerStack = 64;

async function onLargerStack(worker: URL, surroundings: Surroundings): Promise<Outcome | undefined> {
  const { Worker } = await import("node:worker_threads");
  return new Promise((resolve) => {
    const thread = new Worker(worker, {
      workerData: surroundings,
      resourceLimits: { stackSizeMb: largerStack },
    });
    thread.on("message", (outcome: Outcome) => resolve(outcome));
    // What was found on the smaller stack stands, where a thread cannot be had.
    thread.on("error", () => resolve(undefined));
    thread.on("exit", () => resolve(undefined));
  });
}

interface CheckOptions {
  readonly settings?: string;
  readonly platform: readonly string[];
  readonly format: string;
  readonly failLevel: Severity;
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

interface SettingsOptions {
  readonly all?: boolean;
  readonly only: readonly string[];
  readonly settings?: string;
  readonly django?: string;
  readonly format: string;
  readonly color?: boolean;
}

/** The commands and their options. Each hands what it is to do to `act`. */
function commandLine(
  world: Surroundings,
  act: (run: () => Promise<Outcome>) => Promise<void>,
  print: (text: string) => void,
): Command {
  const environment: EnvSource[] = [];
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
    .addOption(
      repeatable("--platform <id>", `what it is deployed to (${platforms.map(({ id }) => id).join(", ")})`)
        .argParser(collect)
        .default([], "what the files show"),
    )
    .addOption(
      new Option("--format <format>", "how to report")
        .choices(reporters.map(({ name }) => name))
        .default("checklist"),
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
    .action((path: string, options: CheckOptions) =>
      act(() => checkFolder(world, path, options, environment)),
    );
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
    .action((path: string, options: SettingsOptions) =>
      act(() => settingsOf(world, path, options, environment)),
    );
  program
    .command("list")
    .description("list every check")
    .action(() => act(async () => list(checks)));
  program
    .command("explain")
    .description("explain a check: why it matters, what to do, examples")
    .argument("<check>", "its id, or the id of a Django check")
    .action((name: string) => act(async () => explain(checks, name)));
  for (const command of [program, ...program.commands]) {
    command
      .enablePositionalOptions()
      .exitOverride()
      .configureOutput({
        writeOut: print,
        // Errors are reported once, in our own words, by `failure`.
        writeErr: () => undefined,
        getOutHelpWidth: () => Math.min(widthOf(world), 100),
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
  deploy-check --format json > report.json      for a program
  deploy-check explain security.W018            why it matters and what to do
  deploy-check settings --env-file prod.env     what the settings come to

Exit codes: 0 nothing at or above --fail-level, 1 something is, 2 wrong usage,
3 a fault of deploy-check itself, 4 no project was recognised.`;

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

type EnvSource =
  | { readonly kind: "pair"; readonly text: string }
  | { readonly kind: "file"; readonly path: string };

async function checkFolder(
  world: Surroundings,
  path: string,
  options: CheckOptions,
  environment: readonly EnvSource[],
): Promise<Outcome> {
  const env = environment.length > 0 ? await readEnvironment(world, environment) : undefined;
  const root = resolve(world.cwd, path);
  return check({
    checks,
    files: await openDisk(root),
    path,
    root: basename(root) || "/",
    settings: options.settings,
    env,
    platforms: options.platform,
    format: options.format,
    failLevel: options.failLevel,
    select: options.select,
    ignore: options.ignore,
    paint: {
      chalk: chalkFor(world, options.color),
      width: widthOf(world),
      verbose: options.verbose ?? false,
      quiet: options.quiet ?? false,
    },
  });
}

async function settingsOf(
  world: Surroundings,
  path: string,
  options: SettingsOptions,
  environment: readonly EnvSource[],
): Promise<Outcome> {
  const env = environment.length > 0 ? await readEnvironment(world, environment) : undefined;
  return settings({
    // An environment that is given exactly is asked about to compare with Django here, which reads ignored files too.
    files: await openDisk(resolve(world.cwd, path), { withIgnored: env !== undefined }),
    path,
    settings: options.settings,
    django: options.django,
    env,
    all: options.all ?? false,
    only: options.only,
    format: options.format,
    paint: {
      chalk: chalkFor(world, options.color),
      width: widthOf(world),
      verbose: false,
      quiet: false,
    },
  });
}

/** What `--env` and `--env-file` come to: later ones win. Values may be secrets, so no message quotes one. */
async function readEnvironment(
  { cwd }: Surroundings,
  sources: readonly EnvSource[],
): Promise<ReadonlyMap<string, string>> {
  const { parse } = await import("dotenv");
  const env = new Map<string, string>();
  for (const source of sources) {
    if (source.kind === "file") {
      for (const [name, value] of Object.entries(parse(readEnvFile(cwd, source.path)))) env.set(name, value);
      continue;
    }
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(source.text) ?? [];
    if (name === undefined || value === undefined)
      throw new WrongUsage("--env wants NAME=value, such as --env DEBUG=False");
    env.set(name, value);
  }
  return env;
}

function readEnvFile(cwd: string, path: string): string {
  try {
    return readFileSync(resolve(cwd, path), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const because =
      code === "ENOENT" ? "it does not exist" : code === "EISDIR" ? "it is a folder" : String(code);
    throw new WrongUsage(`--env-file ${path} cannot be read: ${because}`);
  }
}

/** `NO_COLOR` > `--color`, `--no-color` > `FORCE_COLOR` > whether it is a terminal. */
function chalkFor({ env, isTTY }: Surroundings, asked: boolean | undefined): ChalkInstance {
  const forced = env.FORCE_COLOR;
  const coloured = env.NO_COLOR
    ? false
    : (asked ?? (forced ? forced !== "0" && forced !== "false" : isTTY && env.TERM !== "dumb"));
  return new Chalk({ level: coloured ? 1 : 0 });
}

/** The columns there are: `COLUMNS`, else those of the terminal, else 80. */
function widthOf({ env, isTTY, columns }: Surroundings): number {
  const told = Number.parseInt(env.COLUMNS ?? "", 10);
  return Math.max(40, told > 0 ? told : isTTY && columns ? columns : 80);
}

function failure(error: unknown): Outcome {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { stdout: "", stderr: "", code: exitCodes.fine };
    return wrongUsage(`${error.message.replace(/^error: /, "")}\ndeploy-check --help shows how it is used`);
  }
  if (error instanceof WrongUsage || error instanceof Unreadable) return wrongUsage(error.message);
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [
    "internal fault: deploy-check crashed; please report it with these lines",
    ...printableLines(told).slice(0, 8),
  ];
  return { stdout: "", stderr: `${lines.join("\n")}\n`, code: exitCodes.internalFault };
}

function wrongUsage(message: string): Outcome {
  return {
    stdout: "",
    stderr: `deploy-check: ${printableLines(message).join("\n")}\n`,
    code: exitCodes.wrongUsage,
  };
}
