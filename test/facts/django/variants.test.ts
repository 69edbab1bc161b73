import { expect, test } from "vitest";
import { viewOf } from "../../../src/facts/django/view.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { models } from "../../../src/python/models/index.ts";

// Which settings hang on tests that cannot be known.

function decidedElsewhere(code: string, name: string): boolean {
  const world = {
    path: [""],
    installed: () => undefined,
    djangoVersion: "5.2.19",
    pythonVersion: "3.11",
  };
  const interpreter = createInterpreter(memoryFiles({ "settings.py": code }), world, models);
  const scenario = { env: new Map(), held: new Map(), branches: new Map() };
  const run = interpreter.run("settings", scenario);
  return viewOf(interpreter, { run, scenario, required: [] }, "5.2.19").get(name).otherwise.length > 0;
}

const one = 'import os\na = b = False\nif os.path.exists("/etc/one"):\n    a = True\n';
const two = 'if os.path.exists("/etc/two"):\n    b = True\n';

test.each([
  ["one test", `${one}X = a\n`, true],
  ["two tests together", `${one}${two}X = a and b\n`, true],
  ["a test inside another", `${one}X = a and os.path.exists("/etc/two")\n`, true],
  ["neither", `${one}${two}X = 1\n`, false],
  [
    "a loop's tests, and one inside",
    'import os\nX = 0\nfor n in range(40):\n    if os.path.exists(f"/a/{n}"):\n        if os.path.exists("/b"):\n            X += 1\n',
    true,
  ],
])("%s", (_, code, expected) => {
  expect(decidedElsewhere(code, "X")).toBe(expected);
});

test("Prometheus's collector for several processes insists on its folder", () => {
  const code = "from prometheus_client import multiprocess\nmultiprocess.MultiProcessCollector(None)\n";
  const world = {
    path: [""],
    installed: () => undefined,
    djangoVersion: undefined,
    pythonVersion: undefined,
  };
  const interpreter = createInterpreter(memoryFiles({ "settings.py": code }), world, models);
  const env = new Map([["PROMETHEUS_MULTIPROC_DIR", { kind: "something" } as const]]);
  const rest = { held: new Map(), branches: new Map() };
  expect(interpreter.run("settings", { env: new Map(), ...rest }).outcome).toMatchObject({
    error: "ValueError",
    message: "env PROMETHEUS_MULTIPROC_DIR is not set or not a directory",
    env: ["PROMETHEUS_MULTIPROC_DIR"],
  });
  expect(interpreter.run("settings", { env, ...rest }).outcome.kind).toBe("completed");
});
