import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

export interface Shown {
  /** All that the command sent to the terminal. */
  readonly shown: string;
  readonly code: number;
}

/** Runs a command on a real terminal (a pseudo-terminal), and types into it. */
export function onTerminal(request: {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly type?: readonly string[];
  readonly columns?: number;
  readonly stdout?: string;
}): Shown {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...request.env };
  const script = join(import.meta.dirname, "terminal.py");
  return JSON.parse(
    execFileSync("python3", [script, JSON.stringify({ ...request, env })], {
      encoding: "utf8",
      timeout: 90_000,
    }),
  );
}
