import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

// Django 6 runs on Python 3.12 or later only, which is not the Python of every machine. Where there is one,
// `.ci/run` makes `.cache/django-6.1` with it, and puts Django 6.0 beside it.

const cache = join(import.meta.dirname, "../../.cache");
const newer = join(cache, "django-6.1", process.platform === "win32" ? "Scripts" : "bin", "python");
const beside = join(cache, "django-6.0");

/** Runs a script with a Django of `major.minor`, and gives what it prints. */
export type Runner = (script: string, ...args: readonly string[]) => string;

const withDjango =
  (path: string | undefined): Runner =>
  (script, ...args) =>
    execFileSync(newer, [script, ...args], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
      env: { ...process.env, ...(path ? { PYTHONPATH: path } : {}) },
    });

/** The Djangos that can be asked beside the one of `.cache/venv`, by version; none without a newer Python. */
export const newerDjangos: ReadonlyMap<string, Runner> = new Map([
  ...(existsSync(newer) ? [["6.1", withDjango(undefined)] as const] : []),
  ...(existsSync(newer) && existsSync(beside) ? [["6.0", withDjango(beside)] as const] : []),
]);
