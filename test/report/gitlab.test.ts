import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { cannotTell, fails } from "../../src/finding.ts";
import { fly } from "../../src/platforms/fly.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { gitlab } from "../../src/report/gitlab.ts";
import type { CheckResult } from "../../src/run.ts";
import { hostile, unseen } from "./hostile.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const schema = join(import.meta.dirname, "standards/gitlab-code-quality.schema.json");
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(schema, "utf8")),
);

function rendered(results: readonly CheckResult[], details: Parameters<typeof report>[1] = {}) {
  const text = gitlab.render(report(results, details), plain);
  expect(text).not.toContain("\ufeff");
  const issues = JSON.parse(text);
  expect(validate(issues), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
  return { text, issues };
}

const file = "shop/settings.py";
const files = memoryFiles({ [file]: "import os\n\nDEBUG = True\n", "manage.py": "\n" });
const at = { file, line: 3, column: 9 };
const failed = (id: string, finding = fails("DEBUG is True", { at }), details = {}) =>
  result(id, { status: "failed", findings: [finding], ...details });

describe("GitLab's Code Quality report", () => {
  test("has what its documentation asks for, and is empty when nothing is wrong", () => {
    expect(rendered([failed("debug-enabled")], { files, prefix: "backend/" }).issues).toEqual([
      {
        description: "DEBUG is True",
        check_name: "debug-enabled",
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: "critical",
        location: { path: "backend/shop/settings.py", lines: { begin: 3, end: 3 } },
      },
    ]);
    expect(rendered([result("key")]).text).toBe("[]\n");
  });

  test("has a severity for each of ours, and the least for what nobody can tell", () => {
    const { issues } = rendered([
      failed("a"),
      failed("b", undefined, { level: "warning" }),
      failed("c", undefined, { level: "info" }),
      result("d", { status: "unknown", findings: [cannotTell("it calls x")] }),
    ]);
    expect(issues.map(({ severity }: { severity: string }) => severity)).toEqual([
      "critical",
      "major",
      "minor",
      "info",
    ]);
  });

  test("has a place for everything", () => {
    const { issues } = rendered([failed("a", fails("nothing is there"))], { files });
    expect(issues[0].location).toEqual({ path: file, lines: { begin: 1, end: 1 } });
  });

  test("leaves out what is set aside", () => {
    expect(rendered([ignoredResult("a", fails("x"))]).issues).toEqual([]);
  });

  test("has fingerprints that are unique, by platform too, and do not move with the line", () => {
    const platforms = [heroku, fly].map((platform) => ({ platform, because: undefined, targeted: true }));
    const results = [
      ...platforms.map(({ platform }) => failed("a", undefined, { platform })),
      result("b", { status: "failed", findings: [fails("x", { at }), fails("x", { at })] }),
    ];
    const { issues } = rendered(results, { platforms, files });
    const prints = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(prints).size).toBe(4);
    expect(issues[0].description).toBe("DEBUG is True (on Heroku)");
    const moved = failed("a", fails("DEBUG is True", { at: { ...at, line: 9 } }), { platform: heroku });
    const below = memoryFiles({ [file]: `${"\n".repeat(8)}DEBUG = True\n` });
    expect(rendered([moved], { platforms, files: below }).issues[0].fingerprint).toBe(prints[0]);
  });

  test.each(hostile)("takes a hostile name as text: %j", (evil) => {
    const path = `x${evil}.py`;
    const finding = fails(evil, { at: { file: path, line: 1, column: 1 }, when: [evil] });
    const { text, issues } = rendered([failed("a", finding)], { files: memoryFiles({ [path]: "" }) });
    expect(text).not.toMatch(unseen);
    expect(issues[0].description).not.toMatch(unseen);
    expect(issues[0].description).not.toContain("\n");
    expect(issues[0].location.path).toBe(path);
  });
});
