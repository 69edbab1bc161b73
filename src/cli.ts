import { resolve } from "node:path";
import { CommanderError } from "commander";
import { withVariables } from "./cli/from-environment.ts";
import { isToldByGit } from "./cli/hook-run.ts";
import { commandLine } from "./cli/program.ts";
import { progressLine, wantsProgress } from "./cli/progress.ts";
import type { Invocation, Surroundings, World } from "./cli/world.ts";
import { type ExitCode, exitCodes, type Outcome, WrongUsage } from "./commands/outcome.ts";
import { readStandardInput, writeNamed } from "./files/named-file.ts";
import { Unreadable } from "./files/project-files.ts";
import { wasExhausted } from "./python/stack.ts";
import { withoutPipelineCommands } from "./report/pipeline-commands.ts";
import { printableLines } from "./report/printable.ts";

export type { World } from "./cli/world.ts";

/** Runs deploy-check as a command: everything between the arguments and the exit code. */
export async function main(world: World): Promise<ExitCode> {
  const { clock, stderr, env, columns, watched = false } = world;
  const progress =
    clock && watched && wantsProgress(env)
      ? progressLine({ now: clock, write: (text) => stderr.write(text), columns })
      : undefined;
  let outcome = await outcomeOf(world, { clock, told: progress?.told });
  progress?.end();
  if (world.deeper && wasExhausted()) outcome = (await world.deeper(dataOf(world))) ?? outcome;
  const unwritten = (outcome.files ?? []).flatMap(({ path, text, append = false }) => {
    const because = writeNamed(resolve(world.cwd, path), text, { append });
    return because === undefined ? [] : [`${path} cannot be written: ${because}`];
  });
  const stdout = (outcome.commands ?? "") + withoutPipelineCommands(outcome.stdout);
  if (stdout !== "") world.stdout.write(stdout);
  if (outcome.stderr !== "") world.stderr.write(withoutPipelineCommands(outcome.stderr));
  if (unwritten.length === 0) return outcome.code;
  world.stderr.write(withoutPipelineCommands(wrongUsage(unwritten.join("\n")).stderr));
  return exitCodes.wrongUsage;
}

function dataOf({ argv, env, cwd, isTTY, columns, stdin, today }: Surroundings): Surroundings {
  return { argv, env: { ...env }, cwd, isTTY, columns, stdin, today };
}

/** What `main` is going to write, and its exit code. */
export async function outcomeOf(
  world: Surroundings,
  watch: Pick<Invocation, "clock" | "told"> = {},
): Promise<Outcome> {
  let help = "";
  let outcome: Outcome = { stdout: "", stderr: "", code: exitCodes.fine };
  const end = (reached: Outcome) => {
    outcome = reached;
  };
  const print = (text: string) => {
    help += text;
  };
  const program = commandLine({ world, end, ...watch }, print);
  let taken: ReadonlyMap<string, string> = new Map();
  try {
    const read = withVariables(program, world.argv, world.env);
    taken = read.taken;
    await program.parseAsync([...read.argv], { from: "user" });
  } catch (error) {
    outcome = failure(error, taken);
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
    stdin: isToldByGit(process.argv.slice(2)) && !process.stdin.isTTY ? readStandardInput() : undefined,
    today: new Date().toISOString().slice(0, 10),
    clock: () => performance.now(),
    watched: process.stderr.isTTY === true,
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

/** @param variables those that options were taken from, which a message about the option should name. */
function failure(error: unknown, variables: ReadonlyMap<string, string>): Outcome {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { stdout: "", stderr: "", code: exitCodes.fine };
    const option = [...variables.keys()].find((long) => error.message.includes(`${long} `));
    const from = option === undefined ? "" : `\n${option} is taken from $${variables.get(option)}`;
    return wrongUsage(
      `${error.message.replace(/^error: /, "")}${from}\ndeploy-check --help shows how it is used`,
    );
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
