import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../src/python/machine.ts";
import { hasPython, python } from "../support/python.ts";
import { type Answer, comparable, interpret, parseFixture } from "./settings-fixture.ts";

// Small projects in the styles that real ones are written in, against what CPython and Django made of them.

const folder = fileURLToPath(new URL("../../fixtures/python/settings/", import.meta.url));
const recordedWith = { django: "5.2.19", python: "3.11" };

for (const file of readdirSync(folder).filter((name) => name.endsWith(".py"))) {
  const name = basename(file, ".py");
  const fixture = parseFixture(readFileSync(`${folder}${file}`, "utf8"));
  const answers: readonly Answer[] = JSON.parse(
    readFileSync(`${folder}answers/${name}.json`, "utf8").replaceAll("$ROOT", projectRoot),
  );
  describe(name, () => {
    test("was recorded in every environment", () => {
      expect(answers).toHaveLength(fixture.environments.length);
    });

    test.each(fixture.environments.map((environment, i) => ({ environment, expected: answers[i] })))(
      "$environment",
      ({ environment, expected }) => {
        const names = new Set(Object.keys(expected?.names ?? {}));
        const { answer, known } = interpret(fixture, environment, recordedWith, (one) => names.has(one));
        expect(answer).toEqual(comparable(expected, fixture, environment));
        expect(known).toEqual([]);
      },
    );
  });
}

test.skipIf(
  !hasPython(
    "configurations",
    "decouple",
    "dynaconf",
    "environ",
    "environs",
    "corsheaders",
    "pydantic_settings",
    "split_settings",
    "yaml",
  ),
)(
  "the recorded answers are what Python and Django say (needs Python with test/requirements.txt)",
  { timeout: 120_000 },
  () => {
    const script = fileURLToPath(new URL("../../scripts/record-settings-answers.py", import.meta.url));
    expect(() => execFileSync(python, [script, "--check"], { stdio: "pipe" })).not.toThrow();
  },
);
