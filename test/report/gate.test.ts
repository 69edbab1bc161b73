import { expect, test } from "vitest";
import { cannotTell, fails, type Severity } from "../../src/finding.ts";
import { failsBecause, gateOf } from "../../src/report/gate.ts";
import { ignoredResult, result } from "./sample.ts";

const passed = result("passed");
const failed = (level: Severity) => result(level, { level, status: "failed", findings: [fails("x")] });
const unknown = result("unknown", { status: "unknown", findings: [cannotTell("x")] });
const ignored = ignoredResult("ignored", fails("x"));

const because = (
  gate: { readonly level?: Severity; readonly strict?: boolean; readonly maxWarnings?: number },
  ...results: readonly ReturnType<typeof result>[]
) =>
  failsBecause(
    [passed, ...results],
    gateOf({ level: "error", strict: false, maxWarnings: undefined, ...gate }),
  );

test.each([
  ["error", failed("error"), true],
  ["error", failed("warning"), false],
  ["warning", failed("error"), true],
  ["warning", failed("info"), false],
  ["info", failed("info"), true],
  ["info", unknown, false],
  ["info", ignored, false],
] as const)("with --fail-level %s, only what is as bad fails the command", (level, each, expected) => {
  expect(because({ level }, each)).toBe(expected ? `--fail-level ${level} is reached` : undefined);
});

test("--strict fails on warnings and on what cannot be told, and not on advice", () => {
  expect(because({ strict: true }, failed("warning"))).toBe("--strict fails on warnings");
  expect(because({ strict: true }, unknown)).toBe("--strict fails on 1 unanswered question");
  expect(because({ strict: true }, failed("info"), ignored)).toBeUndefined();
  expect(because({ strict: true, level: "info" }, failed("info"))).toBeDefined();
});

test("--max-warnings counts warnings alone", () => {
  const warnings = [failed("warning"), failed("warning")];
  expect(because({ maxWarnings: 2 }, ...warnings, failed("info"), unknown)).toBeUndefined();
  expect(because({ maxWarnings: 1 }, ...warnings)).toBe("2 warnings are more than --max-warnings 1");
  expect(because({ maxWarnings: 0 }, failed("warning"))).toBe("1 warning is more than --max-warnings 0");
  expect(because({ maxWarnings: 5 }, failed("error"))).toBe("--fail-level error is reached");
});
