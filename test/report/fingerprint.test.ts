import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { fails } from "../../src/finding.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { fingerprints } from "../../src/report/fingerprint.ts";
import { ignoredResult, result } from "./sample.ts";

const file = "shop/settings.py";

function printOf(text: string, line: number, details: Parameters<typeof result>[1] = {}) {
  const finding = fails("DEBUG is True", { at: { file, line, column: 1 } });
  const results = [result("debug-enabled", { status: "failed", findings: [finding], ...details })];
  return fingerprints(results, memoryFiles({ [file]: text })).get(finding);
}

describe("a fingerprint", () => {
  const before = printOf("DEBUG = True\n", 1);

  test("is 32 hexadecimal digits", () => {
    expect(before).toMatch(/^[0-9a-f]{32}$/);
  });

  test("survives lines that move and are indented", () => {
    expect(printOf("import os\n\nif True:\n    DEBUG  = True\n", 4)).toBe(before);
  });

  test("changes with the line, the check and the platform", () => {
    expect(printOf("DEBUG = not False\n", 1)).not.toBe(before);
    expect(printOf("DEBUG = True\n", 1, { platform: heroku })).not.toBe(before);
  });

  test("tells findings on equal lines apart, by their order", () => {
    const findings = [1, 2].map((line) => fails("bad", { at: { file, line, column: 1 } }));
    const files = memoryFiles({ [file]: "DEBUG = True\nDEBUG = True\n" });
    const prints = fingerprints([result("debug-enabled", { status: "failed", findings })], files);
    expect(new Set(prints.values()).size).toBe(2);
    expect(prints.values().next().value).toBe(before);
  });

  test("is made of the message where nothing is there to point to", () => {
    const missing = fails("there is no Procfile");
    const other = fails("there is no runtime");
    const prints = fingerprints(
      [ignoredResult("no-start-command", missing), result("x", { status: "failed", findings: [other] })],
      memoryFiles({}),
    );
    expect(prints.get(missing)).toBeDefined();
    expect(prints.get(missing)).not.toBe(prints.get(other));
  });

  test("does not hang on a secret's value", () => {
    const key = (value: string) => printOf(`SECRET_KEY = "${value}"\n`, 1, { area: "secrets" });
    expect(key("k9$wq1!mz7pd0f#l2x8vb4ncy6t3h5jr")).toBe(key("a8$wq1!mz7pd0f#l2x8vb4ncy6t3h5jz"));
  });
});
