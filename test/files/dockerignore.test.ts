import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDockerIgnore } from "../../src/files/dockerignore.ts";

interface Recorded {
  readonly paths: readonly string[];
  readonly answers: readonly { readonly file: string; readonly excluded: readonly string[] | null }[];
}

/** What moby/patternmatcher v0.6.1 answers; dockerignore/record.go says how it is asked. */
const { paths, answers }: Recorded = JSON.parse(
  readFileSync(new URL("./dockerignore/answers.json", import.meta.url), "utf8"),
);

test.each(answers.map(({ file, excluded }) => [JSON.stringify(file), file, excluded] as const))(
  "%s excludes what Docker excludes",
  (_, file, excluded) => {
    const ignores = parseDockerIgnore(file);
    expect(ignores ? paths.filter(ignores) : null).toEqual(excluded);
  },
);

test("the record has something to tell", () => {
  expect(answers.length).toBeGreaterThan(60);
  expect(answers.filter(({ excluded }) => excluded === null).length).toBeGreaterThan(4);
});

test("many wild cards take no time", () => {
  const ignores = parseDockerIgnore(`${"**/*a".repeat(100)}z\n`);
  const started = performance.now();
  expect(ignores?.(`${"a/b".repeat(60)}q`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
