import { describe, expect, test } from "vitest";
import { railway } from "../../../src/platforms/railway.ts";
import { casesOf, factOn } from "../../support/builder-cases.ts";

/** Variables of the dashboard, which no file shows. */
const cases = casesOf("railpack").filter(({ env }) => Object.keys(env).length === 0);

/** Versions that only mise's list of today's releases could tell. */
const needsReleases = new Set(["version-patch-unknown", "version-too-new", "runtime-too-new"]);
/** What is newest there (the recorded `full`). */
const newest = "3.14";

test("at least two hundred verdicts of Railpack are compared", () => {
  expect(cases.length).toBeGreaterThan(200);
});

describe.each(cases.map((one) => [one.name, one] as const))("%s", (name, one) => {
  const { verdict } = one;

  test.skipIf(name === "dockerfile")("starts what Railpack starts", async () => {
    const deployment = await factOn("deployment", one, railway);
    const started = deployment?.processes.map(({ command }) => command.trim()) ?? [];
    // The root directory is a setting: where it has to be a subfolder, the verdict is about another folder.
    if (deployment?.folder !== "") return expect(verdict.failure).toBe("no-provider");
    if (verdict.startOneOf) return expect(verdict.startOneOf).toContain(started[0]);
    // Other failures end before there is a start command.
    if (verdict.failure === null || verdict.failure === "no-start-command")
      expect(started).toEqual(verdict.start ? [verdict.start.trim()] : []);
  });

  test("stops where Railpack stops", async () => {
    const deployment = await factOn("deployment", one, railway);
    const versions = await factOn("pythonVersions", one, railway);
    const unstarted = deployment?.processes.length === 0;
    const problems = (deployment?.problems ?? []).filter(
      ({ kind, severity = "error" }) => (kind === "invalid" || kind === "wrong-type") && severity === "error",
    );
    const inFolder = deployment?.folder !== "";
    const stops = unstarted || problems.length > 0 || versions?.chosen?.problem !== undefined || inFolder;
    if (needsReleases.has(name)) expect(stops).toBe(false);
    // No provider, and no Python in the image: Railpack goes on where a Procfile says what to start.
    else if (verdict.provider === null && verdict.failure === null) expect(stops).toBe(true);
    // It starts with the release line, which ends.
    else if (name === "procfile-release-only") expect(stops).toBe(true);
    else expect({ stops }).toEqual({ stops: verdict.failure !== null });
  });

  test.skipIf(verdict.python === null || verdict.failure !== null)("takes Railpack's Python", async () => {
    const versions = await factOn("pythonVersions", one, railway);
    const chosen = versions?.chosen;
    const { version, source } = verdict.python ?? { version: "", source: "" };
    if (!chosen) return expect([railway.python?.fallbackVersion, "default"]).toEqual([version, source]);
    const minor = chosen.version?.split(".").slice(0, 2).join(".");
    expect([minor ?? newest, chosen.path]).toEqual([version, source]);
  });

  const ownCommands = verdict.provider !== "python" || verdict.failure !== null;
  test.skipIf(ownCommands)("installs what Railpack installs", () => {
    const source = railway.packages?.sources.find(
      ({ file, with: other }) =>
        Object.hasOwn(one.files, file) && (other === undefined || Object.hasOwn(one.files, other)),
    );
    // railpack.json chose another language.
    if (name.startsWith("railpack-provider")) return expect(verdict.install).toEqual([]);
    expect(verdict.install.at(-1)).toBe(source?.install);
  });
});
