import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { CheckResult } from "../../src/run.ts";
import { brief, runAllOn } from "../support/run-on.ts";

/** Examples are whole projects in a repository that holds all their files. */
const inGit = (files: Readonly<Record<string, string>>) =>
  memoryFiles(files, { tracked: Object.keys(files) });

describe.each(checks.map((check) => [check.id, check] as const))("%s", (_, check) => {
  test("fails its bad example", async () => {
    const results = await runAllOn([check], inGit(check.docs.bad));
    expect(results.map(outcome).join("\n")).toMatch(/ failed/);
  });

  test("passes its good example, which brings no new error of another check", async () => {
    const results = await runAllOn(checks, inGit(check.docs.good));
    const own = results.filter((result) => result.check === check);
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(outcome)).toEqual(own.map(() => `${check.id} passed`));
    // An example is no larger than shows its point, so it may lack what other checks ask for, before and after.
    const before = (await runAllOn(checks, inGit(check.docs.bad)))
      .filter(isError)
      .map((result) => result.check.id);
    const errors = results.filter((result) => isError(result) && !before.includes(result.check.id));
    expect(errors.map(outcome)).toEqual([]);
  });
});

function isError({ status, severity }: CheckResult): boolean {
  return status === "failed" && severity === "error";
}

function outcome(result: CheckResult): string {
  const told = result.status === "passed" ? [] : [result.reason ?? "", ...brief(result)];
  return [`${result.check.id} ${result.status}`, ...told.filter((line) => line !== "")].join("\n  ");
}
