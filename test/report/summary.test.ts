import { describe, expect, test } from "vitest";
import { cannotTell, fails } from "../../src/finding.ts";
import { countsSentence, summarise, verdict } from "../../src/report/summary.ts";
import type { CheckResult } from "../../src/run.ts";
import { ignoredResult, report, result } from "./sample.ts";

const passed = result("a");
const failed = (severity: "error" | "warning" | "info") =>
  result("b", { status: "failed", severity, findings: [fails("it is wrong")] });
const unknown = (severity: "error" | "warning") =>
  result("c", { status: "unknown", severity, reason: "it calls x", findings: [cannotTell("it calls x")] });
const ignored = ignoredResult("d", fails("x"));
const skipped = result("e", { status: "skipped", reason: "there is no Procfile" });

test("counts are of checks, by how they ended", () => {
  const results = [
    passed,
    failed("error"),
    failed("info"),
    failed("warning"),
    failed("error"),
    unknown("error"),
    ignored,
    skipped,
  ];
  expect(summarise(results)).toEqual({
    failed: { error: 2, warning: 1, info: 1 },
    unknown: 1,
    passed: 1,
    skipped: 1,
    ignored: 1,
  });
  expect(countsSentence(results)).toBe(
    "5 checks, 8 answers: 4 failed (2 errors, 1 warning, 1 advice), 1 unknown, 1 passed, 1 skipped, 1 ignored",
  );
  expect(countsSentence([passed])).toBe("1 check: 0 failed, 0 unknown, 1 passed, 0 skipped");
});

describe("the verdict", () => {
  const of = (results: readonly CheckResult[], details: Parameters<typeof report>[1] = {}) =>
    verdict(report(results, details)).sentence;

  test.each([
    ["Ready to deploy, as far as the files tell", [passed, skipped]],
    [
      "Ready to deploy, as far as the files tell, with 1 warning",
      [passed, failed("warning"), failed("info")],
    ],
    ["Ready to deploy, as far as the files tell", [passed, unknown("warning")]],
    ["Not ready to deploy: 1 error", [passed, failed("error"), unknown("error")]],
    ["No error found, but 1 important question could not be answered", [passed, unknown("error")]],
    ["No error found, but 1 error is ignored", [passed, ignored]],
    [
      "No error found, but 2 important questions could not be answered and 1 check crashed",
      [unknown("error"), { ...unknown("error"), fault: "TypeError" }],
    ],
    ["No error found, but nothing was checked", []],
  ])("%s", (sentence, results) => expect(of(results)).toBe(sentence));

  test("is not given for a choice of the checks, or for settings that nobody judged", () => {
    expect(of([passed], { everyCheck: false })).toBe("No error found, but only some checks were asked");
    const { project } = report([]).result.facts;
    const result = { results: [passed], facts: { ...(project && { project }) } };
    expect(of([], { result })).toBe("No error found, but the settings were not judged");
    expect(of([], { result: { ...result, facts: {} } })).toContain("Ready");
  });
});
