import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import draft04 from "ajv-draft-04";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { cannotTell, fails } from "../../src/finding.ts";
import { fly } from "../../src/platforms/fly.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { fingerprints } from "../../src/report/fingerprint.ts";
import { limits, sarif } from "../../src/report/sarif.ts";
import type { CheckResult } from "../../src/run.ts";
import { hostile, unseen } from "./hostile.ts";
import { ignoredResult, plain, report, result } from "./sample.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "standards/sarif-schema-2.1.0.json"), "utf8"),
);
// In CommonJS, both libraries are their own default.
const ajv = new draft04.default({ allErrors: true, strict: false });
formats.default(ajv);
const validate = ajv.compile(schema);

function rendered(results: readonly CheckResult[], details: Parameters<typeof report>[1] = {}) {
  const text = sarif.render(report(results, details), plain);
  const log = JSON.parse(text);
  expect(validate(log), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
  return { text, log, run: log.runs[0] };
}

const file = "shop/settings.py";
const files = memoryFiles({ [file]: "import os\n\nDEBUG = True\n", "manage.py": "\n" });
const at = { file, line: 3, column: 9, endLine: 3, endColumn: 13 };

function failed(id: string, finding = fails("DEBUG is True", { at }), details = {}) {
  return result(id, { status: "failed", findings: [finding], ...details });
}

describe("the SARIF report", () => {
  test("has a rule for every check that was asked, and a result for every finding", () => {
    const results = [
      failed("debug-enabled"),
      result("key"),
      result("x", { status: "skipped", reason: "no" }),
    ];
    const { log, run } = rendered(results, { files });
    expect(log).toMatchObject({ $schema: expect.stringContaining("sarif-2.1.0"), version: "2.1.0" });
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["debug-enabled", "key", "x"]);
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.results).toEqual([
      {
        ruleId: "debug-enabled",
        ruleIndex: 0,
        level: "error",
        message: { text: "DEBUG is True." },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "shop/settings.py", uriBaseId: "%SRCROOT%" },
              region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 13 },
            },
          },
        ],
        partialFingerprints: {
          primaryLocationLineHash: [...fingerprints(results, files).values()][0],
        },
        suppressions: [],
        properties: { certainty: "certain" },
      },
    ]);
    expect(run.originalUriBaseIds["%SRCROOT%"]).not.toHaveProperty("uri");
  });

  test("names files from the top of the repository, as addresses", () => {
    const odd = "a b/ü#?%:.py";
    const finding = fails("x", { at: { file: odd, line: 1, column: 1 } });
    const { run } = rendered([failed("a", finding)], {
      files: memoryFiles({ [odd]: "" }),
      prefix: "back end/",
    });
    const { uri } = run.results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe("back%20end/a%20b/%C3%BC%23%3F%25%3A.py");
    expect(decodeURIComponent(uri)).toBe(`back end/${odd}`);
  });

  test("shows what is not there at a file that is", () => {
    const { run } = rendered([failed("a", fails("nothing starts it"), { area: "processes" })], { files });
    const [{ message, locations }] = run.results;
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "manage.py", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    });
    expect(message.text).toContain("not there, so it is shown at manage.py");
  });

  test("has a level for each severity, be it the finding's own", () => {
    const { run } = rendered([
      failed("a", fails("x", { severity: "info" })),
      failed("b", undefined, { level: "warning" }),
    ]);
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual(["note", "warning"]);
  });

  test("has each finding once for each platform, and names that", () => {
    const platforms = [heroku, fly].map((platform) => ({ platform, because: undefined, targeted: true }));
    const on = platforms.map(({ platform }) => failed("a", undefined, { platform }));
    const { run } = rendered(on, { platforms, files });
    expect(run.tool.driver.rules).toHaveLength(1);
    expect(run.results.map(({ message }: { message: { text: string } }) => message.text)).toEqual([
      "DEBUG is True (on Heroku).",
      `DEBUG is True (on ${fly.name}).`,
    ]);
    expect(run.results.map(({ properties }: { properties: object }) => properties)).toEqual([
      { certainty: "certain", platform: "heroku" },
      { certainty: "certain", platform: "fly" },
    ]);
    const prints = run.results.map((each: { partialFingerprints: object }) =>
      JSON.stringify(each.partialFingerprints),
    );
    expect(new Set(prints).size).toBe(2);
  });

  test("says when it holds and what to paste, exactly", () => {
    const braces = 'STORAGES = {"default": {}}';
    const { run } = rendered([
      failed("a", fails("DEBUG is on", { when: ["$DEBUG is unset"], fix: "DEBUG = False\n" })),
      failed("b", fails("x", { fix: braces })),
    ]);
    const [plainFix, withBraces] = run.results;
    expect(plainFix.message.text).toMatch(
      /^DEBUG is on \(when \$DEBUG is unset\)\.\n.*\n\nTo fix it:\nDEBUG = False$/,
    );
    expect(plainFix.properties).toEqual({
      certainty: "conditional",
      when: ["$DEBUG is unset"],
      fix: "DEBUG = False",
    });
    expect(withBraces.message.text).not.toContain("{");
    expect(withBraces.properties.fix).toBe(braces);
  });
});

describe("what is set aside", () => {
  test("stays, suppressed, with the reason", () => {
    const { run } = rendered([
      ignoredResult("a", fails("x")),
      ignoredResult("b", fails("y"), {
        ignored: [
          {
            finding: fails("y"),
            ignore: { by: "comment", reason: "a comment ignores it", justification: "only in tests", at },
          },
          {
            finding: fails("z"),
            ignore: { by: "silenced-system-checks", reason: "SILENCED_SYSTEM_CHECKS names it" },
          },
          { finding: fails("w"), ignore: { by: "baseline", reason: "the baseline has it" } },
        ],
      }),
    ]);
    const told = run.results.map(({ suppressions }: { suppressions: readonly object[] }) => suppressions[0]);
    expect(told).toEqual([
      { kind: "external", status: "accepted", justification: "--ignore names it" },
      { kind: "inSource", status: "accepted", justification: "only in tests (a comment ignores it)" },
      { kind: "inSource", status: "accepted", justification: "SILENCED_SYSTEM_CHECKS names it" },
      { kind: "external", status: "accepted", justification: "the baseline has it" },
    ]);
  });
});

describe("what nobody can tell", () => {
  const unknown = result("key", {
    status: "unknown",
    level: "error",
    reason: "it calls x",
    findings: [cannotTell("it calls x", { at })],
  });

  test("is a notification, and no alert", () => {
    const { run } = rendered([unknown], { files });
    expect(run.results).toEqual([]);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      {
        level: "note",
        message: { text: "it calls x" },
        associatedRule: { id: "key", index: 0 },
        locations: [expect.objectContaining({ physicalLocation: expect.anything() })],
      },
    ]);
  });

  test("is a result under --strict, which fails on it", () => {
    const gate = { level: "warning", strict: true, maxWarnings: undefined } as const;
    const { run } = rendered([unknown], { files, gate, exitCode: 1 });
    expect(run.results).toMatchObject([{ level: "warning", properties: { certainty: "unknown" } }]);
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: true,
      exitCode: 1,
      exitCodeDescription: "--strict fails on 1 unanswered question",
      toolExecutionNotifications: [],
    });
  });

  test("because a check crashed makes the run unsuccessful, without the stack", () => {
    const crash = result("a", {
      status: "unknown",
      reason: "the check itself failed",
      fault: "Error: /root/x",
    });
    const { text, run } = rendered([crash], { exitCode: 3 });
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      exitCode: 3,
      toolExecutionNotifications: [{ level: "error", message: { text: "the check itself failed" } }],
    });
    expect(text).not.toContain("/root");
  });
});

describe("GitHub's limits", () => {
  const real = rendered(checks.map((check) => ({ ...result("a"), check }))).run.tool.driver.rules;

  test("hold for the rules, with everything that it asks for", () => {
    expect(real).toHaveLength(checks.length);
    for (const { id, name, shortDescription, fullDescription, help, helpUri, properties } of real) {
      expect(id.length).toBeLessThanOrEqual(255);
      expect(name).toMatch(/^[A-Z]\w{1,254}$/);
      for (const { text } of [shortDescription, fullDescription]) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(1_024);
        expect(text, `${id} is cut`).not.toMatch(/…$/);
      }
      expect(help.text).not.toBe("");
      expect(help.markdown).toContain("## What to do");
      if (helpUri !== undefined) expect(helpUri).toMatch(/^https:\/\//);
      expect(properties.tags.length).toBeLessThanOrEqual(10);
      expect(properties.precision).toBe("high");
      expect(["error", "warning", "recommendation"]).toContain(properties["problem.severity"]);
      expect(properties.tags.includes("security")).toBe("security-severity" in properties);
    }
  });

  test("keep the worst of too many results, and say so", () => {
    const many = (id: string, level: "error" | "warning" | "info", count: number) =>
      result(id, {
        level,
        status: "failed",
        findings: Array.from({ length: count }, (_, number) => fails(`${id} ${number}`)),
      });
    const { run } = rendered([
      many("advice", "info", 10),
      many("warn", "warning", 4_000),
      many("bad", "error", 1_500),
    ]);
    const of = (id: string) => run.results.filter(({ ruleId }: { ruleId: string }) => ruleId === id).length;
    expect([of("advice"), of("warn"), of("bad")]).toEqual([0, 3_500, 1_500]);
    expect(run.results[0].ruleId).toBe("warn");
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([
      { level: "warning", message: { text: expect.stringContaining("510 findings more are left out") } },
    ]);
  });

  test("hold for the size, whatever is in it", () => {
    let seed = 1;
    const noise = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed.toString(36);
    };
    const findings = Array.from({ length: 60 }, () => fails(Array.from({ length: 50_000 }, noise).join(" ")));
    const { text, run } = rendered([result("big", { status: "failed", findings })]);
    expect(run.results.length).toBeLessThan(60);
    expect(run.results.length).toBeGreaterThan(5);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    expect(limits.results).toBe(5_000);
  });
});

describe("a project that wants to be more than text", () => {
  test.each(hostile)("is text: %j", (evil) => {
    const place = { file: `x${evil}.py`, line: 1, column: 1 };
    const finding = fails(evil, { at: place, when: [evil], fix: evil });
    const ignore = { by: "comment", reason: evil, justification: evil } as const;
    const results = [
      failed("a", finding),
      result("b", { status: "unknown", reason: evil, findings: [cannotTell(evil, { at: place })] }),
      ignoredResult("c", finding, { ignored: [{ finding, ignore }] }),
    ];
    const { text, run } = rendered(results, { files: memoryFiles({ [place.file]: "" }) });
    expect(text).not.toMatch(unseen);
    const told = [
      ...run.results.map(({ message }: { message: { text: string } }) => message.text),
      ...run.invocations[0].toolExecutionNotifications.map(
        ({ message }: { message: { text: string } }) => message.text,
      ),
    ];
    for (const message of told) {
      expect(message).not.toMatch(unseen);
      expect(message.replaceAll("{{", "").replaceAll("}}", "")).not.toMatch(/[{}]/);
      expect(message).not.toMatch(/\]\(/);
    }
    const { uri } = run.results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toMatch(/^[\w.%!'()*~/-]+$/);
  });

  test("gives no secret away, given or found", () => {
    const secretive = memoryFiles({ [file]: 'KEY = "hunter2-hunter2"\n' });
    const finding = fails("KEY is hunter2-hunter2 and pa{ss](word", {
      at: { file, line: 1, column: 7 },
      when: ["pa{ss](word"],
      fix: "pa{ss](word",
    });
    const { text } = rendered([failed("a", finding)], {
      files: secretive,
      conceal: (words) => words.replaceAll("pa{ss](word", "***"),
    });
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("word");
  });
});
