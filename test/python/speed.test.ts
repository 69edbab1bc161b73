import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import { models } from "../../src/python/models/index.ts";
import { scenario, world } from "./run-python.ts";
import { type Fixture, parseFixture } from "./settings-fixture.ts";

// How long a settings module takes once it was parsed. The fastest of many runs counts: the others say how busy the
// machine is.

const folder = new URL("../../fixtures/python/settings/", import.meta.url);
const limit = 30;
const runs = 40;

function fastest({ files, module, environments: [env = {}] }: Fixture): number {
  const interpreter = createInterpreter(memoryFiles(files), world, models);
  const given = scenario({ env: { DJANGO_SETTINGS_MODULE: module, ...env } });
  expect(interpreter.run(module, given).outcome).toEqual({ kind: "completed" });
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    interpreter.run(module, given);
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** As long as the longest settings of real projects: 1,500 lines, most of them tables. */
function long(): Fixture {
  const lines = Array.from({ length: 250 }, (_, n) => [
    `OPTION_${n} = env("OPTION_${n}", "value ${n}")`,
    `TABLE_${n} = {`,
    `    "name": OPTION_${n}.title(),`,
    `    "paths": [os.path.join(BASE_DIR, part) for part in ("a", "b", "c${n}")],`,
    `    "size": ${n} * 1024 if DEBUG else ${n},`,
    "}",
  ]);
  const head =
    "import os\nBASE_DIR = os.path.dirname(__file__)\nDEBUG = False\ndef env(name, default):\n    return os.environ.get(name, default)\n";
  const files = { "settings.py": head + lines.flat().join("\n") };
  return { files, module: "settings", opaque: [], unknown: [], environments: [{}] };
}

test(`the largest settings of the fixtures take less than ${limit} ms, once parsed`, () => {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .sort((one, other) => other.length - one.length);
  expect(fastest(parseFixture(texts[0] ?? ""))).toBeLessThan(limit);
});

test(`settings of 1,500 lines take less than ${limit} ms, once parsed`, () => {
  expect(fastest(long())).toBeLessThan(limit);
});
