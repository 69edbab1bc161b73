import { expect, test } from "vitest";
import { checks } from "../src/checks/index.ts";
import { brokenChecks, brokenProject } from "./support/broken.ts";
import { findingsOf } from "./support/correct.ts";

/** The checks of the catalogue's ranks 1 to 60, and what else a broken deployment was seen with. */
test("many checks have a broken project of their own", () => {
  const known = new Set(checks.map(({ id }) => id));
  expect(brokenChecks.filter((id) => !known.has(id))).toEqual([]);
  expect(brokenChecks.length).toBeGreaterThanOrEqual(165);
});

test.each(brokenChecks)("fixtures/broken/%s gives its finding, and no other", async (id) => {
  const { from, tree } = brokenProject(id);
  const findings = await findingsOf(from, tree);
  const own = findings.filter(({ check, level }) => check === id && level !== "unknown");
  expect(own.length).toBeGreaterThan(0);
  expect(findings.filter(({ check, level }) => check !== id && level !== "info")).toEqual([]);
});
