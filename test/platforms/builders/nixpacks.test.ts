import { describe, expect, test } from "vitest";
import {
  nixpacksPackages,
  nixpacksProvider,
  nixpacksPython,
  nixpacksPythonWith,
} from "../../../src/platforms/builders/nixpacks.ts";
import { readNixpacks } from "../../../src/platforms/builders/read-nixpacks.ts";
import { coolify } from "../../../src/platforms/coolify.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { casesOf, factOn } from "../../support/builder-cases.ts";

/** Coolify where the build pack is set to Nixpacks, whatever else is there. */
const nixpacks: Platform = {
  ...coolify,
  read(files) {
    // With nothing to build in the root, its one folder is built.
    const [only, ...others] = files.children("").filter((path) => files.isFolder(path));
    const inFolder = !nixpacksProvider(files, "") && others.length === 0;
    const folder = (inFolder && only) || "";
    const { procfile, ...read } = readNixpacks(files, folder);
    return { ...read, folder, changes: { python: nixpacksPythonWith(read.env) } };
  },
};

/** Variables of the dashboard, which no file shows. */
const cases = casesOf("nixpacks").filter(({ env }) => Object.keys(env).length === 0);

/** A null is the text of it to the reader of Nixpacks. */
const nulls = new Set(["procfile-word-null", "procfile-word-tilde"]);

test("at least two hundred verdicts of Nixpacks are compared", () => {
  expect(cases.length).toBeGreaterThan(200);
});

describe.each(cases.map((one) => [one.name, one] as const))("%s", (name, one) => {
  const { verdict } = one;
  const isPython = verdict.provider === "python";

  test.skipIf(nulls.has(name) || !isPython)("starts what Nixpacks starts", async () => {
    const deployment = await factOn("deployment", one, nixpacks);
    const started = deployment?.processes.map(({ command }) => command.trim()) ?? [];
    if (verdict.failure === null) expect(started).toEqual(verdict.start ? [verdict.start.trim()] : []);
  });

  test.skipIf(nulls.has(name))("stops where Nixpacks stops", async () => {
    const deployment = await factOn("deployment", one, nixpacks);
    const versions = await factOn("pythonVersions", one, nixpacks);
    const problems = (deployment?.problems ?? []).filter(
      ({ kind, severity = "error" }) => (kind === "invalid" || kind === "wrong-type") && severity === "error",
    );
    const stops =
      deployment?.processes.length === 0 || problems.length > 0 || versions?.chosen?.stops === true;
    // It builds another language, without Python.
    if (verdict.provider !== null && !isPython) expect(stops).toBe(true);
    else expect({ stops }).toEqual({ stops: verdict.failure !== null });
  });

  test.skipIf(!isPython || verdict.failure !== null)("takes Nixpacks' Python", async () => {
    const versions = await factOn("pythonVersions", one, nixpacks);
    const version = versions?.chosen?.version?.split(".").slice(0, 2).join(".");
    expect(version ?? nixpacksPython.fallbackVersion).toBe(verdict.python?.version);
  });

  test.skipIf(!isPython || verdict.failure !== null)("installs what Nixpacks installs", () => {
    const there = (file: string) =>
      Object.hasOwn(one.files, file) || Object.hasOwn(one.files, `site/${file}`);
    const source = nixpacksPackages.sources.find(
      ({ file, with: other }) => there(file) && (other === undefined || there(other)),
    );
    const command = verdict.install.at(-1)?.split(" && ").at(-1)?.replace("PIPENV_VENV_IN_PROJECT=1 ", "");
    expect(command).toBe(source?.install);
  });
});
