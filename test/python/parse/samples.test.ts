import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseModule } from "../../../src/python/parse.ts";
import { digestOf, dumpTree } from "./dump-tree.ts";
import { mutate } from "./mutate.ts";
import { readSamples } from "./read-samples.ts";

/** What CPython 3.14 said (scripts/record-parser-samples.mjs). */
interface Recorded {
  readonly title: string;
  readonly text: string;
  readonly tree?: string;
  readonly problem?: { readonly type: string; readonly message: string; readonly line: number };
}
const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
const recorded: readonly Recorded[] = JSON.parse(read("samples.json"));
const mutants: readonly (string | null)[] = JSON.parse(read("mutants.json"));

function dumped(text: string): string | undefined {
  const parsed = parseModule(text, "sample.py");
  return parsed.kind === "module" ? dumpTree(parsed.module) : undefined;
}

test("the records are those of the samples", () => {
  const samples = readSamples(read("samples.txt"));
  expect(samples).toEqual(recorded.map(({ title, text }) => ({ title, text })));
});

describe("agrees with CPython 3.14", () => {
  const titles = [...new Set(recorded.map(({ title }) => title))];
  for (const title of titles) {
    test(title, () => {
      for (const { text, tree } of recorded.filter((sample) => sample.title === title)) {
        expect({ text, tree: dumped(text) }).toEqual({ text, tree });
      }
    });
  }

  test("about the kind of exception, and mostly about the line and the words", () => {
    const refused = recorded.flatMap(({ text, problem }) => {
      const parsed = parseModule(text, "sample.py");
      return problem === undefined || parsed.kind === "module"
        ? []
        : [{ text, problem, ours: parsed.problem }];
    });
    for (const { text, problem, ours } of refused) {
      expect({ text, type: ours.exception }).toEqual({ text, type: problem.type });
    }
    const share = (is: (one: (typeof refused)[number]) => boolean) =>
      refused.filter(is).length / refused.length;
    expect(share(({ problem, ours }) => problem.line === ours.at.line)).toBeGreaterThan(0.98);
    expect(share(({ problem, ours }) => problem.message === ours.message)).toBeGreaterThan(0.85);
  });

  test("about mutants of the samples", () => {
    const texts = recorded.map(({ text }) => text);
    const differing = mutants.flatMap((digest, index) => {
      const text = mutate(texts, index + 1);
      const tree = dumped(text);
      const ours = tree === undefined ? null : digestOf(tree).slice(0, 12);
      return ours === digest ? [] : [{ seed: index + 1, text, ours, digest }];
    });
    expect(differing).toEqual([]);
  });
});
