import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { memoryFiles } from "../../src/files/memory.ts";
import { cannotTell, evidence, fails } from "../../src/finding.ts";
import { fly } from "../../src/platforms/fly.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { junit } from "../../src/report/junit.ts";
import type { CheckResult } from "../../src/run.ts";
import { hasPython, python } from "../support/python.ts";
import { hostile, unseen } from "./hostile.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const schema = readFileSync(join(import.meta.dirname, "standards/junit-10.xsd"), "utf8");

async function rendered(results: readonly CheckResult[], details: Parameters<typeof report>[1] = {}) {
  const xml = junit.render(report(results, { files, ...details }), plain);
  const { valid, errors } = await validateXML({
    xml: [{ fileName: "report.xml", contents: xml }],
    schema: [schema],
  });
  expect(errors).toEqual([]);
  expect(valid).toBe(true);
  return xml;
}

const at = { file: "shop/settings.py", line: 3, column: 9 };
const files = memoryFiles({ "manage.py": "", [at.file]: "" });
const failed = (id: string, finding = fails("DEBUG is True", { at }), details = {}) =>
  result(id, { status: "failed", findings: [finding], ...details });
const unknown = result("key", {
  status: "unknown",
  reason: "it calls x",
  findings: [cannotTell("it calls x")],
});
const strict = { level: "warning", strict: true, maxWarnings: undefined } as const;

describe("the JUnit report", () => {
  test("has a case for every check, in suites by area", async () => {
    const xml = await rendered(
      [
        failed("debug-enabled", undefined, { title: "DEBUG is off in production" }),
        result("key", { area: "secrets", evidence: [evidence("SECRET_KEY is read from $SECRET_KEY", at)] }),
        result("static", { area: "static", status: "skipped", reason: "there are no static files" }),
        ignoredResult("old", fails("X is old")),
        result("none", { area: "static" }),
        result("b", { area: "static", status: "unknown", reason: "it failed", fault: "Error: /root/x" }),
      ],
      { prefix: "backend/" },
    );
    expect(xml).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="deploy-check" tests="6" failures="1" errors="1">
      <testsuite name="Settings" tests="2" failures="1" errors="0" skipped="1">
      <testcase classname="deploy-check.settings" name="debug-enabled: DEBUG is off in production">
      <failure type="error" message="error: DEBUG is True">DEBUG is True
      backend/shop/settings.py:3:9
      Fix:
      Do the other thing.</failure>
      </testcase>
      <testcase classname="deploy-check.settings" name="old: old is as it should be">
      <skipped type="ignored" message="--ignore names it"/>
      </testcase>
      </testsuite>
      <testsuite name="Secrets and git" tests="1" failures="0" errors="0" skipped="0">
      <testcase classname="deploy-check.secrets" name="key: key is as it should be">
      <system-out>SECRET_KEY is read from $SECRET_KEY, backend/shop/settings.py:3</system-out>
      </testcase>
      </testsuite>
      <testsuite name="Static files" tests="3" failures="0" errors="1" skipped="1">
      <testcase classname="deploy-check.static" name="static: static is as it should be">
      <skipped type="skipped" message="there are no static files"/>
      </testcase>
      <testcase classname="deploy-check.static" name="none: none is as it should be"/>
      <testcase classname="deploy-check.static" name="b: b is as it should be">
      <error type="fault" message="it failed"/>
      </testcase>
      </testsuite>
      </testsuites>
      "
    `);
  });

  test("has one for each platform, which has a name of its own", async () => {
    const platforms = [heroku, fly].map((platform) => ({ platform, because: undefined, targeted: true }));
    const xml = await rendered(
      platforms.map(({ platform }) => result("a", { platform })),
      { platforms },
    );
    expect([...xml.matchAll(/<testcase .*? name="(.*?)"\/>/g)].map(([, name]) => name)).toEqual([
      "a: a is as it should be (Heroku)",
      `a: a is as it should be (${fly.name})`,
    ]);
  });

  test.each([
    ["a warning", {}, failed("a", undefined, { level: "warning", severity: "warning" }), "skipped"],
    ["a warning under --strict", { gate: strict }, failed("a", undefined, { level: "warning" }), "failure"],
    ["an open question", {}, unknown, "skipped"],
    ["an open question under --strict", { gate: strict }, unknown, "failure"],
    [
      "one warning more than --max-warnings",
      { gate: { level: "error", strict: false, maxWarnings: 0 } },
      failed("a", undefined, { level: "warning" }),
      "failure",
    ],
    [
      "as many warnings as --max-warnings",
      { gate: { level: "error", strict: false, maxWarnings: 1 } },
      failed("a", undefined, { level: "warning" }),
      "skipped",
    ],
  ] as const)("fails what fails the command: %s", async (_, details, one, outcome) => {
    const xml = await rendered([one], details);
    expect(xml).toContain(`<${outcome} type=`);
    expect(xml).toContain(`failures="${outcome === "failure" ? 1 : 0}"`);
  });

  test("has all findings of a check in one case, with what to do", async () => {
    const findings = [fails("A is on", { at, when: ["$A is unset"], fix: "A = False\n" }), fails("B is on")];
    const xml = await rendered([result("a", { status: "failed", findings })]);
    expect(xml).toContain('message="error: A is on (when $A is unset) (and 1 more)"');
    expect(xml).toContain(
      ">A is on (when $A is unset)\nshop/settings.py:3:9\nFix:\nA = False\n\nB is on\nshop/settings.py\nFix:\nDo the other thing.<",
    );
  });

  test("says who set a finding aside, and why", async () => {
    const ignore = { by: "comment", reason: "a comment ignores it", justification: "only a test" } as const;
    const xml = await rendered([
      ignoredResult("a", fails("x"), { reason: ignore.reason, ignored: [{ finding: fails("x"), ignore }] }),
    ]);
    expect(xml).toContain('<skipped type="ignored" message="a comment ignores it: only a test"/>');
  });

  test("gives no secret away, given or found", async () => {
    const finding = fails("postgres://shop:hunter2@db/shop and p<a&s>s", { fix: "p<a&s>s" });
    const secret = result("b", { status: "skipped", reason: "p<a&s>s", evidence: [evidence("p<a&s>s")] });
    const xml = await rendered([failed("a", finding), secret], {
      conceal: (words) => words.replaceAll("p<a&s>s", "***"),
    });
    expect(xml).not.toContain("hunter2");
    expect(xml).not.toContain("p&#60;a");
  });
});

describe("a hostile project stays text, and reads back as it was shown", () => {
  const results = (evil: string) => [
    failed("a", fails(evil, { at: { file: `x${evil}.py`, line: 1, column: 1 }, fix: evil })),
    result("b", { status: "skipped", reason: evil }),
    result("c", { evidence: [evidence(evil)] }),
    result("d", { status: "unknown", reason: evil, findings: [cannotTell(evil)] }),
  ];

  test.each(hostile)("%j", async (evil) => {
    const xml = await rendered(results(evil));
    expect(xml).not.toMatch(unseen);
    expect(xml).not.toMatch(/<script|]]>|<!--/);
  });

  test.skipIf(!hasPython("junitparser"))("by junitparser (needs Python with junitparser)", () => {
    const program = `
import json, sys
from junitparser import JUnitXml, Skipped, Failure
def told(case):
    return [[type(each).__name__, each.message, each.text] for each in case.result]
read = []
for xml in json.load(sys.stdin):
    suites = JUnitXml.fromstring(xml.encode())
    cases = [case for suite in suites for case in suite]
    read.append([[case.name, case.classname, told(case), case.system_out] for case in cases])
print(json.dumps(read))
`;
    const documents = hostile.map((evil) => junit.render(report(results(evil)), plain));
    const output = execFileSync(python, ["-c", program], {
      input: JSON.stringify(documents),
      encoding: "utf8",
    });
    const read = JSON.parse(output);
    expect(read).toHaveLength(hostile.length);
    for (const cases of read) {
      expect(cases.map(([name]: [string]) => name.slice(0, 2))).toEqual(["a:", "b:", "c:", "d:"]);
      expect(cases.map(([, , told]: [0, 0, [string][]]) => told.map(([kind]) => kind))).toEqual([
        ["Failure"],
        ["Skipped"],
        [],
        ["Skipped"],
      ]);
    }
    expect(read[3][0][2][0][1]).toBe("error: ]]><script>alert(1)</script>");
    expect(read[0][2][3]).toBe("a\nb\nc");
  });
});
