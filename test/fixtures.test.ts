import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensureBuilt } from "./support/built.ts";

const root = join(import.meta.dirname, "..");

/** Folders that hold no project of their own: cases of other tests, and the platforms' projects, which come below. */
const notProjects = ["broken", "builders", "correct", "platforms", "python", "servers"];

function foldersIn(path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

// As a user sees them: through the built command, in a terminal of 80 columns without colour.
async function reportOf(...args: string[]): Promise<string> {
  await ensureBuilt();
  const { stdout, exitCode } = await execa("node", [join(root, "bin/deploy-check.js"), ...args], {
    cwd: root,
    reject: false,
    env: { NO_COLOR: "1", COLUMNS: "80" },
  });
  return `${withoutCounts(stdout)}\n\nexit ${exitCode}\n`;
}

/** How many checks there are, and pass, changes with every new one. */
function withoutCounts(report: string): string {
  return report.replace(
    /^\d+ checks:\s([\s\S]*?)\d+ passed,\s\d+\sskipped[\s\S]*?all\)$/m,
    (_, failed: string) => `… checks: ${failed.replaceAll("\n", " ")}…`,
  );
}

test.each(foldersIn("fixtures").filter((name) => !notProjects.includes(name)))(
  "the report of fixtures/%s",
  async (name) => {
    await expect(await reportOf(`fixtures/${name}`)).toMatchFileSnapshot(`../fixtures/${name}.report.txt`);
  },
);

const onPlatforms = foldersIn("fixtures/platforms").flatMap((platform) =>
  foldersIn(`fixtures/platforms/${platform}`).map((name) => [platform, name] as const),
);

test
  .skipIf(onPlatforms.length === 0)
  .each(onPlatforms.length > 0 ? onPlatforms : [["none", "none"] as const])(
  "the report of fixtures/platforms/%s/%s for that platform",
  async (platform, name) => {
    const project = `fixtures/platforms/${platform}/${name}`;
    await expect(await reportOf(project, "--platform", platform)).toMatchFileSnapshot(
      `../${project}.report.txt`,
    );
  },
);
