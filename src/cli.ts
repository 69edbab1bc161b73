import { readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Chalk, type ChalkInstance } from "chalk";
import { CommanderError } from "commander";
import { checks } from "./checks/index.ts";
import {
  type CheckOptions,
  commandLine,
  type EnvSource,
  type PlanOptions,
  type SettingsOptions,
} from "./cli/arguments.ts";
import { check } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { list } from "./commands/list.ts";
import { type ExitCode, exitCodes, type Outcome, type WrittenFile, WrongUsage } from "./commands/outcome.ts";
import { plan } from "./commands/plan.ts";
import { settings } from "./commands/settings.ts";
import { openDisk } from "./files/disk.ts";
import { Unreadable } from "./files/project-files.ts";
import { wasExhausted } from "./python/stack.ts";
import { printableLines } from "./report/printable.ts";
import type { Paint } from "./report/report.ts";

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
  const unwritten = (outcome.files ?? []).flatMap((file) => writeOut(world.cwd, file) ?? []);
  if (outcome.stdout !== "") world.stdout.write(outcome.stdout);
  if (outcome.stderr !== "") world.stderr.write(outcome.stderr);
  if (unwritten.length === 0) return outcome.code;
  world.stderr.write(wrongUsage(unwritten.join("\n")).stderr);
  return exitCodes.wrongUsage;
}

/** Writes one of the files that a command leaves; what is in the way, if something is. */
function writeOut(cwd: string, { path, text, append = false }: WrittenFile): string | undefined {
  try {
    writeFileSync(resolve(cwd, path), text, { flag: append ? "a" : "w" });
    return undefined;
  } catch (error) {
    return `${path} cannot be written: ${reasonOf(error)}`;
  }
}

function dataOf({ argv, env, cwd, isTTY, columns }: Surroundings): Surroundings {
  return { argv, env: { ...env }, cwd, isTTY, columns };
}

/** What `main` is going to write, and its exit code. */
export async function outcomeOf(world: Surroundings): Promise<Outcome> {
  let help = "";
  let outcome: Outcome = { stdout: "", stderr: "", code: exitCodes.fine };
  const environment: EnvSource[] = [];
  const program = commandLine(
    {
      check: async (path, options) => {
        outcome = await checkFolder(world, path, options, environment);
      },
      settings: async (path, options) => {
        outcome = await settingsOf(world, path, options, environment);
      },
      plan: async (path, options) => {
        outcome = await planOf(world, path, options, environment);
      },
      list: async () => {
        outcome = list(checks);
      },
      explain: async (name) => {
        outcome = explain(checks, name);
      },
    },
    {
      environment,
      width: Math.min(widthOf(world), 100),
      print: (text) => {
        help += text;
      },
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
    outputs: options.format,
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

async function planOf(
  world: Surroundings,
  path: string,
  options: PlanOptions,
  environment: readonly EnvSource[],
): Promise<Outcome> {
  return plan({
    checks,
    files: await openDisk(resolve(world.cwd, path)),
    path,
    settings: options.settings,
    env: environment.length > 0 ? await readEnvironment(world, environment) : undefined,
    platforms: options.platform,
    format: options.format,
    paint: paintFor(world, options.color),
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
    paint: paintFor(world, options.color),
  });
}

function paintFor(world: Surroundings, color: boolean | undefined): Paint {
  return { chalk: chalkFor(world, color), width: widthOf(world), verbose: false, quiet: false };
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
    throw new WrongUsage(`--env-file ${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** Why the disk refuses a file, in words where it is one of the usual reasons. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const words: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist, or its folder does not",
    EISDIR: "it is a folder",
    ENOTDIR: "part of its path is no folder",
    EACCES: "permission is denied",
    EROFS: "the disk is read-only",
  };
  return words[String(code)] ?? String(code);
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
