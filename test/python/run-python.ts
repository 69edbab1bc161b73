import { memoryFiles } from "../../src/files/memory.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import type { Model } from "../../src/python/machine.ts";
import type { EnvValue, Run, Scenario, World } from "../../src/python/scenario.ts";
import type { Value } from "../../src/python/value.ts";
import { environModel } from "./environ-model.ts";

export const world: World = {
  path: [""],
  installed: () => undefined,
  djangoVersion: undefined,
  pythonVersion: undefined,
};

export interface Options {
  /** Texts, or `null` for "set to something we do not see". */
  readonly env?: Readonly<Record<string, string | null>>;
  readonly held?: Readonly<Record<string, boolean>>;
  readonly branches?: Readonly<Record<string, boolean>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly world?: Partial<World>;
  readonly models?: readonly Model[];
}

export function scenario({ env = {}, held = {}, branches = {} }: Options = {}): Scenario {
  const values = Object.entries(env).map(([name, text]): [string, EnvValue] => [
    name,
    text === null ? { kind: "something" } : { kind: "text", text },
  ]);
  return {
    env: new Map(values),
    held: new Map(Object.entries(held)),
    branches: new Map(Object.entries(branches)),
  };
}

/** Runs the text as the module `settings`. */
export function runText(text: string, options: Options = {}): Run {
  const files = memoryFiles({ "settings.py": text, ...options.files });
  const interpreter = createInterpreter(
    files,
    { ...world, ...options.world },
    options.models ?? [environModel],
  );
  return interpreter.run("settings", scenario(options));
}

/** A name's value after a run that completed. */
export function boundIn(run: Run, name: string): Value {
  const bound = run.names.get(name);
  if (!bound) throw new Error(`${name} is not bound: ${JSON.stringify(run.outcome)}`);
  return bound.value;
}
