import { expect, test } from "vitest";
import { cannotTell, fails } from "../../src/finding.ts";
import { type Ignorer, setAside } from "../../src/ignores/set-aside.ts";
import { result } from "../report/sample.ts";

const bad = fails("x is bad");
const poor = fails("y is poor", { severity: "warning" });
const unclear = cannotTell("z is not known");
const failed = result("x", { status: "failed", findings: [bad, poor, unclear] });

const ignoring =
  (...findings: readonly unknown[]): Ignorer =>
  (finding) =>
    findings.includes(finding) ? { by: "option", reason: `--ignore names ${findings.length}` } : undefined;

test("what is left is weighed anew", () => {
  expect(setAside([failed], [ignoring(bad)])).toMatchObject([
    { status: "failed", severity: "warning", findings: [poor, unclear], ignored: [{ finding: bad }] },
  ]);
  expect(setAside([failed], [ignoring(bad, poor)])).toMatchObject([
    { status: "unknown", severity: "error", reason: "z is not known", findings: [unclear] },
  ]);
});

test("a check is ignored when nothing is left, with the first reason that there is", () => {
  expect(setAside([failed], [ignoring(bad), ignoring(bad, poor, unclear)])).toMatchObject([
    {
      status: "ignored",
      severity: "error",
      reason: "--ignore names 1",
      findings: [],
      ignored: [
        { finding: bad, ignore: { reason: "--ignore names 1" } },
        { finding: poor, ignore: { reason: "--ignore names 3" } },
        { finding: unclear },
      ],
    },
  ]);
});

test("what passes, and what crashed, stays what it is", () => {
  const passed = result("x");
  const crashed = result("y", { status: "unknown", reason: "the check itself failed", fault: "boom" });
  expect(setAside([passed, crashed], [() => ({ by: "option", reason: "--ignore names it" })])).toEqual([
    passed,
    crashed,
  ]);
});
