import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { models } from "../../src/python/models/index.ts";
import { runText } from "./run-python.ts";
import { show } from "./show.ts";

// Small programs, by construct, run by real CPython and by the interpreter in several environments.
// A file of fixtures/python/programs holds many, each under a line `# ── what it is about`. What CPython said is
// kept in answers/, for where there is none; `vitest -u` with a Python records it anew.

const folder = new URL("../../fixtures/python/programs/", import.meta.url);

interface Program {
  readonly name: string;
  readonly text: string;
}

function programs(file: string): Program[] {
  const [, ...parts] = readFileSync(new URL(file, folder), "utf8").split(/^# ── /m);
  return parts.map((part) => {
    const [name = "", ...lines] = part.split("\n");
    return { name: name.trim(), text: lines.join("\n") };
  });
}

const environments: readonly Readonly<Record<string, string>>[] = [
  {},
  { T_DEBUG: "True", T_ENV: "production", T_PORT: "8000", T_HOSTS: "a.example.com, b.example.com" },
  { T_DEBUG: "0", T_ENV: "", T_PORT: "x", T_HOSTS: "*" },
];

const python = spawnSync("python3", ["--version"]);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".py"))
  .sort();

interface Result {
  readonly names: Readonly<Record<string, string>>;
  readonly error: readonly [string, string] | null;
}

function askPython(cases: readonly { text: string; env: object }[]): Result[] {
  const script = new URL("./cpython.py", import.meta.url).pathname;
  const answer = spawnSync("python3", ["-W", "ignore", script], {
    input: JSON.stringify(cases),
    encoding: "utf8",
  });
  if (answer.status !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout) as Result[];
}

function askInterpreter(text: string, env: Readonly<Record<string, string>>): Result {
  const run = runText(text, { env, models });
  const names: Record<string, string> = {};
  for (const [name, { value }] of run.names) {
    const shown = name.startsWith("__") ? undefined : show(value);
    if (shown !== undefined) names[name] = shown;
  }
  if (run.outcome.kind === "stopped") throw new Error(run.outcome.because);
  return { names, error: run.outcome.kind === "raised" ? [run.outcome.error, run.outcome.message] : null };
}

describe("as CPython does", () => {
  describe.each(files)("%s", (file) => {
    const record = new URL(`answers/${file.replace(/py$/, "json")}`, folder);
    const all = programs(file);
    // A program that does not mention the environment needs only one.
    const cases = all.flatMap(({ name, text }) =>
      environments
        .slice(0, text.includes("T_") ? environments.length : 1)
        .map((env) => ({ name, text, env })),
    );
    const live = python.status === 0 ? askPython(cases.map(({ text, env }) => ({ text, env }))) : undefined;
    const recorded: Result[] = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")) : [];
    const expected = live ?? recorded;
    test.skipIf(!live)("the recorded answers are what Python says (needs python3)", async () => {
      await expect(`${JSON.stringify(live, null, 1)}\n`).toMatchFileSnapshot(record.pathname);
    });
    test("every program was recorded", () => expect(expected).toHaveLength(cases.length));
    test.each(
      cases.map((one, i) => ({ ...one, expected: expected[i], environment: JSON.stringify(one.env) })),
    )("$name $environment", (one) => {
      expect(askInterpreter(one.text, one.env)).toEqual(one.expected);
    });
  });
});
