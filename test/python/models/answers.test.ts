import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../../src/python/machine.ts";
import { hasPython, python } from "../../support/python.ts";
import { evaluate, result, type Setting } from "./evaluation.ts";

// What the models say, against what CPython and the real libraries said to the same cases.

interface Group extends Setting {
  readonly import?: string;
  readonly code: string;
}
type Answers = readonly (readonly { readonly code: string; readonly answer: unknown }[])[];

/** As scripts/record-model-answers.py splits a group's code. */
function casesOf(code: string): readonly string[] {
  return code
    .trim()
    .split("\n\n")
    .flatMap((paragraph) => (/^( |RESULT)/m.test(paragraph) ? [paragraph] : paragraph.split("\n")));
}

const folder = fileURLToPath(new URL("../../../fixtures/python/libraries/", import.meta.url));
const read = (path: string): string => readFileSync(`${folder}${path}`, "utf8");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
  const topic = basename(file, ".yaml");
  const groups: readonly Group[] = parse(read(file));
  const answers: Answers = JSON.parse(read(`answers/${topic}.json`).replaceAll("$ROOT", projectRoot));
  describe(topic, () => {
    test("was recorded, case by case", () => {
      expect(answers.map((group) => group.map(({ code }) => code))).toEqual(
        groups.map(({ code }) => casesOf(code)),
      );
    });

    for (const [index, group] of groups.entries()) {
      for (const { code, answer } of answers[index] ?? []) {
        test(`${index + 1}: ${code}`, () => {
          const body = code.includes("RESULT") ? code : `RESULT = ${code}`;
          expect(result(evaluate(`${group.import ?? ""}\n${body}\n`, group))).toEqual(answer);
        });
      }
    }
  });
}

test.skipIf(
  !hasPython("configurations", "decouple", "django_heroku", "environ", "environs", "split_settings", "yaml"),
)(
  "the recorded answers are what the libraries say (needs Python with test/requirements.txt)",
  { timeout: 120_000 },
  () => {
    const script = fileURLToPath(new URL("../../../scripts/record-model-answers.py", import.meta.url));
    expect(() => execFileSync(python, [script, "--check"], { stdio: "pipe" })).not.toThrow();
  },
);
