import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { securityChecks, securitySeverity } from "../../src/report/security.ts";

const classified = Object.values(securityChecks).flat();

/** They name what is wrong with the repository or breaks the site, and let nobody in. */
const harmless = new Set(["build-output-tracked", "virtualenv-tracked"]);

describe("the checks that are about security", () => {
  test("are checks, each once", () => {
    const ids = new Set(checks.map(({ id }) => id));
    expect(classified.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(classified).size).toBe(classified.length);
  });

  test("include every one of an area of them, and every one that Django calls so", () => {
    const expected = checks.filter(
      ({ area, django = [] }) =>
        area === "secrets" || area === "exposure" || django.some((id) => id.startsWith("security.")),
    );
    const missing = expected.filter(({ id }) => !classified.includes(id) && !harmless.has(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  test("have a number that GitHub takes, and no other check has", () => {
    for (const check of checks) {
      const number = securitySeverity(check);
      if (number === undefined) expect(classified).not.toContain(check.id);
      else expect(number).toMatch(/^(?:[0-9]\.[0-9]|10\.0)$/);
    }
  });

  test("are no worse than the user says", () => {
    const id = "secret-key-literal";
    expect(securitySeverity({ id, severity: "error" })).toBe("9.3");
    expect(securitySeverity({ id, severity: "warning" })).toBe("6.9");
    expect(securitySeverity({ id, severity: "info" })).toBe("3.9");
  });
});
